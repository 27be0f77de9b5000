/** A run of cells of one column as a typed format holds them, before they are put into a column of ours. */
export interface Cells {
  readonly count: number;
  /** One byte a cell, 0 = missing; null when every cell has a value. */
  readonly present: Uint8Array | null;
  /** True when the values beside it hold only the present cells, one after the other (Parquet); else every cell has a slot (Arrow). */
  readonly isCompact: boolean;
}

/** Texts as ranges of bytes: text i is `bytes[starts[i], ends[i])`. */
export interface Texts {
  readonly bytes: Uint8Array;
  readonly starts: ArrayLike<number>;
  readonly ends: ArrayLike<number>;
}

export type NumberArray =
  | Int8Array
  | Uint8Array
  | Int16Array
  | Uint16Array
  | Int32Array
  | Uint32Array
  | Float32Array
  | Float64Array;

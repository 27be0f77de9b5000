import type { ColumnKind } from '../../core/table/column.ts';

/** What can be said of a table file before it is read (`TableOutline` of contracts). */
export interface TableOutline {
  /** As shown to the user: `CSV (comma)`, `Parquet`. */
  readonly format: string;
  /** Estimated where the format does not say. */
  readonly rowCount: number;
  readonly isRowCountExact: boolean;
  readonly columns: readonly OutlinedColumn[];
  /** Most bytes of typed arrays that one table may take here. */
  readonly maxTableBytes: number;
}

export interface OutlinedColumn {
  readonly name: string;
  /** null where the format does not say. */
  readonly kind: ColumnKind | null;
  /** Estimated bytes of the typed arrays. */
  readonly byteLength: number;
}

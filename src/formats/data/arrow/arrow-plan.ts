import type { ColumnKind } from '../../../core/table/column.ts';
import type { NumberArray, Texts } from '../typed/cells.ts';
import type { Target, TypedSink } from '../typed/typed-sink.ts';

/** The values that the codes of a dictionary-encoded column stand for: texts, or numbers (epoch ms for dates). */
export type ArrowDictionary =
  | { readonly kind: 'texts'; readonly texts: Texts }
  | { readonly kind: 'numbers'; readonly values: Float64Array };

/** A column while it is read: takes the unpacked buffers of each batch, validity first. */
export interface ArrowColumn {
  readonly sink: TypedSink;
  add(count: number, buffers: readonly Uint8Array[], dictionary: ArrowDictionary | null): void;
}

/** How a column of the file is read; `open` makes room for it. */
export interface ArrowPlan {
  /** null: category or text, by its values. */
  readonly kind: ColumnKind | null;
  /** Bytes of each value in the second buffer; 0 when they have no fixed width, or are bits. */
  readonly width: number;
  open(target: Target): ArrowColumn;
}

/** How integers of up to 32 bits are read. */
export function intArray(bitWidth: number, isSigned: boolean): ((bytes: Uint8Array) => NumberArray) | null {
  switch (bitWidth) {
    case 8:
      return (bytes) => (isSigned ? new Int8Array(bytes.buffer, bytes.byteOffset, bytes.length) : bytes);
    case 16:
      return ({ buffer, byteOffset, length }) =>
        isSigned
          ? new Int16Array(buffer, byteOffset, length / 2)
          : new Uint16Array(buffer, byteOffset, length / 2);
    case 32:
      return isSigned ? int32s : (bytes) => new Uint32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4);
    default:
      return null;
  }
}

export function int32s(bytes: Uint8Array): Int32Array {
  return new Int32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4);
}

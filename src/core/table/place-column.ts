import type { Column } from './column.ts';

/** Where the arrays of a column shall lie: `new ArrayBuffer(n)`, or `new SharedArrayBuffer(n)` where workers share them. */
export type Allocate = (byteLength: number) => ArrayBufferLike;

/** A copy of the column whose arrays lie in buffers from `allocate` (after retyping or joining, where columns must be shared). */
export function placeColumn(column: Column, allocate: Allocate): Column {
  switch (column.kind) {
    case 'category': {
      const codes = new Int32Array(allocate(column.codes.byteLength));
      codes.set(column.codes);
      return { ...column, codes };
    }
    case 'text': {
      const bytes = new Uint8Array(allocate(column.bytes.byteLength));
      bytes.set(column.bytes);
      const offsets = new Uint32Array(allocate(column.offsets.byteLength));
      offsets.set(column.offsets);
      return { ...column, bytes, offsets };
    }
    default: {
      const values = new Float64Array(allocate(column.values.byteLength));
      values.set(column.values);
      return { ...column, values };
    }
  }
}

import type { Column, Table } from '../src/core/table/column.ts';

/**
 * The same table with its arrays over SharedArrayBuffers, so that the scoring pool reads the columns uncopied. An
 * array that is shared already is kept; the others are copied once, column by column, so that at most one column
 * exists twice. O(bytes).
 */
export function shareTable(table: Table): Table {
  return { ...table, columns: table.columns.map(shareColumn) };
}

function shareColumn(column: Column): Column {
  switch (column.kind) {
    case 'category':
      return { ...column, codes: new Int32Array(shared(column.codes)) };
    case 'text':
      return {
        ...column,
        bytes: new Uint8Array(shared(column.bytes)),
        offsets: new Uint32Array(shared(column.offsets)),
      };
    default:
      return { ...column, values: new Float64Array(shared(column.values)) };
  }
}

type ColumnArray = Float64Array | Int32Array | Uint32Array | Uint8Array;

/** The array's own buffer when it is shared and the array fills it, else a shared copy of the array's part. */
function shared(array: ColumnArray): SharedArrayBuffer {
  const { buffer, byteLength } = array;
  if (buffer instanceof SharedArrayBuffer && buffer.byteLength === byteLength) return buffer;
  const copy = new SharedArrayBuffer(byteLength);
  new Uint8Array(copy).set(new Uint8Array(buffer, array.byteOffset, byteLength));
  return copy;
}

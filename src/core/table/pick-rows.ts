import { DataError } from '../errors.ts';
import { inSlices, type Sliced } from '../sliced.ts';
import type { Column, TextColumn } from './column.ts';

/** Offsets of a text column are 32 bits wide. */
const MOST_TEXT_BYTES = 2 ** 32 - 1;

/**
 * The column's cells at the given rows, in that order; a negative row gives a missing cell. Dictionaries are shared, not copied.
 *
 * @returns a column of `rows.length` cells. O(rows.length), in slices
 * @throws {DataError} `out-of-memory` for more than 4 GB of text
 */
export function* pickRows(column: Column, rows: Int32Array): Sliced<Column> {
  if (column.kind === 'text') return yield* pickTexts(column, rows);
  if (column.kind === 'category') {
    const codes = new Int32Array(rows.length);
    yield* inSlices(rows.length, (start, end) => {
      for (let i = start; i < end; i++) codes[i] = rows[i]! < 0 ? -1 : column.codes[rows[i]!]!;
    });
    return { ...column, codes };
  }
  const values = new Float64Array(rows.length);
  yield* inSlices(rows.length, (start, end) => {
    for (let i = start; i < end; i++) values[i] = rows[i]! < 0 ? Number.NaN : column.values[rows[i]!]!;
  });
  return { ...column, values };
}

function* pickTexts(column: TextColumn, rows: Int32Array): Sliced<TextColumn> {
  const offsets = new Uint32Array(rows.length + 1);
  let length = 0;
  yield* inSlices(rows.length, (start, end) => {
    for (let i = start; i < end; i++) {
      const row = rows[i]!;
      if (row >= 0) length += column.offsets[row + 1]! - column.offsets[row]!;
      offsets[i + 1] = length;
    }
    if (length > MOST_TEXT_BYTES) throw tooMuchText(column.name);
  });
  const bytes = new Uint8Array(length);
  yield* inSlices(rows.length, (start, end) => {
    for (let i = start; i < end; i++) {
      const row = rows[i]!;
      if (row < 0) continue;
      const last = column.offsets[row + 1]!;
      for (let from = column.offsets[row]!, to = offsets[i]!; from < last; from++, to++)
        bytes[to] = column.bytes[from]!;
    }
  });
  return { ...column, bytes, offsets };
}

function tooMuchText(name: string): DataError {
  return new DataError(
    'out-of-memory',
    `The texts of "${name}" would take more than 4 GB in the joined table.`,
    {
      place: { column: name },
      advice: 'Join fewer columns.',
    },
  );
}

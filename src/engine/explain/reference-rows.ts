import { DataError } from '../../core/errors.ts';
import { Random } from '../../core/stats/random.ts';
import type { Table } from '../../core/table/column.ts';
import { columnByName } from '../../core/table/column-access.ts';
import { asCategory, codesOfValue, MISSING_VALUE } from '../../core/table/label-values.ts';
import type { SplitDefinition } from '../../core/table/target.ts';

/**
 * Rows that an explanation may look at without touching the judged ones: those outside the split, rows without a value
 * in its column among them; all rows where there is no split.
 *
 * @returns table rows, ascending; at least one
 * @throws {DataError} `column-missing` | `value-missing` for the split; `empty-sample` when it takes every row
 */
export function referenceRows(table: Table, split: SplitDefinition | null): Uint32Array {
  const isInSplit = split === null ? null : rowsWith(table, split.column, [split.value]);
  const rows = rowsWhere(table.rowCount, (row) => isInSplit === null || isInSplit[row] === 0);
  if (rows.length > 0) return rows;
  const taken =
    split === null ? 'The table has no rows' : `Every row has "${split.value}" in "${split.column}"`;
  throw new DataError('empty-sample', `${taken}, so that none is left to compare with.`, {
    place: split === null ? { file: table.name } : { column: split.column },
    advice:
      'Explanations compare a row with rows outside the split: choose another split, or judge all rows without one.',
  });
}

/**
 * Marks the rows whose cell reads as one of some values (`codesOfValue`), `(missing)` being an empty cell.
 *
 * @returns one byte a row, 1 = it does
 * @throws {DataError} `column-missing` | `value-missing` naming what there is
 */
export function rowsWith(table: Table, column: string, values: readonly string[]): Uint8Array {
  const { codes, dictionary, ...named } = asCategory(columnByName(table, column));
  const wanted = new Uint8Array(dictionary.length + 1);
  for (const value of values) {
    if (value === MISSING_VALUE && !dictionary.includes(value)) wanted[dictionary.length] = 1;
    else for (const code of codesOfValue({ codes, dictionary, ...named }, value)) wanted[code] = 1;
  }
  const marks = new Uint8Array(table.rowCount);
  for (let row = 0; row < marks.length; row++) {
    const code = codes[row]!;
    marks[row] = wanted[code < 0 ? dictionary.length : code]!;
  }
  return marks;
}

/**
 * At most `size` of some rows, drawn without replacement (Fisher and Yates, the first `size` steps).
 *
 * @returns ascending; all of them when there are no more than `size`
 */
export function drawRows(rows: Uint32Array, size: number, seed: number): Uint32Array {
  if (rows.length <= size) return rows;
  const random = new Random(seed);
  const pool = rows.slice();
  for (let i = 0; i < size; i++) {
    const j = i + random.integer(pool.length - i);
    const drawn = pool[j]!;
    pool[j] = pool[i]!;
    pool[i] = drawn;
  }
  return pool.slice(0, size).sort();
}

function rowsWhere(rowCount: number, test: (row: number) => boolean): Uint32Array {
  const rows = new Uint32Array(rowCount);
  let count = 0;
  for (let row = 0; row < rowCount; row++) if (test(row)) rows[count++] = row;
  return rows.slice(0, count);
}

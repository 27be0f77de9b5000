/** Joining a second table (outcomes, scores, slices) to the first by a key column. */
import { DataError } from '../errors.ts';
import { textColumn } from './build-column.ts';
import type { Column, Table } from './column.ts';
import { cellText, columnByName, isMissing, numberAt } from './column-access.ts';
import type { Notice } from './summary.ts';

export interface Joined {
  readonly table: Table;
  readonly notices: readonly Notice[];
  /** Rows of the left table that found a partner. */
  readonly matched: number;
}

/**
 * Left join: all rows of `left` in their order, with the columns of `right` (but the key) beside them; missing where no row matches.
 *
 * Keys are compared as numbers when either key column is numeric, else as text. Missing keys never match. A right column
 * whose name is taken gets ` (2)` (or the next free number) and a notice.
 *
 * @param on name of the key column in both tables
 * @throws {DataError} `column-missing` | `join-key` (a key twice in `right`, or no row matches)
 */
export function leftJoin(left: Table, right: Table, on: string): Joined {
  const leftKey = columnByName(left, on);
  const rightKey = columnByName(right, on);
  const numeric = leftKey.kind === 'number' || rightKey.kind === 'number';
  const rowOf = rowByKey(right, rightKey, numeric);
  const partner = new Int32Array(left.rowCount);
  let matched = 0;
  for (let row = 0; row < left.rowCount; row++) {
    const key = keyAt(leftKey, row, numeric);
    const found = key === null ? undefined : rowOf.get(key);
    partner[row] = found ?? -1;
    if (found !== undefined) matched++;
  }
  if (matched === 0 && left.rowCount > 0) {
    throw new DataError('join-key', `No value of "${on}" in "${left.name}" is found in "${right.name}".`, {
      place: { file: right.name, column: on },
      advice: 'Check that both files name the same things in this column.',
    });
  }
  const notices = matched < left.rowCount ? [unmatchedNotice(left, right, on, left.rowCount - matched)] : [];
  const taken = new Set(left.columns.map((column) => column.name));
  const added = right.columns
    .filter((column) => column !== rightKey)
    .map((column) => {
      const name = freeName(column.name, taken);
      if (name !== column.name) notices.push(renamedNotice(right, column.name, name));
      return pickRows({ ...column, name }, partner);
    });
  const table = { name: left.name, rowCount: left.rowCount, columns: [...left.columns, ...added] };
  return { table, notices, matched };
}

function keyAt(column: Column, row: number, numeric: boolean): string | number | null {
  if (isMissing(column, row)) return null;
  if (!numeric) return cellText(column, row);
  const number = numberAt(column, row);
  return Number.isNaN(number) ? cellText(column, row) : number;
}

function rowByKey(table: Table, column: Column, numeric: boolean): Map<string | number, number> {
  const rowOf = new Map<string | number, number>();
  for (let row = 0; row < table.rowCount; row++) {
    const key = keyAt(column, row, numeric);
    if (key === null) continue;
    const first = rowOf.get(key);
    if (first !== undefined) {
      throw new DataError(
        'join-key',
        `The key "${key}" appears twice in column "${column.name}" of "${table.name}": data rows ${first} and ${row} (from 0).`,
        {
          place: { file: table.name, column: column.name, row },
          advice: 'The joined file must have one row for each key.',
        },
      );
    }
    rowOf.set(key, row);
  }
  return rowOf;
}

/** `name`, or `name (2)`, `name (3)`... when taken; the result is taken from now on. */
function freeName(name: string, taken: Set<string>): string {
  let free = name;
  for (let i = 2; taken.has(free); i++) free = `${name} (${i})`;
  taken.add(free);
  return free;
}

/** The column's cells at the given rows; -1 gives a missing cell. */
function pickRows(column: Column, rows: Int32Array): Column {
  switch (column.kind) {
    case 'category': {
      const codes = new Int32Array(rows.length);
      for (let i = 0; i < rows.length; i++) codes[i] = rows[i]! < 0 ? -1 : column.codes[rows[i]!]!;
      return { ...column, codes };
    }
    case 'text': {
      const texts = Array.from(rows, (row) => (row < 0 ? null : cellText(column, row)));
      return textColumn(column.name, texts, texts.length);
    }
    default: {
      const values = new Float64Array(rows.length);
      for (let i = 0; i < rows.length; i++) values[i] = rows[i]! < 0 ? Number.NaN : column.values[rows[i]!]!;
      return { ...column, values };
    }
  }
}

function unmatchedNotice(left: Table, right: Table, on: string, count: number): Notice {
  return {
    code: 'join-unmatched',
    message: `${count} of ${left.rowCount} rows of "${left.name}" have no partner in "${right.name}" by "${on}": the joined columns are missing there.`,
    column: on,
    count,
  };
}

function renamedNotice(right: Table, name: string, renamed: string): Notice {
  return {
    code: 'join-renamed',
    message: `The column "${name}" of "${right.name}" is called "${renamed}" here, because the name is taken.`,
    column: renamed,
  };
}

/** Joining a second table (outcomes, scores, features of a customer's events) to the rows of the first by a key column. */
import { DataError } from '../errors.ts';
import { drain, type Sliced, stage } from '../sliced.ts';
import type { Column, Table } from './column.ts';
import { cellText, columnByName } from './column-access.ts';
import { countRows, lastRows, meansOf, sumsOf } from './join-aggregates.ts';
import type { JoinedColumn, JoinSpec } from './join-spec.ts';
import { keyGroupsFor, NO_GROUP } from './key-groups.ts';
import { pickRows } from './pick-rows.ts';
import type { Notice } from './summary.ts';

export interface Joined {
  readonly table: Table;
  readonly notices: readonly Notice[];
  /** Rows of the left table that found a partner. */
  readonly matched: number;
}

/** The two tables with their rows in groups of equal key; a group that no left row has is `NO_GROUP`. */
interface Matching {
  readonly right: Table;
  readonly rightKey: Column;
  readonly leftGroups: Int32Array;
  readonly rightGroups: Int32Array;
  /** Matching right rows by group. */
  readonly counts: Int32Array;
  readonly orderBy: Float64Array | null;
}

/**
 * Left join: all rows of `left` in their order, with every column of `right` (but the key) beside them; missing where no row
 * matches. {@link joinTables} with the aggregate `value` for each column.
 *
 * @param on name of the key column in both tables
 * @throws {DataError} `column-missing` | `join-key` (a key of `left` twice in `right`, or no row matches)
 */
export function leftJoin(left: Table, right: Table, on: string): Joined {
  const rightKey = columnByName(right, on);
  const columns = right.columns
    .filter((column) => column !== rightKey)
    .map(({ name }): JoinedColumn => ({ column: name, aggregate: 'value', as: name }));
  return drain(joinTables(left, right, { leftKey: on, rightKey: on, orderBy: null, columns }));
}

/**
 * All rows of `left` in their order, with columns beside them that are made of the matching rows of `right`.
 *
 * Keys: compared as numbers when either key column is one of numbers, and as moments when both hold dates; else as text. A missing
 * key matches nothing. Aggregates over the matching rows of a left row:
 * - `value`: the cell of the only one; missing without one
 * - `last`: the cell of the one with the greatest `orderBy` (the last in the file without `orderBy`, and among equals; rows without
 *   an `orderBy` come before all others), missing as it may be
 * - `count`: how many there are, 0 without any
 * - `sum`, `mean`: of the numbers among their cells; missing (NaN) without a number, for no record is not a zero
 *
 * A name that is taken gets ` (2)` (or the next free number) and a notice; left rows without a partner are counted in one.
 * Takes O(left + right) time, and 4 bytes a row of either table besides the result and the table of keys. In slices.
 *
 * @throws {DataError} `column-missing` | `join-key` (several rows for a `value`, or no row matches) | `invalid-argument` (a `sum` or
 *   `mean` of what is no number column, an `orderBy` that is neither date nor number) | `out-of-memory` (over 4 GB of text)
 */
export function* joinTables(left: Table, right: Table, spec: JoinSpec): Sliced<Joined> {
  for (const column of spec.columns) checkColumn(right, column);
  const total = left.rowCount + right.rowCount + left.rowCount * spec.columns.length;
  const matching = yield* stage(
    matchRows(left, right, spec),
    0,
    left.rowCount + right.rowCount,
    Math.max(1, total),
  );
  const matched = countMatched(matching);
  if (matched === 0 && left.rowCount > 0) throw noMatch(left, right, spec);
  const notices: Notice[] = matched < left.rowCount ? [unmatchedNotice(left, right, spec, matched)] : [];
  const taken = new Set(left.columns.map(({ name }) => name));
  const added: Column[] = [];
  for (const column of spec.columns) {
    const done = total - left.rowCount * (spec.columns.length - added.length);
    const name = freeName(column.as, taken);
    if (name !== column.as) notices.push(renamedNotice(right, column.as, name));
    const made = yield* stage(makeColumn(matching, column), done, done + left.rowCount, Math.max(1, total));
    added.push({ ...made, name });
  }
  const table = { name: left.name, rowCount: left.rowCount, columns: [...left.columns, ...added] };
  return { table, notices, matched };
}

function checkColumn(right: Table, { column, aggregate }: JoinedColumn): void {
  if (aggregate === 'count') return;
  const { kind } = columnByName(right, column);
  if (kind === 'number' || (aggregate !== 'sum' && aggregate !== 'mean')) return;
  throw new DataError(
    'invalid-argument',
    `The ${aggregate} of "${column}" is not defined: this column of "${right.name}" is of type ${kind}, not number.`,
    {
      place: { file: right.name, column },
      advice: `Change the column's type to number, or take its count or last value.`,
    },
  );
}

function* matchRows(left: Table, right: Table, spec: JoinSpec): Sliced<Matching> {
  const leftKey = columnByName(left, spec.leftKey);
  const rightKey = columnByName(right, spec.rightKey);
  const orderBy = spec.orderBy === null ? null : orderOf(right, spec.orderBy);
  const keys = keyGroupsFor(leftKey, rightKey);
  const total = Math.max(1, left.rowCount + right.rowCount);
  const leftGroups = yield* stage(keys.groupRows(leftKey, true), 0, left.rowCount, total);
  const rightGroups = yield* stage(keys.groupRows(rightKey, false), left.rowCount, total, total);
  const counts = yield* stage(countRows(rightGroups, keys.count), total, total, total);
  return { right, rightKey, leftGroups, rightGroups, counts, orderBy };
}

function orderOf(right: Table, name: string): Float64Array {
  const column = columnByName(right, name);
  if (column.kind === 'date' || column.kind === 'number') return column.values;
  throw new DataError(
    'invalid-argument',
    `The rows of "${right.name}" cannot be put in order by "${name}": it is of type ${column.kind}.`,
    {
      place: { file: right.name, column: name },
      advice: 'Choose a date or number column, or the order of the file.',
    },
  );
}

function countMatched({ leftGroups, counts }: Matching): number {
  let matched = 0;
  for (let row = 0; row < leftGroups.length; row++) if ((counts[leftGroups[row]!] ?? 0) > 0) matched++;
  return matched;
}

function* makeColumn(matching: Matching, { column, aggregate, as }: JoinedColumn): Sliced<Column> {
  const { right, rightGroups, counts } = matching;
  if (aggregate === 'count') return numbersByGroup(as, matching.leftGroups, counts, 0);
  const source = columnByName(right, column);
  if (aggregate === 'sum' || aggregate === 'mean') {
    const { values } = source as Extract<Column, { kind: 'number' }>;
    const results = yield* (aggregate === 'sum' ? sumsOf : meansOf)(values, rightGroups, counts.length);
    return numbersByGroup(as, matching.leftGroups, results, Number.NaN);
  }
  if (aggregate === 'value') refuseSeveral(matching, column);
  const rowOfGroup = yield* lastRows(rightGroups, counts.length, matching.orderBy);
  const rows = Int32Array.from(matching.leftGroups, (group) => rowOfGroup[group] ?? -1);
  return yield* pickRows(source, rows);
}

/** A number column with each left row's result. */
function numbersByGroup(
  name: string,
  groups: Int32Array,
  results: Float64Array | Int32Array,
  without: number,
): Column {
  const values = new Float64Array(groups.length);
  for (let row = 0; row < values.length; row++) {
    const group = groups[row]!;
    values[row] = group === NO_GROUP ? without : results[group]!;
  }
  return { kind: 'number', name, values, spelling: 'shortest' };
}

function refuseSeveral({ right, rightKey, rightGroups, counts }: Matching, column: string): void {
  const first = rightGroups.findIndex((group) => group !== NO_GROUP && counts[group]! > 1);
  if (first < 0) return;
  const next = rightGroups.indexOf(rightGroups[first]!, first + 1);
  const key = cellText(rightKey, first);
  const more = counts[rightGroups[first]!]! - 2;
  throw new DataError(
    'join-key',
    `The key "${key}" appears ${more > 0 ? `${more + 2} times` : 'twice'} in column "${rightKey.name}" of "${right.name}": data rows ${first} and ${next}${more > 0 ? ` and ${more} more` : ''} (from 0), so that "${column}" has no single value.`,
    {
      place: { file: right.name, column: rightKey.name, row: next },
      advice:
        'The joined file must have one row for each key; or take the count, sum, mean or last of its rows.',
    },
  );
}

function noMatch(left: Table, right: Table, { leftKey, rightKey }: JoinSpec): DataError {
  const inColumn = leftKey === rightKey ? '' : ` in column "${rightKey}"`;
  return new DataError(
    'join-key',
    `No value of "${leftKey}" in "${left.name}" is found in "${right.name}"${inColumn}.`,
    {
      place: { file: right.name, column: rightKey },
      advice: 'Check that both files name the same things in this column.',
    },
  );
}

function unmatchedNotice(left: Table, right: Table, spec: JoinSpec, matched: number): Notice {
  const count = left.rowCount - matched;
  const counts = spec.columns.filter(({ aggregate }) => aggregate === 'count').length;
  const then =
    counts === 0
      ? 'the joined columns are missing there'
      : counts === spec.columns.length
        ? 'their counts are 0'
        : 'their counts are 0 and the other joined columns are missing there';
  return {
    code: 'join-unmatched',
    message: `${count} of ${left.rowCount} rows of "${left.name}" have no partner in "${right.name}" by "${spec.leftKey}": ${then}.`,
    column: spec.leftKey,
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

/** `name`, or `name (2)`, `name (3)`... when taken; the result is taken from now on. */
function freeName(name: string, taken: Set<string>): string {
  let free = name;
  for (let i = 2; taken.has(free); i++) free = `${name} (${i})`;
  taken.add(free);
  return free;
}

/** What the column table shows: counts, range, median, most frequent values, a small histogram. Exact, over all rows. */
import { drain, type Sliced } from '../sliced.ts';
import type { CategoryColumn, Column, Table, TextColumn } from './column.ts';
import { missingCount } from './column-access.ts';
import { countDistinctNumbers } from './count-distinct.ts';
import { guessRoles } from './guess-roles.ts';
import { hashBytes } from './hash.ts';
import { MISSING_TOKENS } from './missing-tokens.ts';
import { formatDate } from './parse-date.ts';
import { spellNumber } from './parse-number.ts';
import { medianInPlace, quartilesInPlace } from './quantile-select.ts';
import type { ColumnSummary, Notice, TableSummary } from './summary.ts';

/** As many bins as a thumbnail has room for. */
const HISTOGRAM_BINS = 24;
const MOST_TOP_VALUES = 50;

/** What the summary needs to know beyond the columns. */
export interface TableFacts {
  readonly id: string;
  readonly byteLength: number;
  readonly notices: readonly Notice[];
  /** Unparsable cells by column name, as the reader or `retypeColumn` counted them. */
  readonly unparsable: ReadonlyMap<string, number>;
}

/** {@link summarizeTableSliced} in one go. */
export function summarizeTable(table: Table, facts: TableFacts): TableSummary {
  return drain(summarizeTableSliced(table, facts));
}

/**
 * Summary of every column, with guessed roles. Yields after each column (about 50 ms at 1 M rows), so that the worker can
 * hear a cancel message between.
 */
export function* summarizeTableSliced(table: Table, facts: TableFacts): Sliced<TableSummary> {
  const columns: ColumnSummary[] = [];
  for (const column of table.columns) {
    columns.push(summarizeColumn(column, facts.unparsable.get(column.name) ?? 0));
    yield { done: columns.length, total: table.columns.length };
  }
  return {
    id: facts.id,
    name: table.name,
    byteLength: facts.byteLength,
    rowCount: table.rowCount,
    columns: withGuessedRoles(columns, table.rowCount),
    notices: facts.notices,
  };
}

/** The summaries with `guessedRole` filled in (to be done again after a column was retyped). */
export function withGuessedRoles(columns: readonly ColumnSummary[], rowCount: number): ColumnSummary[] {
  const roles = guessRoles(columns, rowCount);
  return columns.map((column) => ({
    ...column,
    guessedRole: Object.hasOwn(roles, column.name) ? (roles[column.name] ?? null) : null,
  }));
}

/**
 * Summary of one column; `guessedRole` is null (it needs the whole table: {@link withGuessedRoles}).
 *
 * Median (mean of the middle two for an even count) and quartiles (linear, type 7) are exact. Infinite values count in min, median and max, and fall in
 * no histogram bin; the histogram spans the finite values and is null without any. Top values of equal count: numbers ascending,
 * texts by first appearance.
 *
 * @param unparsable cells that held text which the column's kind could not read
 */
export function summarizeColumn(column: Column, unparsable = 0): ColumnSummary {
  const base = {
    name: column.name,
    kind: column.kind,
    missing: missingCount(column),
    unparsable,
    missingTokens: [],
    reading: readingOf(column),
    guessedRole: null,
  };
  const none = { min: null, median: null, max: null, quartiles: null, topValues: [], histogram: null };
  if (column.kind === 'category') return { ...base, ...none, ...summarizeCategory(column) };
  if (column.kind === 'text') return { ...base, ...none, distinct: countDistinctTexts(column) };
  const spell =
    column.kind === 'date'
      ? formatDate
      : (value: number) => spellNumber(value, column.spelling, column.decimal);
  return { ...base, ...summarizeNumbers(column.values, base.missing, spell) };
}

/** How the file's cells were read where they left a choice. */
function readingOf(column: Column): ColumnSummary['reading'] {
  if (column.kind === 'date' && column.written !== undefined) return { dateOrder: column.written.order };
  if (column.kind === 'number' && column.decimal !== undefined) return { decimal: column.decimal };
  return {};
}

function summarizeCategory(column: CategoryColumn) {
  const counts = new Float64Array(column.dictionary.length);
  const tokenCounts = new Float64Array(MISSING_TOKENS.length + 2);
  for (let row = 0; row < column.codes.length; row++) {
    const code = column.codes[row]!;
    if (code >= 0) counts[code] = counts[code]! + 1;
    else tokenCounts[-code] = tokenCounts[-code]! + 1;
  }
  const missingTokens = MISSING_TOKENS.map((value, i) => ({ value, count: tokenCounts[i + 2]! }))
    .filter(({ count }) => count > 0)
    .toSorted((a, b) => b.count - a.count);
  const codes = [...counts.keys()].filter((code) => counts[code]! > 0);
  const top = codes.toSorted((a, b) => counts[b]! - counts[a]!).slice(0, MOST_TOP_VALUES);
  return {
    missingTokens,
    distinct: codes.length,
    topValues: top.map((code) => ({ value: column.dictionary[code]!, count: counts[code]! })),
  };
}

function summarizeNumbers(values: Float64Array, missing: number, spell: (value: number) => string) {
  const present = new Float64Array(values.length - missing);
  let length = 0;
  for (let row = 0; row < values.length; row++) {
    const value = values[row]!;
    if (!Number.isNaN(value)) present[length++] = value;
  }
  if (length === 0) {
    return {
      distinct: 0,
      min: null,
      median: null,
      max: null,
      quartiles: null,
      topValues: [],
      histogram: null,
    };
  }
  const range = rangeOf(present);
  const { distinct, top } = countDistinctNumbers(present, range.min, range.max, MOST_TOP_VALUES);
  return {
    distinct,
    min: range.min,
    median: medianInPlace(present),
    max: range.max,
    quartiles: quartilesInPlace(present),
    topValues: top.map(({ value, count }) => ({ value: spell(value), count })),
    histogram: histogramOf(present, range.finiteMin, range.finiteMax),
  };
}

function rangeOf(values: Float64Array): { min: number; max: number; finiteMin: number; finiteMax: number } {
  let min = Infinity;
  let max = -Infinity;
  let finiteMin = Infinity;
  let finiteMax = -Infinity;
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (value < min) min = value;
    if (value > max) max = value;
    if (value < finiteMin && value > -Infinity) finiteMin = value;
    if (value > finiteMax && value < Infinity) finiteMax = value;
  }
  return { min, max, finiteMin, finiteMax };
}

/** Equal-width bins, half-open, the last closed; all in the first bin when the values are equal. */
function histogramOf(values: Float64Array, min: number, max: number): number[] | null {
  if (!(min <= max)) return null;
  const bins: number[] = new Array(HISTOGRAM_BINS).fill(0);
  // Scaled before subtracting: the width of a range such as ±1.7e308 overflows.
  const width = max / HISTOGRAM_BINS - min / HISTOGRAM_BINS;
  const perUnit = width > 0 ? 1 / width : 0;
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (value < min || value > max) continue;
    const at = width > 0 ? Math.floor((value / 2 - min / 2) * perUnit * 2) : 0;
    const bin = at < 0 ? 0 : at < HISTOGRAM_BINS ? at : HISTOGRAM_BINS - 1;
    bins[bin] = bins[bin]! + 1;
  }
  return bins;
}

/** Exact number of different texts, by hashing bytes into an open-addressing table of row numbers. */
function countDistinctTexts(column: TextColumn): number {
  const { bytes, offsets } = column;
  const rowCount = offsets.length - 1;
  const slots = 2 ** Math.ceil(Math.log2(Math.max(4, rowCount * 2)));
  const rowIn = new Int32Array(slots).fill(-1);
  let distinct = 0;
  for (let row = 0; row < rowCount; row++) {
    const start = offsets[row]!;
    const end = offsets[row + 1]!;
    if (start === end) continue;
    let slot = hashBytes(bytes, start, end) & (slots - 1);
    while (rowIn[slot]! >= 0 && !sameBytes(bytes, start, end, offsets, rowIn[slot]!)) {
      slot = (slot + 1) & (slots - 1);
    }
    if (rowIn[slot]! >= 0) continue;
    rowIn[slot] = row;
    distinct++;
  }
  return distinct;
}

function sameBytes(
  bytes: Uint8Array,
  start: number,
  end: number,
  offsets: Uint32Array,
  row: number,
): boolean {
  const from = offsets[row]!;
  if (offsets[row + 1]! - from !== end - start) return false;
  for (let i = 0; i < end - start; i++) if (bytes[start + i] !== bytes[from + i]) return false;
  return true;
}

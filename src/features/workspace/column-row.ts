/** One column as the column table shows it. */
import type { ColumnSummary } from '../../core/table/summary.ts';
import { formatCount, formatRate, formatValue } from '../../design/format.ts';

export interface ColumnRow {
  readonly name: string;
  readonly missing: string;
  readonly missingShare: string;
  /** True when the column's kind could not read some cells: worth a second look. */
  readonly hasUnparsable: boolean;
  readonly missingTitle: string;
  readonly distinct: string;
  /** "0 · 250 · 1,000 · 2,400 · 5,000" for numbers, three dates, or the most frequent values. */
  readonly spread: string;
  readonly spreadTitle: string;
  /** Counts by histogram bin, or of the most frequent values; empty when there is nothing to draw. */
  readonly bars: readonly number[];
  readonly barsLabel: string;
}

/** At most this many of the most frequent values are named or drawn. */
const NAMED_VALUES = 3;
const DRAWN_VALUES = 12;

/**
 * The column's facts as texts and bar heights.
 * @param rowCount rows of the table; shares of an empty table are not defined
 */
export function columnRow(column: ColumnSummary, rowCount: number): ColumnRow {
  const spread = column.min === null ? topSpread(column, rowCount) : rangeSpread(column);
  return {
    name: column.name,
    missing: formatCount(column.missing),
    missingShare: column.missing === 0 ? '' : smallRate(column.missing / rowCount),
    hasUnparsable: column.unparsable > 0,
    missingTitle: missingTitle(column, rowCount),
    distinct: formatCount(column.distinct),
    ...spread,
    ...barsOf(column),
  };
}

export interface ColumnFact {
  readonly name: string;
  readonly value: string;
}

/** Distinct values, then the range with its quartiles, or the most frequent values with their counts: what the sheet of a column lists. */
export function columnFacts(column: ColumnSummary, rowCount: number): readonly ColumnFact[] {
  const { min, quartiles, median, max, topValues } = column;
  const distinct = { name: 'Distinct', value: formatCount(column.distinct) };
  if (min === null)
    return [
      distinct,
      ...(topValues.length === 0 ? [] : [{ name: 'Most frequent', value: topText(column, rowCount) }]),
    ];
  const show = column.kind === 'date' ? formatDay : formatValue;
  const range: readonly (readonly [string, number | null | undefined])[] = [
    ['Smallest', min],
    ['First quartile', quartiles?.[0]],
    ['Median', median],
    ['Third quartile', quartiles?.[1]],
    ['Largest', max],
  ];
  return [
    distinct,
    ...range.flatMap(([name, value]) =>
      value === null || value === undefined ? [] : [{ name, value: show(value) }],
    ),
  ];
}

function topText({ topValues }: ColumnSummary, rowCount: number): string {
  return topValues
    .slice(0, NAMED_VALUES)
    .map(({ value, count }) => `${value}: ${formatCount(count)} (${formatRate(count / rowCount)})`)
    .join(' · ');
}

/** A share that is there must not read as none. */
function smallRate(share: number): string {
  return share < 0.0005 ? `< ${formatRate(0.001)}` : formatRate(share);
}

/** "240 of 4,454 cells missing; 12 of them hold text that is not a number", or that none is. */
export function missingTitle({ missing, unparsable, kind }: ColumnSummary, rowCount: number): string {
  if (missing === 0) return 'No cell is missing';
  const base = `${formatCount(missing)} of ${formatCount(rowCount)} cells missing`;
  return unparsable === 0
    ? base
    : `${base}; ${formatCount(unparsable)} of them hold text that is not a ${kind}`;
}

function rangeSpread(column: ColumnSummary): Pick<ColumnRow, 'spread' | 'spreadTitle'> {
  const isDate = column.kind === 'date';
  const show = (value: number | null): string => (isDate ? formatDay : formatValue)(value ?? Number.NaN);
  const [min, median, max] = [show(column.min), show(column.median), show(column.max)];
  if (column.quartiles === null)
    return {
      spread: [min, median, max].join(' · '),
      spreadTitle: `smallest ${min}, median ${median}, largest ${max}`,
    };
  const [first, third] = [show(column.quartiles[0]), show(column.quartiles[1])];
  return {
    // Five days do not fit into the cell; the title has them all.
    spread: (isDate ? [min, median, max] : [min, first, median, third, max]).join(' · '),
    spreadTitle: `smallest ${min}, first quartile ${first}, median ${median}, third quartile ${third}, largest ${max}`,
  };
}

function topSpread(column: ColumnSummary, rowCount: number): Pick<ColumnRow, 'spread' | 'spreadTitle'> {
  const top = column.topValues.slice(0, NAMED_VALUES).map(({ value }) => value);
  const more = column.distinct - top.length;
  if (top.length === 0)
    return { spread: column.distinct === 0 ? 'all missing' : 'texts', spreadTitle: 'Not counted by value' };
  return {
    spread: top.join(', ') + (more > 0 ? `, ${formatCount(more)} more` : ''),
    spreadTitle: column.topValues
      .slice(0, DRAWN_VALUES)
      .map(({ value, count }) => `${value}: ${formatCount(count)} (${formatRate(count / rowCount)})`)
      .join('\n'),
  };
}

/** Days are enough for a table cell; UTC, as dates are read. */
function formatDay(epochMs: number): string {
  return Number.isFinite(epochMs) ? new Date(epochMs).toISOString().slice(0, 10) : 'not defined';
}

function barsOf(column: ColumnSummary): Pick<ColumnRow, 'bars' | 'barsLabel'> {
  const counts = column.histogram ?? column.topValues.slice(0, DRAWN_VALUES).map(({ count }) => count);
  const what = column.histogram === null ? 'rows by value, most frequent first' : 'rows in 24 equal bins';
  return { bars: counts, barsLabel: `${column.name}: ${what}` };
}

/** Numbers and lists as the model page says them. */
import { formatCount, formatCountOf, formatMetric, formatValue } from '../../design/format.ts';

/** Below this a difference is said by its order of magnitude. */
const SMALL = 1e-3;

/** A difference between scores or a tolerance: "0.620", "12.4", "2.4e−9"; two significant digits when small. */
export function differenceText(value: number): string {
  const size = Math.abs(value);
  if (size >= SMALL && size < 1) return formatMetric(value);
  if (size === 0 || !(size < SMALL)) return formatValue(roundedTo(value, 3));
  return value.toExponential(1).replace('.0e', 'e').replaceAll('-', '\u2212');
}

function roundedTo(value: number, digits: number): number {
  return Number.isFinite(value) ? Number(value.toPrecision(digits)) : value;
}

/** A time of a run: "85 µs", "1.24 ms", "312 ms". */
export function latencyText(ms: number): string {
  if (!Number.isFinite(ms)) return 'not defined';
  return ms < 1
    ? `${formatValue(roundedTo(ms * 1000, 3))}\u00A0µs`
    : `${formatValue(roundedTo(ms, 3))}\u00A0ms`;
}

/** "all 4,454 rows" when the whole table was compared, else "4,206 of 1,000,000 rows". */
export function comparedRows(rows: number, tableRows: number | null): string {
  const counted = formatCountOf(rows, 'row');
  if (rows === tableRows) return rows > 1 ? `all ${counted}` : counted;
  return tableRows === null ? counted : `${formatCount(rows)} of ${formatCountOf(tableRows, 'row')}`;
}

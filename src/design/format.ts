/**
 * Numbers as the pages show them (DESIGN "Numbers"). The locale gives separators; the form is ours everywhere:
 * a no-break space between number and unit, U+2212 for minus, "not defined" for NaN. Exports use plain ISO numbers
 * and never come here. The last argument of each function is a BCP 47 locale, the browser's by default.
 */

const noBreakSpace = '\u00A0';
const minus = '\u2212';
/** What the page says instead of NaN (STYLE rule 10). */
export const notDefined = 'not defined';

const userLocale = globalThis.navigator?.language ?? 'en';

/** A metric in [0,1] or a ratio such as ROI: three decimals. */
export function formatMetric(value: number, locale: string = userLocale): string {
  return decimal(value, 3, 3, locale);
}

/** ROI and other ratios above 1: two decimals; compact from 10,000 on, where no tile has room for them. */
export function formatRatio(value: number, locale: string = userLocale): string {
  if (Math.abs(value) >= 10_000) return formatMoney(value, locale);
  return decimal(value, 2, 2, locale);
}

/** A share in [0,1] as percent with one decimal: "47.0 %". */
export function formatRate(share: number, locale: string = userLocale): string {
  return withUnit(decimal(share * 100, 1, 1, locale), '%');
}

/** A share on an axis, in whole percent: "20 %", and "0". Only of the share: axes hand their own second argument on. */
export function formatPercentTick(share: number): string {
  return share === 0 ? '0' : withUnit(decimal(share * 100, 0, 0, userLocale), '%');
}

/** "a", "a and b", "a, b and c". */
export function formatList(items: readonly string[]): string {
  return items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')} and ${items.at(-1)}`;
}

/** A count with separators: "1,336". */
export function formatCount(count: number, locale: string = userLocale): string {
  return decimal(count, 0, 0, locale);
}

/** A count with its noun: "1 row", "4,454 rows"; `plural` defaults to the noun with an s. */
export function formatCountOf(
  count: number,
  noun: string,
  plural: string = `${noun}s`,
  locale: string = userLocale,
): string {
  return withUnit(formatCount(count, locale), count === 1 ? noun : plural);
}

const scales = [
  { size: 1e12, sign: 'T' },
  { size: 1e9, sign: 'B' },
  { size: 1e6, sign: 'M' },
  { size: 1e3, sign: 'k' },
] as const;

/** Money in short: three significant digits with k, M, B, T ("412 k", "1.69 M"); cents only below 100. */
export function formatMoney(amount: number, locale: string = userLocale): string {
  if (!Number.isFinite(amount)) return decimal(amount, 0, 0, locale);
  // 999,600 is "1.00 M", not "1,000 k": the scale is chosen after rounding to three digits.
  const size = Math.abs(Number(amount.toPrecision(3)));
  const scale = scales.find((s) => size >= s.size);
  if (scale === undefined)
    return size >= 100 ? decimal(amount, 0, 0, locale) : formatMoneyExact(amount, locale);
  return withUnit(significant(amount / scale.size, 3, locale), scale.sign);
}

/** Money in full, for titles and tables: separators, and two decimals unless it is whole. */
export function formatMoneyExact(amount: number, locale: string = userLocale): string {
  const digits = Number.isInteger(Number(amount.toFixed(2))) ? 0 : 2;
  return decimal(amount, digits, digits, locale);
}

/** A difference with its sign: + or U+2212; zero has none. `format` is one of the functions here. */
export function formatChange(
  difference: number,
  format: (value: number, locale?: string) => string,
  locale: string = userLocale,
): string {
  if (Number.isNaN(difference)) return notDefined;
  const text = format(Math.abs(difference), locale);
  if (text === format(0, locale)) return text;
  return (difference < 0 ? minus : '+') + text;
}

/** A difference of two shares in percentage points: "+16.7 pt". */
export function formatPoints(shareDifference: number, locale: string = userLocale): string {
  return withUnit(
    formatChange(shareDifference * 100, (v, l) => decimal(v, 1, 1, l ?? userLocale), locale),
    'pt',
  );
}

/** An estimate with its interval: "0.812 [0.790, 0.834]". */
export function formatInterval(
  value: number,
  interval: readonly [number, number],
  format: (value: number, locale?: string) => string = formatMetric,
  locale: string = userLocale,
): string {
  const [low, high] = interval;
  return `${format(value, locale)} [${format(low, locale)}, ${format(high, locale)}]`;
}

/** A threshold with `digits` decimals; an infinite one is "above every score". */
export function formatThreshold(threshold: number, digits = 3, locale: string = userLocale): string {
  if (threshold === Number.POSITIVE_INFINITY) return 'above every score';
  return decimal(threshold, digits, digits, locale);
}

/** A number with `digits` decimals, where several stand in one column or sentence and have one scale. */
export function formatDecimals(value: number, digits: number, locale: string = userLocale): string {
  return decimal(value, digits, digits, locale);
}

/** Any number of a column: up to six significant digits, so that a column's own precision survives. */
export function formatValue(value: number, locale: string = userLocale): string {
  if (!Number.isFinite(value)) return decimal(value, 0, 0, locale);
  if (value !== 0 && (Math.abs(value) < 1e-4 || Math.abs(value) >= 1e15))
    return value.toExponential(3).replace('-', minus);
  return significantAtMost(value, 6, locale);
}

/** A duration in its largest fitting unit: "340 ms", "12 s", "3 min 20 s", "2 h 05 min". */
export function formatDuration(ms: number, locale: string = userLocale): string {
  if (!Number.isFinite(ms)) return notDefined;
  if (ms < 1000) return withUnit(decimal(Math.max(ms, 0), 0, 0, locale), 'ms');
  const seconds = Math.round(ms / 1000);
  if (seconds < 10) return withUnit(decimal(ms / 1000, 1, 1, locale), 's');
  if (seconds < 60) return withUnit(String(seconds), 's');
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return twoUnits(minutes, 'min', seconds % 60, 's');
  return twoUnits(Math.floor(minutes / 60), 'h', minutes % 60, 'min');
}

/** "12 s left"; empty while nothing is known (NaN or infinite). */
export function formatTimeLeft(ms: number, locale: string = userLocale): string {
  if (!Number.isFinite(ms)) return '';
  if (ms < 1000) return 'less than 1 s left'.replace('1 s', withUnit('1', 's'));
  return `${formatDuration(Math.ceil(ms / 1000) * 1000, locale).replace(/[.,]0(?=\u00A0s$)/u, '')} left`;
}

/** "1.69 M rows/s". */
export function formatRowsPerSecond(rowsPerSecond: number, locale: string = userLocale): string {
  if (!Number.isFinite(rowsPerSecond)) return notDefined;
  return withUnit(formatMoney(Math.round(rowsPerSecond), locale), 'rows/s');
}

/** Bytes in decimal units, three significant digits: "14.2 MB". */
export function formatBytes(bytes: number, locale: string = userLocale): string {
  if (!Number.isFinite(bytes)) return notDefined;
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  let index = 0;
  let size = bytes;
  while (Number(size.toPrecision(3)) >= 1000 && index < units.length - 1) {
    size /= 1000;
    index += 1;
  }
  return withUnit(index === 0 ? decimal(size, 0, 0, locale) : significant(size, 3, locale), units[index]!);
}

function twoUnits(large: number, largeUnit: string, small: number, smallUnit: string): string {
  return `${large}${noBreakSpace}${largeUnit} ${String(small).padStart(2, '0')}${noBreakSpace}${smallUnit}`;
}

function withUnit(text: string, unit: string): string {
  return text === notDefined ? text : `${text}${noBreakSpace}${unit}`;
}

function decimal(value: number, least: number, most: number, locale: string): string {
  return write(value, { minimumFractionDigits: least, maximumFractionDigits: most }, locale);
}

function significant(value: number, digits: number, locale: string): string {
  return write(value, { minimumSignificantDigits: digits, maximumSignificantDigits: digits }, locale);
}

function significantAtMost(value: number, digits: number, locale: string): string {
  return write(value, { maximumSignificantDigits: Math.max(digits, integerDigits(value)) }, locale);
}

function integerDigits(value: number): number {
  return Math.min(Math.trunc(Math.abs(value)).toString().length, 15);
}

function write(value: number, options: Intl.NumberFormatOptions, locale: string): string {
  if (Number.isNaN(value)) return notDefined;
  return (
    formatterOf(locale, options)
      .format(value)
      // ICU writes a hyphen, and marks a negative zero that rounding made.
      .replace(/^[-\u2212](?=[0.,]*$)/u, '')
      .replace('-', minus)
  );
}

/** Intl.NumberFormat takes about 30 µs to build and 1 µs to use: one per locale and form is kept. */
const formatters = new Map<string, Intl.NumberFormat>();

function formatterOf(locale: string, options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const key = `${locale} ${JSON.stringify(options)}`;
  let formatter = formatters.get(key);
  if (formatter === undefined) {
    formatter = new Intl.NumberFormat(locale, options);
    formatters.set(key, formatter);
  }
  return formatter;
}

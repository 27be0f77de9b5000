/** Figures inside the sentences of the checks. The sentences are English, and so are their figures. */

/** A share of 0 to 1 in percent: `28.2 %`; `under 0.1 %` and `over 99.9 %` where rounding would say none or all. */
export function shareText(share: number): string {
  if (Number.isNaN(share)) return 'not defined';
  if (share > 0 && share < 0.001) return 'under 0.1 %';
  if (share < 1 && share > 0.999) return 'over 99.9 %';
  return `${(100 * share).toFixed(1)} %`;
}

/** A count with separators: `1,336`. */
export function countText(count: number): string {
  return grouped(String(count));
}

/** `1 row`, `1,336 rows`. */
export function countOf(count: number, noun: string): string {
  return `${countText(count)} ${noun}${count === 1 ? '' : 's'}`;
}

/** Any number with four significant digits, separators from 10,000 on: `0.2814`, `1,234,000`, `3.2e-9`. */
export function valueText(value: number, digits = 4): string {
  if (Number.isNaN(value)) return 'not defined';
  const rounded = Number(value.toPrecision(digits));
  const size = Math.abs(rounded);
  if (size !== 0 && (size < 1e-4 || size >= 1e15)) return rounded.toExponential();
  return size >= 10_000 ? grouped(String(rounded)) : String(rounded);
}

/** `18 to 68`: with as many digits, from four on, as tell the two apart. */
export function betweenText(low: number, high: number): string {
  let digits = 4;
  while (digits < 17 && low !== high && valueText(low, digits) === valueText(high, digits)) digits++;
  return `${valueText(low, digits)} to ${valueText(high, digits)}`;
}

/** A probability, AUC or difference with three decimals; smaller ones with two significant digits. */
export function metricText(value: number): string {
  if (Number.isNaN(value)) return 'not defined';
  return value !== 0 && Math.abs(value) < 0.0005 ? String(Number(value.toPrecision(2))) : value.toFixed(3);
}

/** `"Age"`, `"Age" and "Income"`, `"Age", "Income" and 3 more`: at most three names. */
export function namesText(names: readonly string[]): string {
  const quoted = names.slice(0, MOST_NAMES).map((name) => `"${name}"`);
  const more = names.length - quoted.length;
  const last = more > 0 ? `${countText(more)} more` : quoted.pop();
  return quoted.length === 0 ? (last ?? '') : `${quoted.join(', ')} and ${last}`;
}

/** More names than these make a sentence hard to read; the rest is in the evidence. */
const MOST_NAMES = 3;

function grouped(digits: string): string {
  const [whole = '', fraction] = digits.split('.');
  const separated = whole.replaceAll(/\B(?=(\d{3})+(?!\d))/g, ',');
  return fraction === undefined ? separated : `${separated}.${fraction}`;
}

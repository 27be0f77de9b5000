const DAY_MS = 86_400_000;

/** One calendar month of simulated data. */
export interface Month {
  /** From 0. */
  readonly index: number;
  /** 0 = January. */
  readonly ofYear: number;
  /** `2024-01` */
  readonly name: string;
  readonly startMs: number;
  readonly days: number;
}

/** `count` months from January of a year on (UTC). */
export function monthsFrom(year: number, count: number): readonly Month[] {
  return Array.from({ length: count }, (_, index) => {
    const startMs = Date.UTC(year, index, 1);
    const days = (Date.UTC(year, index + 1, 1) - startMs) / DAY_MS;
    return { index, ofYear: index % 12, name: new Date(startMs).toISOString().slice(0, 7), startMs, days };
  });
}

/** `rows` shared out in proportion to the weights, whole rows, by the largest remainders: the parts sum to `rows`. */
export function sharedOut(rows: number, weights: readonly number[]): readonly number[] {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const exact = weights.map((weight) => (rows * weight) / total);
  const parts = exact.map(Math.floor);
  const missing = rows - parts.reduce((sum, part) => sum + part, 0);
  const byRemainder = exact
    .map((value, index) => ({ index, remainder: value - Math.floor(value) }))
    .sort((a, b) => b.remainder - a.remainder || a.index - b.index);
  for (const { index } of byRemainder.slice(0, missing)) parts[index] = parts[index]! + 1;
  return parts;
}

/** `2024-02-29` */
export function dayText(epochMs: number): string {
  return new Date(epochMs).toISOString().slice(0, 10);
}

import { Z_95 } from '../stats/wilson-interval.ts';
import type { DecisionPromise, PromisedNet } from './impact-figures.ts';

/**
 * What a promise gives for `count` decisions, with the band that holds the sum of 95 in 100 such months.
 *
 *     net  = n · m
 *     band = n · m ± 1.96 · s · sqrt(n · (1 + n / N))
 *
 * m and s are mean and standard deviation of the net value of a judged row, N the judged rows: n · s² is the sampling of the
 * month's own decisions, n² · s² / N what is not known of the mean itself. Normal approximation: few decisions, or few
 * flagged ones, make the band rough.
 *
 * @returns 0 for no decision; ends NaN when the deviation is
 */
export function promisedNet(
  { mean, deviation, rows }: Omit<DecisionPromise, 'fixedCost'>,
  count: number,
): PromisedNet {
  if (count === 0) return { net: 0, low: 0, high: 0 };
  const net = count * mean;
  const half = Z_95 * deviation * Math.sqrt(count * (1 + count / rows));
  return { net, low: net - half, high: net + half };
}

/**
 * The promise that gave this sum and band for `count` decisions: the inverse of `promisedNet`, for figures that were kept
 * without it. Its fixed cost is in the mean and not told apart.
 * @param rows judged rows behind it
 * @returns null for no decision: nothing was promised of none
 */
export function promiseBehind(
  { net, high }: PromisedNet,
  count: number,
  rows: number,
): Omit<DecisionPromise, 'fixedCost'> | null {
  if (count === 0) return null;
  return {
    mean: net / count,
    deviation: (high - net) / (Z_95 * Math.sqrt(count * (1 + count / rows))),
    rows,
  };
}

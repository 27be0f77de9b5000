import type { Sliced } from '../sliced.ts';
import { meanOverScored } from './mean-over-scored.ts';

/**
 * Brier score: mean of (score - label)² over the rows that have a score.
 *
 * @param scores one per row, NaN = none
 * @param labels 1 = positive, 0 = negative; same length
 * @param weights one per row for the weighted mean, or null
 * @returns 0..1, lower is better; NaN without scored rows, or when a score lies outside [0, 1] and so is no probability. O(n)
 * Source: G. W. Brier, Monthly Weather Review 78 (1950), 1-3, halved as for two classes; checked against scikit-learn 1.2.1 `brier_score_loss`.
 */
export function brierScoreSliced(
  scores: Float64Array,
  labels: Uint8Array,
  weights: Float64Array | null,
): Sliced<number> {
  return meanOverScored(scores, labels, weights, squaredError);
}

function squaredError(score: number, label: number): number {
  const miss = score - label;
  return miss * miss;
}

import type { Sliced } from '../sliced.ts';
import { meanOverScored } from './mean-over-scored.ts';

/** Scores are moved this far inside (0, 1), so that one certain and wrong score does not make the mean infinite (DEFINITIONS). */
const CLIP = 1e-15;

/**
 * Log loss (cross-entropy) in nats: mean of -ln(s) over positives and -ln(1 - s) over negatives among the rows that have a
 * score, scores clipped to [1e-15, 1 - 1e-15].
 *
 * @param scores one per row, NaN = none
 * @param labels 1 = positive, 0 = negative; same length
 * @param weights one per row for the weighted mean, or null
 * @returns >= 0, lower is better; NaN without scored rows, or when a score lies outside [0, 1]. O(n)
 * Checked against scikit-learn 1.2.1 `log_loss`.
 */
export function logLossSliced(
  scores: Float64Array,
  labels: Uint8Array,
  weights: Float64Array | null,
): Sliced<number> {
  return meanOverScored(scores, labels, weights, surprise);
}

/** -ln of the clipped probability given to the outcome that came. */
function surprise(score: number, label: number): number {
  const clipped = Math.min(Math.max(score, CLIP), 1 - CLIP);
  return label === 1 ? -Math.log(clipped) : -Math.log1p(-clipped);
}

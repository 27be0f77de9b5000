import { addCompensated, compensatedTotal, runningSums } from '../stats/compensated-sum.ts';

/** Scores are moved this far inside (0, 1), so that one certain and wrong score does not make the mean infinite (DEFINITIONS). */
export const LOG_LOSS_CLIP = 1e-15;

/**
 * Log loss (cross-entropy) in nats: mean of -ln(s) over positives and -ln(1 - s) over negatives among the rows that have a
 * score, scores clipped to [1e-15, 1 - 1e-15].
 *
 * @param scores one per row, NaN = none
 * @param labels 1 = positive, 0 = negative; same length
 * @returns >= 0, lower is better; NaN without scored rows, or when a score lies outside [0, 1]. O(n), compensated sum
 * Checked against scikit-learn 1.2.1 `log_loss`.
 */
export function logLoss(scores: Float64Array, labels: Uint8Array): number {
  const sums = runningSums(1);
  let count = 0;
  for (let row = 0; row < scores.length; row++) {
    const score = scores[row]!;
    if (Number.isNaN(score)) continue;
    if (score < 0 || score > 1) return Number.NaN;
    addCompensated(sums, 0, lossOf(score, labels[row]!));
    count++;
  }
  return compensatedTotal(sums, 0) / count;
}

/** -ln of the clipped probability given to the outcome that came. */
export function lossOf(score: number, label: number): number {
  const clipped = Math.min(Math.max(score, LOG_LOSS_CLIP), 1 - LOG_LOSS_CLIP);
  return label === 1 ? -Math.log(clipped) : -Math.log1p(-clipped);
}

import { addCompensated, compensatedTotal, runningSums } from '../stats/compensated-sum.ts';

/**
 * Brier score: mean of (score - label)² over the rows that have a score.
 *
 * @param scores one per row, NaN = none
 * @param labels 1 = positive, 0 = negative; same length
 * @returns 0..1, lower is better; NaN without scored rows, or when a score lies outside [0, 1] and so is no probability.
 * O(n), compensated sum
 * Source: G. W. Brier, Monthly Weather Review 78 (1950), 1-3, halved as for two classes; checked against scikit-learn 1.2.1 `brier_score_loss`.
 */
export function brierScore(scores: Float64Array, labels: Uint8Array): number {
  const sums = runningSums(1);
  let count = 0;
  for (let row = 0; row < scores.length; row++) {
    const score = scores[row]!;
    if (Number.isNaN(score)) continue;
    if (score < 0 || score > 1) return Number.NaN;
    const miss = score - labels[row]!;
    addCompensated(sums, 0, miss * miss);
    count++;
  }
  return compensatedTotal(sums, 0) / count;
}

/**
 * Brier skill: 1 - brier / (p(1 - p)), the share of the uncertainty that the scores remove; p = share of positives among
 * the scored rows.
 * @returns at most 1; 0 = no better than the base rate; NaN where Brier is, or with one class
 */
export function brierSkill(scores: Float64Array, labels: Uint8Array): number {
  let count = 0;
  let positives = 0;
  for (let row = 0; row < scores.length; row++) {
    if (Number.isNaN(scores[row]!)) continue;
    count++;
    positives += labels[row]!;
  }
  const share = positives / count;
  const uncertainty = share * (1 - share);
  return uncertainty > 0 ? 1 - brierScore(scores, labels) / uncertainty : Number.NaN;
}

import { addCompensated, compensatedTotal, runningSums } from '../stats/compensated-sum.ts';
import type { RankedScores } from '../threshold/ranked-scores.ts';

/**
 * Average precision over the scored rows (DEFINITIONS C8): the step-wise area under the precision-recall curve.
 *
 *     ap = sum over distinct scores, falling, of (R_k - R_{k-1}) · P_k
 *
 * No interpolation: trapezoids would be too optimistic. Ties are one step.
 * @returns 0..1; NaN without scored positives. O(k), compensated sum
 * Checked against scikit-learn 1.2.1 `average_precision_score`.
 */
export function averagePrecision(ranked: RankedScores): number {
  const { tp, fp } = ranked;
  const sums = runningSums(1);
  for (let i = 0, tpAbove = 0; i < tp.length; i++) {
    addCompensated(sums, 0, ((tp[i]! - tpAbove) * tp[i]!) / (tp[i]! + fp[i]!));
    tpAbove = tp[i]!;
  }
  return compensatedTotal(sums, 0) / (tp.at(-1) ?? 0);
}

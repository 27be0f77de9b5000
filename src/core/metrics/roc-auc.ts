import { Z_95 } from '../stats/wilson-interval.ts';
import type { RankedScores } from '../threshold/ranked-scores.ts';

/**
 * Area under the ROC curve over the scored rows (DEFINITIONS C8): the chance that a positive scores above a negative,
 * ties counting one half.
 *
 *     auc = (sum of the positives' midranks - n1(n1 + 1)/2) / (n1 · n0)
 *         = sum over distinct scores of dfp · (tp above + dtp/2) / (n1 · n0)
 *
 * The second form is the same number from cumulative counts, in integers and halves, hence exact and free of row order.
 * @returns 0..1; NaN with one class or without scored rows. O(k)
 * Source: Hanley & McNeil, Radiology 143 (1982), 29-36; checked against scikit-learn 1.2.1 `roc_auc_score`.
 */
export function rocAuc(ranked: RankedScores): number {
  const { tp, fp } = ranked;
  let won = 0;
  for (let i = 0, above = 0, fpAbove = 0; i < tp.length; i++) {
    won += (fp[i]! - fpAbove) * (above + (tp[i]! - above) / 2);
    above = tp[i]!;
    fpAbove = fp[i]!;
  }
  return won / ((tp.at(-1) ?? 0) * (fp.at(-1) ?? 0));
}

/**
 * DeLong 95 % interval of one AUC over the scored rows (DEFINITIONS C11), from midranks.
 *
 *     auc ± z · sqrt(s²(V10)/n1 + s²(V01)/n0)
 *     V10 = per positive: share of negatives below it, ties one half;  V01 = per negative: share of positives above it
 *     s² = sample variance (n - 1) around auc, which is the mean of both
 *
 * @returns [low, high] clipped to [0, 1]; [NaN, NaN] with fewer than two rows in a class; of width 0 when the classes are separated. O(k)
 * Source: DeLong, DeLong & Clarke-Pearson, Biometrics 44 (1988), 837-845; checked against a direct placement-value computation (fixtures).
 */
export function rocAucInterval(ranked: RankedScores): readonly [number, number] {
  const { tp, fp } = ranked;
  const positives = tp.at(-1) ?? 0;
  const negatives = fp.at(-1) ?? 0;
  if (positives < 2 || negatives < 2) return [Number.NaN, Number.NaN];
  const auc = rocAuc(ranked);
  let squares10 = 0;
  let squares01 = 0;
  for (let i = 0, tpAbove = 0, fpAbove = 0; i < tp.length; i++) {
    const positivesHere = tp[i]! - tpAbove;
    const negativesHere = fp[i]! - fpAbove;
    const below = (negatives - fpAbove - negativesHere / 2) / negatives - auc;
    const above = (tpAbove + positivesHere / 2) / positives - auc;
    squares10 += positivesHere * below * below;
    squares01 += negativesHere * above * above;
    tpAbove = tp[i]!;
    fpAbove = fp[i]!;
  }
  const variance = squares10 / (positives - 1) / positives + squares01 / (negatives - 1) / negatives;
  const half = Z_95 * Math.sqrt(variance);
  return [Math.max(0, auc - half), Math.min(1, auc + half)];
}

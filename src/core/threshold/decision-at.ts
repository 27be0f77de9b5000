import { moneyOf } from '../money/money-of.ts';
import { checkAmounts, type ValueModel } from '../money/value-model.ts';
import { wilsonInterval } from '../stats/wilson-interval.ts';
import type { ThresholdDecision } from './decision.ts';
import { flaggedThresholds, type RankedScores } from './ranked-scores.ts';

/**
 * The decision at any threshold, observed or not: flagged = score >= threshold.
 *
 *     precision = tp / flagged    recall = tp / positives    fpr = fp / negatives    f1 = 2tp / (flagged + positives)
 *
 * Rows without a score are passed. Undefined rates (nothing flagged, one class) are NaN. Recall and precision come with
 * Wilson intervals (C14). O(log k) for k distinct scores; a new scenario sorts nothing.
 *
 * @param model compiled scenario, or null for no money
 * @throws {DataError} `invalid-argument` (threshold is NaN) | `invalid-scenario` (rows were ranked without amounts)
 */
export function decisionAt(
  ranked: RankedScores,
  threshold: number,
  model: ValueModel | null,
): ThresholdDecision {
  return decisionOf(ranked, threshold, flaggedThresholds(ranked, threshold), model);
}

/** The decision at entry `index` of the distinct thresholds. O(1). */
export function decisionAtIndex(
  ranked: RankedScores,
  index: number,
  model: ValueModel | null,
): ThresholdDecision {
  return decisionOf(ranked, ranked.threshold[index]!, index + 1, model);
}

function decisionOf(
  ranked: RankedScores,
  threshold: number,
  flaggedCount: number,
  model: ValueModel | null,
): ThresholdDecision {
  if (model !== null) checkAmounts(ranked, model);
  const { rows, positives, negatives } = ranked;
  const tp = flaggedCount > 0 ? ranked.tp[flaggedCount - 1]! : 0;
  const fp = flaggedCount > 0 ? ranked.fp[flaggedCount - 1]! : 0;
  const flagged = tp + fp;
  return {
    threshold,
    lowestFlagged: ranked.threshold[flaggedCount - 1] ?? Number.NaN,
    highestPassed: ranked.threshold[flaggedCount] ?? Number.NaN,
    rows,
    tp,
    fp,
    tn: negatives - fp,
    fn: positives - tp,
    flagged,
    flaggedShare: flagged / rows,
    precision: tp / flagged,
    recall: tp / positives,
    fpr: fp / negatives,
    f1: (2 * tp) / (flagged + positives),
    recallInterval: wilsonInterval(tp, positives),
    precisionInterval: wilsonInterval(tp, flagged),
    money: model === null ? null : moneyOf(ranked, flaggedCount, model),
  };
}

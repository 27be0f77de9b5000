import { drain } from '../sliced.ts';
import { addCompensated, compensatedTotal, runningSums } from '../stats/compensated-sum.ts';
import type { RankedScores } from '../threshold/ranked-scores.ts';
import { brierScoreSliced } from './brier-score.ts';
import { logLossSliced } from './log-loss.ts';

/** Metrics in which a row counts as much as its weight, for example its amount. */
export interface WeightedMetrics {
  readonly rocAuc: number;
  readonly averagePrecision: number;
  readonly brier: number;
  readonly logLoss: number;
}

/**
 * AUC, average precision, Brier score and log loss with a weight per row; definitions as without weights (C8), counts
 * replaced by sums of weights, means by weighted means. Over the scored rows; a missing weight counts as 0.
 *
 * @param ranked `rankScores(scores, labels, [weights])`; weights >= 0
 * @returns NaN where not defined: a class without weight, scores outside [0, 1] (Brier, log loss), no weights ranked. O(n)
 * Checked against scikit-learn 1.2.1 with `sample_weight`.
 */
export function weightedMetricsOf(
  ranked: RankedScores,
  scores: Float64Array,
  labels: Uint8Array,
  weights: Float64Array,
): WeightedMetrics {
  return {
    ...weightedRanking(ranked),
    brier: drain(brierScoreSliced(scores, labels, weights)),
    logLoss: drain(logLossSliced(scores, labels, weights)),
  };
}

function weightedRanking({ amounts }: RankedScores): Pick<WeightedMetrics, 'rocAuc' | 'averagePrecision'> {
  const [weight] = amounts;
  if (weight === undefined) return { rocAuc: Number.NaN, averagePrecision: Number.NaN };
  const { positive, negative } = weight;
  const won = runningSums(2);
  for (let i = 0, positiveAbove = 0, negativeAbove = 0; i < positive.length; i++) {
    const here = positive[i]! - positiveAbove;
    const flagged = positive[i]! + negative[i]!;
    addCompensated(won, 0, (negative[i]! - negativeAbove) * (positiveAbove + here / 2));
    if (flagged > 0) addCompensated(won, 1, (here * positive[i]!) / flagged);
    positiveAbove = positive[i]!;
    negativeAbove = negative[i]!;
  }
  const positives = positive.at(-1) ?? 0;
  return {
    rocAuc: compensatedTotal(won, 0) / (positives * (negative.at(-1) ?? 0)),
    averagePrecision: compensatedTotal(won, 1) / positives,
  };
}

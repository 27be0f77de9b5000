import type { RankedScores } from '../threshold/ranked-scores.ts';
import { averagePrecision } from './average-precision.ts';
import { brierScore } from './brier-score.ts';
import { ksStatistic } from './ks-statistic.ts';
import { logLoss } from './log-loss.ts';
import type { Metrics } from './metrics.ts';
import { rocAuc } from './roc-auc.ts';

/**
 * The headline metrics of judged rows. `rows` and `positives` count all of them; the statistics are over the rows
 * that have a score, since a missing score ranks nowhere. Each is NaN where it is not defined (see its own file).
 *
 * @param ranked `rankScores(scores, labels, ...)` of the same rows
 * @param scores one per judged row, NaN = none
 * @param labels 1 = positive, 0 = negative
 */
export function metricsOf(ranked: RankedScores, scores: Float64Array, labels: Uint8Array): Metrics {
  const auc = rocAuc(ranked);
  const ks = ksStatistic(ranked);
  return {
    rows: ranked.rows,
    positives: ranked.positives,
    rocAuc: auc,
    gini: 2 * auc - 1,
    averagePrecision: averagePrecision(ranked),
    brier: brierScore(scores, labels),
    logLoss: logLoss(scores, labels),
    ks: ks.statistic,
    ksThreshold: ks.threshold,
  };
}

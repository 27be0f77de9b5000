import { drain, type Sliced, stage } from '../sliced.ts';
import type { RankedScores } from '../threshold/ranked-scores.ts';
import { averagePrecision } from './average-precision.ts';
import { brierScoreSliced } from './brier-score.ts';
import { ksStatistic } from './ks-statistic.ts';
import { logLossSliced } from './log-loss.ts';
import type { Metrics } from './metrics.ts';
import { rocAuc } from './roc-auc.ts';

/**
 * The headline metrics of judged rows. `rows` and `positives` count all of them; the statistics are over the rows
 * that have a score, since a missing score ranks nowhere. Each is NaN where it is not defined (see its own file).
 *
 * @param ranked `rankScores(scores, labels, ...)` of the same rows
 * @param scores one per judged row, NaN = none
 * @param labels 1 = positive, 0 = negative
 * @returns the metrics; yields progress in rows. O(n)
 */
export function* metricsSliced(
  ranked: RankedScores,
  scores: Float64Array,
  labels: Uint8Array,
): Sliced<Metrics> {
  const { rows, positives } = ranked;
  const brier = yield* stage(brierScoreSliced(scores, labels, null), 0, 0.3 * rows, rows);
  const logLoss = yield* stage(logLossSliced(scores, labels, null), 0.3 * rows, 0.7 * rows, rows);
  const auc = rocAuc(ranked);
  yield { done: Math.floor(0.8 * rows), total: rows };
  const ks = ksStatistic(ranked);
  yield { done: Math.floor(0.9 * rows), total: rows };
  return {
    rows,
    positives,
    rocAuc: auc,
    gini: 2 * auc - 1,
    averagePrecision: averagePrecision(ranked),
    brier,
    logLoss,
    ks: ks.statistic,
    ksThreshold: ks.threshold,
  };
}

/** `metricsSliced` in one go. */
export function metricsOf(ranked: RankedScores, scores: Float64Array, labels: Uint8Array): Metrics {
  return drain(metricsSliced(ranked, scores, labels));
}

import type { RankedScores } from '../threshold/ranked-scores.ts';

/** Points from (0, 0) to the lowest threshold, in order of falling threshold. */
export interface RocCurve {
  readonly fpr: Float64Array;
  readonly tpr: Float64Array;
  /** Infinity first (nobody flagged), then every distinct score. */
  readonly threshold: Float64Array;
}

/** One point per distinct score, in order of falling threshold: recall never falls. */
export interface PrecisionRecallCurve {
  readonly recall: Float64Array;
  readonly precision: Float64Array;
  readonly threshold: Float64Array;
}

/**
 * The full ROC curve: fpr = fp / negatives, tpr = tp / positives at every distinct score, no point dropped.
 * A rate whose class is absent is NaN throughout. Rows without a score are never flagged: with any, the curve ends before (1, 1). O(k)
 * Checked against scikit-learn 1.2.1 `roc_curve(drop_intermediate=False)`, whose first threshold is max + 1 where ours is Infinity.
 */
export function rocCurve(ranked: RankedScores): RocCurve {
  const points = ranked.threshold.length + 1;
  const curve = {
    fpr: new Float64Array(points),
    tpr: new Float64Array(points),
    threshold: new Float64Array(points),
  };
  curve.fpr[0] = 0 / ranked.negatives;
  curve.tpr[0] = 0 / ranked.positives;
  curve.threshold[0] = Number.POSITIVE_INFINITY;
  for (let i = 1; i < points; i++) {
    curve.fpr[i] = ranked.fp[i - 1]! / ranked.negatives;
    curve.tpr[i] = ranked.tp[i - 1]! / ranked.positives;
    curve.threshold[i] = ranked.threshold[i - 1]!;
  }
  return curve;
}

/**
 * The full precision-recall curve at every distinct score. Precision is always defined (something is flagged); recall is NaN
 * without positives. The conventional end point (recall 0, precision 1) is no threshold's and left out. O(k)
 * Checked against scikit-learn 1.2.1 `precision_recall_curve`, which lists the same points by rising threshold and adds that end point.
 */
export function precisionRecallCurve(ranked: RankedScores): PrecisionRecallCurve {
  const points = ranked.threshold.length;
  const curve = {
    recall: new Float64Array(points),
    precision: new Float64Array(points),
    threshold: ranked.threshold,
  };
  for (let i = 0; i < points; i++) {
    curve.recall[i] = ranked.tp[i]! / ranked.positives;
    curve.precision[i] = ranked.tp[i]! / (ranked.tp[i]! + ranked.fp[i]!);
  }
  return curve;
}

import { drain, inSlices, type Sliced } from '../sliced.ts';
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
export function* rocCurveSliced(ranked: RankedScores): Sliced<RocCurve> {
  const { positives, negatives } = ranked;
  const points = ranked.threshold.length + 1;
  const fpr = new Float64Array(points);
  const tpr = new Float64Array(points);
  const threshold = new Float64Array(points);
  fpr[0] = 0 / negatives;
  tpr[0] = 0 / positives;
  threshold[0] = Number.POSITIVE_INFINITY;
  yield* inSlices(points - 1, (start, end) => {
    for (let i = start; i < end; i++) {
      fpr[i + 1] = ranked.fp[i]! / negatives;
      tpr[i + 1] = ranked.tp[i]! / positives;
      threshold[i + 1] = ranked.threshold[i]!;
    }
  });
  return { fpr, tpr, threshold };
}

/** `rocCurveSliced` in one go. */
export function rocCurve(ranked: RankedScores): RocCurve {
  return drain(rocCurveSliced(ranked));
}

/**
 * The full precision-recall curve at every distinct score. Precision is always defined (something is flagged); recall is NaN
 * without positives. The conventional end point (recall 0, precision 1) is no threshold's and left out. O(k)
 * Checked against scikit-learn 1.2.1 `precision_recall_curve`, which lists the same points by rising threshold and adds that end point.
 */
export function* precisionRecallSliced(ranked: RankedScores): Sliced<PrecisionRecallCurve> {
  const { tp, fp, positives, threshold } = ranked;
  const recall = new Float64Array(threshold.length);
  const precision = new Float64Array(threshold.length);
  yield* inSlices(threshold.length, (start, end) => {
    for (let i = start; i < end; i++) {
      recall[i] = tp[i]! / positives;
      precision[i] = tp[i]! / (tp[i]! + fp[i]!);
    }
  });
  return { recall, precision, threshold };
}

/** `precisionRecallSliced` in one go. */
export function precisionRecallCurve(ranked: RankedScores): PrecisionRecallCurve {
  return drain(precisionRecallSliced(ranked));
}

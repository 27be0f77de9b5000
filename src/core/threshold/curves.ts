import {
  type PrecisionRecallCurve,
  precisionRecallCurve,
  type RocCurve,
  rocCurve,
} from '../metrics/roc-curve.ts';
import type { Curves } from './decision.ts';
import { largestTriangleIndexes } from './largest-triangle.ts';
import type { RankedScores } from './ranked-scores.ts';

/** Points a drawn line keeps: DESIGN "Pictures". */
export const MAX_CURVE_POINTS = 500;

/**
 * Chart-ready ROC, precision-recall and rate lines: points of the full curves, thinned by largest triangle, each in order
 * of its x. ROC begins at (0, 0), which flags nobody, with threshold Infinity; it has no observed score.
 * Rows without a score are never flagged, so recall may end below 1. Rates without their class are NaN. O(k)
 */
export function curvesOf(ranked: RankedScores, maxPoints: number = MAX_CURVE_POINTS): Curves {
  return {
    roc: thinRoc(rocCurve(ranked), maxPoints),
    pr: thinPrecisionRecall(precisionRecallCurve(ranked), maxPoints),
    rates: ratesOf(ranked, maxPoints),
  };
}

function thinRoc({ fpr, tpr, threshold }: RocCurve, maxPoints: number): Curves['roc'] {
  const kept = largestTriangleIndexes(fpr, [tpr], maxPoints);
  return { fpr: take(fpr, kept), tpr: take(tpr, kept), threshold: take(threshold, kept) };
}

function thinPrecisionRecall(
  { recall, precision, threshold }: PrecisionRecallCurve,
  maxPoints: number,
): Curves['pr'] {
  const kept = largestTriangleIndexes(recall, [precision], maxPoints);
  return { recall: take(recall, kept), precision: take(precision, kept), threshold: take(threshold, kept) };
}

/** Precision, recall and flagged share against rising thresholds; one set of points for all three. */
function ratesOf(ranked: RankedScores, maxPoints: number): Curves['rates'] {
  const full = precisionRecallCurve(ranked);
  const flaggedShare = new Float64Array(ranked.threshold.length);
  for (let i = 0; i < flaggedShare.length; i++) {
    flaggedShare[i] = (ranked.tp[i]! + ranked.fp[i]!) / ranked.rows;
  }
  const lines = [full.precision, full.recall, flaggedShare];
  const kept = largestTriangleIndexes(ranked.threshold, lines, maxPoints).reverse();
  return {
    threshold: take(ranked.threshold, kept),
    precision: take(full.precision, kept),
    recall: take(full.recall, kept),
    flaggedShare: take(flaggedShare, kept),
  };
}

/** Copies the entries at `indexes` into a fresh array. */
export function take(values: Float64Array, indexes: Uint32Array): Float64Array {
  const taken = new Float64Array(indexes.length);
  for (let i = 0; i < indexes.length; i++) taken[i] = values[indexes[i]!]!;
  return taken;
}

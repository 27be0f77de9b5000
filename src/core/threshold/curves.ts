import {
  type PrecisionRecallCurve,
  precisionRecallSliced,
  type RocCurve,
  rocCurveSliced,
} from '../metrics/roc-curve.ts';
import { drain, inSlices, type Sliced, stage } from '../sliced.ts';
import type { Curves } from './decision.ts';
import { largestTriangleSliced } from './largest-triangle.ts';
import type { RankedScores } from './ranked-scores.ts';

/** Points a drawn line keeps: DESIGN "Pictures". */
export const MAX_CURVE_POINTS = 500;

/**
 * Chart-ready ROC, precision-recall and rate lines: points of the full curves, thinned by largest triangle, each in order
 * of its x. ROC begins at (0, 0), which flags nobody, with threshold Infinity: that point has no observed score.
 * Rows without a score are never flagged, so recall may end below 1. Rates without their class are NaN.
 *
 * @returns freshly allocated arrays; yields progress in rows. O(k)
 */
export function* curvesSliced(ranked: RankedScores, maxPoints: number = MAX_CURVE_POINTS): Sliced<Curves> {
  const { rows } = ranked;
  const fullRoc = yield* stage(rocCurveSliced(ranked), 0, 0.1 * rows, rows);
  const roc = yield* stage(drawnRoc(fullRoc, maxPoints), 0.1 * rows, 0.3 * rows, rows);
  const full = yield* stage(precisionRecallSliced(ranked), 0.3 * rows, 0.4 * rows, rows);
  const pr = yield* stage(drawnPrecisionRecall(full, maxPoints), 0.4 * rows, 0.6 * rows, rows);
  const rates = yield* stage(drawnRates(ranked, full, maxPoints), 0.6 * rows, rows, rows);
  return { roc, pr, rates };
}

/** `curvesSliced` in one go. */
export function curvesOf(ranked: RankedScores, maxPoints: number = MAX_CURVE_POINTS): Curves {
  return drain(curvesSliced(ranked, maxPoints));
}

function* drawnRoc({ fpr, tpr, threshold }: RocCurve, maxPoints: number): Sliced<Curves['roc']> {
  const kept = yield* largestTriangleSliced(fpr, [tpr], maxPoints);
  return { fpr: take(fpr, kept), tpr: take(tpr, kept), threshold: take(threshold, kept) };
}

function* drawnPrecisionRecall(
  { recall, precision, threshold }: PrecisionRecallCurve,
  maxPoints: number,
): Sliced<Curves['pr']> {
  const kept = yield* largestTriangleSliced(recall, [precision], maxPoints);
  return { recall: take(recall, kept), precision: take(precision, kept), threshold: take(threshold, kept) };
}

/** Precision, recall and flagged share against rising thresholds; one set of points for all three. */
function* drawnRates(
  ranked: RankedScores,
  { precision, recall, threshold }: PrecisionRecallCurve,
  maxPoints: number,
): Sliced<Curves['rates']> {
  const flaggedShare = new Float64Array(threshold.length);
  const fill = inSlices(threshold.length, (start, end) => {
    for (let i = start; i < end; i++) flaggedShare[i] = (ranked.tp[i]! + ranked.fp[i]!) / ranked.rows;
  });
  yield* stage(fill, 0, 0.2 * ranked.rows, ranked.rows);
  const thin = largestTriangleSliced(threshold, [precision, recall, flaggedShare], maxPoints);
  const kept = yield* stage(thin, 0.2 * ranked.rows, ranked.rows, ranked.rows);
  kept.reverse();
  return {
    threshold: take(threshold, kept),
    precision: take(precision, kept),
    recall: take(recall, kept),
    flaggedShare: take(flaggedShare, kept),
  };
}

/** Copies the entries at `indexes` into a fresh array. */
function take(values: Float64Array, indexes: Uint32Array): Float64Array {
  const taken = new Float64Array(indexes.length);
  for (let i = 0; i < indexes.length; i++) taken[i] = values[indexes[i]!]!;
  return taken;
}

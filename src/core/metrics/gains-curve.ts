import { inSlices, type Sliced, stage } from '../sliced.ts';
import { takeRows } from '../table/take-rows.ts';
import { largestTriangleSliced } from '../threshold/largest-triangle.ts';
import type { RankedScores } from '../threshold/ranked-scores.ts';
import type { RankingFigures } from './ranking-figures.ts';

/**
 * Cumulative gains and lift (DEFINITIONS C9) against the share of judged rows that is flagged, from flagging nobody down to
 * the lowest score.
 *
 *     recall = tp / positives        lift = precision / (positives / rows) = recall / flagged share
 *
 * @returns at most `maxPoints` points by rising share, thinned by largest triangle, fresh arrays; the first one flags nobody:
 * threshold Infinity, lift NaN. Recall is NaN without positives. Rows without a score are never flagged: the line then ends
 * before (1, 1). Yields progress in distinct scores. O(k)
 */
export function* gainsCurveSliced(
  ranked: RankedScores,
  maxPoints: number,
): Sliced<RankingFigures['gainsCurve']> {
  const { rows, positives } = ranked;
  const points = ranked.threshold.length + 1;
  const flaggedShare = new Float64Array(points);
  const recall = new Float64Array(points);
  const lift = new Float64Array(points).fill(Number.NaN, 0, 1);
  const threshold = new Float64Array(points).fill(Number.POSITIVE_INFINITY, 0, 1);
  recall[0] = 0 / positives;
  const fill = inSlices(points - 1, (start, end) => {
    for (let i = start; i < end; i++) {
      const tp = ranked.tp[i]!;
      flaggedShare[i + 1] = (tp + ranked.fp[i]!) / rows;
      recall[i + 1] = tp / positives;
      lift[i + 1] = recall[i + 1]! / flaggedShare[i + 1]!;
      threshold[i + 1] = ranked.threshold[i]!;
    }
  });
  yield* stage(fill, 0, 0.3 * points, points);
  const thin = largestTriangleSliced(flaggedShare, [recall, lift], maxPoints);
  const kept = yield* stage(thin, 0.3 * points, points, points);
  return {
    flaggedShare: takeRows(flaggedShare, kept),
    recall: takeRows(recall, kept),
    lift: takeRows(lift, kept),
    threshold: takeRows(threshold, kept),
  };
}

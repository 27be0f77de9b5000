import { inSlices, type Sliced, stage } from '../sliced.ts';
import { takeRows } from '../table/take-rows.ts';
import { largestTriangleSliced } from '../threshold/largest-triangle.ts';
import { ksStatistic } from './ks-statistic.ts';
import type { RankedCounts } from './ranked-counts.ts';
import type { RankingFigures } from './ranking-figures.ts';

/**
 * Both outcomes' distribution functions below each score (what a threshold there would pass) and their greatest distance, the
 * KS statistic (DEFINITIONS C1), over the rows that have a score.
 *
 *     positives(t) = share of the positives with score < t        negatives(t) likewise
 *
 * @returns at most `maxPoints` points by rising score, thinned by largest triangle, the point of the KS statistic always among
 * them; fresh arrays. A class that is absent is NaN throughout, and so is the statistic. Yields progress in scores. O(k)
 */
export function* ksCurveSliced(ranked: RankedCounts, maxPoints: number): Sliced<RankingFigures['ks']> {
  const points = ranked.threshold.length;
  const score = new Float64Array(points);
  const positives = new Float64Array(points);
  const negatives = new Float64Array(points);
  const allPositives = ranked.tp.at(-1) ?? 0;
  const allNegatives = ranked.fp.at(-1) ?? 0;
  const fill = inSlices(points, (start, end) => {
    for (let rising = start; rising < end; rising++) {
      const i = points - 1 - rising;
      score[rising] = ranked.threshold[i]!;
      positives[rising] = (allPositives - ranked.tp[i]!) / allPositives;
      negatives[rising] = (allNegatives - ranked.fp[i]!) / allNegatives;
    }
  });
  yield* stage(fill, 0, 0.3 * points, points);
  const ks = ksStatistic(ranked);
  const thin = largestTriangleSliced(score, [positives, negatives], maxPoints - 1);
  const kept = yield* stage(thin, 0.3 * points, points, points);
  const shown = withPoint(kept, score.indexOf(ks.threshold));
  return {
    score: takeRows(score, shown),
    positives: takeRows(positives, shown),
    negatives: takeRows(negatives, shown),
    ...ks,
  };
}

function withPoint(kept: Uint32Array, point: number): Uint32Array {
  return point < 0 || kept.includes(point) ? kept : Uint32Array.from([...kept, point]).sort();
}

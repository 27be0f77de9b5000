import { inSlices, type Sliced } from '../sliced.ts';
import type { RankedScores } from '../threshold/ranked-scores.ts';
import type { BandAssumptions } from './bands-design.ts';
import { type FlaggedValue, flaggedValue, valueWhen } from './flagged-value.ts';
import { NET_TIE } from './net-scan.ts';
import { type CellValues, noValues } from './value-model.ts';

/** Two cut-offs as counts of distinct scores from the highest: the first `declined` are declined, up to `acted` are not approved. */
export interface CutOffCounts {
  readonly declined: number;
  readonly acted: number;
}

/**
 * The cut-offs that earn most within the capacity: exact over all pairs of distinct scores, in O(k).
 *
 * With D(i) what declining the rows of the i highest scores brings over approving them, and R(j) what referring the rows of
 * the j highest brings, the net value of the pair i <= j is separable:
 *
 *     net(i, j) = approve all + D(i) - R(i) + R(j)        reviews = rows(j) - rows(i) <= capacity
 *
 * For each i the j allowed by the capacity are a run that begins at i and whose end never falls as i grows, so that the
 * greatest R over the run is kept in a monotone queue (the maximum of a sliding window). Ties, to within rounding, go to the
 * lowest `high`, then to the lowest `low`. Yields progress in thresholds.
 *
 * @param values `declinedValues` of the scenario
 * @param scale `scaleOf(model, ranked.rows)`: capacity and review cost are in its period
 */
export function* bestCutOffsSliced(
  ranked: RankedScores,
  values: CellValues,
  assumptions: BandAssumptions,
  scale: number,
): Sliced<CutOffCounts> {
  const length = ranked.threshold.length + 1;
  const gap = new Float64Array(length);
  const refer = new Float64Array(length);
  const gains = gainsOf(ranked, values, assumptions, scale);
  yield* inSlices(length, (start, end) => {
    for (let i = start; i < end; i++) {
      refer[i] = gains.refer(i);
      gap[i] = gains.decline(i) - refer[i]!;
    }
  });
  const reach = assumptions.capacity === null ? Number.POSITIVE_INFINITY : assumptions.capacity / scale;
  const best = yield* bestByDeclined(ranked, gap, refer, reach);
  return lowestTie(ranked, best, gap, refer, reach);
}

/** What the rows of the highest scores bring over approving them, when all are declined and when all are referred. */
function gainsOf(ranked: RankedScores, values: CellValues, assumptions: BandAssumptions, scale: number) {
  const { flagPositive, flagNegative, passPositive, passNegative } = values;
  const { sensitivity, specificity, reviewCost } = assumptions;
  const gainOf = (value: FlaggedValue) => {
    const nobody = valueWhen(value, ranked, 0);
    return (count: number) => valueWhen(value, ranked, count) - nobody;
  };
  const positives = gainOf(flaggedValue(ranked, { ...noValues, flagPositive, passPositive }, scale));
  const negatives = gainOf(flaggedValue(ranked, { ...noValues, flagNegative, passNegative }, scale));
  return {
    decline: (count: number) => positives(count) + negatives(count),
    refer: (count: number) =>
      sensitivity * positives(count) +
      (1 - specificity) * negatives(count) -
      reviewCost * scale * rowsIn(ranked, count),
  };
}

/** Rows among the `count` highest distinct scores. */
export function rowsIn({ tp, fp }: RankedScores, count: number): number {
  return count === 0 ? 0 : tp[count - 1]! + fp[count - 1]!;
}

/** For each count of declined scores, the greatest net value (less approving all) over the ends of the refer band. */
function* bestByDeclined(
  ranked: RankedScores,
  gap: Float64Array,
  refer: Float64Array,
  reach: number,
): Sliced<Float64Array> {
  const best = new Float64Array(gap.length);
  // Ends of the band whose value falls from front to back: the front is the best one that is still allowed.
  const queue = new Uint32Array(gap.length);
  let front = 0;
  let back = 0;
  let next = 0;
  yield* inSlices(gap.length, (start, end) => {
    for (let i = start; i < end; i++) {
      const most = rowsIn(ranked, i) + reach;
      for (; next < gap.length && rowsIn(ranked, next) <= most; next++) {
        while (back > front && refer[queue[back - 1]!]! <= refer[next]!) back--;
        queue[back++] = next;
      }
      while (queue[front]! < i) front++;
      best[i] = gap[i]! + refer[queue[front]!]!;
    }
  });
  return best;
}

function lowestTie(
  ranked: RankedScores,
  best: Float64Array,
  gap: Float64Array,
  refer: Float64Array,
  reach: number,
): CutOffCounts {
  let greatest = Number.NEGATIVE_INFINITY;
  let turnover = 0;
  for (let i = 0; i < best.length; i++) {
    greatest = Math.max(greatest, best[i]!);
    turnover = Math.max(turnover, Math.abs(gap[i]!), Math.abs(refer[i]!));
  }
  const least = greatest - NET_TIE * turnover;
  let declined = best.length - 1;
  while (!(best[declined]! >= least)) declined--;
  const most = rowsIn(ranked, declined) + reach;
  let acted = best.length - 1;
  while (acted > declined && !(rowsIn(ranked, acted) <= most && gap[declined]! + refer[acted]! >= least))
    acted--;
  return { declined, acted };
}

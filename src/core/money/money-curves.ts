import { drain, type Sliced } from '../sliced.ts';
import { largestTriangleSliced } from '../threshold/largest-triangle.ts';
import type { RankedScores } from '../threshold/ranked-scores.ts';
import { matrixSums } from './cell-sums.ts';
import { valueOfFlaggingAll } from './flagged-value.ts';
import type { MoneyCurves } from './money-at.ts';
import { netIntervalOf } from './money-of.ts';
import { type NetScan, scanNet } from './net-scan.ts';
import { checkAmounts, scaleOf, type ValueModel } from './value-model.ts';

/**
 * Net value with its 95 % interval, and ROI, against rising thresholds: points of the full sweep, thinned by largest triangle.
 * The lowest, the highest and the best threshold are always among them; the best value and the plateau come from
 * every distinct threshold, not from the thinned line. O(k)
 *
 * @param maxPoints at least 3
 * @param scan `scanNet(ranked, model)` of the same rows and model
 * @param plateauShare how far below the best net value a threshold may stay and still be as good, (0, 1)
 * @returns the curves; yields progress in thresholds
 */
export function* moneyCurvesSliced(
  ranked: RankedScores,
  model: ValueModel,
  maxPoints: number,
  scan: NetScan,
  plateauShare: number,
): Sliced<MoneyCurves> {
  const kept = yield* drawnIndexes(ranked, scan, maxPoints);
  const points = kept.length;
  const curves = {
    threshold: new Float64Array(points),
    net: new Float64Array(points),
    netLow: new Float64Array(points),
    netHigh: new Float64Array(points),
    roi: new Float64Array(points),
    flagged: new Uint32Array(points),
  };
  for (let point = 0; point < points; point++) {
    const index = kept[points - 1 - point]!;
    const net = scan.net[index]!;
    const interval = netIntervalOf(net, matrixSums(ranked, index + 1), model, ranked.rows);
    curves.threshold[point] = ranked.threshold[index]!;
    curves.net[point] = net;
    curves.netLow[point] = interval[0];
    curves.netHigh[point] = interval[1];
    curves.roi[point] = scan.roi[index]!;
    curves.flagged[point] = ranked.tp[index]! + ranked.fp[index]!;
  }
  return {
    ...curves,
    flagNobody: scan.flagNobody,
    flagAll: netOfFlaggingAll(ranked, model),
    plateau: plateauOf(ranked, scan, plateauShare),
  };
}

/**
 * `moneyCurvesSliced` in one go, with its own scan.
 * @throws {DataError} `invalid-scenario` when the rows were ranked without the amounts that the model needs
 */
export function moneyCurvesOf(
  ranked: RankedScores,
  model: ValueModel,
  maxPoints: number,
  plateauShare: number,
): MoneyCurves {
  checkAmounts(ranked, model);
  return drain(moneyCurvesSliced(ranked, model, maxPoints, scanNet(ranked, model), plateauShare));
}

function netOfFlaggingAll(ranked: RankedScores, model: ValueModel): number {
  const sum = valueOfFlaggingAll(ranked, model.benefit) - valueOfFlaggingAll(ranked, model.cost);
  return scaleOf(model, ranked.rows) * sum - model.fixedCost;
}

/** Rising indexes of the points to draw: largest triangles of net and ROI, and the best threshold. */
function* drawnIndexes(ranked: RankedScores, scan: NetScan, maxPoints: number): Sliced<Uint32Array> {
  const { net, roi, best } = scan;
  const room = net.length <= maxPoints ? maxPoints : maxPoints - 1;
  const kept = yield* largestTriangleSliced(ranked.threshold, [net, roi], room);
  return best < 0 || kept.includes(best) ? kept : Uint32Array.from([...kept, best]).sort();
}

/**
 * The plateau: the unbroken run of distinct thresholds around the best one whose net value stays within `share` of it.
 * Never the span from the lowest to the highest such threshold, which may have holes. Both ends are observed thresholds
 * inside the run.
 * @returns [lowest, highest] threshold of the run; null when the best net value is not above 0, or not above flagging nobody
 */
export function plateauOf(
  ranked: RankedScores,
  { net, best, flagNobody }: NetScan,
  share: number,
): readonly [number, number] | null {
  if (best < 0 || net[best]! <= 0 || net[best]! < flagNobody) return null;
  const least = net[best]! * (1 - share);
  let first = best;
  let last = best;
  while (first > 0 && net[first - 1]! >= least) first--;
  while (last + 1 < net.length && net[last + 1]! >= least) last++;
  return [ranked.threshold[last]!, ranked.threshold[first]!];
}

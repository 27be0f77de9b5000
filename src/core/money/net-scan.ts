import { drain, inSlices, type Sliced } from '../sliced.ts';
import type { RankedScores } from '../threshold/ranked-scores.ts';
import { flaggedValue, valuesInto, valueWhen } from './flagged-value.ts';
import { roiOf } from './money-of.ts';
import { scaleOf, type ValueModel } from './value-model.ts';

/** Net value and ROI at every distinct threshold, and the best one. */
export interface NetScan {
  /** One entry per distinct threshold, as in RankedScores (falling thresholds). */
  readonly net: Float64Array;
  /** net / cost, fixed cost included; NaN where nothing is spent. */
  readonly roi: Float64Array;
  /** Index of the greatest net value, ties to the lowest threshold; -1 when there is no threshold. */
  readonly best: number;
  /** Net value of flagging nobody: what the passed rows bring by themselves, less the fixed cost; 0 in lending without one. */
  readonly flagNobody: number;
}

/**
 * Nets closer than this share of the money that changes hands are one value. Sums of amounts times a rate like 0.8 are
 * off by a few units of 1e-16; without a margin rounding, not the tie rule, would choose between equal thresholds.
 */
export const NET_TIE = 1e-12;

/**
 * Net value over every distinct threshold, from cumulative counts and amounts. One pass without allocation per
 * threshold, O(k); the same formula as `moneyOf`, so the figures agree to the last bit. The best threshold is found before
 * the fixed cost is taken off, so that no fixed cost, however large, can move it. Yields progress in thresholds.
 * Call `checkAmounts` first.
 */
export function* scanNetSliced(ranked: RankedScores, model: ValueModel): Sliced<NetScan> {
  const thresholds = ranked.threshold.length;
  const net = new Float64Array(thresholds);
  const roi = new Float64Array(thresholds);
  const { best, flagNobody } = yield* fillNets(ranked, model, net, roi);
  const { fixedCost } = model;
  if (fixedCost !== 0) {
    yield* inSlices(thresholds, (start, end) => {
      for (let i = start; i < end; i++) net[i] = net[i]! - fixedCost;
    });
  }
  return { net, roi, best, flagNobody: flagNobody - fixedCost };
}

/** `scanNetSliced` in one go. */
export function scanNet(ranked: RankedScores, model: ValueModel): NetScan {
  return drain(scanNetSliced(ranked, model));
}

/**
 * The best threshold alone, as `NetScan.best`; -1 also when flagging nobody is worth more. For asking many scenarios in a
 * row: nothing is allocated. Call `checkAmounts` first. O(k)
 *
 * @param scratch one entry per distinct threshold, overwritten
 */
export function* bestThresholdSliced(
  ranked: RankedScores,
  model: ValueModel,
  scratch: Float64Array,
): Sliced<number> {
  const { best, flagNobody } = yield* fillNets(ranked, model, scratch, null);
  return best < 0 || scratch[best]! - model.fixedCost < flagNobody - model.fixedCost ? -1 : best;
}

/** Thresholds that are valued before they are compared: both arrays fit the first-level cache. */
const BLOCK = 2048;

/** Net values without the fixed cost, and ROI with it where it is asked for. */
function* fillNets(
  ranked: RankedScores,
  model: ValueModel,
  net: Float64Array,
  roi: Float64Array | null,
): Sliced<Pick<NetScan, 'best' | 'flagNobody'>> {
  const { fixedCost } = model;
  const scale = scaleOf(model, ranked.rows);
  const benefit = flaggedValue(ranked, model.benefit, scale);
  const cost = flaggedValue(ranked, model.cost, scale);
  const gained = new Float64Array(BLOCK);
  const paid = new Float64Array(BLOCK);
  let greatest = -1;
  let most = Number.NEGATIVE_INFINITY;
  yield* inSlices(ranked.threshold.length, (sliceStart, sliceEnd) => {
    for (let start = sliceStart; start < sliceEnd; start += BLOCK) {
      const end = Math.min(start + BLOCK, sliceEnd);
      valuesInto(gained, benefit, ranked, start, end);
      valuesInto(paid, cost, ranked, start, end);
      for (let i = start; i < end; i++) {
        const spent = paid[i - start]!;
        const value = gained[i - start]! - spent;
        net[i] = value;
        if (roi !== null) roi[i] = roiOf(value - fixedCost, spent + fixedCost);
        if (value > most) {
          most = value;
          greatest = i;
        }
      }
    }
  });
  const turnover =
    greatest < 0
      ? 0
      : Math.abs(valueWhen(benefit, ranked, greatest + 1)) + Math.abs(valueWhen(cost, ranked, greatest + 1));
  return {
    best: lowestTie(net, greatest, NET_TIE * turnover),
    flagNobody: valueWhen(benefit, ranked, 0) - valueWhen(cost, ranked, 0),
  };
}

/** The last index (lowest threshold) whose net is within `margin` of the greatest. */
export function lowestTie(net: Float64Array, greatest: number, margin: number): number {
  if (greatest < 0) return -1;
  const least = net[greatest]! - margin;
  let lowest = net.length - 1;
  while (lowest > greatest && !(net[lowest]! >= least)) lowest--;
  return lowest;
}

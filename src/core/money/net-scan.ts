import type { RankedScores } from '../threshold/ranked-scores.ts';
import { emptyCellSums, fillCellSums, netOf, totalOf } from './cell-sums.ts';
import type { ValueModel } from './value-model.ts';

/** Net value at every distinct threshold, and the best one. */
export interface NetScan {
  /** One entry per distinct threshold, as in RankedScores (falling thresholds). */
  readonly net: Float64Array;
  /** Cost at every distinct threshold: the denominator of ROI. */
  readonly cost: Float64Array;
  /** Index of the greatest net value, ties to the lowest threshold; -1 when there is no threshold. */
  readonly best: number;
  /** Net value of flagging nobody: what the passed rows bring by themselves, 0 in lending. */
  readonly flagNobody: number;
}

/**
 * Nets closer than this share of the money that changes hands are one value. Sums of amounts times a rate like 0.8 are
 * off by a few units of 1e-16; without a margin rounding, not the tie rule, would choose between equal thresholds.
 */
const NET_TIE = 1e-12;

/**
 * Net value over every distinct threshold: net = benefit - cost from cumulative counts and amounts. One pass without
 * allocation per threshold, O(k); the same formula as `moneyOf`, so the figures agree to the last bit.
 * Call `checkAmounts` first.
 */
export function scanNet(ranked: RankedScores, model: ValueModel): NetScan {
  const thresholds = ranked.threshold.length;
  const net = new Float64Array(thresholds);
  const cost = new Float64Array(thresholds);
  const sums = emptyCellSums();
  for (let i = 0; i < thresholds; i++) {
    fillCellSums(sums, ranked, i + 1);
    const paid = totalOf(sums, model.cost);
    net[i] = totalOf(sums, model.benefit) - paid;
    cost[i] = paid;
  }
  const flagNobody = netOf(fillCellSums(sums, ranked, 0), model);
  return { net, cost, best: lowestBest(net, cost), flagNobody };
}

/** The last index (lowest threshold) whose net ties with the greatest. */
function lowestBest(net: Float64Array, cost: Float64Array): number {
  let best = -1;
  for (let i = 0; i < net.length; i++) if (best < 0 || net[i]! > net[best]!) best = i;
  if (best < 0) return -1;
  const margin = NET_TIE * (Math.abs(net[best]!) + 2 * Math.abs(cost[best]!));
  let lowest = net.length - 1;
  while (net[lowest]! < net[best]! - margin) lowest--;
  return lowest;
}

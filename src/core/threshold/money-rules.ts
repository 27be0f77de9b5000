import { negativeSums, positiveSums, sumOver } from '../money/cell-sums.ts';
import { flaggedValue, valueWhen } from '../money/flagged-value.ts';
import { NET_TIE, type NetScan } from '../money/net-scan.ts';
import type { ValueModel } from '../money/value-model.ts';
import type { RankedCounts } from './count-rules.ts';
import type { RankedScores } from './ranked-scores.ts';

/** What flagging brings over passing, for a mean row of each outcome, before scaling. */
export interface ClassGains {
  readonly perPositive: number;
  readonly perNegative: number;
}

/**
 * The values of the cells with each outcome's mean amount in place of the rows' own: what a decision costs by class.
 *
 *     gain of a class = mean(flag) - mean(pass)      over all judged rows of the class
 *
 * A class without rows gains 0. O(1)
 */
export function classGains(ranked: RankedScores, { benefit, cost }: ValueModel): ClassGains {
  const positive = positiveSums(ranked);
  const negative = negativeSums(ranked);
  const mean = (sum: number, count: number) => (count === 0 ? 0 : sum / count);
  return {
    perPositive: mean(
      sumOver(benefit.flagPositive, positive) -
        sumOver(cost.flagPositive, positive) -
        sumOver(benefit.passPositive, positive) +
        sumOver(cost.passPositive, positive),
      ranked.positives,
    ),
    perNegative: mean(
      sumOver(benefit.flagNegative, negative) -
        sumOver(cost.flagNegative, negative) -
        sumOver(benefit.passNegative, negative) +
        sumOver(cost.passNegative, negative),
      ranked.negatives,
    ),
  };
}

/**
 * Index of the threshold of least expected cost with class costs: the greatest perPositive·tp + perNegative·fp, ties to the
 * lowest threshold. Values that differ by less than 1e-12 of what is added up are ties. O(k)
 * @returns -1 without scored rows, -2 when every threshold costs more than flagging nobody (see NO_THRESHOLD)
 * Source: C. Elkan, "The foundations of cost-sensitive learning", IJCAI 2001.
 */
export function minCostIndex({ tp, fp }: RankedCounts, gains: ClassGains): number {
  const { perPositive, perNegative } = gains;
  let greatest = Number.NEGATIVE_INFINITY;
  let at = -1;
  for (let i = 0; i < tp.length; i++) {
    const gain = perPositive * tp[i]! + perNegative * fp[i]!;
    if (gain <= greatest) continue;
    greatest = gain;
    at = i;
  }
  if (at < 0) return -1;
  const margin = NET_TIE * (Math.abs(perPositive) * tp[at]! + Math.abs(perNegative) * fp[at]!);
  if (greatest < -margin) return -2;
  let lowest = tp.length - 1;
  while (lowest > at && !(perPositive * tp[lowest]! + perNegative * fp[lowest]! >= greatest - margin))
    lowest--;
  return lowest;
}

/**
 * Index of the LOWEST threshold whose net value is not below 0, by more than `margin`; -1 when every threshold loses. O(k)
 * @param net one entry per threshold, fixed cost taken off
 */
export function breakEvenIndex(net: NetScan['net'], margin: number): number {
  for (let i = net.length - 1; i >= 0; i--) if (net[i]! >= -margin) return i;
  return -1;
}

/** Net values closer to 0 than this are 0: a share of the money that changes hands when every scored row is flagged. */
export function breakEvenMargin(ranked: RankedScores, model: ValueModel, scale: number): number {
  const all = ranked.threshold.length;
  const benefit = valueWhen(flaggedValue(ranked, model.benefit, scale), ranked, all);
  const cost = valueWhen(flaggedValue(ranked, model.cost, scale), ranked, all);
  return NET_TIE * (Math.abs(benefit) + Math.abs(cost) + model.fixedCost);
}

import { takeRows } from '../table/take-rows.ts';
import { largestTriangleIndexes } from '../threshold/largest-triangle.ts';
import type { RankedCounts } from './ranked-counts.ts';
import type { RankingFigures } from './ranking-figures.ts';

/**
 * Cost curve (DEFINITIONS C18): the least normalised expected cost over all thresholds, by the probability cost PC.
 *
 *     cost of a threshold = (1 - tpr) · PC + fpr · (1 - PC)
 *     PC = p · C(miss) / (p · C(miss) + (1 - p) · C(false alarm))      p = share of positives
 *
 * Each threshold is a straight line; the curve is their lower envelope, which has a corner between neighbours on the ROC
 * hull. The trivial classifiers are PC (flag nobody) and 1 - PC (flag all). Over the rows that have a score.
 *
 * @param hull corners of `rocHullSliced`
 * @returns corners by rising PC, from (0, 0) to (1, 0), at most `maxPoints`; no points with one class. O(corners)
 * Source: Drummond & Holte, Machine Learning 65 (2006), 95-130.
 */
export function costCurve(
  { tp, fp }: RankedCounts,
  hull: Uint32Array,
  maxPoints: number,
): RankingFigures['costCurve'] {
  const positives = tp.at(-1) ?? 0;
  const negatives = fp.at(-1) ?? 0;
  if (positives === 0 || negatives === 0) {
    return { probabilityCost: new Float64Array(0), expectedCost: new Float64Array(0) };
  }
  const rates = Array.from(hull, (flagged) => ({
    fnr: flagged === 0 ? 1 : (positives - tp[flagged - 1]!) / positives,
    fpr: flagged === 0 ? 0 : fp[flagged - 1]! / negatives,
  }));
  const points = [{ pc: 0, cost: 0 }];
  for (let i = 1; i < rates.length; i++) {
    const { fnr, fpr } = rates[i - 1]!;
    const next = rates[i]!;
    // Where both lines cost the same: PC / (1 - PC) = rise of fpr / fall of fnr.
    const moreFalseAlarms = next.fpr - fpr;
    const pc = moreFalseAlarms / (moreFalseAlarms + fnr - next.fnr);
    points.push({ pc, cost: fnr * pc + fpr * (1 - pc) });
  }
  points.push({ pc: 1, cost: 0 });
  const distinct = points.filter(({ pc }, i) => i === 0 || pc !== points[i - 1]!.pc);
  const probabilityCost = Float64Array.from(distinct, ({ pc }) => pc);
  const expectedCost = Float64Array.from(distinct, ({ cost }) => cost);
  const kept = largestTriangleIndexes(probabilityCost, [expectedCost], maxPoints);
  return { probabilityCost: takeRows(probabilityCost, kept), expectedCost: takeRows(expectedCost, kept) };
}

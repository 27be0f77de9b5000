import type { RankedCounts } from './ranked-counts.ts';
import type { RankingFigures } from './ranking-figures.ts';

/** Law of the share of a loan that a default loses: 0 with chance P0, all of it with chance P1, else uniform in between. */
const P0 = 0.55;
const P1 = 0.1;
/** Return on a loan that is paid back, as a share of it. */
const ROI = 0.2644;

/**
 * Expected maximum profit for credit scoring (DEFINITIONS C20), as a share of the amount lent: what the best threshold earns
 * against accepting everyone, averaged over the unknown share λ of a loan that a default loses.
 *
 *     EMP = ∫ max over thresholds of [λ · p · tpr - ROI · (1 - p) · fpr] dH(λ)
 *     H: λ = 0 with 0.55, λ = 1 with 0.10, uniform on (0, 1) with 0.35; ROI = 0.2644; p = share of positives
 *
 * The best threshold for λ lies on the ROC hull; between two values of λ it stays the same, so the integral is a sum. The
 * rejected share is that of the best threshold, averaged the same way. Over the rows that have a score.
 *
 * @param hull corners of `rocHullSliced`
 * @returns value >= 0, at most 0.275 p; NaN with one class. O(corners)
 * Source: Verbraken, Bravo, Weber & Baesens, EJOR 238 (2014), 505-513, with the parameters given there.
 */
export function expectedMaximumProfit({ tp, fp }: RankedCounts, hull: Uint32Array): RankingFigures['emp'] {
  const positives = tp.at(-1) ?? 0;
  const negatives = fp.at(-1) ?? 0;
  if (positives === 0 || negatives === 0) return { value: Number.NaN, rejectedShare: Number.NaN };
  const rows = positives + negatives;
  const caughtAt = (corner: number) => (corner === 0 ? 0 : tp[hull[corner]! - 1]! / rows);
  const refusedAt = (corner: number) => (corner === 0 ? 0 : fp[hull[corner]! - 1]! / rows);
  /** The λ from which the next corner earns more than this one. */
  const endOf = (corner: number) =>
    corner + 1 === hull.length
      ? 1
      : Math.min(
          1,
          (ROI * (refusedAt(corner + 1) - refusedAt(corner))) / (caughtAt(corner + 1) - caughtAt(corner)),
        );
  let value = 0;
  let rejectedShare = 0;
  let from = 0;
  let corner = 0;
  for (; ; corner++) {
    const to = endOf(corner);
    const weight = (1 - P0 - P1) * (to - from);
    value += weight * ((caughtAt(corner) * (from + to)) / 2 - ROI * refusedAt(corner));
    rejectedShare += weight * (caughtAt(corner) + refusedAt(corner));
    from = to;
    if (to === 1) break;
  }
  value += P1 * (caughtAt(corner) - ROI * refusedAt(corner));
  rejectedShare += P1 * (caughtAt(corner) + refusedAt(corner));
  return { value, rejectedShare };
}

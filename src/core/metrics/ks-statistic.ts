import type { RankedCounts } from './ranked-counts.ts';

/**
 * Kolmogorov-Smirnov statistic of positives against negatives over the scored rows (DEFINITIONS C1).
 *
 *     ks = max over distinct scores of |F1 - F0|      F = share of the class at or above the score
 *
 * The distances are compared as integers |tp·n0 - fp·n1|, so ties are exact and go to the lowest threshold.
 * @returns statistic 0..1 and the observed score where it is reached; both NaN with one class or without scored rows. O(k)
 * Checked against scipy 1.10.1 `ks_2samp` and the maximum of scikit-learn's ROC.
 */
export function ksStatistic(ranked: RankedCounts): {
  readonly statistic: number;
  readonly threshold: number;
} {
  const { tp, fp, threshold } = ranked;
  const best = maxKsIndex(ranked);
  if (best < 0) return { statistic: Number.NaN, threshold: Number.NaN };
  const positives = tp.at(-1)!;
  const negatives = fp.at(-1)!;
  const gap = Math.abs(tp[best]! * negatives - fp[best]! * positives);
  return { statistic: gap / (positives * negatives), threshold: threshold[best]! };
}

/**
 * Index of the threshold where |F1 - F0| is greatest (DEFINITIONS C1), ties to the lowest threshold; -1 when the scored
 * rows are of one class. Over the scored rows, as the KS statistic is; the same as max Youden where every row has a
 * score and the ranking is not reversed. Compared as exact integers. O(k)
 */
export function maxKsIndex({ tp, fp }: Pick<RankedCounts, 'tp' | 'fp'>): number {
  const positives = tp.at(-1) ?? 0;
  const negatives = fp.at(-1) ?? 0;
  if (positives === 0 || negatives === 0) return -1;
  let best = -1;
  let bestGap = -1;
  for (let i = 0; i < tp.length; i++) {
    const gap = Math.abs(tp[i]! * negatives - fp[i]! * positives);
    if (gap < bestGap) continue;
    best = i;
    bestGap = gap;
  }
  return best;
}

import type { RankedScores } from './ranked-scores.ts';

/** What the rules on counts read: judged rows by outcome, and flagged ones at each threshold, as in RankedScores. */
export type RankedCounts = Pick<RankedScores, 'positives' | 'negatives' | 'tp' | 'fp'>;

/**
 * Differences of F-beta below this share of their terms are rounding of beta², which is the only inexact number in them.
 * Counts below 2^25 give terms below 2^50: the margin stays below 1 there, so integers still differ when they differ.
 */
const BETA_ROUNDING = 2 ** -50;

/**
 * Index of the threshold with the greatest F-beta, ties to the lowest threshold; -1 without positives or without scored
 * rows. O(k)
 *
 *     F = (1 + beta²)·tp / (beta²·positives + flagged)
 *
 * Two thresholds are compared by cross-multiplication, so that ties are real ties; F1 and every beta whose square is
 * exact compare exactly.
 * Source: C. J. van Rijsbergen, Information Retrieval (1979), ch. 7; scikit-learn `fbeta_score`.
 */
export function maxFBetaIndex({ tp, fp, positives }: RankedCounts, beta: number): number {
  if (positives === 0) return -1;
  const weight = beta * beta;
  let best = -1;
  let bestTp = 0;
  let bestFlagged = 1;
  for (let i = 0; i < tp.length; i++) {
    const flagged = tp[i]! + fp[i]!;
    const byCounts = tp[i]! * bestFlagged - bestTp * flagged;
    const byPositives = weight * ((tp[i]! - bestTp) * positives);
    if (byCounts + byPositives < -BETA_ROUNDING * Math.abs(byCounts)) continue;
    best = i;
    bestTp = tp[i]!;
    bestFlagged = flagged;
  }
  return best;
}

/**
 * Index of the threshold with the greatest Youden J = tpr - fpr, ties to the lowest threshold; -1 with one class or
 * without scored rows. Rates are over all judged rows; compared as exact integers tp·negatives - fp·positives. O(k)
 */
export function maxYoudenIndex({ tp, fp, positives, negatives }: RankedCounts): number {
  if (positives === 0 || negatives === 0) return -1;
  let best = -1;
  let bestGap = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < tp.length; i++) {
    const gap = tp[i]! * negatives - fp[i]! * positives;
    if (gap < bestGap) continue;
    best = i;
    bestGap = gap;
  }
  return best;
}

/**
 * Index of the HIGHEST threshold (fewest flagged) with recall >= r; -1 when none reaches it. O(log k)
 *
 * The rate is divided before it is compared: tp / positives and the literal r round to the same float64 when they are the
 * same fraction (7/100 and 0.07), while r·positives may exceed the count by a rounding (0.07 · 100 = 7.000000000000001).
 */
export function recallAtLeastIndex({ tp, positives }: RankedCounts, r: number): number {
  if (positives === 0) return -1;
  let low = 0;
  let high = tp.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (tp[middle]! / positives >= r) high = middle;
    else low = middle + 1;
  }
  return low < tp.length ? low : -1;
}

/**
 * Index of the LOWEST threshold (greatest recall) with precision >= p; -1 when none reaches it. Precision is not monotone,
 * so every threshold is looked at; divided before compared, as in `recallAtLeastIndex`. O(k)
 */
export function precisionAtLeastIndex({ tp, fp }: RankedCounts, p: number): number {
  for (let i = tp.length - 1; i >= 0; i--) if (tp[i]! / (tp[i]! + fp[i]!) >= p) return i;
  return -1;
}

/**
 * Index of the LOWEST threshold (greatest recall) with a false positive rate <= f; -1 when the highest score alone
 * exceeds it, or without negatives. Divided before compared, as in `recallAtLeastIndex`. O(log k)
 */
export function fprAtMostIndex({ fp, negatives }: RankedCounts, f: number): number {
  let low = 0;
  let high = fp.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (fp[middle]! / negatives <= f) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/**
 * Index of the LOWEST threshold that flags at most k rows; -1 when the highest score alone is shared by more than k. O(log k)
 */
export function capacityIndex({ tp, fp }: RankedCounts, k: number): number {
  let low = 0;
  let high = tp.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (tp[middle]! + fp[middle]! > k) high = middle;
    else low = middle + 1;
  }
  return low - 1;
}

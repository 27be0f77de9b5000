import { flaggedThresholds, type RankedScores } from './ranked-scores.ts';

/** Smallest share of the judged rows that changes side in a 'percent' step. */
const PERCENT_STEP = 0.01;

/**
 * The next observed threshold up (+1) or down (-1) from any threshold.
 *
 * 'decision': the nearest one at which at least one row changes side; 'percent': the nearest one at which at least 1 %
 * of the judged rows do. The ends clamp: the lowest observed score flags every scored row, and the highest is as far up as
 * the slider goes, so a threshold above it (which flags nobody) is reached by typing it, not by steps.
 *
 * @returns an observed threshold; NaN when no row has a score. O(log k)
 * @throws {DataError} `invalid-argument` when the threshold is NaN
 */
export function stepThreshold(
  ranked: RankedScores,
  threshold: number,
  direction: 1 | -1,
  size: 'decision' | 'percent',
): number {
  const observed = ranked.threshold;
  if (observed.length === 0) return Number.NaN;
  const current = flaggedThresholds(ranked, threshold);
  const change = size === 'decision' ? 1 : Math.max(1, PERCENT_STEP * ranked.rows);
  const flagged = flaggedAt(ranked, current);
  const next =
    direction === -1
      ? fewestThresholds(ranked, (count) => flaggedAt(ranked, count) >= flagged + change)
      : fewestThresholds(ranked, (count) => flaggedAt(ranked, count) > flagged - change) - 1;
  return observed[Math.min(Math.max(next, 1), observed.length) - 1]!;
}

function flaggedAt(ranked: RankedScores, count: number): number {
  return count === 0 ? 0 : ranked.tp[count - 1]! + ranked.fp[count - 1]!;
}

/** The smallest count of flagged thresholds that satisfies a condition which stays true once true; k + 1 when none does. */
function fewestThresholds(ranked: RankedScores, holds: (count: number) => boolean): number {
  let low = 0;
  let high = ranked.threshold.length + 1;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (holds(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}

import { flaggedThresholds, type RankedScores } from '../threshold/ranked-scores.ts';
import { shownThreshold } from '../threshold/shown-threshold.ts';

/**
 * The shortest decimal (at least 3 decimals) that decides every judged row as a cut-off does: what is proposed can be read,
 * typed and written into a link as it stands. Infinity when no score reaches the cut-off. O(log k)
 */
export function shortCutOff(ranked: RankedScores, cutOff: number): number {
  const flagged = flaggedThresholds(ranked, cutOff);
  if (flagged === 0) return Number.POSITIVE_INFINITY;
  const lowestFlagged = ranked.threshold[flagged - 1]!;
  const highestPassed = ranked.threshold[flagged] ?? Number.NaN;
  return shownThreshold(lowestFlagged, { lowestFlagged, highestPassed }).value;
}

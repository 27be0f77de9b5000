import type { ScoreHistogram } from './decision.ts';
import type { RankedScores } from './ranked-scores.ts';

/** Bars in the score distribution: fine enough to show a hump, wide enough that 1,000 rows do not turn to noise. */
const HISTOGRAM_BINS = 52;

/**
 * Scores by outcome in equal-width bins [low + i·w, low + (i + 1)·w), the last one closed.
 *
 * The range is [0, 1] when all finite scores lie in it, else their minimum to maximum (widened by one half to each side when
 * they are all equal). Infinite scores count in the end bins. Rows without a score are left out. O(k)
 */
export function histogramOf(ranked: RankedScores, bins: number = HISTOGRAM_BINS): ScoreHistogram {
  const { low, high } = rangeOf(ranked.threshold);
  const positives = new Array<number>(bins).fill(0);
  const negatives = new Array<number>(bins).fill(0);
  for (let i = 0, tpAbove = 0, fpAbove = 0; i < ranked.threshold.length; i++) {
    const place = Math.floor(((ranked.threshold[i]! - low) / (high - low)) * bins);
    const bin = Math.min(Math.max(place, 0), bins - 1);
    positives[bin]! += ranked.tp[i]! - tpAbove;
    negatives[bin]! += ranked.fp[i]! - fpAbove;
    tpAbove = ranked.tp[i]!;
    fpAbove = ranked.fp[i]!;
  }
  return { low, high, positives, negatives };
}

/** Range of falling thresholds; infinite ones stand only at the ends. */
function rangeOf(falling: Float64Array): { readonly low: number; readonly high: number } {
  let first = 0;
  let last = falling.length - 1;
  if (falling[first] === Number.POSITIVE_INFINITY) first++;
  if (falling[last] === Number.NEGATIVE_INFINITY) last--;
  if (first > last) return { low: 0, high: 1 };
  const high = falling[first]!;
  const low = falling[last]!;
  if (low >= 0 && high <= 1) return { low: 0, high: 1 };
  return low === high ? { low: low - 0.5, high: high + 0.5 } : { low, high };
}

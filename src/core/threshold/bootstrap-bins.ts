import type { RankedScores } from './ranked-scores.ts';

/** Up to this many distinct scores each is a bin of its own. */
const MOST_EXACT_BINS = 2000;

/** Bins of equal mass when there are more distinct scores than that. */
const EQUAL_MASS_BINS = 512;

/** Bins next to an operating point grow by this factor, from a fraction of the spread of the flagged count up. */
const GROWTH = 1.25;
const FIRST_STEP = 1 / 16;

/**
 * Where the distinct scores are cut into bins for the bootstrap: the index of the lowest score of each bin, rising. The
 * last one is the last distinct score.
 *
 * Few distinct scores are a bin each. Else bins hold about the same number of rows, and are finer around the operating
 * points, each of which ends a bin: a replicate's threshold moves by about sqrt(n·f(1 - f)) rows around one that flags the
 * share f, which is far less than an equal share of a million rows. The steps away from a point grow geometrically
 * from a sixteenth of that until they reach an equal share. A bin is at least one distinct score.
 *
 * @param points indexes of thresholds that a replicate is likely to choose, and those held fixed; any order
 * @returns empty without scored rows. O(k) at most
 */
export function bootstrapBins(ranked: RankedScores, points: readonly number[]): Uint32Array {
  const distinct = ranked.threshold.length;
  if (distinct <= MOST_EXACT_BINS) return Uint32Array.from({ length: distinct }, (_, i) => i);
  const scored = flaggedAt(ranked, distinct - 1);
  const ends = new Set<number>([distinct - 1]);
  for (let bin = 1; bin < EQUAL_MASS_BINS; bin++) {
    ends.add(indexFlagging(ranked, (bin * scored) / EQUAL_MASS_BINS));
  }
  for (const point of points) {
    ends.add(point);
    for (const offset of offsetsAround(flaggedAt(ranked, point) / ranked.rows, ranked.rows)) {
      ends.add(indexFlagging(ranked, flaggedAt(ranked, point) + offset));
      ends.add(indexFlagging(ranked, flaggedAt(ranked, point) - offset));
    }
  }
  return Uint32Array.from(ends).sort();
}

/** Distances in rows from an operating point that flags the given share, up to where equal shares take over. */
function offsetsAround(share: number, rows: number): number[] {
  const most = rows / EQUAL_MASS_BINS;
  let step = Math.max(1, FIRST_STEP * Math.sqrt(rows * share * (1 - share)));
  const offsets: number[] = [];
  for (let offset = step; step < most; step *= GROWTH, offset += step) offsets.push(offset);
  return offsets;
}

function flaggedAt({ tp, fp }: RankedScores, index: number): number {
  return tp[index]! + fp[index]!;
}

/** The first index that flags at least `count` rows; the last index when none does. */
function indexFlagging(ranked: RankedScores, count: number): number {
  let low = 0;
  let high = ranked.threshold.length - 1;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (flaggedAt(ranked, middle) >= count) high = middle;
    else low = middle + 1;
  }
  return low;
}

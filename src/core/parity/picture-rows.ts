/** Which rows a picture of two columns of scores shows. */
import { inSlices, type Sliced } from '../sliced.ts';

/** As many points as a chart draws without a stutter. */
const MOST_POINTS = 2000;

/**
 * The kinds of rows that a picture must not lose, in the order of {@link kindOfRow}'s numbers: within the tolerance and
 * decided alike, apart but decided alike, flagged by the left form only, flagged by the right one only.
 */
export const rowKinds = ['equal', 'apart', 'left-only', 'right-only'] as const;

/** Number of the kind in {@link rowKinds}. Both scores must be numbers. */
export function kindOfRow(
  left: number,
  right: number,
  isDiffering: boolean,
  threshold: number | null,
): number {
  if (threshold !== null && left >= threshold !== right >= threshold) return left >= threshold ? 2 : 3;
  return isDiffering ? 1 : 0;
}

/**
 * At most 2,000 rows with both scores: all of them when they are no more; else the worst, and of every kind rows evenly
 * spread over the table. Small kinds are shown whole, the others share what is left.
 *
 * @param counts rows of each kind in the whole table
 * @param worst  rows that must be among them
 * @returns ascending row numbers, the same for the same scores. O(rows).
 */
export function* pictureRows(
  left: Float64Array,
  right: Float64Array,
  tolerance: number,
  threshold: number | null,
  counts: Float64Array,
  worst: readonly number[],
): Sliced<Uint32Array> {
  const scored = counts.reduce((sum, count) => sum + count, 0);
  const quotas = scored <= MOST_POINTS ? counts : quotasOf(counts, MOST_POINTS - worst.length);
  const seen = new Float64Array(counts.length);
  const chosen = new Set(worst);
  yield* inSlices(left.length, (start, end) => {
    for (let row = start; row < end; row++) {
      const a = left[row]!;
      const b = right[row]!;
      if (Number.isNaN(a) || Number.isNaN(b)) continue;
      const kind = kindOfRow(a, b, a !== b && Math.abs(a - b) > tolerance, threshold);
      const before = seen[kind]!;
      seen[kind] = before + 1;
      // Whole-numbered products: the last row of a kind falls exactly on its quota.
      const after = Math.floor((seen[kind]! * quotas[kind]!) / counts[kind]!);
      if (after > Math.floor((before * quotas[kind]!) / counts[kind]!)) chosen.add(row);
    }
  });
  return Uint32Array.from(chosen).sort();
}

/** How many rows of each kind: equal parts, but no kind gets more than it has, and what it leaves goes to the larger ones. */
function quotasOf(counts: Float64Array, most: number): Float64Array {
  const quotas = new Float64Array(counts.length);
  const bySize = [...counts.keys()].sort((a, b) => counts[a]! - counts[b]!);
  let left = most;
  bySize.forEach((kind, i) => {
    quotas[kind] = Math.min(counts[kind]!, Math.floor(left / (bySize.length - i)));
    left -= quotas[kind]!;
  });
  return quotas;
}

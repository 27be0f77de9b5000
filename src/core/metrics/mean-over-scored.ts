import { inSlices, type Sliced } from '../sliced.ts';
import { addCompensated, compensatedTotal, runningSums } from '../stats/compensated-sum.ts';

/**
 * Mean of a loss over the rows whose score is a probability, each row counting as much as its weight.
 *
 *     sum of w · loss(score, label) / sum of w        w = 1 without weights
 *
 * @param scores one per row, NaN = none: such rows are left out
 * @param labels 1 = positive, 0 = negative; same length
 * @param weights one per row, >= 0, or null; a missing or infinite weight counts as 0
 * @returns NaN without scored rows (or weight), or when a score lies outside [0, 1]. Sliced, O(n), compensated sums
 */
export function* meanOverScored(
  scores: Float64Array,
  labels: Uint8Array,
  weights: Float64Array | null,
  loss: (score: number, label: number) => number,
): Sliced<number> {
  const sums = runningSums(2);
  let outside = false;
  yield* inSlices(scores.length, (start, end) => {
    for (let row = start; row < end; row++) {
      const score = scores[row]!;
      const weight = weights === null ? 1 : weights[row]!;
      if (Number.isNaN(score) || !Number.isFinite(weight)) continue;
      if (score < 0 || score > 1) outside = true;
      addCompensated(sums, 0, weight * loss(score, labels[row]!));
      addCompensated(sums, 1, weight);
    }
  });
  return outside ? Number.NaN : compensatedTotal(sums, 0) / compensatedTotal(sums, 1);
}

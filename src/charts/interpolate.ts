/**
 * Reading a drawn line. Two readings differ and both are needed: the *step* reading is what a threshold decides
 * (flagged = score >= threshold, so nothing changes between two observed scores); the *line* reading is where
 * the drawn polyline passes, for a dot that must sit on it.
 */

/**
 * The step reading: the value at the smallest observed threshold >= `threshold`.
 *
 * @param thresholds ascending, length n
 * @param values same length
 * @returns NaN above the last threshold (nobody is flagged there), for NaN, and for n = 0. O(log n).
 */
export function valueAtThreshold(
  thresholds: ArrayLike<number>,
  values: ArrayLike<number>,
  threshold: number,
): number {
  if (Number.isNaN(threshold)) return Number.NaN;
  const index = lowerBound(thresholds, threshold);
  return index < thresholds.length ? values[index]! : Number.NaN;
}

/**
 * The line reading: linear between the two points around x; NaN outside the line and beside a gap (NaN).
 *
 * @param xs ascending, length n
 * @param ys same length
 */
export function valueOnLine(xs: ArrayLike<number>, ys: ArrayLike<number>, x: number): number {
  const n = xs.length;
  if (n === 0 || Number.isNaN(x) || x < xs[0]! || x > xs[n - 1]!) return Number.NaN;
  const right = lowerBound(xs, x);
  if (xs[right] === x || right === 0) return ys[right]!;
  const share = (x - xs[right - 1]!) / (xs[right]! - xs[right - 1]!);
  return ys[right - 1]! + share * (ys[right]! - ys[right - 1]!);
}

/**
 * Index of the finite value nearest to `target` in any order; the first of equals; -1 when there is none. O(n),
 * n <= 500 in pictures: thresholds of an ROC curve descend and may begin with infinity, so no bisection.
 */
export function nearestIndex(values: ArrayLike<number>, target: number): number {
  let best = -1;
  let bestDistance = Number.POSITIVE_INFINITY;
  for (let i = 0; i < values.length; i += 1) {
    const distance = Math.abs(values[i]! - target);
    if (distance < bestDistance) {
      best = i;
      bestDistance = distance;
    }
  }
  return best;
}

/** Index of the first element >= target in an ascending array; its length when there is none. */
function lowerBound(ascending: ArrayLike<number>, target: number): number {
  let low = 0;
  let high = ascending.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (ascending[middle]! < target) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Order statistics without sorting. */

/**
 * Median of the first `length` values: the middle one, or the mean of the middle two (numpy's and pandas' `median`).
 * Reorders `values`. NaN on an empty range. The values must hold no NaN. O(n) on average.
 * Source: Hoare, Algorithm 65 (FIND), CACM 4(7), 1961, with the median-of-three pivot.
 */
export function medianInPlace(values: Float64Array, length = values.length): number {
  if (length === 0) return Number.NaN;
  const upper = selectInPlace(values, length >> 1, length);
  if (length % 2 === 1) return upper;
  let lower = -Infinity;
  for (let i = 0; i < length >> 1; i++) if (values[i]! > lower) lower = values[i]!;
  // Halving before adding keeps the mean of two huge values finite; halving is exact but for subnormals.
  return lower === upper ? upper : Math.abs(lower) > 1e300 ? lower / 2 + upper / 2 : (lower + upper) / 2;
}

/** The k-th smallest (from 0) of the first `length` values; everything before index k is then at most that value. */
function selectInPlace(values: Float64Array, k: number, length = values.length): number {
  let left = 0;
  let right = length - 1;
  while (left < right) {
    const pivot = medianOfThree(values[left]!, values[(left + right) >> 1]!, values[right]!);
    let i = left;
    let j = right;
    while (i <= j) {
      while (values[i]! < pivot) i++;
      while (values[j]! > pivot) j--;
      if (i > j) break;
      const held = values[i]!;
      values[i++] = values[j]!;
      values[j--] = held;
    }
    if (k <= j) right = j;
    else if (k >= i) left = i;
    else break;
  }
  return values[k]!;
}

function medianOfThree(a: number, b: number, c: number): number {
  return Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
}

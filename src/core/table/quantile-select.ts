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

/**
 * First and third quartile of all values: linear interpolation between order statistics (type 7 of Hyndman & Fan 1996, the
 * default of numpy, pandas and R). Reorders `values`, which must hold no NaN and should come from {@link medianInPlace}: half
 * the work is then done.
 *
 * @returns null on an empty range, and where a quartile lies between -Infinity and Infinity. O(n) on average.
 */
export function quartilesInPlace(values: Float64Array): [number, number] | null {
  const first = quantileInPlace(values, 0.25);
  const third = quantileInPlace(values, 0.75);
  return Number.isNaN(first) || Number.isNaN(third) ? null : [first, third];
}

function quantileInPlace(values: Float64Array, share: number): number {
  const { length } = values;
  if (length === 0) return Number.NaN;
  const position = (length - 1) * share;
  const k = Math.floor(position);
  const lower = selectInPlace(values, k);
  const fraction = position - k;
  if (fraction === 0) return lower;
  let upper = Infinity;
  for (let i = k + 1; i < length; i++) if (values[i]! < upper) upper = values[i]!;
  // Equal neighbours first: the weighted sum of two infinite or equal values may be NaN or off by a rounding.
  return lower === upper ? lower : lower * (1 - fraction) + upper * fraction;
}

/** The k-th smallest (from 0) of the first `length` values; what comes before index k is then at most that value, what follows at least. */
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

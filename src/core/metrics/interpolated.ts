/**
 * Value at `x` of the line through the points (from, to), flat beyond its ends. Never leaves the range of the two points
 * beside it, so a rising line stays rising in floating point. Binary search, O(log points).
 *
 * @param from strictly rising
 * @returns NaN when x is NaN or there are no points; next to an infinite point the value of the point before x
 */
export function interpolated(from: Float64Array, to: Float64Array, x: number): number {
  if (Number.isNaN(x) || from.length === 0) return Number.NaN;
  let low = 0;
  let high = from.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (from[middle]! <= x) low = middle + 1;
    else high = middle;
  }
  if (low === 0) return to[0]!;
  const before = low - 1;
  if (low === from.length || from[before] === x) return to[before]!;
  const start = to[before]!;
  const end = to[low]!;
  const share = (x - from[before]!) / (from[low]! - from[before]!);
  if (Number.isNaN(share)) return start;
  const value = start + (end - start) * share;
  return Math.min(Math.max(value, Math.min(start, end)), Math.max(start, end));
}

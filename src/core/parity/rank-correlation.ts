/**
 * Spearman's rank correlation: Pearson's r of the ranks, ties sharing the mean of theirs.
 *
 *     ρ = Σ (r_i − r̄)(s_i − s̄) / √(Σ (r_i − r̄)² · Σ (s_i − s̄)²)
 *
 * @param a, b as many values as each other, none NaN; infinities have a rank like any value
 * @returns in [−1, 1]; NaN when one side has fewer than two distinct values. O(n log n).
 * Source: C. Spearman (1904); ties as in Kendall, "Rank Correlation Methods", chapter 3.
 */
export function rankCorrelation(a: Float64Array, b: Float64Array): number {
  const [r, s] = [meanRanks(a), meanRanks(b)];
  const mean = (a.length + 1) / 2;
  let [together, spreadA, spreadB] = [0, 0, 0];
  for (let i = 0; i < r.length; i++) {
    const [u, v] = [r[i]! - mean, s[i]! - mean];
    together += u * v;
    spreadA += u * u;
    spreadB += v * v;
  }
  if (spreadA === 0 || spreadB === 0) return Number.NaN;
  return Math.max(-1, Math.min(1, together / Math.sqrt(spreadA * spreadB)));
}

/** Ranks from 1; equal values share the mean of theirs. */
function meanRanks(values: Float64Array): Float64Array {
  const order = Uint32Array.from(values, (_, i) => i).sort((i, j) => compare(values[i]!, values[j]!));
  const ranks = new Float64Array(values.length);
  for (let start = 0; start < order.length; ) {
    let end = start + 1;
    while (end < order.length && values[order[end]!] === values[order[start]!]) end++;
    for (let at = start; at < end; at++) ranks[order[at]!] = (start + end + 1) / 2;
    start = end;
  }
  return ranks;
}

/** Infinities subtract to NaN, so values are compared. */
function compare(a: number, b: number): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

import type { RowContributions } from './explanation.ts';

/**
 * Standard errors of mean |φ| of each feature over N rows, of which a sample of n was drawn without replacement and explained:
 *
 *     SE² = (1 − n/N) s²/n + n/N · Σ SE_r² / n²
 *
 * s² is the variance of |φ| between the sampled rows (divisor n − 1; it holds the noise of the draws already), SE_r the
 * standard error of a row's contribution, 0 where it is exact. With n = N only the draws are left. Near 0 the error of |φ| is
 * below that of φ: SE is then a little too large.
 *
 * @param contributions rows without a contribution (NaN) are left out, and as many of the N are taken to have none
 * @param drawnFrom     N, at least the number of rows
 * @returns one per feature; NaN with one row of many, or none; null where nothing is uncertain
 * Source: W. Cochran, Sampling Techniques (3rd ed., 1977), theorem 10.2 (two-stage sampling). O(rows x features).
 */
export function sampledMeanErrors(
  { rows, values, outputs, standardErrors }: Omit<RowContributions, 'sampling'>,
  drawnFrom: number,
): Float64Array | null {
  const share = rows.length / drawnFrom;
  if (share === 1 && standardErrors === null) return null;
  const featureCount = values.length / rows.length;
  const known = [...outputs.keys()].filter((row) => !Number.isNaN(outputs[row]));
  const n = known.length;
  return Float64Array.from({ length: featureCount }, (_, feature) => {
    const at = known.map((row) => row * featureCount + feature);
    const draws = at.reduce((sum, i) => sum + (standardErrors?.[i] ?? 0) ** 2, 0);
    const mean = at.reduce((sum, i) => sum + Math.abs(values[i]!), 0) / n;
    const squares = at.reduce((sum, i) => sum + (Math.abs(values[i]!) - mean) ** 2, 0);
    const between = share === 1 ? 0 : ((1 - share) * squares) / (n - 1) / n;
    return Math.sqrt(between + (share * draws) / n ** 2);
  });
}

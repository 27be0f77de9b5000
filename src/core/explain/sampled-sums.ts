/** Errors of mean |φ| where contributions are sampled, rows are, or both. */
import type { ContributionSums, RowContributions } from './explanation.ts';

/** What errors are made of; sums of disjoint rows add up, in the order of their rows. */
export interface SampledSums {
  /** Rows that were asked for, those without an explained value among them. */
  readonly askedRows: number;
  /** Per feature: Σ φ². */
  readonly squares: Float64Array;
  /** Per feature: Σ SE², 0 where contributions are exact. */
  readonly draws: Float64Array;
  /** All coalitions were asked for. */
  readonly isExact: boolean;
  /** Answers that were asked of the model. */
  readonly predictions: number;
}

/** Sums over rows with a contribution. O(rows x features). */
export function sampledSums(
  { rows, values, outputs, standardErrors }: Omit<RowContributions, 'sampling'>,
  featureCount: number,
  predictions: number,
): SampledSums {
  const squares = new Float64Array(featureCount);
  const draws = new Float64Array(featureCount);
  for (let row = 0; row < rows.length; row++) {
    if (Number.isNaN(outputs[row]!)) continue;
    for (let feature = 0; feature < featureCount; feature++) {
      const at = row * featureCount + feature;
      squares[feature]! += values[at]! ** 2;
      draws[feature]! += (standardErrors?.[at] ?? 0) ** 2;
    }
  }
  return { askedRows: rows.length, squares, draws, isExact: standardErrors === null, predictions };
}

/** The sums of two sets of rows together. */
export function addedSums(one: SampledSums, other: SampledSums): SampledSums {
  return {
    askedRows: one.askedRows + other.askedRows,
    squares: one.squares.map((sum, feature) => sum + other.squares[feature]!),
    draws: one.draws.map((sum, feature) => sum + other.draws[feature]!),
    isExact: one.isExact && other.isExact,
    predictions: one.predictions + other.predictions,
  };
}

/**
 * Standard errors of mean |φ| of each feature over N rows, of which a sample of n was drawn without replacement and explained:
 *
 *     SE² = (1 − n/N) s²/n + n/N · Σ SE_r² / n²
 *
 * s² is the variance of |φ| between the sampled rows (divisor n − 1; it holds the noise of the draws already), SE_r the
 * standard error of a row's contribution, 0 where it is exact. With n = N only the draws are left. Near 0 the error of |φ| is
 * below that of φ: SE is then a little too large. Of the N as large a share is taken to have no contribution as of the sample.
 *
 * @param drawnFrom N, at least the number of rows asked for
 * @returns one per feature; NaN with one row of many, or none; null where nothing is uncertain
 * Source: W. Cochran, Sampling Techniques (3rd ed., 1977), theorem 10.2 (two-stage sampling).
 */
export function meanErrors(
  { rowCount: n, absolute }: Pick<ContributionSums, 'rowCount' | 'absolute'>,
  { askedRows, squares, draws, isExact }: SampledSums,
  drawnFrom: number,
): Float64Array | null {
  const share = drawnFrom === 0 ? 1 : askedRows / drawnFrom;
  if (share === 1 && isExact) return null;
  return absolute.map((sum, feature) => {
    const variance = Math.max(0, squares[feature]! - sum ** 2 / n) / (n - 1);
    const between = share === 1 ? 0 : ((1 - share) * variance) / n;
    return Math.sqrt(between + (share * draws[feature]!) / n ** 2);
  });
}

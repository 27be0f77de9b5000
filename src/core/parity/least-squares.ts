import { DataError } from '../errors.ts';
import type { Sliced } from '../sliced.ts';

/** Products between two yields: about 30 ms. */
const PRODUCTS_PER_SLICE = 2 ** 24;

/** Relative to the largest diagonal element: what keeps columns that depend on each other solvable. */
const RIDGE = 1e-11;

/** Each round takes the error that squaring the condition number left down by several digits. */
const REFINEMENTS = 3;

/**
 * Least squares by normal equations (Cholesky) with a tiny ridge, refined on the residuals of the original rows.
 *
 *     minimise Σ_i (y_i − Σ_j a_ij x_j)²
 *
 * @param a rowCount x columnCount, row by row
 * @param y rowCount values; rowCount = 0 gives zeros
 * @returns columnCount coefficients; where columns depend on each other, one of the solutions
 * @throws {DataError} `shape-mismatch` when `a` is not rowCount x columnCount
 * O(rowCount x columnCount²).
 */
export function* leastSquares(a: Float64Array, columnCount: number, y: Float64Array): Sliced<Float64Array> {
  if (a.length !== y.length * columnCount) {
    throw new DataError(
      'shape-mismatch',
      `A matrix of ${a.length} cells is not ${y.length} x ${columnCount}.`,
    );
  }
  const gram = yield* gramOf(a, columnCount);
  factorise(gram, columnCount);
  const x = new Float64Array(columnCount);
  const residuals = y.slice();
  for (let round = 0; round <= REFINEMENTS; round++) {
    const step = solve(gram, transposedTimes(a, columnCount, residuals));
    for (let j = 0; j < columnCount; j++) x[j]! += step[j]!;
    subtractProduct(a, step, residuals);
    yield { done: round + 1, total: REFINEMENTS + 1 };
  }
  return x;
}

/** The lower triangle of aᵀa with the ridge on its diagonal. */
function* gramOf(a: Float64Array, k: number): Sliced<Float64Array> {
  const gram = new Float64Array(k * k);
  const rowCount = k === 0 ? 0 : a.length / k;
  const step = Math.max(1, Math.floor(PRODUCTS_PER_SLICE / (k * k)));
  for (let start = 0; start < rowCount; start += step) {
    for (let i = start; i < Math.min(rowCount, start + step); i++) addOuter(gram, a, i * k, k);
    yield { done: 0, total: 1 };
  }
  let largest = 0;
  for (let j = 0; j < k; j++) largest = Math.max(largest, gram[j * k + j]!);
  for (let j = 0; j < k; j++) gram[j * k + j]! += RIDGE * (largest || 1);
  return gram;
}

function addOuter(gram: Float64Array, a: Float64Array, at: number, k: number): void {
  for (let r = 0; r < k; r++) {
    const value = a[at + r]!;
    if (value === 0) continue;
    for (let c = 0; c <= r; c++) gram[r * k + c]! += value * a[at + c]!;
  }
}

/** Cholesky in place: the lower triangle becomes L with L Lᵀ = gram. */
function factorise(gram: Float64Array, k: number): void {
  for (let r = 0; r < k; r++) {
    for (let c = 0; c <= r; c++) {
      let sum = gram[r * k + c]!;
      for (let j = 0; j < c; j++) sum -= gram[r * k + j]! * gram[c * k + j]!;
      // Rounding may push a pivot of dependent columns below zero; the ridge says how small it can rightly be.
      gram[r * k + c] = r === c ? Math.sqrt(Math.max(sum, Number.MIN_VALUE)) : sum / gram[c * k + c]!;
    }
  }
}

function solve(lower: Float64Array, b: Float64Array): Float64Array {
  const k = b.length;
  const x = b.slice();
  for (let r = 0; r < k; r++) {
    for (let c = 0; c < r; c++) x[r]! -= lower[r * k + c]! * x[c]!;
    x[r]! /= lower[r * k + r]!;
  }
  for (let r = k - 1; r >= 0; r--) {
    for (let c = r + 1; c < k; c++) x[r]! -= lower[c * k + r]! * x[c]!;
    x[r]! /= lower[r * k + r]!;
  }
  return x;
}

function transposedTimes(a: Float64Array, k: number, values: Float64Array): Float64Array {
  const out = new Float64Array(k);
  for (let i = 0; i < values.length; i++) {
    for (let j = 0; j < k; j++) out[j]! += a[i * k + j]! * values[i]!;
  }
  return out;
}

function subtractProduct(a: Float64Array, x: Float64Array, from: Float64Array): void {
  const k = x.length;
  for (let i = 0; i < from.length; i++) {
    for (let j = 0; j < k; j++) from[i]! -= a[i * k + j]! * x[j]!;
  }
}

/** A fitted logistic regression: P(positive) = 1 / (1 + exp(-(intercept + sum of coefficients x features))). */
export interface LogisticFit {
  readonly intercept: number;
  readonly coefficients: Float64Array;
}

const MOST_STEPS = 50;
const SMALL_STEP = 1e-10;

/**
 * Fits by iteratively reweighted least squares (Newton's method) with a ridge penalty on the coefficients.
 *
 * @param features row after row, each of `labels.length` rows as wide as the others; standardised, or the ridge is unfair
 * @param labels 1 = positive, 0 = negative
 * @param ridge weight of the penalty, > 0, so that a fit always exists
 */
export function fitLogistic(features: Float64Array, labels: Uint8Array, ridge: number): LogisticFit {
  const width = features.length / labels.length + 1;
  const beta = new Float64Array(width);
  for (let step = 0; step < MOST_STEPS; step++) {
    const { gradient, hessian } = derivatives(features, labels, beta, ridge);
    const change = solvePositiveDefinite(hessian, gradient);
    let largest = 0;
    for (let j = 0; j < width; j++) {
      beta[j] = beta[j]! + change[j]!;
      largest = Math.max(largest, Math.abs(change[j]!));
    }
    if (largest < SMALL_STEP) break;
  }
  return { intercept: beta[0]!, coefficients: beta.slice(1) };
}

/** Gradient and negated Hessian of the penalised log likelihood; the intercept is first, and free of penalty. */
function derivatives(features: Float64Array, labels: Uint8Array, beta: Float64Array, ridge: number) {
  const width = beta.length;
  const gradient = new Float64Array(width);
  const hessian = new Float64Array(width * width);
  const row = new Float64Array(width);
  row[0] = 1;
  for (let i = 0; i < labels.length; i++) {
    row.set(features.subarray(i * (width - 1), (i + 1) * (width - 1)), 1);
    let margin = 0;
    for (let j = 0; j < width; j++) margin += row[j]! * beta[j]!;
    const probability = 1 / (1 + Math.exp(-margin));
    const weight = probability * (1 - probability);
    for (let j = 0; j < width; j++) {
      gradient[j] = gradient[j]! + (labels[i]! - probability) * row[j]!;
      for (let k = 0; k <= j; k++) {
        hessian[j * width + k] = hessian[j * width + k]! + weight * row[j]! * row[k]!;
      }
    }
  }
  for (let j = 1; j < width; j++) {
    gradient[j] = gradient[j]! - ridge * beta[j]!;
    hessian[j * width + j] = hessian[j * width + j]! + ridge;
  }
  return { gradient, hessian };
}

/** Solves A x = b for a positive definite A (lower triangle given), by Cholesky's decomposition in place. */
function solvePositiveDefinite(a: Float64Array, b: Float64Array): Float64Array {
  const n = b.length;
  for (let j = 0; j < n; j++) {
    for (let i = j; i < n; i++) {
      let sum = a[i * n + j]!;
      for (let k = 0; k < j; k++) sum -= a[i * n + k]! * a[j * n + k]!;
      a[i * n + j] = i === j ? Math.sqrt(sum) : sum / a[j * n + j]!;
    }
  }
  const x = Float64Array.from(b);
  for (let i = 0; i < n; i++) {
    for (let k = 0; k < i; k++) x[i] = x[i]! - a[i * n + k]! * x[k]!;
    x[i] = x[i]! / a[i * n + i]!;
  }
  for (let i = n - 1; i >= 0; i--) {
    for (let k = i + 1; k < n; k++) x[i] = x[i]! - a[k * n + i]! * x[k]!;
    x[i] = x[i]! / a[i * n + i]!;
  }
  return x;
}

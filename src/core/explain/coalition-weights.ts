/**
 * Shapley weights of games in which a row and a background row compete for a leaf: `a` features must come from the row,
 * `b` must not.
 *
 * Table of w(a, b) = (a − 1)! b! / (a + b)! = 1 / (a · C(a + b, a)) at a · (size + 1) + b, for 1 <= a, a + b <= size. By
 * Pascal's triangle, which only adds, so that long paths stay exact but for rounding; weights below the smallest float64
 * are 0.
 *
 * With A the features the row alone meets and B those the background row alone meets, feature i of A gains w(a, b) times
 * the leaf's value and feature i of B loses w(b, a) times it (Lundberg 2020, "From local explanations to global
 * understanding", interventional algorithm). Each cell of a pair gets half of: w(a − 1, b) within A, w(b − 1, a) within B,
 * −w(a, b − 1) across.
 */
export function coalitionWeights(size: number): Float64Array {
  const width = size + 1;
  const weights = new Float64Array(width * width);
  let binomials = Float64Array.of(1);
  for (let n = 1; n <= size; n++) {
    const next = new Float64Array(n + 1).fill(1);
    for (let k = 1; k < n; k++) next[k] = binomials[k - 1]! + binomials[k]!;
    binomials = next;
    for (let a = 1; a <= n; a++) weights[a * width + n - a] = 1 / (a * binomials[a]!);
  }
  return weights;
}

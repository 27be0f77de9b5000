/**
 * SHAP of one leaf for every pattern of its terms at once. Pattern m of a leaf with u terms says by bit j whether the row
 * meets term j. At the coalition probability t the leaf counts
 *
 *     A[m] = weight · Σ_b H[b] · Π_j (b_j (1 − t) + m_j t)        H[b]: share of "absent" rows with pattern b
 *
 * which for path-dependent SHAP, where H[b] = Π_j z_j or 1 − z_j, is weight · Π_j (z_j (1 − t) + m_j t). The integrand of
 * φ_j has (m_j − b_j) in place of factor j. Added up over the nodes of a Gauss-Legendre rule these are the contributions,
 * because integrands are polynomials. Nothing is divided by z, and by t at most once, so that no digits are lost on long
 * paths.
 */

/**
 * A[m] of path-dependent SHAP by doubling.
 *
 * @param out    receives 2^count values
 * @param shares z per term, from `first` on
 */
export function shareProducts(
  out: Float64Array,
  shares: Float64Array,
  first: number,
  count: number,
  weight: number,
  t: number,
): void {
  out[0] = weight;
  for (let j = 0; j < count; j++) {
    const half = 1 << j;
    const absent = shares[first + j]! * (1 - t);
    const present = absent + t;
    for (let m = 0; m < half; m++) {
      out[m + half] = out[m]! * present;
      out[m] = out[m]! * absent;
    }
  }
}

/**
 * Adds to `out` the products of {@link shareProducts}, with (m_j − z) in place of the factor of term j.
 *
 * @param products A[m], or what this function made of it for another term
 * @param start    where the 2^count values begin in `out`
 * @param t        strictly between 0 and 1
 */
export function addShareTerm(
  out: Float64Array,
  start: number,
  products: Float64Array,
  count: number,
  j: number,
  z: number,
  t: number,
): void {
  const half = 1 << j;
  // −z over z (1 − t), and 1 − z over z (1 − t) + t: neither is a division by z.
  const [ofAbsent, ofPresent] = [-1 / (1 - t), (1 - z) / (z * (1 - t) + t)];
  for (let from = 0; from < 1 << count; from += 2 * half) {
    for (let m = from; m < from + half; m++) {
      out[start + m]! += products[m]! * ofAbsent;
      out[start + m + half]! += products[m + half]! * ofPresent;
    }
  }
}

/**
 * A[m] of interventional SHAP: a 2 x 2 step along every bit.
 *
 * @param out        receives 2^count values
 * @param background H[b], 2^count shares that add up to 1
 */
export function backgroundProducts(
  out: Float64Array,
  background: Float64Array,
  count: number,
  weight: number,
  t: number,
): void {
  for (let m = 0; m < 1 << count; m++) out[m] = weight * background[m]!;
  for (let j = 0; j < count; j++) stepAlong(out, count, j, t);
}

/** {@link backgroundProducts} with (m_i − b_i) in place of the factor of term i. */
export function backgroundProductsWithout(
  out: Float64Array,
  background: Float64Array,
  count: number,
  i: number,
  weight: number,
  t: number,
): void {
  const half = 1 << i;
  for (let from = 0; from < 1 << count; from += 2 * half) {
    for (let m = from; m < from + half; m++) {
      out[m] = -weight * background[m + half]!;
      out[m + half] = weight * background[m]!;
    }
  }
  for (let j = 0; j < count; j++) if (j !== i) stepAlong(out, count, j, t);
}

function stepAlong(values: Float64Array, count: number, j: number, t: number): void {
  const half = 1 << j;
  for (let from = 0; from < 1 << count; from += 2 * half) {
    for (let m = from; m < from + half; m++) {
      const [outside, inside] = [values[m]!, values[m + half]!];
      values[m] = (1 - t) * inside;
      values[m + half] = t * outside + inside;
    }
  }
}

/** As {@link addShareTerm} for products of background rows: takes the step along bit j back. */
export function addBackgroundTerm(
  out: Float64Array,
  start: number,
  products: Float64Array,
  count: number,
  j: number,
  t: number,
): void {
  const half = 1 << j;
  const [byAbsent, byPresent] = [1 / (1 - t), 1 / t];
  for (let from = 0; from < 1 << count; from += 2 * half) {
    for (let m = from; m < from + half; m++) {
      const inside = products[m]! * byAbsent;
      out[start + m]! -= inside;
      out[start + m + half]! += (products[m + half]! - inside) * byPresent;
    }
  }
}

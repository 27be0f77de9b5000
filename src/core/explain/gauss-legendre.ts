/** A quadrature rule on [0, 1]: ∫₀¹ f(t) dt ≈ Σ weights[q] · f(nodes[q]). Nodes ascend and lie strictly inside. */
export interface QuadratureRule {
  readonly nodes: Float64Array;
  readonly weights: Float64Array;
}

const rules = new Map<number, QuadratureRule>();

/**
 * The Gauss-Legendre rule on [0, 1]: exact, but for rounding, for polynomials up to degree 2 · count − 1.
 *
 *     t_q = (1 + x_q) / 2,  w_q = 1 / ((1 − x_q²) · P'_n(x_q)²)      P_n(x_q) = 0
 *
 * Roots by Newton's method from Tricomi's first guess; Legendre polynomials by Bonnet's recurrence (NIST DLMF 3.5.v,
 * 18.9.1). Rules are computed once and kept.
 *
 * @param count number of nodes, a whole number >= 0; 0 gives the empty rule
 * @returns symmetric about 1/2; weights add up to 1. The arrays are shared: do not write to them.
 */
export function gaussLegendre(count: number): QuadratureRule {
  const kept = rules.get(count);
  if (kept !== undefined) return kept;
  const rule = computeRule(count);
  rules.set(count, rule);
  return rule;
}

function computeRule(count: number): QuadratureRule {
  const nodes = new Float64Array(count);
  const weights = new Float64Array(count);
  for (let low = 0; low < Math.ceil(count / 2); low++) {
    const high = count - 1 - low;
    // The middle root of an odd rule is 0 by symmetry.
    const x = low === high ? 0 : legendreRoot(count, low);
    const slope = legendre(count, x).slope;
    nodes[low] = (1 - x) / 2;
    nodes[high] = (1 + x) / 2;
    weights[low] = 1 / ((1 - x) * (1 + x) * slope * slope);
    weights[high] = weights[low]!;
  }
  return { nodes, weights };
}

/** Newton converges in 3 to 5 steps; more of them only move the last bit to and fro. */
const MOST_STEPS = 20;

/** The root of P_n that comes `index`-th from 1 downwards. */
function legendreRoot(count: number, index: number): number {
  let x = Math.cos((Math.PI * (index + 0.75)) / (count + 0.5));
  for (let step = 0; step < MOST_STEPS; step++) {
    const { value, slope } = legendre(count, x);
    const next = x - value / slope;
    if (Math.abs(next - x) <= Number.EPSILON / 4) return next;
    x = next;
  }
  return x;
}

/** P_n and its derivative at |x| < 1, n >= 1. */
function legendre(count: number, x: number): { readonly value: number; readonly slope: number } {
  let before = 1;
  let value = x;
  for (let n = 2; n <= count; n++) {
    const next = ((2 * n - 1) * x * value - (n - 1) * before) / n;
    before = value;
    value = next;
  }
  return { value, slope: (count * (before - x * value)) / ((1 - x) * (1 + x)) };
}

import { normalQuantile } from './normal-quantile.ts';
import { normalTwoSidedP } from './normal-tail.ts';
import { wilsonInterval } from './wilson-interval.ts';

/** Events among rows of one independent sample. */
export interface ProportionCount {
  readonly events: number;
  readonly rows: number;
}

/** Difference of two proportions, first less second. NaN where a sample is empty. */
export interface ProportionDifference {
  readonly difference: number;
  /** Newcombe's interval, 95 %. */
  readonly interval: readonly [number, number];
  /** Pooled z test; NaN when all or no rows have the event. */
  readonly z: number;
  readonly pTwoSided: number;
}

/**
 * Compares the proportions of two independent samples (DEFINITIONS C14).
 *
 *     interval:  d - sqrt((p1 - l1)² + (u2 - p2)²)  to  d + sqrt((u1 - p1)² + (p2 - l2)²)      [l, u] Wilson intervals
 *     z = (p1 - p2) / sqrt(p(1 - p)(1/n1 + 1/n2))      p = pooled proportion
 *
 * Source: R. G. Newcombe, "Interval estimation for the difference between independent proportions", Statistics in Medicine
 * 17 (1998), 873-890, method 10 without continuity correction; checked against statsmodels 0.13.5 confint_proportions_2indep
 * (method="newcomb") and proportions_ztest.
 */
export function compareProportions(first: ProportionCount, second: ProportionCount): ProportionDifference {
  const p1 = first.events / first.rows;
  const p2 = second.events / second.rows;
  const difference = p1 - p2;
  const [low1, high1] = wilsonInterval(first.events, first.rows);
  const [low2, high2] = wilsonInterval(second.events, second.rows);
  const pooled = (first.events + second.events) / (first.rows + second.rows);
  const z = difference / Math.sqrt(pooled * (1 - pooled) * (1 / first.rows + 1 / second.rows));
  return {
    difference,
    interval: [
      difference - Math.hypot(p1 - low1, high2 - p2),
      difference + Math.hypot(high1 - p1, p2 - low2),
    ],
    z: Number.isFinite(z) ? z : Number.NaN,
    pTwoSided: Number.isFinite(z) ? normalTwoSidedP(z) : Number.NaN,
  };
}

/** What a test of two proportions is planned with. */
export interface ProportionTest {
  readonly p1: number;
  readonly p2: number;
  /** Level of the two-sided test, (0, 1). */
  readonly alpha: number;
  /** Rows of the second sample for each row of the first, > 0. */
  readonly ratio: number;
}

/**
 * Rows of the first sample that a two-sided test needs to tell p1 from p2 with the given power (DEFINITIONS C21).
 *
 *     h = 2 asin sqrt(p1) - 2 asin sqrt(p2)        power(n1) = Φ(s - z) + Φ(-s - z)
 *     s = |h| · sqrt(n1 · ratio / (1 + ratio))      z = quantile of 1 - alpha/2
 *
 * solved for n1 by bisection; the far tail counts, as in the source.
 * @param power (alpha, 1)
 * @returns not rounded; Infinity when p1 = p2
 * Source: J. Cohen, Statistical Power Analysis for the Behavioral Sciences (1988), ch. 6; checked against statsmodels 0.13.5
 * NormalIndPower.solve_power with proportion_effectsize.
 */
export function rowsForPower(test: ProportionTest, power: number): number {
  if (test.p1 === test.p2) return Number.POSITIVE_INFINITY;
  let low = 0;
  let high = 1;
  while (powerOf(test, high) < power) high *= 2;
  for (;;) {
    const middle = low + (high - low) / 2;
    if (middle <= low || middle >= high) return middle;
    if (powerOf(test, middle) < power) low = middle;
    else high = middle;
  }
}

/** Power of the same test with n1 rows in the first sample; alpha when p1 = p2. */
export function powerOf({ p1, p2, alpha, ratio }: ProportionTest, n1: number): number {
  const h = 2 * Math.asin(Math.sqrt(p1)) - 2 * Math.asin(Math.sqrt(p2));
  const shift = Math.abs(h) * Math.sqrt((n1 * ratio) / (1 + ratio));
  const critical = normalQuantile(1 - alpha / 2);
  return normalBelow(shift - critical) + normalBelow(-shift - critical);
}

/** Φ(z). */
function normalBelow(z: number): number {
  const tail = normalTwoSidedP(z) / 2;
  return z < 0 ? tail : 1 - tail;
}

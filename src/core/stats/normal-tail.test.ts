import { describe, expect, it } from 'vitest';
import { normalTwoSidedP } from './normal-tail.ts';
import { Z_95 } from './wilson-interval.ts';

describe('two-sided normal p-value', () => {
  // SciPy 1.17.1: 2 * norm.sf(z).
  it.each([
    [0.1, 0.920344325445942],
    [1, 0.31731050786291415],
    [2.1, 0.035728841125633085],
    [2.2, 0.02780689502699719],
    [5, 5.733031437583866e-7],
    [15, 7.341932398625397e-51],
    [37, 1.1451142445047853e-299],
  ])('z = %d', (z, expected) => {
    expect(Math.abs(normalTwoSidedP(z) / expected - 1)).toBeLessThan(1e-12);
    expect(normalTwoSidedP(-z)).toBe(normalTwoSidedP(z));
  });

  it('is 1 at 0, 5 % at the 95 % quantile, 0 at infinity and not defined for NaN', () => {
    expect(normalTwoSidedP(0)).toBe(1);
    expect(normalTwoSidedP(Z_95)).toBeCloseTo(0.05, 15);
    expect(normalTwoSidedP(Number.NEGATIVE_INFINITY)).toBe(0);
    expect(normalTwoSidedP(Number.NaN)).toBeNaN();
  });

  it('is continuous where the two forms meet', () => {
    const meet = 1.5 * Math.SQRT2;
    expect(normalTwoSidedP(meet * (1 - 1e-13)) / normalTwoSidedP(meet)).toBeCloseTo(1, 11);
  });
});

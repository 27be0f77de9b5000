import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rankCorrelation } from './rank-correlation.ts';

const of = (...values: readonly number[]): Float64Array => Float64Array.from(values);

describe('rankCorrelation', () => {
  it.each([
    ['the same order', of(1, 2, 3), of(10, 20, 999), 1],
    ['the opposite order', of(1, 2, 3), of(3, 2, 1), -1],
    // Ranks 1 2 3 4 and 2 1 4 3: 1 − 6·4 / (4·15).
    ['two swaps', of(1, 2, 3, 4), of(0.2, 0.1, 0.4, 0.3), 0.6],
    // Ranks 1.5 1.5 3 and 1 2 3: 1.5 / √(1.5 · 2).
    ['a tie', of(5, 5, 7), of(1, 2, 3), 1.5 / Math.sqrt(3)],
    ['infinities', of(Number.NEGATIVE_INFINITY, 0, Number.POSITIVE_INFINITY), of(0, 0.5, 1), 1],
  ])('%s', (_name, a, b, expected) => {
    expect(rankCorrelation(a, b)).toBeCloseTo(expected, 12);
  });

  it('is not defined when one side is constant, or empty', () => {
    expect(rankCorrelation(of(1, 1, 1), of(1, 2, 3))).toBeNaN();
    expect(rankCorrelation(of(), of())).toBeNaN();
  });

  it('does not depend on the sides, nor on what keeps the order', () => {
    const values = fc.array(fc.tuple(fc.integer({ min: -9, max: 9 }), fc.integer({ min: -9, max: 9 })), {
      minLength: 2,
    });
    fc.assert(
      fc.property(values, (pairs) => {
        const [a, b] = [of(...pairs.map(([x]) => x)), of(...pairs.map(([, y]) => y))];
        const rho = rankCorrelation(a, b);
        expect(rankCorrelation(b, a)).toBe(rho);
        expect(
          rankCorrelation(
            a.map((x) => Math.exp(x)),
            b,
          ),
        ).toBe(rho);
      }),
      { numRuns: process.env.CUTLINE_LANE === 'slow' ? 5000 : 200 },
    );
  });
});

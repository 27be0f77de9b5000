import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { drain } from '../sliced.ts';
import { Random } from '../stats/random.ts';
import { leastSquares } from './least-squares.ts';

const numRuns = process.env.CUTLINE_LANE === 'slow' ? 500 : 50;

const solve = (a: readonly number[], columnCount: number, y: readonly number[]) =>
  drain(leastSquares(Float64Array.from(a), columnCount, Float64Array.from(y)));

describe('leastSquares', () => {
  it('fits a line by hand', () => {
    // y = 1 + 2x through (0, 1), (1, 3), (2, 5); and the mean of what no line meets.
    const [slope, shift] = solve([0, 1, 1, 1, 2, 1], 2, [1, 3, 5]);
    expect(slope).toBeCloseTo(2, 12);
    expect(shift).toBeCloseTo(1, 12);
    expect(solve([1, 1, 1], 1, [1, 2, 6])[0]).toBeCloseTo(3, 10);
  });

  it('finds the coefficients that made the values', () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer({ min: 1, max: 30 }), (seed, columnCount) => {
        const random = new Random(seed);
        const rowCount = 3 * columnCount;
        const x = Array.from({ length: columnCount }, () => random.normal());
        const a = Array.from({ length: rowCount * columnCount }, () => random.normal());
        const y = Array.from({ length: rowCount }, (_, i) =>
          x.reduce((sum, value, j) => sum + value * a[i * columnCount + j]!, 0),
        );
        const found = solve(a, columnCount, y);
        for (const [j, value] of x.entries()) expect(found[j]).toBeCloseTo(value, 9);
      }),
      { numRuns },
    );
  });

  it('meets the values also where columns are the same, and where one is empty', () => {
    const a = [1, 1, 0, 2, 2, 0, 3, 3, 0];
    const [first, second, third] = solve(a, 3, [2, 4, 6]);
    expect(first! + second!).toBeCloseTo(2, 8);
    expect(third).toBe(0);
  });

  it('gives zeros for no rows and refuses a matrix of another shape', () => {
    expect([...solve([], 2, [])]).toEqual([0, 0]);
    expect(() => solve([1, 2, 3], 2, [1, 2])).toThrow(expect.objectContaining({ code: 'shape-mismatch' }));
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addCompensated, compensatedTotal, runningSums } from './compensated-sum.ts';

const sum = (values: Iterable<number>) => {
  const sums = runningSums(2);
  for (const value of values) addCompensated(sums, 1, value);
  expect(compensatedTotal(sums, 0)).toBe(0);
  return compensatedTotal(sums, 1);
};

describe('compensated sum', () => {
  it('keeps what plain addition loses', () => {
    expect(1 + 1e100 + 1 - 1e100).toBe(0);
    expect(sum([1, 1e100, 1, -1e100])).toBe(2);
    const tenths = Array<number>(1_000_000).fill(0.1);
    expect(tenths.reduce((a, b) => a + b, 0)).not.toBe(100_000);
    expect(sum(tenths)).toBe(100_000);
  });

  it('is 0 over nothing and NaN over NaN', () => {
    expect(sum([])).toBe(0);
    expect(sum([1, Number.NaN])).toBeNaN();
  });

  it('law: equals the exact sum of whole cents, in any order', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -1e12, max: 1e12 })), (cents) => {
        const exact = Number(cents.reduce((total, value) => total + BigInt(value), 0n)) / 64;
        expect(sum(cents.map((value) => value / 64))).toBe(exact + 0);
        expect(sum(cents.map((value) => value / 64).reverse())).toBe(exact + 0);
      }),
    );
  });
});

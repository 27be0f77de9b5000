import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Random } from './random.ts';

const draws = (count: number, draw: () => number) => Array.from({ length: count }, draw);
const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
const variance = (values: readonly number[]) => {
  const centre = mean(values);
  return mean(values.map((value) => (value - centre) ** 2));
};

describe('Random', () => {
  it('is xoshiro128**: the outputs of the reference implementation from the state 1, 2, 3, 4', () => {
    const random = Random.fromState([1, 2, 3, 4]);
    expect(draws(10, () => random.uint32())).toEqual([
      11520, 0, 5927040, 70819200, 2031721883, 1637235492, 1287239034, 3734860849, 3729100597, 4258142804,
    ]);
  });

  it('repeats itself for a seed, and differs for the next', () => {
    const first = new Random(7);
    const again = new Random(7);
    const next = new Random(8);
    const values = draws(5, () => first.uniform());
    expect(draws(5, () => again.uniform())).toEqual(values);
    expect(draws(5, () => next.uniform())).not.toEqual(values);
  });

  it('law: uniform stays in [0, 1), integer below its count, pick never takes a weight of 0', () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer({ min: 1, max: 1e9 }), (seed, count) => {
        const random = new Random(seed);
        const uniform = random.uniform();
        expect(uniform >= 0 && uniform < 1).toBe(true);
        const integer = random.integer(count);
        expect(Number.isInteger(integer) && integer >= 0 && integer < count).toBe(true);
        expect([1, 3]).toContain(random.pick([0, 2, 0, 1, 0]));
      }),
    );
  });

  it('has the moments of its distributions (fixed seeds, 5 standard errors)', () => {
    const random = new Random(2024);
    const n = 40_000;
    const near = (value: number, expected: number, error: number) =>
      expect(Math.abs(value - expected)).toBeLessThan(5 * error);
    const uniforms = draws(n, () => random.uniform());
    near(mean(uniforms), 0.5, Math.sqrt(1 / 12 / n));
    const normals = draws(n, () => random.normal());
    near(mean(normals), 0, 1 / Math.sqrt(n));
    near(variance(normals), 1, Math.sqrt(2 / n));
    const counts = draws(n, () => random.poisson(3));
    near(mean(counts), 3, Math.sqrt(3 / n));
    near(variance(counts), 3, Math.sqrt((3 + 2 * 9) / n));
    const picks = draws(n, () => random.pick([1, 3]));
    near(mean(picks), 0.75, Math.sqrt(0.1875 / n));
  });
});

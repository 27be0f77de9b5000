import { describe, expect, it } from 'vitest';
import { spreadRows } from './spread-rows.ts';

describe('spreadRows', () => {
  it.each([0, 1, 31, 32, 33, 64, 65, 95, 97, 1000, 4454, 30_001])(
    'gives each of %i rows one place',
    (count) => {
      const rows = spreadRows(count, 0, count);
      expect(rows.toSorted()).toEqual(Uint32Array.from({ length: count }, (_, row) => row));
    },
  );

  it('gives the same rows in pieces as in one', () => {
    const whole = spreadRows(1003, 0, 1003);
    const cuts = [0, 1, 40, 41, 333, 1000, 1003];
    const pieces = cuts.slice(1).flatMap((to, i) => [...spreadRows(1003, cuts[i]!, to)]);
    expect(pieces).toEqual([...whole]);
  });

  it('spreads a stretch over all rows: no tenth of them has more than twice its share', () => {
    const count = 100_000;
    for (const from of [0, 12_345, 90_000]) {
      const tenths = new Array<number>(10).fill(0);
      for (const row of spreadRows(count, from, from + 2000)) tenths[Math.floor((10 * row) / count)]! += 1;
      expect(Math.min(...tenths)).toBeGreaterThan(100);
      expect(Math.max(...tenths)).toBeLessThan(400);
    }
  });
});

import fc from 'fast-check';
import Database from 'libsql';
import { describe, expect, it } from 'vitest';
import { sqlNumber } from './sql-number.ts';

const COUNT = process.env.CUTLINE_LANE === 'slow' ? 100_000 : 6000;

/** What SQLite reads: as a literal, and as a text cast to a double. */
function readBack(literals: readonly string[]): readonly number[] {
  const database = new Database(':memory:');
  try {
    const read = (part: readonly string[]) =>
      database
        .prepare(`SELECT ${part.map((literal) => `CAST(${literal} AS DOUBLE PRECISION)`).join(', ')}`)
        .raw()
        .get() as number[];
    const found: number[] = [];
    for (let from = 0; from < literals.length; from += 500)
      found.push(...read(literals.slice(from, from + 500)));
    return found;
  } finally {
    database.close();
  }
}

const short = fc
  .tuple(fc.integer({ min: 3, max: 15 }), fc.double({ min: 0, max: 1, noNaN: true }), fc.nat(18))
  .map(([digits, part, scale]) => Number(`${Math.floor(part * 10 ** digits)}e-${scale}`));

describe('numbers in SQL', () => {
  it.each([
    [0.15, '0.15'],
    [-0.25, '-0.25'],
    [0, '0'],
    [-0, '0'],
    [1e21, '1.0000000000000000e+21'],
    [50 / 99, '5.0505050505050508e-1'],
    [Number.MIN_VALUE, '4.9406564584124654e-324'],
    // A decimal that SQLite reads as the double beside its own.
    [768498.28275441, '7.6849828275440994e+5'],
  ])('%d is %s', (value, text) => {
    expect(sqlNumber(value)).toBe(text);
  });

  it('law: reads back as the same double, here and in SQLite', () => {
    for (const any of [
      fc.double({ min: 0, max: 1, noNaN: true }),
      fc.double({ noDefaultInfinity: true, noNaN: true }),
      short,
    ]) {
      const values = fc
        .sample(any, { numRuns: Math.ceil(COUNT / 3), seed: 20240501 })
        .map((value) => value + 0);
      const literals = values.map(sqlNumber);
      expect(literals.map(Number)).toEqual(values);
      const read = readBack(literals);
      expect(values.filter((value, at) => read[at] !== value)).toEqual([]);
    }
  });

  it('nearly every short decimal stays as it is', () => {
    const values = Array.from({ length: 9999 }, (_, at) => (at + 1) / 10_000);
    const kept = values.filter((value) => sqlNumber(value) === String(value));
    expect(kept.length / values.length).toBeGreaterThan(0.9);
  });
});

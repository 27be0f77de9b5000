import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { drain, SLICE_ROWS } from '../sliced.ts';
import { sortDescending } from './sort-descending.ts';

/** Any float64 at all, ties made likely. */
const anyScores = fc.array(
  fc.oneof(fc.double(), fc.constantFrom(0, -0, Number.NaN, 0.5, 1, -1, 5e-324, Infinity, -Infinity)),
  { maxLength: 300 },
);
const runs = process.env.CUTLINE_LANE === 'slow' ? 5000 : 200;

/** The same order by the platform's stable sort. */
function plainOrder(scores: ArrayLike<number>): number[] {
  const rows = Array.from({ length: scores.length }, (_, row) => row);
  const scored = rows.filter((row) => !Number.isNaN(scores[row]));
  const falling = (a: number, b: number) =>
    scores[a] === scores[b] ? a - b : scores[b]! > scores[a]! ? 1 : -1;
  return [...scored.sort(falling), ...rows.filter((row) => Number.isNaN(scores[row]))];
}

describe('radix sort by falling score', () => {
  it('by hand: ties and missing scores keep file order, -0 is 0', () => {
    const scores = Float64Array.of(0, 0.5, Number.NaN, -0, 0.5, -1, Number.NaN, Infinity);
    const { order, scoredCount } = drain(sortDescending(scores));
    expect([...order]).toEqual([7, 1, 4, 0, 3, 5, 2, 6]);
    expect(scoredCount).toBe(6);
  });

  it('law: the order of a stable comparison sort, for any float64', () => {
    fc.assert(
      fc.property(anyScores, (values) => {
        const scores = Float64Array.from(values);
        const { order, scoredCount } = drain(sortDescending(scores));
        expect([...order]).toEqual(plainOrder(scores));
        expect(scoredCount).toBe(values.filter((value) => !Number.isNaN(value)).length);
      }),
      { numRuns: runs },
    );
  });

  it('law: also for scores widened from float32, and in part of a buffer', () => {
    fc.assert(
      fc.property(fc.float32Array({ noNaN: true, min: 0, max: 1, maxLength: 200 }), (values) => {
        const buffer = new SharedArrayBuffer(8 * (values.length + 3));
        const scores = new Float64Array(buffer, 24, values.length);
        scores.set(values);
        expect([...drain(sortDescending(scores)).order]).toEqual(plainOrder(scores));
      }),
      { numRuns: runs },
    );
  });

  it('nothing, and nothing but missing', () => {
    expect(drain(sortDescending(new Float64Array(0)))).toEqual({ order: new Uint32Array(0), scoredCount: 0 });
    expect(drain(sortDescending(Float64Array.of(Number.NaN, Number.NaN)))).toEqual({
      order: Uint32Array.of(0, 1),
      scoredCount: 0,
    });
  });

  it('over several slices: the same order, progress that rises to the end, input untouched', () => {
    const rowCount = 2 * SLICE_ROWS + 17;
    // Multiplication by an odd constant modulo 2^32 visits values in a scattered order, with ties after the rounding.
    const scores = Float64Array.from({ length: rowCount }, (_, row) => {
      return row % 1000 === 7 ? Number.NaN : (Math.imul(row, 0x9e3779b1) >>> 12) / 2 ** 20;
    });
    const copy = scores.slice();
    const sort = sortDescending(scores);
    let last = 0;
    let slices = 0;
    let step = sort.next();
    for (; step.done !== true; step = sort.next()) {
      expect(step.value.done).toBeGreaterThanOrEqual(last);
      expect(step.value.total).toBe(rowCount);
      last = step.value.done;
      slices++;
    }
    expect(slices).toBeGreaterThan(10);
    expect(last).toBeLessThanOrEqual(rowCount);
    expect(scores.findIndex((score, row) => !Object.is(score, copy[row]))).toBe(-1);
    const { order, scoredCount } = step.value;
    expect(order.toSorted().findIndex((row, i) => row !== i)).toBe(-1);
    const outOfPlace = order.subarray(1, scoredCount).filter((row, i) => {
      const before = order[i]!;
      return !(scores[before]! > scores[row]! || (scores[before] === scores[row] && before < row));
    });
    expect(outOfPlace).toHaveLength(0);
  });
});

import { describe, expect, it } from 'vitest';
import { addedSums, meanErrors, sampledSums } from './sampled-sums.ts';

/** Two features, four rows. */
const values = Float64Array.of(1, -2, -3, 2, 5, 2, -7, -2);
const rows = Uint32Array.of(5, 6, 7, 8);
const exact = { rows, values, outputs: new Float64Array(4), standardErrors: null };
const sampled = { ...exact, standardErrors: Float64Array.of(1, 0, 1, 0, 1, 2, 1, 0) };
const sums = { rowCount: 4, absolute: Float64Array.of(16, 8) };
const errorsOf = (of: Parameters<typeof sampledSums>[0], drawnFrom: number, explained = sums) =>
  meanErrors(explained, sampledSums(of, 2, 10), drawnFrom);

describe('standard errors of mean |φ|', () => {
  it('are those of the draws where every row is explained', () => {
    // √(1 + 1 + 1 + 1) / 4 and √4 / 4.
    expect(errorsOf(sampled, 4)).toEqual(Float64Array.of(0.5, 0.5));
    expect(errorsOf(exact, 4)).toBeNull();
  });

  it('hold the spread between the rows where a sample of them is explained', () => {
    // |φ| = 1, 3, 5, 7 has the variance 20/3; half of the rows are explained: √(1/2 · 20/3 / 4).
    const spread = errorsOf(exact, 8)!;
    expect(spread[0]).toBeCloseTo(Math.sqrt(5 / 6), 14);
    expect(spread[1]).toBe(0);
    // And the draws by that half: √(5/6 + 1/2 · 4/16).
    const both = errorsOf(sampled, 8)!;
    expect(both[0]).toBeCloseTo(Math.sqrt(5 / 6 + 1 / 8), 14);
    expect(both[1]).toBeCloseTo(Math.sqrt(1 / 8), 14);
  });

  it('leave out rows without a contribution', () => {
    const { NaN: none } = Number;
    const three = { ...exact, values: Float64Array.of(1, -2, -3, 2, 5, 2, none, none) };
    const outputs = Float64Array.of(0, 0, 0, none);
    // 1, 3, 5 have the variance 4.
    const explained = { rowCount: 3, absolute: Float64Array.of(9, 6) };
    expect(errorsOf({ ...three, outputs }, 8, explained)![0]).toBeCloseTo(Math.sqrt(2 / 3), 14);
  });

  it('are not defined of one row that stands for several', () => {
    const one = { rows: Uint32Array.of(1), values: Float64Array.of(3), outputs: Float64Array.of(0) };
    const of = sampledSums({ ...one, standardErrors: null }, 1, 10);
    const explained = { rowCount: 1, absolute: Float64Array.of(3) };
    expect(meanErrors(explained, of, 2)).toEqual(Float64Array.of(Number.NaN));
  });
});

it('sums of parts are those of the whole', () => {
  const part = (from: number, to: number) =>
    sampledSums(
      {
        rows: rows.subarray(from, to),
        values: values.subarray(2 * from, 2 * to),
        outputs: new Float64Array(to - from),
        standardErrors: sampled.standardErrors.subarray(2 * from, 2 * to),
      },
      2,
      5,
    );
  expect(addedSums(part(0, 1), part(1, 4))).toEqual(sampledSums(sampled, 2, 10));
  expect(addedSums(part(0, 2), sampledSums(exact, 2, 1)).isExact).toBe(false);
});

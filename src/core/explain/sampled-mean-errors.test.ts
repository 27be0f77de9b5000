import { describe, expect, it } from 'vitest';
import { sampledMeanErrors } from './sampled-mean-errors.ts';

/** Two features, four rows. */
const values = Float64Array.of(1, -2, -3, 2, 5, 2, -7, -2);
const contributions = {
  rows: Uint32Array.of(5, 6, 7, 8),
  values,
  outputs: new Float64Array(4),
  standardErrors: null,
};
const standardErrors = Float64Array.of(1, 0, 1, 0, 1, 2, 1, 0);

describe('standard errors of mean |φ|', () => {
  it('are those of the draws where every row is explained', () => {
    // √(1 + 1 + 1 + 1) / 4 and √4 / 4.
    expect(sampledMeanErrors({ ...contributions, standardErrors }, 4)).toEqual(Float64Array.of(0.5, 0.5));
    expect(sampledMeanErrors(contributions, 4)).toBeNull();
  });

  it('hold the spread between the rows where a sample of them is explained', () => {
    // |φ| = 1, 3, 5, 7 has the variance 20/3; half of the rows are explained: √(1/2 · 20/3 / 4).
    const exact = sampledMeanErrors(contributions, 8)!;
    expect(exact[0]).toBeCloseTo(Math.sqrt(5 / 6), 14);
    expect(exact[1]).toBe(0);
    // And the draws by that half: √(5/6 + 1/2 · 4/16).
    const sampled = sampledMeanErrors({ ...contributions, standardErrors }, 8)!;
    expect(sampled[0]).toBeCloseTo(Math.sqrt(5 / 6 + 1 / 8), 14);
    expect(sampled[1]).toBeCloseTo(Math.sqrt(1 / 8), 14);
  });

  it('leave out rows without a contribution', () => {
    const none = { ...contributions, values: Float64Array.of(1, -2, -3, 2, 5, 2, Number.NaN, Number.NaN) };
    const outputs = Float64Array.of(0, 0, 0, Number.NaN);
    // 1, 3, 5 have the variance 4.
    expect(sampledMeanErrors({ ...none, outputs }, 8)![0]).toBeCloseTo(Math.sqrt(2 / 3), 14);
  });

  it('are not defined of one row that stands for several', () => {
    const { NaN: none } = Number;
    const single = { rows: Uint32Array.of(1), values: Float64Array.of(3), outputs: Float64Array.of(0) };
    expect(sampledMeanErrors({ ...single, standardErrors: null }, 2)).toEqual(Float64Array.of(none));
  });
});

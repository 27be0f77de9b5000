import { describe, expect, it } from 'vitest';
import { contributionTotals } from './contribution-totals.ts';

const block = (values: number[], outputs: number[], standardErrors: number[] | null = null) => ({
  rows: new Uint32Array(outputs.length),
  values: Float64Array.from(values),
  outputs: Float64Array.from(outputs),
  standardErrors: standardErrors === null ? null : Float64Array.from(standardErrors),
  sampling: standardErrors === null ? null : ({ end: 'budget', predictions: 70, open: null } as const),
});

describe('totals of contributions', () => {
  it('are means over the rows of all blocks, and the worst row of all', () => {
    const totals = contributionTotals(2, 0.5);
    totals.add(block([1, -2, -3, 4], [-0.5, 1.5]));
    totals.add(block([5, 6], [11.75]));
    expect(totals.rowCount).toBe(3);
    expect([totals.meanAbsolute(0), totals.meanAbsolute(1)]).toEqual([3, 4]);
    expect([totals.mean(0), totals.mean(1)]).toEqual([1, 8 / 3]);
    expect(totals.maxAdditivityError).toBe(0.25);
    expect([totals.standardError(0), totals.medianError, totals.sampling]).toEqual([null, null, null]);
  });

  it('leave out rows that the model does not answer', () => {
    const totals = contributionTotals(1, 0);
    totals.add(block([Number.NaN, 2], [Number.NaN, 2]));
    expect([totals.rowCount, totals.mean(0), totals.maxAdditivityError]).toEqual([1, 2, 0]);
  });

  it('of no rows are not defined', () => {
    const totals = contributionTotals(1, 0);
    expect([totals.mean(0), totals.meanAbsolute(0), totals.maxAdditivityError]).toEqual([NaN, NaN, NaN]);
  });

  it('do not lose small rows beside large ones', () => {
    const totals = contributionTotals(1, 0);
    totals.add(block([1e16, 1, -1e16, 1], [1e16, 1, -1e16, 1]));
    expect(totals.mean(0)).toBe(0.5);
  });

  it('have the error of the mean where contributions are sampled', () => {
    const totals = contributionTotals(2, 0);
    totals.add(block([1, 1, 1, 1], [2, 2], [3, 0, 4, 0]));
    expect([totals.standardError(0), totals.standardError(1)]).toEqual([2.5, 0]);
    expect([totals.isExact, totals.largestError, totals.medianError]).toEqual([false, 4, 1.5]);
    totals.add(block([1, 1], [2], [1, 0]));
    expect(totals.sampling).toEqual({ predictions: 140, blocks: { enumerated: 0, stable: 0, budget: 2 } });
  });
});

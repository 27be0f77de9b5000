import { describe, expect, it } from 'vitest';
import { sampledFigures } from './sampled-figures.ts';

/** Two rows with means 5 and 4, in two parts; the draws leave an error of √2 / 2 on each, or a tenth of it. */
const part = (absolute: number[], squares: number[], draws: number) => ({
  rowCount: 1,
  absolute: Float64Array.from(absolute),
  sampled: {
    askedRows: 1,
    squares: Float64Array.from(squares),
    draws: Float64Array.of(draws, draws),
    isExact: false,
    predictions: 50_000,
  },
});
const unsure = [part([3, 1], [9, 1], 1), part([7, 7], [49, 49], 1)];
const sure = [part([3, 1], [9, 1], 0.01), part([7, 7], [49, 49], 0.01)];
const exact = sure.map((one) => ({ ...one, sampled: { ...one.sampled, isExact: true } }));

describe('sampling of many rows', () => {
  it('goes on while their order is open and there are answers left', () => {
    expect(sampledFigures(unsure, 2, 700_000)).toBeNull();
    expect(sampledFigures(unsure, 2, 700_001)?.sampling).toEqual({
      end: 'budget',
      predictions: 800_001,
      open: [0, 1],
    });
  });

  it('ends when the order is settled, or every coalition was asked for', () => {
    const { standardErrors, sampling } = sampledFigures(sure, 2, 0)!;
    expect(sampling).toEqual({ end: 'stable', predictions: 100_000, open: null });
    expect(standardErrors![0]).toBeCloseTo(Math.sqrt(0.02) / 2, 14);
    expect(sampledFigures(exact, 2, 0)).toEqual({
      standardErrors: null,
      sampling: { end: 'enumerated', predictions: 100_000, open: null },
    });
  });

  it('leaves an order open that more rows could settle, though it is settled among these', () => {
    // |φ| of 3 and 7 have the variance 8: √(9/10 · 8/2 + 1/10 · 0.02/4) of 20 rows.
    const { standardErrors, sampling } = sampledFigures(sure, 20, 0)!;
    expect(standardErrors![0]).toBeCloseTo(Math.sqrt(3.6 + 0.0005), 14);
    expect(sampling).toEqual({ end: 'stable', predictions: 100_000, open: [0, 1] });
  });

  it('ends where no row has a score', () => {
    const none = { ...part([0, 0], [0, 0], 0), rowCount: 0 };
    expect(sampledFigures([none, none], 20, 0)).toEqual({
      standardErrors: null,
      sampling: { end: 'stable', predictions: 100_000, open: null },
    });
  });
});

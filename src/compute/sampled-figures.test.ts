import { describe, expect, it } from 'vitest';
import { sampledFigures, samplingEnd } from './sampled-figures.ts';

/** Means 5 and 4 over two rows; the draws leave an error of √2 / 2 on each, or a tenth of it. */
const sums = { rowCount: 2, absolute: Float64Array.of(10, 8) };
const sampled = {
  askedRows: 2,
  squares: Float64Array.of(58, 50),
  draws: Float64Array.of(2, 2),
  isExact: false,
  predictions: 100_000,
};
const sure = { ...sampled, draws: Float64Array.of(0.02, 0.02) };

describe('sampling of many rows', () => {
  it('goes on while their order is open and there are answers left', () => {
    expect(samplingEnd(sums, sampled, 800_000)).toBeNull();
    expect(samplingEnd(sums, sampled, 800_001)).toBe('budget');
  });

  it('ends when the order is settled, or every coalition was asked for', () => {
    expect(samplingEnd(sums, sure, 100_000)).toBe('stable');
    expect(samplingEnd(sums, { ...sampled, isExact: true }, 100_000)).toBe('enumerated');
  });

  it('ends where no row has a score', () => {
    const none = { rowCount: 0, absolute: new Float64Array(2) };
    const empty = { ...sampled, squares: new Float64Array(2), draws: new Float64Array(2) };
    expect(samplingEnd(none, empty, 10)).toBe('stable');
    const figures = sampledFigures(none, empty, 20, { end: 'stable', predictions: 10 });
    expect(figures).toMatchObject({ standardErrors: null, sampling: { open: null } });
  });

  it('leaves an order open that more rows could settle, though it is settled among these', () => {
    const outcome = { end: 'stable', predictions: 100_000 } as const;
    const all = sampledFigures(sums, sure, 2, outcome);
    expect(all.sampling).toEqual({ ...outcome, open: null });
    expect(all.standardErrors![0]).toBeCloseTo(Math.sqrt(0.02) / 2, 14);
    // |φ| of 3 and 7 differ by a variance of 8: √(9/10 · 8/2 + 1/10 · 0.02/4) of 20 rows.
    const some = sampledFigures(sums, sure, 20, outcome);
    expect(some.standardErrors![0]).toBeCloseTo(Math.sqrt(3.6 + 0.0005), 14);
    expect(some.sampling).toEqual({ ...outcome, open: [0, 1] });
  });
});

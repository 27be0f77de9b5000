import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { breakEvenThresholds } from './break-even.ts';

const at = (thresholds: readonly number[], net: readonly number[]) =>
  breakEvenThresholds(Float64Array.from(thresholds), Float64Array.from(net));

describe('breakEvenThresholds', () => {
  it('interpolates the crossing on each side of the best', () => {
    // -10 to 30 over [0, 0.4]: zero at a quarter, 0.1. 30 to -30 over [0.4, 1]: half way, 0.7.
    const found = at([0, 0.4, 1], [-10, 30, -30]);
    expect(found[0]).toBeCloseTo(0.1, 12);
    expect(found[1]).toBeCloseTo(0.7, 12);
  });

  it('takes the crossing nearest to the best, not the trembling far out', () => {
    expect(at([0, 0.2, 0.4, 0.6, 0.8, 1], [10, 20, 10, -10, 1, -1])).toHaveLength(1);
    expect(at([0, 0.2, 0.4, 0.6, 0.8, 1], [10, 20, 10, -10, 1, -1])[0]).toBeCloseTo(0.5, 12);
  });

  it('ends at a point that is exactly zero', () => {
    expect(at([0, 0.5, 1], [5, 3, 0])).toEqual([1]);
  });

  it('is empty when nothing is above zero, for no points, and for NaN alone', () => {
    expect(at([0, 1], [-1, 0])).toEqual([]);
    expect(at([], [])).toEqual([]);
    expect(at([0], [Number.NaN])).toEqual([]);
  });

  it('lies between neighbours of opposite sign, one on each side at most', () => {
    const nets = fc.array(fc.integer({ min: -50, max: 50 }), { minLength: 2, maxLength: 30 });
    fc.assert(
      fc.property(nets, (net) => {
        const thresholds = net.map((_, i) => i / net.length);
        const best = thresholds[net.indexOf(Math.max(...net))]!;
        const found = at(thresholds, net);
        expect(found.filter((threshold) => threshold < best).length).toBeLessThanOrEqual(1);
        expect(found.filter((threshold) => threshold > best).length).toBeLessThanOrEqual(1);
        for (const threshold of found) {
          const right = thresholds.findIndex((x) => x >= threshold);
          const [a, b] = [net[Math.max(right - 1, 0)]!, net[right]!];
          expect(Math.min(a, b)).toBeLessThanOrEqual(0);
          expect(Math.max(a, b)).toBeGreaterThanOrEqual(0);
        }
      }),
      { numRuns: 200 },
    );
  });
});

import fc from 'fast-check';
import { expect, it } from 'vitest';
import { latencyFigures } from './latency-figures.ts';

it('takes percentiles by nearest rank', () => {
  const hundred = Array.from({ length: 100 }, (_, i) => 100 - i);
  expect(latencyFigures(hundred, 300)).toEqual({ p50: 50, p95: 95, p99: 99, runs: 300 });
  expect(latencyFigures([3, 1, 2], 3)).toEqual({ p50: 2, p95: 3, p99: 3, runs: 3 });
  expect(latencyFigures([], 0)).toEqual({ p50: Number.NaN, p95: Number.NaN, p99: Number.NaN, runs: 0 });
});

it('law: at least the share of the times is at or below, and each figure is one of them', () => {
  fc.assert(
    fc.property(fc.array(fc.double({ min: 0, max: 1e3, noNaN: true }), { minLength: 1 }), (times) => {
      const { p50, p95, p99 } = latencyFigures(times, times.length);
      for (const [share, figure] of [
        [0.5, p50],
        [0.95, p95],
        [0.99, p99],
      ] as const) {
        expect(times.filter((time) => time <= figure).length).toBeGreaterThanOrEqual(share * times.length);
        expect(times.filter((time) => time < figure).length).toBeLessThan(share * times.length);
        expect(times).toContain(figure);
      }
    }),
    { numRuns: 60 },
  );
});

import { describe, expect, it } from 'vitest';
import { goldenJson } from '../../../fixtures/golden.ts';
import { wilsonInterval, Z_95 } from './wilson-interval.ts';

interface GoldenProportions {
  readonly wilson: readonly {
    readonly successes: number;
    readonly n: number;
    readonly ci: [number, number];
  }[];
}

describe.each(['credit_data', 'mlc_churn'])('Wilson intervals in %s agree with statsmodels', (dataset) => {
  const { wilson } = goldenJson<GoldenProportions>(`./${dataset}/expected/statistics_proportions_power.json`);

  it.each(wilson)('$successes of $n', ({ successes, n, ci }) => {
    const [low, high] = wilsonInterval(successes, n);
    expect(low).toBeCloseTo(ci[0], 9);
    expect(high).toBeCloseTo(ci[1], 9);
  });
});

describe('Wilson interval', () => {
  it('holds exactly the shares p that are z standard errors from the observed one', () => {
    for (const [successes, n] of [
      [3, 10],
      [1, 400],
      [57, 60],
    ] as const) {
      for (const p of wilsonInterval(successes, n)) {
        expect(Math.abs(successes / n - p) / Math.sqrt((p * (1 - p)) / n)).toBeCloseTo(Z_95, 9);
      }
    }
  });

  it('stays inside [0, 1] and touches it only at no or only successes', () => {
    for (let successes = 0; successes <= 50; successes++) {
      const [low, high] = wilsonInterval(successes, 50);
      expect(low === 0).toBe(successes === 0);
      expect(high === 1).toBe(successes === 50);
      expect(low).toBeLessThanOrEqual(successes / 50);
      expect(high).toBeGreaterThanOrEqual(successes / 50);
    }
  });

  it('is not defined without trials', () => {
    expect(wilsonInterval(0, 0)).toEqual([NaN, NaN]);
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { goldenJson } from '../../../fixtures/golden.ts';
import { betaQuantile, incompleteBeta } from './incomplete-beta.ts';
import { normalQuantile } from './normal-quantile.ts';
import { proportionInterval } from './proportion-interval.ts';
import { compareProportions, powerOf, rowsForPower } from './two-proportions.ts';

interface GoldenProportions {
  readonly wilson: readonly {
    readonly successes: number;
    readonly n: number;
    readonly ci: readonly [number, number];
    readonly clopper_pearson: readonly [number, number];
    readonly jeffreys: readonly [number, number];
  }[];
  readonly proportions_ztest: readonly {
    readonly counts: readonly [number, number];
    readonly nobs: readonly [number, number];
    readonly pooled: { readonly z: number; readonly p_two_sided: number };
    readonly newcombe_ci95: readonly [number, number];
  }[];
  readonly power: readonly {
    readonly p1: number;
    readonly p2: number;
    readonly alpha: number;
    readonly power: number;
    readonly ratio: number;
    readonly n1_unrounded: number;
  }[];
  readonly achieved_power: readonly {
    readonly p1: number;
    readonly p2: number;
    readonly n1: number;
    readonly ratio: number;
    readonly alpha: number;
    readonly power: number;
  }[];
}

const relative = (value: number, expected: number) => Math.abs(value / expected - 1);

describe.each(['credit_data', 'mlc_churn'])('proportions of %s agree with statsmodels', (dataset) => {
  const golden = goldenJson<GoldenProportions>(`./${dataset}/expected/statistics_proportions_power.json`);

  it.each(golden.wilson)('three intervals of $successes of $n', ({ successes, n, ...expected }) => {
    const methods = {
      wilson: expected.ci,
      'clopper-pearson': expected.clopper_pearson,
      jeffreys: expected.jeffreys,
    };
    for (const [method, ends] of Object.entries(methods)) {
      const interval = proportionInterval(successes, n, method as keyof typeof methods);
      expect(interval[0]).toBeCloseTo(ends[0], 9);
      expect(interval[1]).toBeCloseTo(ends[1], 9);
    }
  });

  it.each(golden.proportions_ztest)(
    'difference of $counts in $nobs',
    ({ counts, nobs, pooled, newcombe_ci95 }) => {
      const found = compareProportions(
        { events: counts[0], rows: nobs[0] },
        { events: counts[1], rows: nobs[1] },
      );
      expect(relative(found.z, pooled.z)).toBeLessThan(1e-9);
      expect(relative(found.pTwoSided, pooled.p_two_sided)).toBeLessThan(1e-6);
      expect(found.interval[0]).toBeCloseTo(newcombe_ci95[0], 9);
      expect(found.interval[1]).toBeCloseTo(newcombe_ci95[1], 9);
    },
  );

  it.each(golden.power)('rows to tell $p1 from $p2', ({ power, n1_unrounded, ...test }) => {
    expect(relative(rowsForPower(test, power), n1_unrounded)).toBeLessThan(1e-5);
  });

  it.each(golden.achieved_power)('power of $n1 rows for $p1 and $p2', ({ n1, power, ...test }) => {
    expect(relative(powerOf(test, n1), power)).toBeLessThan(1e-5);
  });
});

describe('intervals of a proportion', () => {
  it('are not defined without trials', () => {
    for (const method of ['wilson', 'clopper-pearson', 'jeffreys'] as const) {
      expect(proportionInterval(0, 0, method)).toEqual([NaN, NaN]);
    }
  });

  it('law: Clopper-Pearson ends leave 2.5 % of the binomial law beyond the count', () => {
    const atLeast = (successes: number, n: number, p: number) => {
      let term = (1 - p) ** n;
      let below = 0;
      for (let k = 0; k < successes; k++) {
        below += term;
        term *= ((n - k) / (k + 1)) * (p / (1 - p));
      }
      return 1 - below;
    };
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 40 }), fc.nat(40), (n, drawn) => {
        const successes = Math.min(drawn, n);
        const [low, high] = proportionInterval(successes, n, 'clopper-pearson');
        if (successes > 0) expect(atLeast(successes, n, low)).toBeCloseTo(0.025, 9);
        if (successes < n) expect(1 - atLeast(successes + 1, n, high)).toBeCloseTo(0.025, 9);
      }),
      { numRuns: 50 },
    );
  });
});

describe('two proportions', () => {
  it('have no z when nobody or everybody has the event, nor without rows', () => {
    expect(compareProportions({ events: 0, rows: 5 }, { events: 0, rows: 9 })).toMatchObject({
      difference: 0,
      z: NaN,
      pTwoSided: NaN,
    });
    expect(compareProportions({ events: 0, rows: 0 }, { events: 1, rows: 9 }).difference).toBeNaN();
  });

  it('equal ones are never told apart, and their power is the level', () => {
    const test = { p1: 0.2, p2: 0.2, alpha: 0.05, ratio: 1 };
    expect(rowsForPower(test, 0.8)).toBe(Infinity);
    expect(powerOf(test, 1000)).toBeCloseTo(0.05, 12);
  });
});

describe('special functions', () => {
  it('incomplete beta: closed forms, symmetry, and its quantile', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.001, max: 0.999, noNaN: true }),
        fc.double({ min: 0.1, max: 300, noNaN: true }),
        fc.double({ min: 0.1, max: 300, noNaN: true }),
        (x, a, b) => {
          expect(incompleteBeta(x, a, 1)).toBeCloseTo(x ** a, 12);
          expect(incompleteBeta(x, 1, b)).toBeCloseTo(1 - (1 - x) ** b, 12);
          expect(incompleteBeta(x, a, b) + incompleteBeta(1 - x, b, a)).toBeCloseTo(1, 11);
          // Next to 1, where a law may be steep, neighbouring numbers are as far apart as this.
          if (a >= 0.5 && b >= 0.5) expect(incompleteBeta(betaQuantile(x, a, b), a, b)).toBeCloseTo(x, 7);
        },
      ),
      { numRuns: 100 },
    );
    expect(incompleteBeta(0.25, 0.5, 0.5)).toBeCloseTo(1 / 3, 13);
    expect([incompleteBeta(0, 2, 3), incompleteBeta(1, 2, 3), incompleteBeta(2, 2, 3)]).toEqual([0, 1, NaN]);
    expect([betaQuantile(0, 2, 3), betaQuantile(1, 2, 3), betaQuantile(NaN, 2, 3)]).toEqual([0, 1, NaN]);
  });

  it('normal quantiles: the values of tables, both tails, and outside (0, 1)', () => {
    // CPython 3.11 statistics.NormalDist().inv_cdf, an implementation of the same algorithm.
    const known = [
      [1e-300, -37.0470962993612],
      [1e-9, -5.9978070150076865],
      [0.025, -1.9599639845400538],
      [0.3, -0.5244005127080407],
      [0.9249999, 1.4395307645017297],
      [0.9999, 3.7190164854557084],
    ] as const;
    for (const [p, z] of known) expect(relative(normalQuantile(p), z)).toBeLessThan(1e-14);
    expect([0, 0.5, 1, -1, 2, NaN].map(normalQuantile)).toEqual([-Infinity, 0, Infinity, NaN, NaN, NaN]);
  });
});

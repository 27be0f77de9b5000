import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { goldenJson } from '../../../fixtures/golden.ts';
import { goldenRows } from '../../../fixtures/golden-rows.ts';
import { fitIsotonic, isotonicAt } from './isotonic-regression.ts';

interface GoldenIsotonic {
  readonly models: Readonly<
    Record<
      string,
      {
        readonly isotonic_fit_on_first_half: {
          readonly x_thresholds: readonly number[];
          readonly y_thresholds: readonly number[];
          readonly calibrated_second_half_first_50: readonly number[];
        };
      }
    >
  >;
}

const numRuns = process.env.CUTLINE_LANE === 'slow' ? 5000 : 200;
const isotonicOf = (scores: readonly number[], labels: readonly number[]) =>
  fitIsotonic(Float64Array.from(scores), Uint8Array.from(labels));

describe.each(['credit_data', 'mlc_churn'])(
  'isotonic regression on %s agrees with scikit-learn',
  (dataset) => {
    const golden = goldenJson<GoldenIsotonic>(`./${dataset}/expected/metrics_classification.json`);

    it.each(Object.keys(golden.models))('%s', (model) => {
      const { scores, labels } = goldenRows(dataset, model);
      const expected = golden.models[model]!.isotonic_fit_on_first_half;
      const half = Math.floor(scores.length / 2);
      const fitted = fitIsotonic(scores.slice(0, half), labels.slice(0, half));
      expect([...fitted.from]).toEqual(expected.x_thresholds);
      expect(fitted.to.length).toBe(expected.y_thresholds.length);
      expected.y_thresholds.forEach((value, i) => {
        expect(fitted.to[i]).toBeCloseTo(value, 9);
      });
      expected.calibrated_second_half_first_50.forEach((value, i) => {
        expect(isotonicAt(fitted, scores[half + i]!)).toBeCloseTo(value, 9);
      });
    });
  },
);

describe('by hand', () => {
  it('pools a violation backwards until the levels rise', () => {
    // 0.1: 0/1; 0.2: 1/1, 0.3: 0/1 violate and pool to 1/2; 0.4: 0/1 pools once more to 1/3; 0.5: 1/1.
    const fitted = isotonicOf([0.3, 0.1, 0.5, 0.2, 0.4], [0, 0, 1, 1, 0]);
    expect([...fitted.from]).toEqual([0.1, 0.2, 0.4, 0.5]);
    expect([...fitted.to]).toEqual([0, 1 / 3, 1 / 3, 1]);
    expect(isotonicAt(fitted, 0.15)).toBeCloseTo(1 / 6, 15);
    expect(isotonicAt(fitted, 0.3)).toBe(1 / 3);
    expect(isotonicAt(fitted, -2)).toBe(0);
    expect(isotonicAt(fitted, 7)).toBe(1);
  });

  it('pools ties before anything else', () => {
    const fitted = isotonicOf([0.5, 0.5, 0.5, 0.7], [1, 0, 0, 1]);
    expect([...fitted.from]).toEqual([0.5, 0.7]);
    expect([...fitted.to]).toEqual([1 / 3, 1]);
  });

  it('is flat at the base rate when the ranking is reversed', () => {
    const fitted = isotonicOf([0.1, 0.2, 0.3, 0.4], [1, 1, 0, 0]);
    expect([...fitted.from]).toEqual([0.1, 0.4]);
    expect([...fitted.to]).toEqual([0.5, 0.5]);
  });
});

describe('edges', () => {
  it('nothing to fit on is not defined anywhere', () => {
    expect(isotonicAt(isotonicOf([], []), 0.5)).toBeNaN();
    expect(isotonicAt(isotonicOf([Number.NaN], [1]), 0.5)).toBeNaN();
  });

  it('leaves rows without a score out, and gives them none', () => {
    const fitted = isotonicOf([0.2, Number.NaN, 0.8], [0, 1, 1]);
    expect([...fitted.from]).toEqual([0.2, 0.8]);
    expect(isotonicAt(fitted, Number.NaN)).toBeNaN();
  });

  it('takes scores on any scale, infinite ones included', () => {
    const fitted = isotonicOf([Number.NEGATIVE_INFINITY, 300, 700, Number.POSITIVE_INFINITY], [0, 0, 1, 1]);
    for (const score of [Number.NEGATIVE_INFINITY, -1e300, 0, 300]) expect(isotonicAt(fitted, score)).toBe(0);
    expect(isotonicAt(fitted, 500)).toBe(0.5);
    expect(isotonicAt(fitted, Number.POSITIVE_INFINITY)).toBe(1);
  });
});

describe('laws', () => {
  const rows = fc.array(
    fc.record({
      score: fc.integer({ min: 0, max: 15 }).map((n) => n / 15),
      label: fc.integer({ min: 0, max: 1 }),
    }),
    { minLength: 1, maxLength: 40 },
  );

  it('rises, keeps the mean, and no rising assignment of levels has a smaller squared error', () => {
    fc.assert(
      fc.property(
        rows,
        fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 16, maxLength: 16 }),
        (data, raw) => {
          const scores = data.map(({ score }) => score);
          const labels = data.map(({ label }) => label);
          const fitted = isotonicOf(scores, labels);
          const values = scores.map((score) => isotonicAt(fitted, score));
          const sum = (numbers: readonly number[]) => numbers.reduce((total, value) => total + value, 0);
          expect(sum(values)).toBeCloseTo(sum(labels), 9);
          const rising = [...raw].sort((a, b) => a - b);
          const error = (assigned: readonly number[]) =>
            sum(assigned.map((value, i) => (value - labels[i]!) ** 2));
          expect(error(values)).toBeLessThanOrEqual(
            error(scores.map((score) => rising[Math.round(score * 15)]!)) + 1e-9,
          );
          const points = Array.from({ length: 61 }, (_, i) => isotonicAt(fitted, (i - 5) / 50));
          expect(points).toEqual([...points].sort((a, b) => a - b));
        },
      ),
      { numRuns },
    );
  });

  it('fitting its own output changes nothing', () => {
    fc.assert(
      fc.property(rows, (data) => {
        const labels = data.map(({ label }) => label);
        const once = isotonicOf(
          data.map(({ score }) => score),
          labels,
        );
        const values = data.map(({ score }) => isotonicAt(once, score));
        const again = isotonicOf(values, labels);
        for (const value of values) expect(isotonicAt(again, value)).toBeCloseTo(value, 12);
      }),
      { numRuns },
    );
  });
});

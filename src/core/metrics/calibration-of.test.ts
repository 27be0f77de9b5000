import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { goldenJson } from '../../../fixtures/golden.ts';
import { goldenRows } from '../../../fixtures/golden-rows.ts';
import { Z_95 } from '../stats/wilson-interval.ts';
import { rankScores } from '../threshold/ranked-scores.ts';
import type { Estimate } from '../threshold/uncertainty.ts';
import type { ReliabilityBin } from './calibration-figures.ts';
import { calibrationFiguresOf } from './calibration-of.ts';

interface GoldenBins {
  readonly fraction_positive: readonly number[];
  readonly mean_predicted: readonly number[];
}
interface GoldenCalibration {
  readonly models: Readonly<
    Record<
      string,
      {
        readonly brier: number;
        readonly brier_skill: number;
        readonly ece_uniform10: number;
        readonly max_calibration_error_uniform10: number;
        readonly calibration_uniform10: GoldenBins;
        readonly calibration_quantile10: GoldenBins;
        readonly calibration_logit_intercept_slope: readonly [number, number];
        readonly calibration_logit_standard_errors: readonly [number, number];
      }
    >
  >;
}

const numRuns = process.env.CUTLINE_LANE === 'slow' ? 3000 : 150;
const figuresOf = (scores: readonly number[], labels: readonly number[]) =>
  calibrationFiguresOf(rankScores(Float64Array.from(scores), Uint8Array.from(labels), []));
const errorOf = ({ low, high }: Estimate) => (high - low) / (2 * Z_95);
const closeBy = (actual: number, expected: number, relative: number) =>
  expect(Math.abs(actual - expected)).toBeLessThanOrEqual(relative * Math.abs(expected));

function expectBins(bins: readonly ReliabilityBin[], golden: GoldenBins) {
  expect(bins.length).toBe(golden.mean_predicted.length);
  bins.forEach(({ meanScore, observedRate, interval }, i) => {
    expect(meanScore).toBeCloseTo(golden.mean_predicted[i]!, 9);
    expect(observedRate).toBeCloseTo(golden.fraction_positive[i]!, 9);
    expect(interval[0]).toBeLessThanOrEqual(observedRate);
    expect(interval[1]).toBeGreaterThanOrEqual(observedRate);
  });
}

describe.each(['credit_data', 'mlc_churn'])(
  'calibration of %s agrees with scikit-learn and statsmodels',
  (dataset) => {
    const golden = goldenJson<GoldenCalibration>(`./${dataset}/expected/metrics_classification.json`);

    it.each(Object.keys(golden.models))('%s', (model) => {
      const { scores, labels } = goldenRows(dataset, model);
      const expected = golden.models[model]!;
      const figures = calibrationFiguresOf(rankScores(scores, labels, []));
      expectBins(figures.equalWidth, expected.calibration_uniform10);
      expectBins(figures.equalMass, expected.calibration_quantile10);
      expect(figures.eceUniform10).toBeCloseTo(expected.ece_uniform10, 9);
      expect(figures.mceUniform10).toBeCloseTo(expected.max_calibration_error_uniform10, 9);
      expect(figures.brier.value).toBeCloseTo(expected.brier, 9);
      expect(figures.brier.skill).toBeCloseTo(expected.brier_skill, 9);
      const [intercept, slope] = expected.calibration_logit_intercept_slope;
      closeBy(figures.intercept.value, intercept, 1e-5);
      closeBy(figures.slope.value, slope, 1e-5);
      const [interceptError, slopeError] = expected.calibration_logit_standard_errors;
      closeBy(errorOf(figures.intercept), interceptError, 1e-5);
      closeBy(errorOf(figures.slope), slopeError, 1e-5);
      // Equal-mass ECE follows from the golden bins, which hold 1/10 of the rows each up to one row.
      const { fraction_positive, mean_predicted } = expected.calibration_quantile10;
      const rows = figures.equalMass.map((bin) => bin.rows);
      expect(Math.max(...rows) - Math.min(...rows)).toBeLessThanOrEqual(1);
      const gaps = rows.map((count, i) => count * Math.abs(fraction_positive[i]! - mean_predicted[i]!));
      expect(figures.eceQuantile10).toBeCloseTo(gaps.reduce((a, b) => a + b) / scores.length, 9);
    });
  },
);

describe('by hand', () => {
  // Two groups: 0.2 with 1 of 4 positive, 0.6 with 3 of 4.
  const scores = [0.2, 0.2, 0.2, 0.2, 0.6, 0.6, 0.6, 0.6];
  const labels = [1, 0, 0, 0, 1, 1, 1, 0];

  it('bins, errors and parts of the Brier score', () => {
    const figures = figuresOf(scores, labels);
    expect(
      figures.equalWidth.map(({ rows, positives, observedRate }) => [rows, positives, observedRate]),
    ).toEqual([
      [4, 1, 0.25],
      [4, 3, 0.75],
    ]);
    expect(figures.eceUniform10).toBeCloseTo(0.5 * 0.05 + 0.5 * 0.15, 15);
    expect(figures.mceUniform10).toBeCloseTo(0.15, 15);
    const { value, reliability, resolution, uncertainty, skill } = figures.brier;
    // (0.8² + 3 · 0.2² + 3 · 0.4² + 0.6²) / 8
    expect(value).toBeCloseTo((0.64 + 0.12 + 0.48 + 0.36) / 8, 15);
    expect(reliability).toBeCloseTo(0.5 * 0.05 ** 2 + 0.5 * 0.15 ** 2, 15);
    expect(resolution).toBeCloseTo(0.25 ** 2, 15);
    expect(uncertainty).toBe(0.25);
    expect(skill).toBeCloseTo(1 - 0.2 / 0.25, 15);
  });

  it('slope and intercept where two groups fit a line exactly', () => {
    const { slope, intercept } = figuresOf(scores, labels);
    // logit(0.25) = a + b logit(0.2), logit(0.75) = a + b logit(0.6); logit(0.2) = -ln 4, logit(0.6) = ln 1.5.
    const exact = (2 * Math.log(3)) / (Math.log(1.5) + Math.log(4));
    expect(slope.value).toBeCloseTo(exact, 10);
    expect(intercept.value).toBeCloseTo(Math.log(3) - exact * Math.log(1.5), 10);
    // Each group's weight is 4 · 1/4 · 3/4; Var(slope) = sum of 1/weight / distance².
    expect(errorOf(slope)).toBeCloseTo(Math.sqrt(1 / 0.75 + 1 / 0.75) / Math.log(6), 10);
  });

  it('intercept at slope 1, O/E and Spiegelhalter from one group', () => {
    const figures = figuresOf([0.2, 0.2, 0.2, 0.2], [1, 0, 0, 1]);
    // logit(0.5) - logit(0.2) = ln 4; weight 4 · 1/4.
    expect(figures.interceptAtSlope1.value).toBeCloseTo(Math.log(4), 10);
    expect(errorOf(figures.interceptAtSlope1)).toBeCloseTo(1, 10);
    expect(figures.slope.value).toBeNaN();
    const { value, low, high } = figures.observedToExpected;
    expect(value).toBeCloseTo(2 / 0.8, 14);
    // With one score E does not vary against it: (1 - p)/O = 0.5/2.
    expect(Math.log(high / value)).toBeCloseTo(Z_95 * 0.5, 12);
    expect(Math.log(value / low)).toBeCloseTo(Z_95 * 0.5, 12);
    // (2 - 0.8) · 0.6 / sqrt(4 · 0.36 · 0.16)
    expect(figures.spiegelhalter.z).toBeCloseTo((1.2 * 0.6) / (2 * 0.6 * 0.4), 12);
    expect(figures.spiegelhalter.p).toBeCloseTo(0.1336144025377159, 12);
  });

  it('decision curve: counts at thresholds worked out by hand', () => {
    const { threshold, netBenefit, flagAll } = figuresOf(scores, labels).decisionCurve;
    const at = (t: number) => threshold.indexOf(t);
    // Everyone is flagged up to 0.2.
    expect(netBenefit[at(0.1)]).toBeCloseTo((4 - 4 / 9) / 8, 15);
    expect(flagAll[at(0.1)]).toBeCloseTo((4 - 4 / 9) / 8, 15);
    // At 0.5: TP 3, FP 1, odds 1.
    expect(netBenefit[at(0.5)]).toBeCloseTo(2 / 8, 15);
    expect(flagAll[at(0.5)]).toBeCloseTo(0, 15);
    // Above 0.6 nobody is.
    expect(netBenefit[at(0.75)]).toBe(0);
    expect(flagAll[at(0.75)]).toBeCloseTo((4 - 4 * 3) / 8, 15);
  });

  it('decision curve: a rare outcome has points around its share', () => {
    const rare = Array.from({ length: 1000 }, (_, i) => (i === 0 ? 0.3 : 0.001));
    const { threshold, flagAll } = figuresOf(
      rare,
      rare.map((score) => (score > 0.1 ? 1 : 0)),
    ).decisionCurve;
    expect(threshold[0]).toBeCloseTo(1e-4, 15);
    expect(flagAll[0]).toBeGreaterThan(0);
    expect([...threshold]).toEqual([...new Set(threshold)].sort((a, b) => a - b));
  });
});

describe('edges', () => {
  it('scores that are no probabilities have no calibration', () => {
    const figures = figuresOf([1.5, 0.5, -0.2, 0.1], [1, 0, 0, 1]);
    expect([figures.equalMass, figures.equalWidth]).toEqual([[], []]);
    expect(figures.decisionCurve.threshold.length).toBe(0);
    for (const value of [
      figures.eceQuantile10,
      figures.eceUniform10,
      figures.mceUniform10,
      ...Object.values(figures.brier),
      ...[figures.slope, figures.intercept, figures.interceptAtSlope1, figures.observedToExpected].flatMap(
        (e) => Object.values(e),
      ),
      ...Object.values(figures.spiegelhalter),
    ]) {
      expect(value).toBeNaN();
    }
  });

  it('no rows, or none with a score', () => {
    for (const figures of [figuresOf([], []), figuresOf([Number.NaN], [1])]) {
      expect(figures.brier.value).toBeNaN();
      expect(figures.slope.value).toBeNaN();
      expect(figures.equalMass).toEqual([]);
    }
  });

  it('separated classes have no slope, also when they touch; a line through the overlap of one pair has', () => {
    expect(figuresOf([0.1, 0.2, 0.7, 0.8], [0, 0, 1, 1]).slope.value).toBeNaN();
    expect(figuresOf([0.1, 0.5, 0.5, 0.8], [0, 0, 1, 1]).slope.value).toBeNaN();
    expect(figuresOf([0.1, 0.2, 0.7, 0.8], [1, 1, 0, 0]).slope.value).toBeNaN();
    expect(figuresOf([0.1, 0.5, 0.4, 0.8], [0, 0, 1, 1]).slope.value).toBeGreaterThan(0);
  });

  it('one class: no slope and no skill, but bins and O/E', () => {
    const figures = figuresOf([0.1, 0.3], [0, 0]);
    expect(figures.slope.value).toBeNaN();
    expect(figures.interceptAtSlope1.value).toBeNaN();
    expect(figures.brier.skill).toBeNaN();
    expect(figures.observedToExpected).toEqual({ value: 0, low: Number.NaN, high: Number.NaN });
    expect(figures.equalMass.length).toBe(2);
  });

  it('scores of 0 and 1 stay finite, right or wrong', () => {
    const figures = figuresOf([0, 0, 1, 1, 0.5, 0.5], [0, 1, 1, 0, 1, 0]);
    expect(figures.slope.value).toBeCloseTo(0, 9);
    expect(Number.isFinite(figures.slope.low)).toBe(true);
    // Sum of logistic(a + logit(s)) = 3 by symmetry at a = 0.
    expect(figures.interceptAtSlope1.value).toBeCloseTo(0, 9);
    // One of three certain negatives is positive: its log-odds of -34.5 are wrong by that much.
    const certain = figuresOf([0, 0, 0], [0, 1, 0]).interceptAtSlope1;
    expect(certain.value).toBeCloseTo(Math.log(1 / 2) - Math.log(1e-15), 6);
    expect(figuresOf([0, 0, 1, 1], [0, 0, 1, 1]).spiegelhalter.z).toBeNaN();
  });

  it('all scores equal: one bin', () => {
    const figures = figuresOf([0.3, 0.3, 0.3], [1, 0, 0]);
    expect(figures.equalMass.length).toBe(1);
    expect(figures.equalWidth.length).toBe(1);
    expect(figures.brier.resolution).toBeCloseTo(0, 15);
  });
});

describe('laws', () => {
  const data = fc.array(
    fc.record({
      score: fc.oneof(
        { weight: 5, arbitrary: fc.integer({ min: 0, max: 20 }).map((n) => n / 20) },
        { weight: 1, arbitrary: fc.constant(Number.NaN) },
      ),
      label: fc.integer({ min: 0, max: 1 }),
    }),
    { minLength: 1, maxLength: 60 },
  );

  it('brier = reliability - resolution + uncertainty, with parts that are not negative', () => {
    fc.assert(
      fc.property(data, (rows) => {
        const scored = rows.filter(({ score }) => !Number.isNaN(score));
        const { brier } = figuresOf(
          rows.map(({ score }) => score),
          rows.map(({ label }) => label),
        );
        if (scored.length === 0) return;
        const plain = scored.reduce((sum, { score, label }) => sum + (score - label) ** 2, 0) / scored.length;
        expect(brier.value).toBeCloseTo(plain, 12);
        expect(brier.reliability - brier.resolution + brier.uncertainty).toBeCloseTo(plain, 12);
        expect(brier.reliability).toBeGreaterThanOrEqual(-1e-12);
        expect(brier.resolution).toBeGreaterThanOrEqual(-1e-12);
        expect(brier.resolution).toBeLessThanOrEqual(brier.uncertainty + 1e-12);
      }),
      { numRuns },
    );
  });

  it('bins hold every scored row once, in rising order; ECE never exceeds MCE', () => {
    fc.assert(
      fc.property(data, (rows) => {
        const figures = figuresOf(
          rows.map(({ score }) => score),
          rows.map(({ label }) => label),
        );
        const scored = rows.filter(({ score }) => !Number.isNaN(score));
        for (const bins of [figures.equalMass, figures.equalWidth]) {
          expect(bins.reduce((sum, bin) => sum + bin.rows, 0)).toBe(scored.length);
          expect(bins.reduce((sum, bin) => sum + bin.positives, 0)).toBe(
            scored.filter(({ label }) => label === 1).length,
          );
          const means = bins.map((bin) => bin.meanScore);
          expect(means).toEqual([...means].sort((a, b) => a - b));
        }
        if (scored.length > 0) expect(figures.eceUniform10).toBeLessThanOrEqual(figures.mceUniform10 + 1e-15);
      }),
      { numRuns },
    );
  });

  it('the logistic fit balances observed and fitted, also weighted by log-odds', () => {
    fc.assert(
      fc.property(data, (rows) => {
        const scored = rows.filter(({ score }) => score > 0 && score < 1);
        const { slope, intercept, interceptAtSlope1 } = figuresOf(
          scored.map(({ score }) => score),
          scored.map(({ label }) => label),
        );
        const balance = (a: number, b: number, weighted: boolean) =>
          scored.reduce((sum, { score, label }) => {
            const x = Math.log(score / (1 - score));
            return sum + (label - 1 / (1 + Math.exp(-(a + b * x)))) * (weighted ? x : 1);
          }, 0);
        if (!Number.isNaN(slope.value)) {
          expect(balance(intercept.value, slope.value, false)).toBeCloseTo(0, 7);
          expect(balance(intercept.value, slope.value, true)).toBeCloseTo(0, 7);
        }
        if (!Number.isNaN(interceptAtSlope1.value))
          expect(balance(interceptAtSlope1.value, 1, false)).toBeCloseTo(0, 7);
      }),
      { numRuns },
    );
  });
});

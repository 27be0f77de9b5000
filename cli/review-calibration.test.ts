import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { documentOf } from './run-review.laws.ts';

const credit = join(import.meta.dirname, '..', 'fixtures', 'credit_data');
const scored = join(credit, 'expected', 'probabilities_sklearn_gradient_boosting_raw_pipeline.csv');
const judging = ['--data', scored, '--score-column', 'probability', '--target', 'label', '--positive', '1'];
const split = ['--split', 'split=test'];

describe('calibration and gains in the document', () => {
  it('are those of the reference libraries', async () => {
    const { calibration, gains, recalibration } = await documentOf(
      ...['--data', join(credit, 'data_raw.csv'), '--target', 'Status', '--positive', 'bad'],
      ...['--join', join(credit, 'expected', 'probabilities_test.csv'), '--on', 'row_id'],
      ...['--score-column', 'lightgbm_categorical', ...split],
    );
    const golden = JSON.parse(readFileSync(join(credit, 'expected', 'metrics_classification.json'), 'utf8'))
      .models.lightgbm_categorical;
    expect(calibration.eceUniform10).toBeCloseTo(golden.ece_uniform10, 9);
    expect(calibration.brier.skill).toBeCloseTo(golden.brier_skill, 9);
    expect(calibration.slope.value).toBeCloseTo(golden.calibration_logit_intercept_slope[1], 5);
    expect(calibration.equalMass.map(({ observedRate }) => observedRate)).toEqual(
      golden.calibration_quantile10.fraction_positive.map((rate: number) => expect.closeTo(rate, 9)),
    );
    expect(gains.bins.map(({ rows, positives }) => [rows, positives])).toEqual(
      golden.gains_table_10.map(({ rows, bads }: { rows: number; bads: number }) => [rows, bads]),
    );
    expect(gains.bins[0]?.net).toBeNull();
    expect(gains.expectedMaximumProfit.value).toBeGreaterThan(0);
    expect(recalibration).toBeNull();
    expect('decisionCurve' in calibration).toBe(false);
  });

  it('what is undefined is null', async () => {
    const { calibration } = await documentOf(
      ...['--data', join(credit, 'data_raw.csv'), '--target', 'Status', '--positive', 'bad'],
      ...['--join', join(credit, 'expected', 'probabilities_test.csv'), '--on', 'row_id'],
      ...['--score-column', 'label', ...split],
    );
    // The label as its own score separates the classes: no slope fits.
    expect(calibration.slope).toEqual({ value: null, low: null, high: null });
    expect(calibration.brier.value).toBe(0);
  });
});

describe('--recalibrate', () => {
  it('is fitted outside the split and judges what it made', async () => {
    const plain = await documentOf(...judging, ...split);
    const { recalibration, metrics, calibration, warnings } = await documentOf(
      ...[...judging, ...split, '--recalibrate', 'intercept'],
    );
    expect(recalibration).toMatchObject({ method: 'intercept', fittedRows: 3118 });
    expect(recalibration?.brierBefore).toBeCloseTo(plain.metrics.brier ?? Number.NaN, 12);
    expect(recalibration?.brierAfter).toBeCloseTo(metrics.brier ?? Number.NaN, 12);
    expect(recalibration?.eceAfter).toBeCloseTo(calibration.eceQuantile10 ?? Number.NaN, 12);
    expect(metrics.rocAuc).toBeCloseTo(plain.metrics.rocAuc ?? Number.NaN, 12);
    expect(warnings.some((warning) => warning.startsWith('recalibrated: '))).toBe(true);
  });
});

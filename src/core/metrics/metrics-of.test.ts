import { describe, expect, it } from 'vitest';
import { goldenJson } from '../../../fixtures/golden.ts';
import { goldenRows } from '../../../fixtures/golden-rows.ts';
import { rankScores } from '../threshold/ranked-scores.ts';
import { metricsOf } from './metrics-of.ts';
import { rocAucInterval } from './roc-auc.ts';
import { weightedMetricsOf } from './weighted-metrics.ts';

/** The parts of expected/metrics_classification.json that belong to these statistics. */
interface GoldenMetrics {
  readonly models: Readonly<
    Record<
      string,
      {
        readonly n: number;
        readonly positives: number;
        readonly roc_auc: number;
        readonly gini: number;
        readonly average_precision: number;
        readonly brier: number;
        readonly log_loss: number;
        readonly ks: number;
        readonly ks_threshold: number;
        readonly weighted_by_amount: {
          readonly weight_column: string;
          readonly roc_auc: number;
          readonly average_precision: number;
          readonly brier: number;
          readonly log_loss: number;
        };
      }
    >
  >;
  readonly model_comparisons: Readonly<
    Record<string, { readonly delong: { readonly auc_a_ci95: readonly [number, number] } }>
  >;
}

const rank = (scores: Float64Array, labels: Uint8Array) => rankScores(scores, labels);
const measure = (scores: readonly number[], labels: readonly number[]) => {
  const columns = [Float64Array.from(scores), Uint8Array.from(labels)] as const;
  return metricsOf(rank(...columns), ...columns);
};

describe.each(['credit_data', 'mlc_churn'])('metrics of %s agree with scikit-learn', (dataset) => {
  const golden = goldenJson<GoldenMetrics>(`./${dataset}/expected/metrics_classification.json`);
  const models = Object.keys(golden.models);

  it('covers three models', () => {
    expect(models).toEqual(['lightgbm_categorical', 'sklearn_logistic_pipeline', 'xgboost_binary']);
  });

  it.each(models)('%s', (model) => {
    const { scores, labels } = goldenRows(dataset, model);
    const expected = golden.models[model]!;
    const ranked = rank(scores, labels);
    const metrics = metricsOf(ranked, scores, labels);
    expect(metrics.rows).toBe(expected.n);
    expect(metrics.positives).toBe(expected.positives);
    expect(metrics.rocAuc).toBeCloseTo(expected.roc_auc, 9);
    expect(metrics.gini).toBeCloseTo(expected.gini, 9);
    expect(metrics.averagePrecision).toBeCloseTo(expected.average_precision, 9);
    expect(metrics.brier).toBeCloseTo(expected.brier, 9);
    expect(metrics.logLoss).toBeCloseTo(expected.log_loss, 9);
    expect(metrics.ks).toBeCloseTo(expected.ks, 9);
    expect(metrics.ksThreshold).toBe(expected.ks_threshold);
  });

  it.each(models)('%s, weighted by amount', (model) => {
    const expected = golden.models[model]!.weighted_by_amount;
    const { scores, labels, column } = goldenRows(dataset, model);
    const weights = column(expected.weight_column);
    const weighted = weightedMetricsOf(rankScores(scores, labels, [weights]), scores, labels, weights);
    expect(weighted.rocAuc).toBeCloseTo(expected.roc_auc, 9);
    expect(weighted.averagePrecision).toBeCloseTo(expected.average_precision, 9);
    expect(weighted.brier).toBeCloseTo(expected.brier, 9);
    expect(weighted.logLoss).toBeCloseTo(expected.log_loss, 9);
  });

  it.each(Object.keys(golden.model_comparisons))('DeLong interval of the first of %s', (pair) => {
    const { scores, labels } = goldenRows(dataset, pair.split(' vs ')[0]!);
    const [low, high] = golden.model_comparisons[pair]!.delong.auc_a_ci95;
    const interval = rocAucInterval(rank(scores, labels));
    expect(interval[0]).toBeCloseTo(low, 9);
    expect(interval[1]).toBeCloseTo(high, 9);
  });
});

describe('by hand', () => {
  it('four rows, one pair tied across the classes', () => {
    const metrics = measure([0.9, 0.6, 0.6, 0.1], [1, 1, 0, 0]);
    // Pairs (positive, negative): 0.9 > 0.6, 0.9 > 0.1, 0.6 = 0.6 (half), 0.6 > 0.1.
    expect(metrics.rocAuc).toBe(3.5 / 4);
    expect(metrics.gini).toBe(0.75);
    // Recall 1/2 at precision 1, then the tied pair lifts recall to 1 at precision 2/3.
    expect(metrics.averagePrecision).toBeCloseTo(0.5 * 1 + 0.5 * (2 / 3), 15);
    expect(metrics.brier).toBeCloseTo((0.01 + 0.16 + 0.36 + 0.01) / 4, 15);
    const loss = -(Math.log(0.9) + Math.log(0.6) + Math.log(0.4) + Math.log(0.9)) / 4;
    expect(metrics.logLoss).toBeCloseTo(loss, 15);
    // |F1 - F0| is 1/2 at 0.9 and at 0.6: the lower threshold wins the tie.
    expect(metrics.ks).toBe(0.5);
    expect(metrics.ksThreshold).toBe(0.6);
  });

  it('clips certain scores at 1e-15', () => {
    expect(measure([0, 1], [1, 0]).logLoss).toBeCloseTo(-Math.log(1e-15), 1);
    expect(measure([1, 0], [1, 0]).logLoss).toBeLessThan(2e-15);
  });

  it('DeLong from placement values', () => {
    const ranked = rank(Float64Array.of(0.9, 0.4, 0.4, 0.2, 0.1), Uint8Array.of(1, 1, 0, 1, 0));
    // Per positive: share of negatives below. Per negative: share of positives above.
    const v10 = [1, (0.5 + 1) / 2, 0.5];
    const v01 = [(1 + 0.5) / 3, 1];
    const variance = (values: number[]) => {
      const mean = values.reduce((a, b) => a + b) / values.length;
      return values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1);
    };
    const auc = (1 + 0.75 + 0.5) / 3;
    const half = 1.959963984540054 * Math.sqrt(variance(v10) / 3 + variance(v01) / 2);
    const [low, high] = rocAucInterval(ranked);
    expect(low).toBeCloseTo(auc - half, 12);
    expect(high).toBe(Math.min(1, auc + half));
  });
});

describe('edges', () => {
  it('no rows: nothing is defined', () => {
    const metrics = measure([], []);
    expect(metrics.rows).toBe(0);
    for (const key of [
      'rocAuc',
      'gini',
      'averagePrecision',
      'brier',
      'logLoss',
      'ks',
      'ksThreshold',
    ] as const) {
      expect(metrics[key]).toBeNaN();
    }
  });

  it('one class: ranking is not defined, accuracy of the probabilities is', () => {
    const metrics = measure([0.2, 0.4], [0, 0]);
    expect(metrics.rocAuc).toBeNaN();
    expect(metrics.averagePrecision).toBeNaN();
    expect(metrics.ks).toBeNaN();
    expect(metrics.brier).toBeCloseTo(0.1, 15);
    expect(rocAucInterval(rank(Float64Array.of(0.2, 0.4), Uint8Array.of(0, 0)))).toEqual([NaN, NaN]);
  });

  it('all scores equal: no discrimination', () => {
    const metrics = measure([0.3, 0.3, 0.3, 0.3], [1, 0, 0, 0]);
    expect(metrics.rocAuc).toBe(0.5);
    expect(metrics.averagePrecision).toBe(0.25);
    expect(metrics.ks).toBe(0);
    expect(metrics.ksThreshold).toBe(0.3);
  });

  it('leaves rows without a score out of the statistics and in the counts', () => {
    const withMissing = measure([0.9, NaN, 0.6, 0.6, NaN, 0.1], [1, 1, 1, 0, 0, 0]);
    const without = measure([0.9, 0.6, 0.6, 0.1], [1, 1, 0, 0]);
    expect(withMissing).toEqual({ ...without, rows: 6, positives: 3 });
  });

  it('scores outside [0, 1] rank, but are no probabilities', () => {
    const metrics = measure([2.5, -1, 0.5, -Infinity], [1, 0, 1, 0]);
    expect(metrics.rocAuc).toBe(1);
    expect(metrics.brier).toBeNaN();
    expect(metrics.logLoss).toBeNaN();
  });

  it('-0 and 0 are one score', () => {
    expect(measure([-0, 0], [1, 0]).rocAuc).toBe(0.5);
  });
});

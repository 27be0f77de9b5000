import { describe, expect, it } from 'vitest';
import { goldenJson } from '../../../fixtures/golden.ts';
import { goldenRows } from '../../../fixtures/golden-rows.ts';
import type { StrategyResult } from './decision.ts';
import { decisionAt } from './decision-at.ts';
import { rankScores } from './ranked-scores.ts';
import { recallAtLeastIndex, strategiesOf } from './strategies.ts';

interface GoldenCounts {
  readonly threshold: number;
  readonly tp: number;
  readonly fp: number;
  readonly tn: number;
  readonly fn: number;
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
}
interface GoldenThresholds {
  readonly models: Readonly<
    Record<
      string,
      {
        readonly f1_optimal: GoldenCounts;
        readonly youden: { readonly threshold: number; readonly j: number; tpr: number; fpr: number };
        readonly threshold_table: readonly (GoldenCounts & { readonly fpr: number; flag_rate: number })[];
      }
    >
  >;
}

const parameters = { recallAtLeast: 0.75, precisionAtLeast: 0.6, capacity: 500 };
const pick = (results: readonly StrategyResult[], rule: StrategyResult['rule']) => {
  const found = results.find((result) => result.rule === rule);
  if (found === undefined) throw new Error(`no strategy ${rule}`);
  return found;
};
const ranked = (scores: readonly number[], labels: readonly number[]) =>
  rankScores(Float64Array.from(scores), Uint8Array.from(labels), null);

describe.each(['credit_data', 'mlc_churn'])('thresholds of %s agree with scikit-learn', (dataset) => {
  const golden = goldenJson<GoldenThresholds>(`./${dataset}/expected/metrics_classification.json`);

  it.each(Object.keys(golden.models))('%s: max F1 and max Youden', (model) => {
    const { scores, labels } = goldenRows(dataset, model);
    const expected = golden.models[model]!;
    const results = strategiesOf(rankScores(scores, labels, null), null, parameters);
    const f1 = pick(results, 'maxF1').decision!;
    const { tp, fp, tn, fn, threshold } = expected.f1_optimal;
    expect(f1).toMatchObject({ tp, fp, tn, fn, threshold });
    expect(f1.f1).toBeCloseTo(expected.f1_optimal.f1, 9);
    expect(f1.precision).toBeCloseTo(expected.f1_optimal.precision, 9);
    expect(f1.recall).toBeCloseTo(expected.f1_optimal.recall, 9);
    const youden = pick(results, 'maxYouden').decision!;
    expect(youden.threshold).toBe(expected.youden.threshold);
    expect(youden.recall).toBeCloseTo(expected.youden.tpr, 9);
    expect(youden.fpr).toBeCloseTo(expected.youden.fpr, 9);
    expect(youden.recall - youden.fpr).toBeCloseTo(expected.youden.j, 9);
  });

  it.each(Object.keys(golden.models))('%s: the threshold table', (model) => {
    const { scores, labels } = goldenRows(dataset, model);
    const rows = rankScores(scores, labels, null);
    const table = golden.models[model]!.threshold_table;
    expect(table).toHaveLength(19);
    for (const { threshold, tp, fp, tn, fn, precision, recall, f1, fpr, flag_rate } of table) {
      const decision = decisionAt(rows, threshold, null);
      expect(decision).toMatchObject({ threshold, tp, fp, tn, fn });
      expect(decision.precision).toBeCloseTo(precision, 9);
      expect(decision.recall).toBeCloseTo(recall, 9);
      expect(decision.f1).toBeCloseTo(f1, 9);
      expect(decision.fpr).toBeCloseTo(fpr, 9);
      expect(decision.flaggedShare).toBeCloseTo(flag_rate, 9);
    }
  });

  it.each(Object.keys(golden.models))('%s: recall, precision and capacity at their exact edge', (model) => {
    const { scores, labels } = goldenRows(dataset, model);
    const rows = rankScores(scores, labels, null);
    const results = strategiesOf(rows, null, parameters);
    const recall = pick(results, 'recallAtLeast').decision!;
    expect(recall.tp).toBe(Math.ceil(0.75 * rows.positives));
    const above = [...rows.threshold].filter((threshold) => threshold > recall.threshold);
    for (const threshold of above) expect(decisionAt(rows, threshold, null).recall).toBeLessThan(0.75);
    const precision = pick(results, 'precisionAtLeast').decision!;
    expect(precision.precision).toBeGreaterThanOrEqual(0.6);
    const below = [...rows.threshold].filter((threshold) => threshold < precision.threshold);
    for (const threshold of below) expect(decisionAt(rows, threshold, null).precision).toBeLessThan(0.6);
    expect(pick(results, 'capacity').decision!.flagged).toBe(500);
  });
});

describe('by hand', () => {
  // flagged:   1        2        4 (tie)       5
  // tp, fp:    1, 0     1, 1     2, 2          2, 3
  const rows = ranked([0.9, 0.8, 0.5, 0.5, 0.2], [1, 0, 1, 0, 0]);

  it('takes each rule at its own threshold', () => {
    const results = strategiesOf(rows, null, { recallAtLeast: 1, precisionAtLeast: 0.5, capacity: 3 });
    expect(results.map((result) => [result.rule, result.decision?.threshold ?? result.reason])).toEqual([
      // F1: 2/3, 2/4, 4/6, 4/7: 0.9 and 0.5 tie, the lower one wins.
      ['maxF1', 0.5],
      // tpr - fpr: 1/2, 1/6, 1/3, 0
      ['maxYouden', 0.9],
      ['maxNet', 'no-scenario'],
      ['recallAtLeast', 0.5],
      // Precision: 1, 1/2, 1/2, 2/5
      ['precisionAtLeast', 0.5],
      // The tie at 0.5 would flag 4.
      ['capacity', 0.8],
    ]);
    expect(results.map((result) => result.parameter)).toEqual([NaN, NaN, NaN, 1, 0.5, 3]);
  });

  it('says what cannot be reached', () => {
    const tied = ranked([0.5, 0.5, 0.5, NaN], [1, 0, 0, 1]);
    const results = strategiesOf(tied, null, { recallAtLeast: 0.75, precisionAtLeast: 0.6, capacity: 2 });
    for (const rule of ['recallAtLeast', 'precisionAtLeast', 'capacity'] as const) {
      expect(pick(results, rule)).toMatchObject({ reason: 'unreachable', decision: null });
    }
    const noPositives = strategiesOf(ranked([0.1, 0.2], [0, 0]), null, parameters);
    for (const rule of ['maxF1', 'maxYouden', 'recallAtLeast'] as const) {
      expect(pick(noPositives, rule).reason).toBe('unreachable');
    }
    for (const result of strategiesOf(ranked([NaN, NaN], [0, 1]), null, parameters)) {
      expect(result.reason).toBe(result.rule === 'maxNet' ? 'no-scenario' : 'unreachable');
    }
  });

  it('holds rates that are the same fraction, whatever the product rounds to', () => {
    // 0.07 · 100 is 7.000000000000001 in float64, yet 7 of 100 is a recall of 0.07.
    expect(0.07 * 100).toBeGreaterThan(7);
    const scores = Array.from({ length: 100 }, (_, row) => 1 - row / 100);
    expect(recallAtLeastIndex(ranked(scores, Array(100).fill(1)), 0.07)).toBe(6);
    for (let positives = 1; positives <= 200; positives++) {
      const step = Array.from({ length: positives }, (_, row) => 1 - row / 300);
      const rows = ranked(step, Array(positives).fill(1));
      for (let percent = 1; percent <= 100; percent++) {
        const needed = Math.ceil((percent * positives) / 100 - 1e-9);
        expect(recallAtLeastIndex(rows, percent / 100)).toBe(needed - 1);
      }
    }
  });

  it.each([
    { ...parameters, recallAtLeast: 1.1 },
    { ...parameters, precisionAtLeast: NaN },
    { ...parameters, capacity: -1 },
  ])('refuses parameters out of range: %o', (wrong) => {
    expect(() => strategiesOf(rows, null, wrong)).toThrow(
      expect.objectContaining({ name: 'DataError', code: 'invalid-argument' }),
    );
  });
});

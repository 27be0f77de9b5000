import { describe, expect, it } from 'vitest';
import { goldenJson } from '../../../fixtures/golden.ts';
import { goldenRows } from '../../../fixtures/golden-rows.ts';
import { ksStatistic } from '../metrics/ks-statistic.ts';
import { compileScenario, defaultScenario } from '../money/scenario-templates.ts';
import { recallAtLeastIndex } from './count-rules.ts';
import type { StrategyParameters, StrategyResult } from './decision.ts';
import { decisionAt } from './decision-at.ts';
import { rankScores } from './ranked-scores.ts';
import { strategiesOf } from './strategies.ts';

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
        readonly ks: number;
        readonly ks_threshold: number;
        readonly youden: { readonly threshold: number; readonly j: number; tpr: number; fpr: number };
        readonly threshold_table: readonly (GoldenCounts & { readonly fpr: number; flag_rate: number })[];
      }
    >
  >;
}

const parameters: StrategyParameters = {
  recallAtLeast: 0.75,
  precisionAtLeast: 0.6,
  fprAtMost: 0.1,
  beta: 2,
  capacity: 500,
  capacityPer: 'rows',
  plateauShare: 0.01,
};
const pick = (results: readonly StrategyResult[], rule: StrategyResult['rule']) => {
  const found = results.find((result) => result.rule === rule);
  if (found === undefined) throw new Error(`no strategy ${rule}`);
  return found;
};
const ranked = (scores: readonly number[], labels: readonly number[]) =>
  rankScores(Float64Array.from(scores), Uint8Array.from(labels));

describe.each(['credit_data', 'mlc_churn'])('thresholds of %s agree with scikit-learn', (dataset) => {
  const golden = goldenJson<GoldenThresholds>(`./${dataset}/expected/metrics_classification.json`);

  it.each(Object.keys(golden.models))('%s: max F1, max Youden and max KS', (model) => {
    const { scores, labels } = goldenRows(dataset, model);
    const expected = golden.models[model]!;
    const results = strategiesOf(rankScores(scores, labels), null, parameters);
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
    const ks = pick(results, 'maxKs').decision!;
    expect(ks.threshold).toBe(expected.ks_threshold);
    expect(ks.recall - ks.fpr).toBeCloseTo(expected.ks, 9);
  });

  it.each(Object.keys(golden.models))('%s: the threshold table', (model) => {
    const { scores, labels } = goldenRows(dataset, model);
    const rows = rankScores(scores, labels);
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

  it.each(Object.keys(golden.models))(
    '%s: recall, precision, false positive rate and capacity at their exact edge',
    (model) => {
      const { scores, labels } = goldenRows(dataset, model);
      const rows = rankScores(scores, labels);
      const results = strategiesOf(rows, null, parameters);
      const recall = pick(results, 'recallAtLeast').decision!;
      expect(recall.tp).toBe(Math.ceil(0.75 * rows.positives));
      const above = [...rows.threshold].filter((threshold) => threshold > recall.threshold);
      for (const threshold of above) expect(decisionAt(rows, threshold, null).recall).toBeLessThan(0.75);
      const precision = pick(results, 'precisionAtLeast').decision!;
      expect(precision.precision).toBeGreaterThanOrEqual(0.6);
      const below = [...rows.threshold].filter((threshold) => threshold < precision.threshold);
      for (const threshold of below) expect(decisionAt(rows, threshold, null).precision).toBeLessThan(0.6);
      const fpr = pick(results, 'fprAtMost').decision!;
      expect(fpr.fp).toBe(Math.floor(0.1 * rows.negatives));
      expect(decisionAt(rows, fpr.highestPassed, null).fpr).toBeGreaterThan(0.1);
      expect(pick(results, 'capacity').decision!.flagged).toBe(500);
    },
  );
});

describe('by hand', () => {
  // flagged:   1        2        4 (tie)       5
  // tp, fp:    1, 0     1, 1     2, 2          2, 3
  const rows = ranked([0.9, 0.8, 0.5, 0.5, 0.2], [1, 0, 1, 0, 0]);

  it('takes each rule at its own threshold', () => {
    const asked = { ...parameters, recallAtLeast: 1, precisionAtLeast: 0.5, fprAtMost: 0.5, capacity: 3 };
    const results = strategiesOf(rows, null, asked);
    expect(results.map((result) => [result.rule, result.decision?.threshold ?? result.reason])).toEqual([
      // F1: 2/3, 2/4, 4/6, 4/7: 0.9 and 0.5 tie, the lower one wins.
      ['maxF1', 0.5],
      // F2 = 5tp / (8 + flagged): 5/9, 5/10, 10/12, 10/13
      ['maxFBeta', 0.5],
      // tpr - fpr: 1/2, 1/6, 1/3, 0
      ['maxYouden', 0.9],
      ['maxKs', 0.9],
      ['minCost', 'no-scenario'],
      ['maxNet', 'no-scenario'],
      ['recallAtLeast', 0.5],
      // Precision: 1, 1/2, 1/2, 2/5
      ['precisionAtLeast', 0.5],
      // False positive rate: 0, 1/3, 2/3, 1
      ['fprAtMost', 0.8],
      // The tie at 0.5 would flag 4.
      ['capacity', 0.8],
      ['breakEven', 'no-scenario'],
    ]);
    expect(results.map((result) => result.parameter)).toEqual([
      NaN,
      2,
      NaN,
      NaN,
      NaN,
      NaN,
      1,
      0.5,
      0.5,
      3,
      NaN,
    ]);
  });

  it('follows beta: below 1 precision weighs more', () => {
    const at = (beta: number) =>
      pick(strategiesOf(rows, null, { ...parameters, beta }), 'maxFBeta').decision!.threshold;
    // F0.5 = 1.25tp / (0.5 + flagged): 1.25/1.5, 1.25/2.5, 2.5/4.5, 2.5/5.5
    expect(at(0.5)).toBe(0.9);
    expect(at(1)).toBe(0.5);
    expect(at(30)).toBe(0.5);
  });

  it('sees a reversed ranking in KS, which Youden does not', () => {
    // tp, fp: 0, 1; 0, 2; 1, 2; 2, 2. |F1 - F0|: 1/2, 1, 1/2, 0
    const reversed = ranked([0.9, 0.8, 0.3, 0.2], [0, 0, 1, 1]);
    const results = strategiesOf(reversed, null, parameters);
    expect(pick(results, 'maxKs').decision!.threshold).toBe(0.8);
    expect(pick(results, 'maxYouden').decision!.threshold).toBe(0.2);
  });

  it('takes KS over the scored rows, as the statistic does', () => {
    // Scored: 2 positives, 3 negatives. Unscored positives lower the true positive rate of Youden, not KS.
    const rows = ranked([0.9, 0.8, 0.5, 0.4, 0.2, NaN, NaN, NaN], [1, 0, 1, 0, 0, 1, 1, 1]);
    const results = strategiesOf(rows, null, parameters);
    expect(pick(results, 'maxKs').decision!.threshold).toBe(ksStatistic(rows).threshold);
    // |F1 - F0|: 1/2, 1/6, 2/3, 1/3, 0
    expect(pick(results, 'maxKs').decision!.threshold).toBe(0.5);
    // tpr - fpr over all: 1/5 - 0, 1/5 - 1/3, 2/5 - 1/3, ...
    expect(pick(results, 'maxYouden').decision!.threshold).toBe(0.9);
  });

  it('says what cannot be reached', () => {
    const tied = ranked([0.5, 0.5, 0.5, NaN], [1, 0, 0, 1]);
    const results = strategiesOf(tied, null, { ...parameters, capacity: 2 });
    for (const rule of ['recallAtLeast', 'precisionAtLeast', 'fprAtMost', 'capacity'] as const) {
      expect(pick(results, rule)).toMatchObject({ reason: 'unreachable', decision: null });
    }
    const noPositives = strategiesOf(ranked([0.1, 0.2], [0, 0]), null, parameters);
    for (const rule of ['maxF1', 'maxFBeta', 'maxYouden', 'maxKs', 'recallAtLeast'] as const) {
      expect(pick(noPositives, rule).reason).toBe('unreachable');
    }
    for (const result of strategiesOf(ranked([NaN, NaN], [0, 1]), null, parameters)) {
      const needsMoney = ['maxNet', 'minCost', 'breakEven'].includes(result.rule);
      expect(result.reason).toBe(needsMoney ? 'no-scenario' : 'unreachable');
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
    { ...parameters, capacityPer: 'month' as 'day' },
    { ...parameters, fprAtMost: -0.1 },
    { ...parameters, beta: 0 },
    { ...parameters, beta: Infinity },
    { ...parameters, plateauShare: 0 },
    { ...parameters, plateauShare: 1 },
  ])('refuses parameters out of range: %o', (wrong) => {
    expect(() => strategiesOf(rows, null, wrong)).toThrow(
      expect.objectContaining({ name: 'DataError', code: 'invalid-argument' }),
    );
  });
});

describe('with money, by hand', () => {
  // Amounts go with scores: the one large loan has the second score, the lower ones are small.
  const scores = Float64Array.of(0.9, 0.8, 0.7, 0.6, 0.5, 0.4);
  const labels = Uint8Array.of(1, 1, 0, 1, 0, 0);
  const amounts = Float64Array.of(100, 2000, 500, 60, 500, 500);
  const rows = rankScores(scores, labels, [amounts]);
  const lending = { ...defaultScenario('lending', 'Amount'), lossRate: 1, reviewCost: 100 };
  const under = (
    scenario: Parameters<typeof compileScenario>[0],
    asked: Partial<StrategyParameters> = {},
  ) => {
    const results = strategiesOf(rows, compileScenario(scenario, ['Amount']), { ...parameters, ...asked });
    return (rule: StrategyResult['rule']) => {
      const { decision, reason } = pick(results, rule);
      return decision?.threshold ?? reason;
    };
  };

  it('least cost with class costs differs from greatest net value where amounts go with scores', () => {
    // Net: 0, 1900, 1800, 1760, 1660, 1560
    expect(under(lending)('maxNet')).toBe(0.8);
    // A mean bad loan is 720: 620 a caught one, -100 a good one. 620, 1240, 1140, 1760, 1660, 1560
    expect(under(lending)('minCost')).toBe(0.6);
  });

  it('breaks even at the lowest threshold that does not lose', () => {
    expect(under(lending)('breakEven')).toBe(0.4);
    // Net: -500, 900, 300, -240, -840, -1440
    expect(under({ ...lending, reviewCost: 600 })('breakEven')).toBe(0.7);
    // The fixed cost is paid at every threshold: -1300, 100, -500, ...
    expect(under({ ...lending, reviewCost: 600, fixedCost: 800 })('breakEven')).toBe(0.8);
    expect(under({ ...lending, reviewCost: 600, fixedCost: 901 })('breakEven')).toBe('unreachable');
    expect(under({ ...lending, reviewCost: 600, fixedCost: 901 })('maxNet')).toBe(0.8);
  });

  it('flags nobody when that costs least', () => {
    expect(under({ ...lending, reviewCost: 3000 })('maxNet')).toBe('flag-nobody');
    expect(under({ ...lending, reviewCost: 3000 })('minCost')).toBe('flag-nobody');
    expect(under({ ...lending, reviewCost: 3000 })('breakEven')).toBe('unreachable');
    // A review that costs as much as the mean loss: an equal threshold wins over flagging nobody.
    expect(under({ ...lending, reviewCost: 720 })('minCost')).toBe(0.8);
  });

  it('brings a capacity per day or week to these rows by the rows a year', () => {
    // 6 rows stand for 3,650 a year: 5 a day are 1,825 a year, half of them.
    const yearly = { ...lending, rowsPerYear: 3650 };
    expect(under(yearly, { capacity: 5, capacityPer: 'day' })('capacity')).toBe(0.7);
    expect(under(yearly, { capacity: 4.9, capacityPer: 'day' })('capacity')).toBe(0.8);
    // 35 a week are 1,826.3 a year; 34 are 1,774.1.
    expect(under(yearly, { capacity: 35, capacityPer: 'week' })('capacity')).toBe(0.7);
    expect(under(yearly, { capacity: 34, capacityPer: 'week' })('capacity')).toBe(0.8);
    expect(under(lending, { capacity: 5, capacityPer: 'day' })('capacity')).toBe('no-volume');
    const without = strategiesOf(rows, null, { ...parameters, capacityPer: 'week' });
    expect(pick(without, 'capacity').reason).toBe('no-scenario');
  });
});

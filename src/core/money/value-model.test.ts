import { describe, expect, it } from 'vitest';
import { goldenJson } from '../../../fixtures/golden.ts';
import { goldenRows } from '../../../fixtures/golden-rows.ts';
import { decisionAt } from '../threshold/decision-at.ts';
import { rankScores } from '../threshold/ranked-scores.ts';
import { scanNet } from './net-scan.ts';
import type { Scenario } from './scenario.ts';
import { compileScenario, defaultScenario } from './scenario-templates.ts';
import { checkAmounts, noValues, type ValueModel } from './value-model.ts';

interface GoldenSweep {
  readonly models: Readonly<
    Record<
      string,
      {
        readonly roi_sweep: {
          readonly best_threshold: number;
          readonly best_profit: number;
          readonly approved_at_best: number;
          readonly bad_rate_among_approved: number;
          readonly profit_approve_all: number;
          readonly grid: readonly {
            readonly threshold: number;
            readonly profit: number;
            readonly approved: number;
          }[];
          readonly amount_weighted: {
            readonly amount_column: string;
            readonly best_threshold: number;
            readonly best_profit: number;
          };
        };
      }
    >
  >;
}

const constant = (value: number) => ({ constant: value, perAmount: 0, amount: 0 });
const share = (value: number) => ({ constant: 0, perAmount: value, amount: 0 });
const nothing = constant(0);

/** Approve when score < t: only what is passed earns or loses (DEFINITIONS "Golden roi_sweep"). */
const approval: ValueModel = {
  benefit: { ...noValues, passNegative: constant(100) },
  cost: { ...noValues, passPositive: constant(500) },
  missed: nothing,
  fixedCost: 0,
  rowsPerYear: null,
};
const approvalByAmount: ValueModel = {
  benefit: { ...noValues, passNegative: share(0.1) },
  cost: { ...noValues, passPositive: share(0.5) },
  missed: nothing,
  fixedCost: 0,
  rowsPerYear: null,
};

describe.each(['credit_data', 'mlc_churn'])('roi_sweep of %s', (dataset) => {
  const golden = goldenJson<GoldenSweep>(`./${dataset}/expected/metrics_classification.json`);

  it.each(Object.keys(golden.models))('%s, 100 per good and -500 per bad approved', (model) => {
    const { scores, labels } = goldenRows(dataset, model);
    const expected = golden.models[model]!.roi_sweep;
    const ranked = rankScores(scores, labels);
    const scan = scanNet(ranked, approval);
    const best = decisionAt(ranked, ranked.threshold[scan.best]!, approval);
    expect(best.threshold).toBe(expected.best_threshold);
    expect(best.money!.net).toBe(expected.best_profit);
    expect(best.tn + best.fn).toBe(expected.approved_at_best);
    expect(best.fn / (best.tn + best.fn)).toBeCloseTo(expected.bad_rate_among_approved, 9);
    expect(scan.flagNobody).toBe(expected.profit_approve_all);
    for (const { threshold, profit, approved } of expected.grid) {
      const decision = decisionAt(ranked, threshold, approval);
      expect(decision.money!.net).toBe(profit);
      expect(decision.tn + decision.fn).toBe(approved);
    }
  });

  // 100·TN − 500·FN = (100·negatives − 500·positives) + 500·TP − 100·FP: each template can say the last two.
  it.each([
    { ...defaultScenario('lending', null), amount: { constant: 600 }, lossRate: 1, reviewCost: 100 },
    { ...defaultScenario('retention', null), amount: { constant: 1200 }, saveRate: 0.5, campaignCost: 100 },
    {
      ...defaultScenario('fraud', null),
      amount: { constant: 450 },
      reviewCost: 0,
      frictionCost: 100,
      chargebackCost: 50,
    },
  ])('$template finds the same best threshold, and the same gain over approving all', (scenario) => {
    for (const [model, { roi_sweep: expected }] of Object.entries(golden.models)) {
      const { scores, labels } = goldenRows(dataset, model);
      const ranked = rankScores(scores, labels);
      const scan = scanNet(ranked, compileScenario(scenario, []));
      expect(ranked.threshold[scan.best]).toBe(expected.best_threshold);
      expect(scan.net[scan.best]).toBe(expected.best_profit - expected.profit_approve_all);
    }
  });

  it.each(Object.keys(golden.models))('%s, weighted by amount', (model) => {
    const { scores, labels, column } = goldenRows(dataset, model);
    const expected = golden.models[model]!.roi_sweep.amount_weighted;
    const ranked = rankScores(scores, labels, [column(expected.amount_column)]);
    const scan = scanNet(ranked, approvalByAmount);
    expect(ranked.threshold[scan.best]).toBe(expected.best_threshold);
    expect(scan.net[scan.best]).toBeCloseTo(expected.best_profit, 9);
  });
});

describe('templates, on five rows by hand', () => {
  const scores = Float64Array.of(0.9, 0.8, 0.7, 0.2, 0.1);
  const labels = Uint8Array.of(1, 0, 1, 1, 0);
  const amounts = Float64Array.of(1000, 400, 300, 50, 20);
  // At 0.7 the first three are flagged: positives of 1000 and 300, a negative of 400; the positive of 50 is passed.
  const moneyOf = (scenario: Scenario) =>
    decisionAt(rankScores(scores, labels, [amounts]), 0.7, compileScenario(scenario, ['Amount'])).money!;

  it('retention: 600 x 0.30 for each churner kept, 10 per contact', () => {
    const money = moneyOf(defaultScenario('retention', null));
    expect(money).toMatchObject({ prevented: 360, cost: 30, net: 330, roi: 11, missed: 180 });
    expect(money.byCell).toEqual({ tp: 340, fp: -10, tn: 0, fn: -180 });
  });

  it('retention, with the value of each customer', () => {
    const money = moneyOf({ ...defaultScenario('retention', 'Amount'), saveRate: 0.5 });
    expect(money).toMatchObject({ prevented: 650, cost: 30, net: 620, missed: 25 });
    expect(money.byCell).toEqual({ tp: 630, fp: -10, tn: 0, fn: -25 });
  });

  it('fraud: the amount for each fraud stopped, friction per good customer held up, a review per flagged row', () => {
    const scenario = { ...defaultScenario('fraud', 'Amount'), reviewCost: 5, frictionCost: 25 };
    const money = moneyOf(scenario);
    expect(money).toMatchObject({ prevented: 1300, cost: 40, net: 1260, roi: 31.5, missed: 50 });
    expect(money.byCell).toEqual({ tp: 1290, fp: -30, tn: 0, fn: -50 });
    const withFee = moneyOf({ ...scenario, chargebackCost: 15 });
    expect(withFee).toMatchObject({ prevented: 1330, cost: 40, net: 1290, missed: 65 });
  });

  it('fraud starts at 100 a transaction, 5 a review, 10 for a good customer held up, no fee', () => {
    expect(moneyOf(defaultScenario('fraud', null))).toMatchObject({ prevented: 200, cost: 25, missed: 100 });
  });

  it('lending: amount x 0.8 for each bad loan caught, 50 a review', () => {
    const money = moneyOf(defaultScenario('lending', 'Amount'));
    expect(money).toMatchObject({ prevented: 1040, cost: 150, net: 890, missed: 40 });
  });
});

describe('a lending scenario', () => {
  it('folds a constant amount in, so that no column is needed', () => {
    const model = compileScenario({ ...defaultScenario('lending', null), amount: { constant: 2000 } }, []);
    const ranked = rankScores(Float64Array.of(0.9, 0.8, 0.1), Uint8Array.of(1, 0, 1));
    expect(decisionAt(ranked, 0.5, model).money).toMatchObject({
      prevented: 1600,
      cost: 100,
      net: 1500,
      roi: 15,
      missed: 1600,
      byCell: { tp: 1550, fp: -50, tn: 0, fn: -1600 },
    });
  });

  it('with a column, refuses rows that were ranked without one', () => {
    const model = compileScenario(defaultScenario('lending', 'Amount'), ['Amount']);
    const ranked = rankScores(Float64Array.of(0.9), Uint8Array.of(1));
    const refusal = expect.objectContaining({ name: 'DataError', code: 'invalid-scenario' });
    expect(() => checkAmounts(ranked, model)).toThrow(refusal);
    expect(() => decisionAt(ranked, 0.5, model)).toThrow(refusal);
  });

  it('has no ROI when nothing is spent', () => {
    const ranked = rankScores(Float64Array.of(0.9, 0.2), Uint8Array.of(1, 0));
    const model = compileScenario(defaultScenario('lending', null), []);
    expect(decisionAt(ranked, 0.95, model).money).toMatchObject({ net: 0, cost: 0, roi: NaN, missed: 4000 });
    const free = compileScenario({ ...defaultScenario('lending', null), reviewCost: 0 }, []);
    expect(decisionAt(ranked, 0.5, free).money!.roi).toBeNaN();
  });
});

import { describe, expect, it } from 'vitest';
import { goldenJson } from '../../../fixtures/golden.ts';
import { goldenRows } from '../../../fixtures/golden-rows.ts';
import { decisionAt } from '../threshold/decision-at.ts';
import { rankScores } from '../threshold/ranked-scores.ts';
import { scanNet } from './net-scan.ts';
import { defaultLendingScenario } from './parse-scenario.ts';
import { checkAmounts, compileScenario, needsAmounts, noValues, type ValueModel } from './value-model.ts';

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

const constant = (value: number) => ({ constant: value, perAmount: 0 });
const share = (value: number) => ({ constant: 0, perAmount: value });
const nothing = constant(0);

/** Approve when score < t: only what is passed earns or loses (DEFINITIONS "Golden roi_sweep"). */
const approval: ValueModel = {
  benefit: { ...noValues, passNegative: constant(100) },
  cost: { ...noValues, passPositive: constant(500) },
  missed: nothing,
};
const approvalByAmount: ValueModel = {
  benefit: { ...noValues, passNegative: share(0.1) },
  cost: { ...noValues, passPositive: share(0.5) },
  missed: nothing,
};

describe.each(['credit_data', 'mlc_churn'])('roi_sweep of %s', (dataset) => {
  const golden = goldenJson<GoldenSweep>(`./${dataset}/expected/metrics_classification.json`);

  it.each(Object.keys(golden.models))('%s, 100 per good and -500 per bad approved', (model) => {
    const { scores, labels } = goldenRows(dataset, model);
    const expected = golden.models[model]!.roi_sweep;
    const ranked = rankScores(scores, labels, null);
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

  it.each(Object.keys(golden.models))('%s, weighted by amount', (model) => {
    const { scores, labels, column } = goldenRows(dataset, model);
    const expected = golden.models[model]!.roi_sweep.amount_weighted;
    const ranked = rankScores(scores, labels, column(expected.amount_column));
    const scan = scanNet(ranked, approvalByAmount);
    expect(ranked.threshold[scan.best]).toBe(expected.best_threshold);
    expect(scan.net[scan.best]).toBeCloseTo(expected.best_profit, 9);
  });
});

describe('other templates fit the same four values', () => {
  const scores = Float64Array.of(0.9, 0.8, 0.7, 0.2, 0.1);
  const labels = Uint8Array.of(1, 0, 1, 1, 0);
  const amounts = Float64Array.of(1000, 400, 300, 50, 20);

  it('retention: 600 x 0.30 for each churner kept, 10 per contact', () => {
    const contact = constant(10);
    const model: ValueModel = {
      benefit: { ...noValues, flagPositive: constant(600 * 0.3) },
      cost: { ...noValues, flagPositive: contact, flagNegative: contact },
      missed: constant(600 * 0.3),
    };
    const money = decisionAt(rankScores(scores, labels, null), 0.7, model).money!;
    expect(money).toMatchObject({ prevented: 360, cost: 30, net: 330, roi: 11, missed: 180 });
    expect(money.byCell).toEqual({ tp: 340, fp: -10, tn: 0, fn: -180 });
  });

  it('fraud: the amount for each fraud stopped, friction per good customer blocked, a review per flagged row', () => {
    const model: ValueModel = {
      benefit: { ...noValues, flagPositive: share(1) },
      cost: { ...noValues, flagPositive: constant(5), flagNegative: constant(5 + 25) },
      missed: share(1),
    };
    const money = decisionAt(rankScores(scores, labels, amounts), 0.7, model).money!;
    expect(money).toMatchObject({ prevented: 1300, cost: 40, net: 1260, missed: 50 });
    expect(money.byCell).toEqual({ tp: 1290, fp: -30, tn: 0, fn: -50 });
  });
});

describe('a lending scenario', () => {
  it('folds a constant amount in, so that no column is needed', () => {
    const model = compileScenario({ ...defaultLendingScenario(null), amount: { constant: 2000 } });
    expect(needsAmounts(model)).toBe(false);
    const ranked = rankScores(Float64Array.of(0.9, 0.8, 0.1), Uint8Array.of(1, 0, 1), null);
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
    const model = compileScenario(defaultLendingScenario('Amount'));
    const ranked = rankScores(Float64Array.of(0.9), Uint8Array.of(1), null);
    const refusal = expect.objectContaining({ name: 'DataError', code: 'invalid-scenario' });
    expect(() => checkAmounts(ranked, model)).toThrow(refusal);
    expect(() => decisionAt(ranked, 0.5, model)).toThrow(refusal);
  });

  it('has no ROI when nothing is spent', () => {
    const ranked = rankScores(Float64Array.of(0.9, 0.2), Uint8Array.of(1, 0), null);
    const model = compileScenario(defaultLendingScenario(null));
    expect(decisionAt(ranked, 0.95, model).money).toMatchObject({ net: 0, cost: 0, roi: NaN, missed: 4000 });
    const free = compileScenario({ ...defaultLendingScenario(null), reviewCost: 0 });
    expect(decisionAt(ranked, 0.5, free).money!.roi).toBeNaN();
  });
});

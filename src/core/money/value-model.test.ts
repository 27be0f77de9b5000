import { describe, expect, it } from 'vitest';
import { goldenJson } from '../../../fixtures/golden.ts';
import { goldenRows } from '../../../fixtures/golden-rows.ts';
import { decisionAt } from '../threshold/decision-at.ts';
import { rankScores } from '../threshold/ranked-scores.ts';
import { moneyCurvesOf } from './money-curves.ts';
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

  it('the four-value form says the same', () => {
    const four = { ...defaultScenario('fourValues', null), flagPositive: 0, flagNegative: 0 };
    const byAmount = { ...four.columns, passNegative: 'Amount', passPositive: 'Amount' };
    for (const [model, { roi_sweep: expected }] of Object.entries(golden.models)) {
      const { scores, labels, column } = goldenRows(dataset, model);
      const ranked = rankScores(scores, labels, [column(expected.amount_weighted.amount_column)]);
      const fixed = scanNet(ranked, compileScenario({ ...four, passNegative: 100, passPositive: -500 }, []));
      expect(ranked.threshold[fixed.best]).toBe(expected.best_threshold);
      expect(fixed.net[fixed.best]).toBe(expected.best_profit);
      const shares = { ...four, passNegative: 0.1, passPositive: -0.5, columns: byAmount };
      const weighted = scanNet(ranked, compileScenario(shares, ['Amount']));
      expect(ranked.threshold[weighted.best]).toBe(expected.amount_weighted.best_threshold);
      expect(weighted.net[weighted.best]).toBeCloseTo(expected.amount_weighted.best_profit, 9);
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

describe('fixed cost and the yearly book, on the same five rows', () => {
  const scores = Float64Array.of(0.9, 0.8, 0.7, 0.2, 0.1);
  const labels = Uint8Array.of(1, 0, 1, 1, 0);
  const ranked = rankScores(scores, labels, [Float64Array.of(1000, 400, 300, 50, 20)]);
  const lending = defaultScenario('lending', 'Amount');
  const at = (threshold: number, change: Partial<typeof lending>) =>
    decisionAt(ranked, threshold, compileScenario({ ...lending, ...change }, ['Amount'])).money!;

  it('takes the fixed cost off once, as part of the cost, and from no cell', () => {
    const money = at(0.7, { fixedCost: 90 });
    expect(money).toMatchObject({ prevented: 1040, cost: 240, net: 800, roi: 800 / 240, missed: 40 });
    expect(money.byCell).toEqual({ tp: 940, fp: -50, tn: 0, fn: -40 });
    const [low, high] = at(0.7, {}).netInterval;
    expect(money.netInterval).toEqual([low - 90, high - 90]);
  });

  it('brings everything to the rows of a year: 500 for five judged rows are a hundredfold', () => {
    const money = at(0.7, { rowsPerYear: 500, fixedCost: 9000 });
    expect(money).toMatchObject({ prevented: 104_000, cost: 24_000, net: 80_000, missed: 4000 });
    expect(money.byCell).toEqual({ tp: 94_000, fp: -5000, tn: 0, fn: -4000 });
  });

  it('is paid when nobody is flagged too', () => {
    const model = compileScenario({ ...lending, fixedCost: 90, rowsPerYear: 500 }, ['Amount']);
    expect(decisionAt(ranked, 1, model).money).toMatchObject({ net: -90, cost: 90, roi: -1 });
    expect(scanNet(ranked, model).flagNobody).toBe(-90);
    const curves = moneyCurvesOf(ranked, model, 100, 0.01);
    expect(curves).toMatchObject({ flagNobody: -90, flagAll: 82_910 });
  });

  it('widens or narrows the plateau as it is told', () => {
    const plateau = (share: number) =>
      moneyCurvesOf(ranked, compileScenario(lending, ['Amount']), 100, share).plateau;
    // Net values from the lowest threshold: 830, 880, 890, 700, 750.
    expect(plateau(0.01)).toEqual([0.7, 0.7]);
    expect(plateau(0.02)).toEqual([0.2, 0.7]);
    expect(plateau(0.1)).toEqual([0.1, 0.7]);
    expect(plateau(0.25)).toEqual([0.1, 0.9]);
  });

  it('no fixed cost, however large, moves the best threshold', () => {
    const best = (fixedCost: number) =>
      scanNet(ranked, compileScenario({ ...lending, fixedCost }, ['Amount'])).best;
    expect([best(0), best(1e6), best(1e18)]).toEqual([2, 2, 2]);
  });
});

describe('the scan', () => {
  it('says of each of 5,000 thresholds what asking for it alone says, to the last bit', () => {
    const row = (i: number) => (Math.imul(i + 1, 0x9e3779b1) >>> 0) / 2 ** 32;
    const scores = Float64Array.from({ length: 5000 }, (_, i) => (i + 1) / 5001);
    const labels = Uint8Array.from(scores, (score, i) => (row(i) < score ? 1 : 0));
    const columns = [1, 2].map((seed) => Float64Array.from(scores, (_, i) => 1000 * row(i * 7 + seed)));
    const ranked = rankScores(scores, labels, columns);
    const scenario: Scenario = {
      ...defaultScenario('fourValues', null),
      ...{ flagPositive: 0.31, flagNegative: -17.3, passPositive: -0.7, passNegative: 0.013 },
      ...{ fixedCost: 123.4, rowsPerYear: 12_345 },
      columns: { flagPositive: 'A', flagNegative: null, passPositive: 'B', passNegative: 'B' },
    };
    const model = compileScenario(scenario, ['A', 'B']);
    const { net, roi, best } = scanNet(ranked, model);
    const alone = Array.from(ranked.threshold, (threshold) => decisionAt(ranked, threshold, model).money!);
    expect([...net]).toEqual(alone.map((money) => money.net));
    expect([...roi]).toEqual(alone.map((money) => money.roi));
    expect(net[best]).toBe(Math.max(...alone.map((money) => money.net)));
  });
});

describe('the four-value form, on the same five rows', () => {
  const scores = Float64Array.of(0.9, 0.8, 0.7, 0.2, 0.1);
  const labels = Uint8Array.of(1, 0, 1, 1, 0);
  const amounts = Float64Array.of(1000, 400, 300, Number.NaN, 20);
  const margin = Float64Array.of(1, 2, Number.NaN, 4, 5);
  const ranked = rankScores(scores, labels, [amounts, margin]);
  const four = { ...defaultScenario('fourValues', null), flagPositive: 0.8, flagNegative: -50 };
  const moneyOf = (scenario: Scenario, columns: readonly string[]) =>
    decisionAt(ranked, 0.7, compileScenario(scenario, columns)).money!;

  it('counts gains as benefit and losses as cost, each cell in its own column', () => {
    const scenario: Scenario = {
      ...four,
      passPositive: -0.5,
      passNegative: 10,
      columns: { flagPositive: 'Amount', flagNegative: null, passPositive: 'Margin', passNegative: 'Margin' },
    };
    // Flagged: 0.8 x 1,300, and one good row held up. Passed: a bad one of margin 4, a good one of margin 5.
    const money = moneyOf(scenario, ['Amount', 'Margin']);
    expect(money).toMatchObject({ prevented: 1090, cost: 52, net: 1038, roi: 1038 / 52, missed: 0 });
    expect(money.byCell).toEqual({ tp: 1040, fp: -50, tn: 50, fn: -2 });
    const swapped = { ...scenario.columns, flagPositive: 'Margin', passPositive: 'Amount' };
    // A row without an amount loses money only where the amount is used: margins 1 and none; the passed bad one has none.
    expect(moneyOf({ ...scenario, columns: swapped }, ['Amount', 'Margin'])).toMatchObject({
      prevented: 50.8,
      cost: 50,
    });
  });

  it('says what lending says, in other words', () => {
    const lending = moneyOf(defaultScenario('lending', 'Amount'), ['Amount']);
    const columns = { ...four.columns, passPositive: 'Amount' };
    // What passing loses and flagging costs: the difference to lending is the loss of flagging nobody.
    const same = moneyOf({ ...four, flagPositive: -50, passPositive: -0.8, columns }, ['Amount']);
    expect(same.net + 0.8 * 1300).toBe(lending.net);
  });

  it('has no ROI when nothing is lost: 0 is exact, cell by cell', () => {
    const tenths = rankScores(Float64Array.of(0.3, 0.2, 0.1), Uint8Array.of(0, 0, 0));
    const scenario: Scenario = { ...four, flagNegative: 0.7, passNegative: -0.1, rowsPerYear: 7 };
    const money = decisionAt(tenths, 0.1, compileScenario(scenario, [])).money!;
    expect(money).toMatchObject({ cost: 0, roi: Number.NaN });
  });

  it('refuses rows that lack one of its columns', () => {
    const scenario: Scenario = { ...four, columns: { ...four.columns, flagPositive: 'Other' } };
    expect(() => checkAmounts(ranked, compileScenario(scenario, ['Amount', 'Margin']))).toThrow(
      expect.objectContaining({ code: 'invalid-scenario' }),
    );
  });
});

describe('a lending scenario', () => {
  it('a friction cost falls on the good rows that are held up', () => {
    const scenario = { ...defaultScenario('lending', null), frictionCost: 30 };
    const ranked = rankScores(Float64Array.of(0.9, 0.8, 0.1), Uint8Array.of(1, 0, 1));
    expect(decisionAt(ranked, 0.5, compileScenario(scenario, [])).money).toMatchObject({
      prevented: 4000,
      cost: 130,
      byCell: { tp: 3950, fp: -80, tn: 0, fn: -4000 },
    });
  });

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

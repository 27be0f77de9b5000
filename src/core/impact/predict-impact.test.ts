import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { demoRows } from '../../../fixtures/golden-rows.ts';
import type { Scenario } from '../money/scenario.ts';
import { defaultScenario } from '../money/scenario-templates.ts';
import { drain } from '../sliced.ts';
import { Random } from '../stats/random.ts';
import { Z_95 } from '../stats/wilson-interval.ts';
import { judgeAt, openJudgement } from '../threshold/judgement.ts';
import type { PredictedImpact } from './impact-figures.ts';
import { type ImpactRows, predictImpact } from './predict-impact.ts';
import { promisedNet } from './promised-net.ts';

const predict = (rows: ImpactRows, scenario: Scenario, threshold: number) =>
  drain(predictImpact(rows, scenario, threshold));

const lending: Scenario = {
  ...defaultScenario('lending', 'Amount'),
  ...{ lossRate: 0.5, reviewCost: 10, frictionCost: 4, fixedCost: 12, rowsPerYear: 12 },
};

/** Six rows: three flagged at 0.7, one negative among them; one date and one score are missing. */
const six: ImpactRows = {
  scores: Float64Array.of(0.9, 0.8, 0.7, 0.3, 0.2, Number.NaN),
  labels: Uint8Array.of(1, 0, 1, 1, 0, 1),
  amountColumns: ['Amount'],
  amounts: [Float64Array.of(100, 40, 60, 30, 20, 80)],
  dates: Float64Array.of(
    Date.UTC(2024, 0, 1),
    Date.UTC(2024, 0, 31, 23, 59),
    Date.UTC(2024, 1, 1),
    Date.UTC(2024, 1, 29),
    Number.NaN,
    Date.UTC(2024, 1, 10),
  ),
};

describe('predictImpact, by hand', () => {
  // Twice the six rows are a year: 2 x (50 + 30) prevented, 2 x 30 on reviews, 2 x 4 on the negative, 12 fixed.
  const figures = predict(six, lending, 0.7);

  it('sums money in the scale of the scenario', () => {
    expect(figures.total).toEqual({
      ...{ rows: 12, flagged: 6, caught: 4, missedPositives: 4 },
      ...{ prevented: 160, spent: 80, missed: 110, net: 80, roi: 1 },
    });
    expect(figures).toMatchObject({ threshold: 0.7, isYearly: true, undated: 1 });
  });

  it('splits what is spent by kind', () => {
    expect(figures.spending).toEqual([
      { label: 'Review cost', amount: 60 },
      { label: 'Friction cost', amount: 8 },
      { label: 'Fixed cost', amount: 12 },
    ]);
  });

  it('gives months of the judged rows, each row with its share of the fixed cost', () => {
    expect(figures.months).toEqual([
      {
        ...{ month: '2024-01', rows: 2, flagged: 2, caught: 1, missedPositives: 0 },
        ...{ prevented: 50, spent: 26, missed: 0, net: 24, roi: 24 / 26 },
      },
      {
        ...{ month: '2024-02', rows: 3, flagged: 1, caught: 1, missedPositives: 2 },
        ...{ prevented: 30, spent: 13, missed: 55, net: 17, roi: 17 / 13 },
      },
    ]);
  });

  it('knows mean and deviation of one decision, and from them the interval', () => {
    // Net values 39, -15, 19, -1, -1, -1.
    const deviation = Math.sqrt((39 ** 2 + 15 ** 2 + 19 ** 2 + 3 - 40 ** 2 / 6) / 5);
    expect(figures.perDecision).toMatchObject({ mean: 80 / 12, rows: 6, fixedCost: 1 });
    expect(figures.perDecision.deviation).toBeCloseTo(deviation, 12);
    const half = Z_95 * 2 * Math.sqrt(6) * deviation;
    expect(figures.netInterval[0]).toBeCloseTo(80 - half, 9);
    expect(figures.netInterval[1]).toBeCloseTo(80 + half, 9);
  });

  it('is of the judged rows without a yearly volume; the fixed cost is theirs', () => {
    const { total, isYearly, perDecision } = predict(six, { ...lending, rowsPerYear: null }, 0.7);
    expect(total).toMatchObject({ rows: 6, prevented: 80, spent: 46, net: 34 });
    expect(isYearly).toBe(false);
    expect(perDecision.fixedCost).toBe(2);
  });

  it('flags nobody at Infinity: the fixed cost alone is spent', () => {
    const { total, spending } = predict(six, lending, Number.POSITIVE_INFINITY);
    expect(total).toMatchObject({ flagged: 0, prevented: 0, spent: 12, missed: 270, net: -12, roi: -1 });
    expect(spending).toEqual([{ label: 'Fixed cost', amount: 12 }]);
    const free = predict(six, { ...lending, fixedCost: 0 }, Number.POSITIVE_INFINITY);
    expect(free.total).toMatchObject({ spent: 0, net: 0, roi: Number.NaN });
    expect(free.spending).toEqual([]);
  });

  it('takes the four-value form: losses of every cell are kinds of spending', () => {
    const four: Scenario = {
      ...defaultScenario('fourValues', null),
      ...{ flagPositive: 100, flagNegative: -10, passPositive: -2, passNegative: 1 },
      columns: { flagPositive: null, flagNegative: null, passPositive: 'Amount', passNegative: null },
    };
    const { total, spending } = predict(six, four, 0.7);
    // Flagged: two positives, one negative. Passed: positives of 30 and 80, one negative.
    expect(total).toMatchObject({ prevented: 201, spent: 230, missed: 0, net: -29 });
    expect(spending).toEqual([
      { label: 'Flagged negative', amount: 10 },
      { label: 'Passed positive', amount: 220 },
    ]);
  });

  it('counts a missing amount as 0: the review is paid all the same', () => {
    const amounts = [Float64Array.of(Number.NaN, 40, 60, 30, 20, Number.POSITIVE_INFINITY)];
    const { total } = predict({ ...six, amounts }, { ...lending, rowsPerYear: null, fixedCost: 0 }, 0.7);
    expect(total).toMatchObject({ prevented: 30, spent: 34, missed: 15 });
  });

  it('refuses a threshold that is no number, and a scenario whose column was not read', () => {
    expect(() => predict(six, lending, Number.NaN)).toThrow(
      expect.objectContaining({ name: 'DataError', code: 'invalid-argument' }),
    );
    const other = { ...lending, amount: { column: 'Balance' } };
    expect(() => predict(six, other, 0.7)).toThrow(
      expect.objectContaining({ name: 'DataError', code: 'invalid-scenario' }),
    );
  });

  it('has no months without dates', () => {
    expect(predict({ ...six, dates: null }, lending, 0.7)).toMatchObject({ months: [], undated: 0 });
  });
});

describe('predictImpact beside the decision bar', () => {
  const rows = demoRows();
  const amounts = rows.column('Amount');
  const judgement = drain(openJudgement(rows.scores, rows.labels, [{ column: 'Amount', values: amounts }]));
  const judged: ImpactRows = {
    ...{ scores: rows.scores, labels: rows.labels, amountColumns: ['Amount'], amounts: [amounts] },
    dates: null,
  };
  const scenario: Scenario = {
    ...defaultScenario('lending', 'Amount'),
    ...{ frictionCost: 200, fixedCost: 120_000, rowsPerYear: 12_000 },
  };

  it.each([0.06302799491, 0.2, 0.6487304195, 0.99999])('says the same money at %f', (threshold) => {
    const { total, netInterval } = predict(judged, scenario, threshold);
    const { money, flagged } = judgeAt(judgement, scenario, threshold);
    expect(total.flagged).toBeCloseTo((flagged * 12_000) / 1336, 6);
    expect(total.prevented).toBeCloseTo(money!.prevented, 5);
    expect(total.spent).toBeCloseTo(money!.cost, 5);
    expect(total.missed).toBeCloseTo(money!.missed, 5);
    expect(total.net).toBeCloseTo(money!.net, 5);
    expect(total.roi).toBeCloseTo(money!.roi, 9);
    expect(netInterval[0]).toBeCloseTo(money!.netInterval[0], 4);
    expect(netInterval[1]).toBeCloseTo(money!.netInterval[1], 4);
  });
});

describe('laws of predictImpact', () => {
  const runs = process.env.CUTLINE_LANE === 'slow' ? 2000 : 100;
  const row = fc.record({
    score: fc.oneof(fc.double({ min: 0, max: 1, noNaN: true }), fc.constant(Number.NaN)),
    label: fc.integer({ min: 0, max: 1 }),
    amount: fc.double({ min: 0, max: 1e4, noNaN: true }),
    month: fc.oneof(fc.integer({ min: 0, max: 30 }), fc.constant(Number.NaN)),
  });
  const rowsOf = (sample: readonly { score: number; label: number; amount: number; month: number }[]) => ({
    scores: Float64Array.from(sample, ({ score }) => score),
    labels: Uint8Array.from(sample, ({ label }) => label),
    amountColumns: ['Amount'],
    amounts: [Float64Array.from(sample, ({ amount }) => amount)],
    dates: Float64Array.from(sample, ({ month }) =>
      Number.isNaN(month) ? Number.NaN : Date.UTC(2023, month, 15),
    ),
  });

  it('the months, scaled, and the undated rows make the total; kinds make what is spent', () => {
    fc.assert(
      fc.property(
        fc.array(row, { minLength: 1, maxLength: 40 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (sample, at) => {
          const dated = sample.map((one) => ({ ...one, month: Number.isNaN(one.month) ? 0 : one.month }));
          const { total, months, spending } = predict(rowsOf(dated), lending, at);
          const sum = (of: (month: PredictedImpact['months'][number]) => number) =>
            months.reduce((all, month) => all + of(month), 0) * (12 / sample.length);
          expect(sum(({ net }) => net)).toBeCloseTo(total.net, 5);
          expect(sum(({ spent }) => spent)).toBeCloseTo(total.spent, 5);
          expect(sum(({ caught }) => caught)).toBeCloseTo(total.caught, 9);
          expect(spending.reduce((all, { amount }) => all + amount, 0)).toBeCloseTo(total.spent, 5);
          expect(months.map(({ month }) => month)).toEqual(months.map(({ month }) => month).toSorted());
          const some = predict(rowsOf(sample), lending, at);
          expect(some.months.reduce((all, { rows }) => all + rows, 0) + some.undated).toBe(sample.length);
        },
      ),
      { numRuns: runs },
    );
  });
});

describe('promisedNet', () => {
  it('by hand: 10 decisions of mean 2 and deviation 3, known from 40 rows', () => {
    const half = Z_95 * 3 * Math.sqrt(10 * 1.25);
    expect(promisedNet({ mean: 2, deviation: 3, rows: 40 }, 10)).toEqual({
      ...{ net: 20, low: 20 - half, high: 20 + half },
    });
  });

  it('promises nothing for no decision, and no band without a deviation', () => {
    const promise = { mean: 2, deviation: Number.NaN, rows: 1, fixedCost: 0 };
    expect(promisedNet(promise, 0)).toEqual({ net: 0, low: 0, high: 0 });
    expect(promisedNet(promise, 3)).toEqual({ net: 6, low: Number.NaN, high: Number.NaN });
  });

  it('covers 95 in 100 months of new decisions, the mean estimated each time', () => {
    const trials = process.env.CUTLINE_LANE === 'slow' ? 20_000 : 1500;
    const random = new Random(7);
    // A flagged row costs 50; one in five of them saves 400.
    const draw = () => (random.uniform() < 0.5 ? 0 : random.uniform() < 0.2 ? 350 : -50);
    let covered = 0;
    for (let trial = 0; trial < trials; trial++) {
      const values = Float64Array.from({ length: 400 }, draw);
      const mean = values.reduce((sum, value) => sum + value, 0) / 400;
      const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
      const promise = { mean, deviation: Math.sqrt(squares / 399), rows: 400, fixedCost: 0 };
      const { low, high } = promisedNet(promise, 200);
      let net = 0;
      for (let i = 0; i < 200; i++) net += draw();
      if (net >= low && net <= high) covered++;
    }
    // Three standard errors of the rate, and half a point for the normal approximation.
    expect(Math.abs(covered / trials - 0.95)).toBeLessThan(3 * Math.sqrt((0.95 * 0.05) / trials) + 0.005);
  });
});

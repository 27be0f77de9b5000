import { describe, expect, it } from 'vitest';
import { demoRows, goldenRows } from '../../../fixtures/golden-rows.ts';
import { sampleParameters } from '../../../fixtures/judged-sample.ts';
import { drain } from '../sliced.ts';
import type { StrategyResult, StrategyRule } from '../threshold/decision.ts';
import { answerScenario, judgeAt, openJudgement } from '../threshold/judgement.ts';
import { defaultScenario } from './scenario-templates.ts';

/**
 * The story that the demo tells (PRODUCT, risk analyst): credit_data test rows, Amount x 0.8. Thresholds and nets were checked
 * against a plain loop in another language over the same files.
 */
const parameters = { ...sampleParameters, capacity: 500 };
const rows = demoRows();
const judgement = drain(
  openJudgement(rows.scores, rows.labels, [{ column: 'Amount', values: rows.column('Amount') }]),
);
const at = (reviewCost: number) =>
  answerScenario(judgement, { ...defaultScenario('lending', 'Amount'), reviewCost }, parameters);
const maxNet = (strategies: readonly StrategyResult[]) =>
  strategies.find(({ rule }) => rule === 'maxNet')!.decision!;

/** Rules that ignore money; the KS statistic is Youden's J here. */
const FIXED: readonly StrategyRule[] = [
  ...(['maxF1', 'maxFBeta', 'maxYouden'] as const),
  ...(['recallAtLeast', 'precisionAtLeast', 'fprAtMost', 'capacity'] as const),
];

/** The rules that ignore money, from most to least net value. */
const fixedRules = (strategies: readonly StrategyResult[]) =>
  strategies
    .filter(({ rule }) => FIXED.includes(rule))
    .sort((a, b) => b.decision!.money!.net - a.decision!.money!.net)
    .map(({ rule }) => rule);

describe('the demo: gradient boosting on raw columns', () => {
  it('judges 1,336 rows', () => {
    expect(judgement.figures).toMatchObject({ rows: 1336, positives: 376, unscored: 0, missingAmounts: 0 });
  });

  it('recommends 0.063 at a review cost of 50', () => {
    const { strategies, money } = at(50);
    const best = maxNet(strategies);
    expect(best).toMatchObject({ threshold: 0.06302799491, flagged: 1019 });
    expect(best.money!.net).toBeCloseTo(278844.4, 6);
    expect(money!.plateau).toEqual([0.04673781223, 0.08112183287]);
    expect(money!.flagAll).toBeCloseTo(270834.4, 6);
  });

  it('recommends 0.649 at a review cost of 500', () => {
    const best = maxNet(at(500).strategies);
    expect(best).toMatchObject({ threshold: 0.6487304195, flagged: 202 });
    expect(best.money!.net).toBeCloseTo(42600.8, 6);
    expect(best.money!.roi).toBeCloseTo(42600.8 / 101000, 12);
  });

  it('turns the ranking of the fixed rules round', () => {
    const ranking = [
      ...(['maxFBeta', 'maxYouden', 'recallAtLeast', 'capacity'] as const),
      ...(['precisionAtLeast', 'maxF1', 'fprAtMost'] as const),
    ];
    expect(fixedRules(at(50).strategies)).toEqual(ranking);
    expect(fixedRules(at(500).strategies)).toEqual(ranking.toReversed());
  });

  it('crosses zero ROI once at a review cost of 500, at 39.6 % flagged', () => {
    const scenario = { ...defaultScenario('lending', 'Amount'), reviewCost: 500 };
    const decisions = [...judgement.ranked.threshold].map((t) => judgeAt(judgement, scenario, t));
    const crossings = decisions.filter(
      (decision, i) => i > 0 && decision.money!.roi < 0 !== decisions[i - 1]!.money!.roi < 0,
    );
    expect(crossings.map(({ threshold }) => threshold)).toEqual([0.2654762761]);
    expect(crossings[0]!.flaggedShare).toBeCloseTo(529 / 1336, 12);
  });
});

describe('the same story on sklearn_gradient_boosting, the model that PRODUCT quotes', () => {
  const { scores, labels, column } = goldenRows('credit_data', 'sklearn_gradient_boosting');
  const quoted = drain(openJudgement(scores, labels, [{ column: 'Amount', values: column('Amount') }]));

  it.each([
    [50, 0.12, 0.1157],
    [500, 0.69, 0.6878],
  ])('review %i: about %f', (reviewCost, about, threshold) => {
    const scenario = { ...defaultScenario('lending', 'Amount'), reviewCost };
    const best = maxNet(answerScenario(quoted, scenario, parameters).strategies);
    expect(best.threshold).toBeCloseTo(threshold, 3);
    expect(best.threshold).toBeCloseTo(about, 2);
  });
});

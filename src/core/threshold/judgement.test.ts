import { describe, expect, it } from 'vitest';
import { sampleParameters } from '../../../fixtures/judged-sample.ts';
import { defaultScenario } from '../money/scenario-templates.ts';
import { drain, SLICE_ROWS } from '../sliced.ts';
import { answerScenario, answerScenarioSliced, judgeAt, openJudgement } from './judgement.ts';

const parameters = { ...sampleParameters, capacity: 500 };
const open = (
  scores: readonly number[],
  labels: readonly number[],
  amounts: readonly number[] | null = null,
) =>
  drain(
    openJudgement(
      Float64Array.from(scores),
      Uint8Array.from(labels),
      amounts === null ? [] : [{ column: 'Amount', values: Float64Array.from(amounts) }],
    ),
  );

describe('opening a judgement', () => {
  it.each([
    ['no-judged-rows', [], []],
    ['one-class', [0.1, 0.2], [0, 0]],
    ['one-class', [0.1, 0.2], [1, 1]],
    ['score-missing', [NaN, NaN], [1, 0]],
  ] as const)('refuses with %s, and says what to do', (code, scores, labels) => {
    const refusal = { name: 'DataError', code, advice: expect.stringMatching(/^Check/) };
    expect(() => open(scores, labels)).toThrow(expect.objectContaining(refusal));
  });

  it('names negative amounts, and counts them as they stand', () => {
    const { figures } = open([0.9, 0.4, 0.1], [1, 0, 1], [-5, 0, -Infinity]);
    expect(figures.notices.map(({ code }) => code)).toEqual(['amount-missing', 'amount-negative']);
    expect(figures.notices[1]).toMatchObject({
      count: 1,
      message:
        '1 of 3 judged rows has a negative amount, which counts as it stands: it lowers what is prevented and missed.',
    });
  });

  it('says column by column what is missing and what is negative', () => {
    const amounts = [
      { column: 'Amount', values: Float64Array.of(10, Number.NaN, -20, 40) },
      { column: 'Fee', values: Float64Array.of(Number.NaN, Number.NaN, 3, 5) },
    ];
    const scores = Float64Array.of(0.9, 0.4, 0.3, 0.1);
    const { figures, amountColumns } = drain(openJudgement(scores, Uint8Array.of(1, 0, 1, 0), amounts));
    expect(amountColumns).toEqual(['Amount', 'Fee']);
    expect(figures).toMatchObject({ missingAmounts: 1, meanAmount: 10 });
    expect(figures.amounts).toEqual([
      { column: 'Amount', missing: 1, mean: 10 },
      { column: 'Fee', missing: 2, mean: 4 },
    ]);
    expect(figures.notices.map(({ message }) => message)).toEqual([
      '1 of 4 judged rows have no finite amount in "Amount": they count with amount 0.',
      '2 of 4 judged rows have no finite amount in "Fee": they count with amount 0.',
      '1 of 4 judged rows has a negative amount in "Amount", which counts as it stands: it lowers what is prevented and missed.',
    ]);
  });

  it('accepts and names equal, missing and outside scores and missing amounts', () => {
    const codes = (figures: ReturnType<typeof open>['figures']) => figures.notices.map(({ code }) => code);
    const equal = open([0.4, 0.4, 0.4], [1, 0, 0]);
    expect(codes(equal.figures)).toEqual(['all-scores-equal']);
    expect(equal.figures).toMatchObject({ distinctScores: 1, lowestScore: 0.4, highestScore: 0.4 });
    const odd = open([1.5, NaN, 0.1], [1, 1, 0], [NaN, 5, 5]);
    expect(codes(odd.figures)).toEqual(['score-missing', 'score-out-of-range', 'amount-missing']);
    expect(odd.figures).toMatchObject({
      rows: 3,
      positives: 2,
      unscored: 1,
      missingAmounts: 1,
      meanAmount: 5,
    });
    expect(equal.figures.meanAmount).toBeNaN();
    expect(open([0.1, 0.2], [0, 1], [NaN, NaN]).figures.meanAmount).toBeNaN();
    expect(odd.figures.metrics.brier).toBeNaN();
  });

  it('says that the ranking is reversed, but only when that is no accident', () => {
    const labels = Array.from({ length: 40 }, (_, row) => (row < 10 ? 1 : 0));
    const codes = (sign: number) =>
      open(
        labels.map((_, row) => 0.5 + (sign * row) / 100),
        labels,
      ).figures.notices.map(({ code }) => code);
    expect(codes(1)).toEqual(['ranking-reversed']);
    expect(codes(-1)).toEqual([]);
    // One pair the wrong way round: AUC 0, without an interval.
    expect(open([0.1, 0.9], [1, 0]).figures.notices).toEqual([]);
  });

  it('answers a long scenario in slices, progress never falling', () => {
    const rowCount = SLICE_ROWS + 1000;
    const scores = Float64Array.from({ length: rowCount }, (_, row) => (row + 1) / (rowCount + 1));
    const labels = Uint8Array.from({ length: rowCount }, (_, row) => (row % 3 === 0 ? 1 : 0));
    const judgement = drain(openJudgement(scores, labels));
    const slices = answerScenarioSliced(judgement, defaultScenario('lending', null), parameters);
    const done: number[] = [];
    let step = slices.next();
    for (; step.done !== true; step = slices.next()) done.push(step.value.done);
    expect(done.length).toBeGreaterThanOrEqual(4);
    expect(done).toEqual(done.toSorted((a, b) => a - b));
    expect(step.value.strategies.find(({ rule }) => rule === 'maxNet')?.decision?.flagged).toBe(rowCount);
  });

  it('answers with and without a scenario', () => {
    const judgement = open([0.9, 0.6, 0.3, 0.1], [1, 0, 1, 0], [1000, 500, 200, 100]);
    const without = answerScenario(judgement, null, parameters);
    expect(without.money).toBeNull();
    expect(without.strategies.find(({ rule }) => rule === 'maxNet')?.reason).toBe('no-scenario');
    expect(judgeAt(judgement, null, 0.5).money).toBeNull();

    const scenario = defaultScenario('lending', 'Amount');
    const { money, strategies } = answerScenario(judgement, scenario, parameters);
    // Flagging 1, 2, 3, 4 rows: 800 - 50, 800 - 100, 960 - 150, 960 - 200, here by rising threshold.
    expect([...money!.net]).toEqual([760, 810, 700, 750]);
    expect([...money!.threshold]).toEqual([0.1, 0.3, 0.6, 0.9]);
    expect([...money!.roi]).toEqual([3.8, 5.4, 7, 15]);
    expect(money!.flagAll).toBe(760);
    // 750 at 0.9 is not within 1 % of 810, and neither are its neighbours.
    expect(money!.plateau).toEqual([0.3, 0.3]);
    expect(strategies.find(({ rule }) => rule === 'maxNet')?.decision).toMatchObject({
      threshold: 0.3,
      money: { net: 810 },
    });
    expect(judgeAt(judgement, scenario, 0.5).money!.net).toBe(700);
  });

  it('flags nobody when no threshold pays', () => {
    const judgement = open([0.9, 0.1], [1, 0], [10, 10]);
    const { money, strategies } = answerScenario(judgement, defaultScenario('lending', 'Amount'), parameters);
    expect(strategies.find(({ rule }) => rule === 'maxNet')).toMatchObject({
      reason: 'flag-nobody',
      decision: null,
    });
    expect(money!.plateau).toBeNull();
  });

  it('flags nobody where a review costs more than any row could save, and says so at any scale', () => {
    const judgement = open([0.9, 0.6, 0.3, 0.1], [1, 1, 1, 0], [1000, 500, 200, 100]);
    const dear = { ...defaultScenario('lending', 'Amount'), reviewCost: 801 };
    for (const scenario of [dear, { ...dear, rowsPerYear: 40_000, fixedCost: 5000 }]) {
      const { strategies, money } = answerScenario(judgement, scenario, parameters);
      expect(strategies.find(({ rule }) => rule === 'maxNet')).toMatchObject({
        reason: 'flag-nobody',
        decision: null,
      });
      expect([...money!.net].every((net) => net < money!.flagNobody)).toBe(true);
      expect(money!.flagNobody).toBe(0 - scenario.fixedCost);
    }
  });

  it('takes the lowest of thresholds that are worth the same up to rounding', () => {
    // From 0.9 on each further row saves 0.3 for a review of 0.3: net stays 0.7, but its float64 sums differ in the last bit.
    const judgement = open([0.9, 0.8, 0.7, 0.6, 0.5], [1, 1, 1, 1, 0], [1, 0.3, 0.3, 0.3, 0]);
    const scenario = { ...defaultScenario('lending', 'Amount'), lossRate: 1, reviewCost: 0.3 };
    const { strategies } = answerScenario(judgement, scenario, parameters);
    expect(strategies.find(({ rule }) => rule === 'maxNet')?.decision?.threshold).toBe(0.6);
  });

  it('refuses an amount column that the judgement was not opened with', () => {
    const judgement = open([0.9, 0.1], [1, 0]);
    const refusal = expect.objectContaining({ code: 'invalid-scenario' });
    expect(() => answerScenario(judgement, defaultScenario('lending', 'Amount'), parameters)).toThrow(
      refusal,
    );
    expect(() => judgeAt(judgement, defaultScenario('lending', 'Amount'), 0.5)).toThrow(refusal);
    expect(judgeAt(judgement, defaultScenario('lending', null), 0.5).money!.net).toBe(3950);
  });
});

import { describe, expect, it } from 'vitest';
import {
  fortyRows,
  judgedSample,
  sampleParameters,
  sampleScenario,
} from '../../../fixtures/judged-sample.ts';
import type { ScenarioAnswer } from '../../contracts/judgement.ts';
import type { Scenario } from '../../core/money/scenario.ts';
import type { StrategyRule } from '../../core/threshold/decision.ts';
import { nextTurn, type ScenarioTurn, turnSentence } from './ranking-turn.ts';
import { roiCrossingSentence } from './roi-crossing.ts';

const sample = judgedSample(fortyRows, sampleScenario).answer;

/** The sample's answer with the net values that a test gives its fixed rules. */
function answerOf(scenario: Scenario, nets: Partial<Record<StrategyRule, number>>): ScenarioAnswer {
  return {
    ...sample,
    scenario,
    strategies: sample.strategies.map((strategy) => {
      const net = nets[strategy.rule];
      const { decision } = strategy;
      if (net === undefined || decision === null) return { ...strategy, decision: null };
      return { ...strategy, decision: { ...decision, money: { ...decision.money!, net } } };
    }),
  };
}

const dear = { ...sampleScenario, reviewCost: 500 };
const before = answerOf(sampleScenario, { maxF1: 30, recallAtLeast: 20, capacity: 10 });

describe('a ranking that turns', () => {
  it('is said with the change that turned it, and that the whole order is turned', () => {
    const now = answerOf(dear, { maxF1: 1, recallAtLeast: 2, capacity: 3 });
    expect(turnSentence({ before, now })).toBe(
      'With 500 a review, capacity\u00A010 now earns more than max F1; the order of the fixed rules is turned round.',
    );
  });

  it('is the same turn for the same answer, without a scenario too', () => {
    const bare: ScenarioAnswer = { ...sample, scenario: null };
    const turn = nextTurn(null, bare);
    expect(nextTurn(turn, bare)).toBe(turn);
    expect(nextTurn(nextTurn(null, before), before).now).toBe(before);
  });

  it('is silent while the same rule is best, and about rules of money', () => {
    const same = answerOf(dear, { maxF1: 3, recallAtLeast: 1, capacity: 2 });
    expect(turnSentence({ before, now: same })).toBe('');
    const money = answerOf(dear, { maxF1: 3, recallAtLeast: 2, capacity: 1, maxNet: 9, minCost: 8 });
    expect(turnSentence({ before, now: money })).toBe('');
    expect(turnSentence({ before: null, now: same })).toBe('');
  });

  it('says loses less where nothing earns, and flag nobody where that is best', () => {
    const lost = answerOf(dear, { maxF1: -9, recallAtLeast: -8, capacity: -7 });
    expect(turnSentence({ before, now: lost })).toContain('now loses less than max F1');
    const hopeless: ScenarioAnswer = {
      ...lost,
      strategies: lost.strategies.map((strategy) =>
        strategy.rule === 'maxNet' ? { ...strategy, reason: 'flag-nobody' } : strategy,
      ),
    };
    expect(turnSentence({ before, now: hopeless })).toBe(
      'With 500 a review every rule costs more than it saves: flag nobody.',
    );
  });

  it('compares with where a number began to move, and anew when another moves', () => {
    const at = (reviewCost: number) => answerOf({ ...sampleScenario, reviewCost }, { maxF1: reviewCost });
    let turn: ScenarioTurn = nextTurn(null, before);
    expect(turn.before).toBeNull();
    turn = nextTurn(turn, at(200));
    turn = nextTurn(turn, at(300));
    expect(turn.before).toBe(before);
    const last = at(300);
    turn = nextTurn(
      { before, now: last },
      answerOf({ ...sampleScenario, reviewCost: 300, lossRate: 0.5 }, {}),
    );
    expect(turn.before).toBe(last);
  });

  it('forgets the comparison when a rule’s own parameter changes', () => {
    const other = judgedSample(fortyRows, dear, { ...sampleParameters, recallAtLeast: 0.9 }).answer;
    const turn = nextTurn({ before, now: judgedSample(fortyRows, dear).answer }, other);
    expect(turn).toEqual({ before: null, now: other });
  });
});

describe('where the ROI crosses zero', () => {
  it('is the share that break-even flags', () => {
    // 500 a review on 1,000 a row: a run of rows pays when half of it is bad. Fewer than half of all 40 are.
    const answer = judgedSample(fortyRows, dear).answer;
    const share = answer.strategies.find(({ rule }) => rule === 'breakEven')?.decision?.flaggedShare ?? 0;
    expect(share).toBeGreaterThan(0);
    expect(roiCrossingSentence(answer)).toBe(
      `ROI crosses zero at ${(100 * share).toFixed(1)}\u00A0% flagged: beyond that every threshold loses money.`,
    );
  });

  it('is not said where flagging everybody pays, nor without a scenario', () => {
    expect(roiCrossingSentence(sample)).toBe('');
    expect(roiCrossingSentence(judgedSample(fortyRows, null).answer)).toBe('');
  });
});

import { describe, expect, it } from 'vitest';
import { fortyRows, judgedSample, sampleScenario } from '../../../fixtures/judged-sample.ts';
import { defaultThreshold } from './default-threshold.ts';

describe('defaultThreshold', () => {
  const { strategies } = judgedSample(fortyRows, sampleScenario).answer;
  const thresholdOf = (rule: string) =>
    strategies.find((strategy) => strategy.rule === rule)?.decision?.threshold;

  it('is the one of greatest net value', () => {
    expect(defaultThreshold(strategies)).toBe(thresholdOf('maxNet'));
  });

  it('is that of max F1 without a scenario, and when flagging nobody is best', () => {
    const f1 = thresholdOf('maxF1');
    expect(defaultThreshold(judgedSample(fortyRows, null).answer.strategies)).toBe(f1);
    const dear = judgedSample(fortyRows, { ...sampleScenario, reviewCost: 2000 });
    expect(defaultThreshold(dear.answer.strategies)).toBe(f1);
  });

  it('is NaN without any threshold', () => {
    expect(defaultThreshold([])).toBeNaN();
  });
});

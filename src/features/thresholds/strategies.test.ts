import { describe, expect, it } from 'vitest';
import {
  fortyRows,
  judgedSample,
  sampleParameters,
  sampleScenario,
} from '../../../fixtures/judged-sample.ts';
import { activeStrategies } from './active-strategy.ts';
import { strategyLabel, strategyNames, strategyReason } from './strategy-label.ts';
import { strategyMarks } from './strategy-marks.ts';
import { strategyRows } from './strategy-table.view-model.ts';

const nb = '\u00A0';
const sample = judgedSample(fortyRows, sampleScenario);
const { strategies } = sample.answer;
const byRule = (rule: string) => strategies.find((strategy) => strategy.rule === rule)!;

describe('strategy names', () => {
  it('carries the parameter, with the decimals that it needs', () => {
    expect(strategyLabel(byRule('maxF1'))).toBe('Max F1');
    expect(strategyLabel({ rule: 'recallAtLeast', parameter: 0.75 })).toBe(`Recall ≥${nb}0.75`);
    expect(strategyLabel({ rule: 'precisionAtLeast', parameter: 0.605 })).toBe(`Precision ≥${nb}0.605`);
    expect(strategyLabel({ rule: 'capacity', parameter: 12_500 })).toBe(`Capacity${nb}12,500`);
  });

  it('counts what is beyond the names it may say', () => {
    const three = [byRule('maxF1'), byRule('maxYouden'), byRule('maxNet')];
    expect(strategyNames(three.slice(0, 2))).toBe('max F1 and max Youden');
    expect(strategyNames(three)).toBe('max F1, max Youden and 1 more');
    expect(strategyNames([])).toBe('');
  });

  it('explains a strategy without a threshold', () => {
    const dear = judgedSample(
      fortyRows,
      { ...sampleScenario, reviewCost: 2000 },
      { ...sampleParameters, precisionAtLeast: 1 },
    );
    const reasons = dear.answer.strategies.map(strategyReason);
    expect(reasons).toContain('Every threshold costs more than it saves: flag nobody');
    expect(reasons).toContain('No threshold reaches this precision on these rows');
    expect(judgedSample(fortyRows, null).answer.strategies.map(strategyReason)).toContain('Needs a scenario');
  });
});

describe('activeStrategies', () => {
  it('finds the rules whose threshold is exactly the current one', () => {
    const threshold = byRule('maxNet').decision!.threshold;
    expect(activeStrategies(strategies, threshold).map(({ rule }) => rule)).toContain('maxNet');
    expect(activeStrategies(strategies, threshold + 1e-12)).toEqual([]);
    expect(activeStrategies(strategies, Number.NaN)).toEqual([]);
  });
});

describe('strategyMarks', () => {
  it('gives rules at one place one mark, ascending', () => {
    const marks = strategyMarks(strategies, [0, 1], 0.03);
    const thresholds = marks.map(({ threshold }) => threshold);
    expect(thresholds).toEqual([...thresholds].sort((a, b) => a - b));
    for (let i = 1; i < thresholds.length; i++)
      expect(thresholds[i]! - thresholds[i - 1]!).toBeGreaterThan(0.03);
  });

  it('names the first and counts the rest when many agree', () => {
    // Precision 0.60 is out of reach on these rows, so five rules have a threshold.
    const [only] = strategyMarks(strategies, [0, 1], 1);
    expect(only?.label).toBe('max net value and 4 more');
  });

  it('leaves out strategies without a threshold', () => {
    const none = judgedSample(fortyRows, null);
    const total = strategyMarks(none.answer.strategies, [0, 1], 0).length;
    expect(total).toBeLessThanOrEqual(5);
  });
});

describe('strategyRows', () => {
  const current = byRule('maxF1').decision!.threshold;
  const rows = strategyRows(sample.answer, current, byRule('maxNet').decision!.threshold);

  it('marks the current and the pinned rows', () => {
    expect(rows.find((row) => row.rule === 'maxF1')?.isCurrent).toBe(true);
    expect(rows.find((row) => row.rule === 'maxNet')?.isPinned).toBe(true);
  });

  it('says how far each is from the best', () => {
    // Best: all 40 flagged, 11,000. Capacity 10 flags the ten highest: 5 caught, 5,000 − 1,000 = 4,000.
    expect(rows.find((row) => row.rule === 'maxNet')?.difference).toBe('best');
    expect(rows.find((row) => row.rule === 'capacity')).toMatchObject({
      net: `4.00${nb}k`,
      difference: `\u22127.00${nb}k`,
      flagged: `25.0${nb}%`,
      roi: '4.00',
    });
  });

  it('marks no rule as best where flagging nobody is, and says what each loses against it', () => {
    // 2,000 a review: all 40 flagged lose 15,000 − 80,000; capacity 10 loses 5,000 − 20,000.
    const dear = judgedSample(fortyRows, { ...sampleScenario, reviewCost: 2000 });
    const lost = strategyRows(dear.answer, current, null);
    expect(lost.filter(({ difference }) => difference === 'best')).toEqual([]);
    expect(lost.find(({ rule }) => rule === 'capacity')?.difference).toBe(`\u221215.0${nb}k`);
  });

  it('says why there is no ROI, and what a capacity of nobody leaves', () => {
    const free = judgedSample(
      fortyRows,
      { ...sampleScenario, reviewCost: 0 },
      { ...sampleParameters, capacity: 0 },
    );
    const free0 = strategyRows(free.answer, current, null);
    expect(free0.find(({ rule }) => rule === 'maxF1')).toMatchObject({
      roi: 'no cost',
      roiExact: 'not defined: nothing is spent',
    });
    expect(free0.find(({ rule }) => rule === 'capacity')?.reason).toBe(
      'Only flagging nobody stays within this on these rows',
    );
  });

  it('has a reason and no figures without a threshold, and no money without a scenario', () => {
    const row = strategyRows(judgedSample(fortyRows, null).answer, current, null).find(
      ({ rule }) => rule === 'maxNet',
    );
    expect(row).toMatchObject({ reason: 'Needs a scenario', thresholdText: '', net: '', isCurrent: false });
    const f1 = strategyRows(judgedSample(fortyRows, null).answer, current, null)[0];
    expect(f1).toMatchObject({ net: '', difference: '', roi: '', netInterval: '' });
  });
});

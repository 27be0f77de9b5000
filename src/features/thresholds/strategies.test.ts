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
import { strategyTable } from './strategy-table.view-model.ts';

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

describe('strategyTable', () => {
  const current = byRule('maxF1').decision!.threshold;
  const pinned = byRule('maxNet').decision!.threshold;
  const { rows, scale } = strategyTable({ answer: sample.answer, current, pinned });
  const rowsOf = (answer: typeof sample.answer) => strategyTable({ answer, current, pinned: null }).rows;

  it('marks the current and the pinned rows', () => {
    expect(rows.find((row) => row.rule === 'maxF1')?.isCurrent).toBe(true);
    expect(rows.find((row) => row.rule === 'maxNet')?.isPinned).toBe(true);
  });

  it('lists the rules of money first, each group marked', () => {
    expect(rows.map(({ rule }) => rule)).toEqual([
      'maxNet',
      'minCost',
      'breakEven',
      'recallAtLeast',
      'precisionAtLeast',
      'fprAtMost',
      'capacity',
      'maxF1',
      'maxFBeta',
      'maxYouden',
      'maxKs',
    ]);
    expect(rows.filter(({ startsGroup }) => startsGroup).map(({ rule }) => rule)).toEqual([
      'maxNet',
      'recallAtLeast',
      'maxF1',
    ]);
  });

  it('has money and a picture that shares its scale with the best', () => {
    // Best: all 40 flagged, 11,000. Capacity 10 flags the ten highest: 5 caught, 5,000 − 1,000 = 4,000, less than half.
    expect(rows.find((row) => row.rule === 'capacity')).toMatchObject({
      net: `4.00${nb}k`,
      flagged: `25.0${nb}%`,
      roi: '4.00',
    });
    expect(scale?.best).toBe(11_000);
    expect(rows.find((row) => row.rule === 'maxNet')?.picture).toMatchObject({ kind: 'drawn', to: 1 });
  });

  it('has the bootstrap’s interval and the value to expect on new rows once they are there', () => {
    const none = { value: Number.NaN, low: Number.NaN, high: Number.NaN };
    const uncertainty = {
      replicates: 1000,
      seed: 1,
      bins: 40,
      isExact: true,
      fixed: null,
      strategies: [
        {
          rule: 'maxNet' as const,
          reached: 1000,
          threshold: { value: 0.025, low: 0.025, high: 0.2 },
          flaggedShare: none,
          precision: none,
          recall: none,
          net: { value: 11_000, low: 5000, high: 18_000 },
          roi: none,
          outOfBagNet: { value: 9000, low: 2000, high: 16_000 },
        },
      ],
    };
    const table = strategyTable({ answer: sample.answer, current, pinned: null, uncertainty });
    expect(table.rows[0]).toMatchObject({
      netInterval: '[5.00, 18.0]',
      outOfBag: `9.00${nb}k`,
      outOfBagExact: `9,000 expected on new rows (95${nb}%: 2.00 to 16.0${nb}k)`,
      exact: { threshold: '0.025 [0.025, 0.200]', precision: '' },
    });
    expect(rows[0]).toMatchObject({ outOfBag: '', exact: { threshold: '' } });
  });

  it('says in words why a capacity a week has no threshold', () => {
    const weekly = judgedSample(fortyRows, sampleScenario, { ...sampleParameters, capacityPer: 'week' });
    expect(rowsOf(weekly.answer).find(({ rule }) => rule === 'capacity')?.reason).toBe(
      'Needs the decisions a year of the scenario',
    );
    expect(strategyLabel({ rule: 'capacity', parameter: 70 }, 'week')).toBe(`Capacity${nb}70 a${nb}week`);
    expect(strategyLabel({ rule: 'maxFBeta', parameter: 0.5 })).toBe('Max F0.5');
  });

  it('says why there is no ROI, and what a capacity of nobody leaves', () => {
    const free = judgedSample(
      fortyRows,
      { ...sampleScenario, reviewCost: 0 },
      { ...sampleParameters, capacity: 0 },
    );
    const free0 = rowsOf(free.answer);
    expect(free0.find(({ rule }) => rule === 'maxF1')).toMatchObject({
      roi: 'no cost',
      roiExact: 'not defined: nothing is spent',
    });
    expect(free0.find(({ rule }) => rule === 'capacity')?.reason).toBe(
      'Only flagging nobody stays within this on these rows',
    );
  });

  it('has a reason and no figures without a threshold, and no money without a scenario', () => {
    const row = rowsOf(judgedSample(fortyRows, null).answer).find(({ rule }) => rule === 'maxNet');
    expect(row).toMatchObject({ reason: 'Needs a scenario', thresholdText: '', net: '', isCurrent: false });
    const f1 = rowsOf(judgedSample(fortyRows, null).answer).find(({ rule }) => rule === 'maxF1');
    expect(f1).toMatchObject({ net: '', outOfBag: '', roi: '', netInterval: '', picture: null });
  });
});

import { describe, expect, it } from 'vitest';
import { fortyRows, judgedSample, sampleScenario } from '../../../fixtures/judged-sample.ts';
import { twinCsv, twinView } from '../../charts/table-twin.ts';
import type { Scenario } from '../../core/money/scenario.ts';
import { netValuePicture, roiPicture } from './net-value.view-model.ts';
import { strategyTable } from './strategy-table.view-model.ts';
import { moneyTwin, strategiesTwin } from './twins.view-model.ts';
import { onOneAxis } from './two-curves.ts';
import { bestFixedRule, rankingSentence, type VersusAnswer, versusNames } from './versus.ts';

const cheap: Scenario = { ...sampleScenario, name: 'Review 100' };
const dear: Scenario = { ...sampleScenario, name: 'Review 400', reviewCost: 400 };
const sample = judgedSample(fortyRows, cheap);
const other = judgedSample(fortyRows, dear);
const answerOf = ({ answer }: typeof sample): VersusAnswer['answer'] => ({
  scenario: answer.scenario!,
  money: answer.money!,
  strategies: answer.strategies,
});
const first = answerOf(sample);
const versus = answerOf(other);
const names = versusNames(cheap, dear);
const input = { ...first, versus, axis: [0, 1] as const, size: 'plain' as const };

describe('the two names', () => {
  it('tell a changed scenario from its saved form', () => {
    expect(names).toEqual({ first: 'Review 100', second: 'Review 400' });
    expect(versusNames(cheap, { ...dear, name: 'Review 100' }).second).toBe('Review 100 as saved');
  });
});

describe('ranking the rules', () => {
  it('names the best rule of each where they differ', () => {
    expect(bestFixedRule(first.strategies)).not.toBe(bestFixedRule(versus.strategies));
    expect(rankingSentence(first.strategies, versus.strategies, names)).toMatch(
      /^Under Review 400 the best fixed rule is .+, not .+\.$/u,
    );
  });

  it('says so where they agree, and nothing without money', () => {
    expect(rankingSentence(first.strategies, first.strategies, names)).toMatch(/^Both scenarios rank/u);
    const hopeless = judgedSample(fortyRows, { ...dear, reviewCost: 2000 }).answer.strategies;
    expect(rankingSentence(first.strategies, hopeless, names)).toBe(
      'Under Review 400 every rule costs more than it saves: flag nobody.',
    );
    expect(bestFixedRule(hopeless)).toBeNull();
    expect(rankingSentence(judgedSample(fortyRows, null).answer.strategies, versus.strategies, names)).toBe(
      '',
    );
  });

  it('tells another order below the same best', () => {
    const nets = (...values: number[]) =>
      first.strategies
        .filter(({ rule, decision }) => rule.startsWith('maxF') || (rule === 'capacity' && decision !== null))
        .slice(0, 3)
        .map((strategy, i) => ({
          ...strategy,
          decision: { ...strategy.decision!, money: { ...strategy.decision!.money!, net: values[i]! } },
        }));
    expect(rankingSentence(nets(3, 2, 1), nets(3, 1, 2), names)).toBe(
      'The best fixed rule is max F1 under both scenarios; the order of the others differs.',
    );
  });
});

describe('the strategy table', () => {
  const tableUnder = (versus: typeof other.answer) =>
    strategyTable({ answer: sample.answer, current: Number.NaN, pinned: null, versus }).rows;
  const rows = tableUnder(other.answer);

  it('has each rule under both, the best and the next best of each marked', () => {
    // Capacity 10 flags the ten highest, 5 of them bad: 5,000 less 10 reviews.
    expect(rows.find(({ rule }) => rule === 'capacity')).toMatchObject({
      net: '4.00\u00A0k',
      versus: { net: '1.00\u00A0k', roi: '0.25', thresholdText: '' },
    });
    const marked = (rank: string) => rows.filter((row) => row.rank === rank).map(({ rule }) => rule);
    expect(marked('best')).toEqual(['maxNet']);
    expect(marked('next')).toEqual([bestFixedRule(first.strategies)]);
    expect(rows.find((row) => row.versus?.rank === 'next')?.rule).toBe(bestFixedRule(versus.strategies));
    expect(rows.find(({ rule }) => rule === 'maxNet')?.versus?.thresholdText).toMatch(/^at 0\.\d+$/u);
  });

  it('says flag nobody where the second scenario has no threshold', () => {
    const hopeless = judgedSample(fortyRows, { ...dear, reviewCost: 2000 });
    const cells = tableUnder(hopeless.answer);
    expect(cells.find(({ rule }) => rule === 'maxNet')?.versus).toMatchObject({
      reason: 'flag nobody',
      rank: '',
    });
  });

  it('is saved with the columns of both', () => {
    const [head = '', ...lines] = twinCsv(strategiesTwin(rows, names)).trim().split('\n');
    expect(head).toContain('"Net value, Review 100"');
    expect(head).toContain('"Threshold, Review 400"');
    expect(lines).toHaveLength(11);
  });
});

describe('two curves over one axis', () => {
  it('keep the shape of each at all thresholds of both', () => {
    const sparse = {
      ...versus.money,
      threshold: Float64Array.of(0.025, 0.51, 1),
      net: Float64Array.of(0, 4850, 600),
      roi: Float64Array.of(0, 1, 2),
    };
    const both = onOneAxis(first.money, sparse);
    expect([...both.threshold]).toEqual([...first.money.threshold, 0.51].sort((a, b) => a - b));
    expect([...both.net].filter((_, i) => both.threshold[i] !== 0.51)).toEqual([...first.money.net]);
    expect(both.versusNet[both.threshold.indexOf(0.51)]).toBe(4850);
    // 0.1 lies 0.075 of 0.485 along the way from 0 to 4,850.
    expect(both.versusNet[both.threshold.indexOf(0.1)]).toBeCloseTo(750, 9);
  });

  it('leave a curve that is alone as it is', () => {
    expect(onOneAxis(first.money, null)).toMatchObject({
      threshold: first.money.threshold,
      net: first.money.net,
    });
  });
});

describe('the picture of two scenarios', () => {
  it('draws the second dashed under its name, and marks what it recommends on its line', () => {
    const picture = netValuePicture(input);
    expect(picture.series.map(({ label, isDashed }) => [label, isDashed])).toEqual([
      ['Review 100', undefined],
      ['Review 400', true],
    ]);
    const best = versus.strategies.find(({ rule }) => rule === 'maxNet')!.decision!;
    expect(picture.points.at(-1)).toEqual({ threshold: best.threshold, label: 'max net value', line: 1 });
    expect(picture.points).toHaveLength(2);
    expect(picture.message).toContain(' Dashed, Review 400: Best on these rows: ');
  });

  it('cuts a long name, and names both currencies', () => {
    const long = {
      ...dear,
      name: 'A name that goes on and on for the whole of the picture',
      currency: 'USD',
    };
    const picture = netValuePicture({ ...input, versus: { ...versus, scenario: long } });
    expect(picture.series[1]?.label).toBe('A name that goes on and on…');
    expect(picture.yTitle).toBe('Net value on these rows, in the currency of the file and USD');
  });

  it('draws both returns within one axis', () => {
    const picture = roiPicture(input);
    expect(picture.series).toHaveLength(2);
    const [, top] = picture.yDomain!;
    for (const line of picture.series)
      expect(Array.from(line.values).filter((value) => value > top)).toEqual([]);
  });

  it('has a table with the rows of both, the first first', () => {
    const twin = moneyTwin(first.money, cheap, versus);
    expect(twinView(twin).header[0]).toBe('Scenario');
    const lines = twinCsv(twin).trim().split('\n');
    expect(lines).toHaveLength(1 + first.money.threshold.length + versus.money.threshold.length);
    expect(lines[1]).toMatch(/^Review 100,/u);
    expect(lines.at(-1)).toMatch(/^Review 400,/u);
  });
});

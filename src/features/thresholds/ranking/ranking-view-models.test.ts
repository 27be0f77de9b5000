import { describe, expect, it } from 'vitest';
import { fortyRows, judgedSample, sampleScenario } from '../../../../fixtures/judged-sample.ts';
import { twinCsv, twinView } from '../../../charts/table-twin.ts';
import type { GainsBin, RankingFigures } from '../../../core/metrics/ranking-figures.ts';
import { outcomeWords } from '../words.ts';
import { gainsTableTwin, gainsTableView } from './gains-table.view-model.ts';
import {
  costSeries,
  costTwin,
  gainsPoint,
  gainsTwin,
  ksGap,
  ksSeries,
  ksTwin,
  liftDomain,
  liftOf,
  liftPoint,
} from './ranking.view-model.ts';
import { rankingFigureList, rankingSentence } from './ranking-figures.view-model.ts';

const plain = (text: string): string => text.replaceAll('\u00A0', ' ');

const bin = (highestScore: number, lowestScore: number, change: Partial<GainsBin> = {}): GainsBin => ({
  rows: 20,
  positives: 10,
  negatives: 10,
  highestScore,
  lowestScore,
  positiveRate: 0.5,
  cumulativePositives: 0.667,
  cumulativeNegatives: 0.4,
  cumulativeRows: 0.5,
  lift: 1.333,
  cumulativeLift: 1.333,
  ks: 0.267,
  weightOfEvidence: -0.51,
  informationValue: 0.14,
  observedToExpected: 0.9,
  net: -1234.56,
  ...change,
});

const figures: RankingFigures = {
  gains: {
    bins: [
      bin(1, 0.525),
      bin(0.5, 0.025, { cumulativeRows: 1, cumulativePositives: 1, cumulativeLift: 1, net: 99 }),
    ],
    informationValue: 0.28,
    tableKs: 0.267,
  },
  gainsCurve: {
    flaggedShare: Float64Array.of(0, 0.5, 1),
    recall: Float64Array.of(0, 0.667, 1),
    lift: Float64Array.of(Number.NaN, 1.333, 1),
    threshold: Float64Array.of(Number.POSITIVE_INFINITY, 0.525, 0.025),
  },
  ks: {
    score: Float64Array.of(0.025, 0.525, 1),
    positives: Float64Array.of(0, 0.333, 0.9),
    negatives: Float64Array.of(0, 0.6, 1),
    statistic: 0.267,
    threshold: 0.525,
  },
  costCurve: {
    probabilityCost: Float64Array.of(0, 0.25, 0.5, 1),
    expectedCost: Float64Array.of(0, 0.2, 0.3, 0),
  },
  emp: { value: 0.0123, rejectedShare: 0.14 },
};

const { summary, at } = judgedSample(fortyRows, sampleScenario);
const words = outcomeWords(sampleScenario);

describe('gains and lift', () => {
  it('mark the decision', () => {
    const decision = at(0.525);
    expect(gainsPoint(decision)).toMatchObject({ x: 0.5, y: decision.recall });
    expect(plain(gainsPoint(decision)?.label ?? '')).toBe('66.7 % in 50.0 %');
    expect(liftPoint(decision)).toEqual({ x: 0.5, y: decision.recall / 0.5, label: '1.33' });
    expect(liftOf(decision)).toBeCloseTo(decision.precision / (15 / 40));
  });

  it('have no point without a decision, and no lift where nobody is flagged', () => {
    expect([gainsPoint(null), liftPoint(null)]).toEqual([null, null]);
    expect(liftPoint(at(2))).toBeNull();
    expect(gainsPoint(at(2))).toMatchObject({ x: 0, y: 0 });
  });

  it('hold the curve and chance on the axis of the lift', () => {
    expect(liftDomain([Number.NaN, 2.6, 1])).toEqual([0, 3]);
    expect(liftDomain([0.4])).toEqual([0, 1]);
  });

  it('are one table that knows the row of a threshold', () => {
    const twin = gainsTwin(figures);
    expect(twinView(twin).rows[0]).toEqual(['flag nobody', ...['0.0\u00A0%', '0.0\u00A0%', 'not defined']]);
    expect(twin.rowAt?.(0.3)).toBe(1);
  });
});

describe('KS', () => {
  it('draws both outcomes in their colours and their gap where it is greatest', () => {
    expect(ksSeries(figures, words).map(({ label, colour }) => [label, colour])).toEqual([
      ['good', 'neg'],
      ['bad', 'pos'],
    ]);
    expect(ksGap(figures)).toEqual({ x: 0.525, low: 0.333, high: 0.6 });
    expect(twinCsv(ksTwin(figures, words)).split('\r\n')[2]).toMatch(/^0\.525,0\.333,0\.6,0\.266/);
  });

  it('has no gap when one outcome is missing', () => {
    const none = { ...figures, ks: { ...figures.ks, statistic: Number.NaN, threshold: Number.NaN } };
    expect(ksGap(none)).toBeNull();
  });
});

describe('the cost curve', () => {
  it('stands beside deciding without a score', () => {
    expect(Array.from(costSeries(figures)[1]!.values)).toEqual([0, 0.25, 0.5, 0]);
    expect(twinCsv(costTwin(figures)).split('\r\n')[2]).toBe('0.25,0.2,0.25');
  });
});

describe('the gains table', () => {
  it('marks the last bin of which rows are flagged', () => {
    const current = (threshold: number) =>
      gainsTableView(figures, threshold, null).rows.map(({ isCurrent }) => isCurrent);
    expect(current(0.7)).toEqual([true, false]);
    expect(current(0.5)).toEqual([false, true]);
    expect(current(0)).toEqual([false, true]);
    expect(current(2)).toEqual([false, false]);
    expect(current(Number.NaN)).toEqual([false, false]);
  });

  it('has money with its exact value only under a scenario, O/E only for probabilities', () => {
    const withMoney = gainsTableView(figures, 0.7, 'Net value a year');
    expect(withMoney.header.at(-1)).toBe('Net value a year');
    expect(withMoney.rows[0]?.cells.at(-1)).toBe('−1.23\u00A0k');
    expect(withMoney.rows[0]?.exactNet).toBe('−1,235');
    expect(gainsTableView(figures, 0.7, null).header.at(-1)).toBe('O/E');
    const bins = figures.gains.bins.map((one) => ({ ...one, observedToExpected: Number.NaN }));
    const margins = { ...figures, gains: { ...figures.gains, bins } };
    expect(gainsTableView(margins, 0.7, null).header).not.toContain('O/E');
  });

  it('is a file with every column in full', () => {
    const [header, first] = twinCsv(gainsTableTwin(figures, 'Net value')).split('\r\n');
    expect(header).toMatch(/^Bin,Score from,Score to,Rows,.*Net value,Negatives,.*Cumulative share of rows$/);
    expect(first).toContain('-1234.56');
  });
});

describe('ranking in words and figures', () => {
  it('answers with AUC, its interval and what the top holds', () => {
    expect(plain(rankingSentence(summary, figures, words.positives))).toMatch(
      /^The scores rank \w+ \(AUC 0\.\d{3} \[0\.\d{3}, 0\.\d{3}\]\): the top 50\.0 % hold 66\.7 % of the bad ones, 1\.33 times as many as by chance\.$/,
    );
  });

  it('says how well, from AUC', () => {
    const said = (rocAuc: number) =>
      rankingSentence({ ...summary, metrics: { ...summary.metrics, rocAuc } }, figures, 'x');
    expect([0.4, 0.6, 0.7, 0.8, 0.9].map((auc) => /rank (.*?) \(/.exec(said(auc))?.[1])).toEqual([
      ...['not at all', 'poorly', 'fairly well', 'well', 'very well'],
    ]);
  });

  it('gives no interval on too few rows', () => {
    const few = { ...summary, rows: 8, positives: 4, negatives: 4 };
    expect(rankingSentence(few, figures, 'x')).toMatch(/too few rows to be sure of it\.$/);
    expect(rankingFigureList(few, figures).map(({ interval }) => interval)).toEqual(['', '', '', '', '']);
  });

  it('brings the interval of AUC over to Gini', () => {
    const [auc, gini] = rankingFigureList({ ...summary, rocAucInterval: [0.6, 0.9] }, figures);
    expect([auc?.interval, gini?.interval]).toEqual(['[0.600, 0.900]', '[0.200, 0.800]']);
  });
});

import { describe, expect, it } from 'vitest';
import { fortyRows, judgedSample, sampleScenario } from '../../../fixtures/judged-sample.ts';
import { niceTicks } from '../../charts/axis-ticks.ts';
import { twinCsv, twinView } from '../../charts/table-twin.ts';
import { matrixView } from './confusion-matrix.view-model.ts';
import { prPoint, rocPoint } from './curve-points.view-model.ts';
import { axisDigits, draggedThreshold } from './dragged-threshold.ts';
import { netValuePicture, roiPicture } from './net-value.view-model.ts';
import { rateSeries } from './rates.view-model.ts';
import { countedApart, judgedAndNot, judgedRows, pageNotices, thresholdsDrawn } from './rows-caption.ts';
import { strategyTable } from './strategy-table.view-model.ts';
import {
  distributionTwin,
  matrixTwin,
  moneyTwin,
  ratesTwin,
  rocTwin,
  strategiesTwin,
} from './twins.view-model.ts';
import { outcomeWords } from './words.ts';

const nb = '\u00A0';
const sample = judgedSample(fortyRows, sampleScenario);
const money = sample.answer.money!;
const input = {
  money,
  strategies: sample.answer.strategies,
  scenario: sampleScenario,
  versus: null,
  axis: [0, 1] as const,
  size: 'plain' as const,
};

describe('netValuePicture', () => {
  const picture = netValuePicture(input);

  it('draws the arrays of the answer as they are', () => {
    expect(picture.x).toBe(money.threshold);
    expect(picture.series[0]?.values).toBe(money.net);
    expect(picture.band).toMatchObject({ low: money.netLow, high: money.netHigh });
  });

  it('says what flagging everyone is worth and which threshold is best', () => {
    expect(picture.references).toEqual([{ y: 11_000, label: `flag everyone, 11.0${nb}k` }]);
    expect(picture.message).toContain(`Best on these rows: 11.0${nb}k at 0.025.`);
  });

  it('writes ticks with their unit, zero without', () => {
    const drawn = niceTicks(0, 20_000);
    expect(picture.formatY(0, drawn)).toBe('0');
    expect(picture.formatY(10_000, drawn)).toBe(`10${nb}k`);
  });

  it('ends at minus half of the best where the rest lies far below, and says so', () => {
    // 1 bad row above 39 good ones, 100 a review: best 2,000 - 100, flag everyone 2,000 - 4,000 = -2,000.
    const rows = Array.from({ length: 40 }, (_, i) => ({
      score: 1 - i / 40,
      positive: i === 0,
      amount: i === 0 ? 2500 : 0,
    }));
    const far = judgedSample(rows, { ...sampleScenario, lossRate: 0.8, reviewCost: 100 });
    const curves = far.answer.money!;
    expect(Math.max(...curves.net)).toBe(1900);
    expect(curves.flagAll).toBe(-2000);
    const cut = netValuePicture({ ...input, money: curves, strategies: far.answer.strategies });
    expect(cut.yDomain?.[0]).toBe(-950);
    expect(cut.yDomain?.[1]).toBeGreaterThanOrEqual(1900);
    expect(cut.leftOut).toBe(`below${nb}\u2212950 not drawn`);
    expect(cut.references).toEqual([{ y: -2000, label: `flag everyone, \u22122.00${nb}k (below)` }]);
    expect(cut.message).toContain('What lies below \u2212950 is not drawn.');
    expect(cut.series[0]?.values).toBe(curves.net);
    expect(lines(twinCsv(moneyTwin(curves, sampleScenario)))).toBe(1 + curves.threshold.length);
  });

  it('shows all where the part below zero is no taller than the best, and where nothing is positive', () => {
    expect(picture.yDomain).toBeNull();
    expect(picture.leftOut).toBeNull();
    const dear = judgedSample(fortyRows, { ...sampleScenario, reviewCost: 100_000 });
    const lost = netValuePicture({ ...input, money: dear.answer.money!, strategies: dear.answer.strategies });
    expect(Math.max(...dear.answer.money!.net)).toBeLessThan(0);
    expect(lost.yDomain).toBeNull();
    expect(lost.leftOut).toBeNull();
  });

  it('draws no plateau thinner than the marker', () => {
    expect(money.plateau).toEqual([0.025, 0.025]);
    expect(picture.plateau).toBeNull();
  });
});

describe('roiPicture', () => {
  it('leaves out what lies above its axis and keeps the rest', () => {
    const picture = roiPicture(input);
    const [, top] = picture.yDomain!;
    const values = Array.from(picture.series[0]!.values);
    expect(values.filter((value) => value > top)).toEqual([]);
    const kept = values.filter((value) => !Number.isNaN(value)).length;
    expect(kept).toBe(Array.from(money.roi).filter((value) => value <= top).length);
    expect(kept).toBeGreaterThan(0.8 * values.length);
  });

  it('says what it leaves out and on how few rows that rests, and that nothing is spent', () => {
    expect(roiPicture(input).leftOut).toBe(null);
    // One large amount at the top: its ROI is 899, all others' below 30; the axis ends between.
    const steep = judgedSample(
      [...fortyRows, { score: 1.1, positive: true, amount: 90_000 }],
      sampleScenario,
    );
    const picture = roiPicture({ ...input, money: steep.answer.money! });
    const top = picture.yDomain![1];
    const most = [...steep.answer.money!.roi].filter((roi) => roi > top).length;
    expect(most).toBeGreaterThan(1);
    expect(picture.leftOut).toBe(`above ${top.toFixed(2)} not drawn: ${most}${nb}rows or fewer flagged`);
    const free = judgedSample(fortyRows, { ...sampleScenario, reviewCost: 0 });
    expect(roiPicture({ ...input, money: free.answer.money! }).leftOut).toBe('not defined: nothing is spent');
  });

  it('marks the break-even when the curve crosses zero', () => {
    // 550 a review: at 0.025 net is 15,000 − 22,000 < 0, at 0.525 it is 10,000 − 11,000 < 0; a single high row pays.
    const dear = judgedSample([...fortyRows, { score: 1.1, positive: true, amount: 90_000 }], {
      ...sampleScenario,
      reviewCost: 3000,
    });
    const picture = roiPicture({ ...input, money: dear.answer.money!, strategies: dear.answer.strategies });
    expect(picture.points.some((point) => point.label.startsWith('break-even '))).toBe(true);
    expect(picture.message).toContain('It crosses zero at ');
  });
});

describe('rates and curve points', () => {
  it('hands on recall, precision and flagged share by reference', () => {
    const { rates } = sample.summary.curves;
    expect(rateSeries(rates).map((line) => line.values)).toEqual([
      rates.recall,
      rates.precision,
      rates.flaggedShare,
    ]);
  });

  it('places a decision on ROC and PR, and nowhere when a rate is not defined', () => {
    // At 0.525: 10 of 15 caught, 10 of 25 good flagged.
    const decision = sample.at(0.525);
    expect(rocPoint(decision)).toEqual({ x: 0.4, y: 10 / 15, label: '0.400, 0.667' });
    expect(prPoint(decision, 'pinned')).toEqual({ x: 10 / 15, y: 0.5, label: 'pinned' });
    expect(prPoint(sample.at(2))).toBeNull();
    expect(rocPoint(null)).toBeNull();
  });
});

describe('matrixView', () => {
  it('counts, rates of the outcome, and money by cell; missed in brackets', () => {
    const { cells, flagged, passed } = matrixView(sample.summary, sample.at(0.525), sampleScenario);
    expect([flagged, passed]).toEqual([20, 20]);
    expect(cells.tp).toMatchObject({
      count: 10,
      rateText: `66.7${nb}%`,
      word: 'caught',
      moneyText: `+9.00${nb}k`,
    });
    expect(cells.fn).toMatchObject({ count: 5, rateText: `33.3${nb}%`, moneyText: `(5.00${nb}k)` });
    expect(cells.fp).toMatchObject({ count: 10, moneyText: `\u22121.00${nb}k`, word: 'held up' });
    expect(cells.tn).toMatchObject({ count: 15, moneyText: '0' });
  });

  it('has no money without a scenario', () => {
    const plain = judgedSample(fortyRows, null);
    const { cells, positiveWord } = matrixView(plain.summary, plain.at(0.525), null);
    expect(cells.tp.moneyText).toBe('');
    expect(positiveWord).toBe('positive');
  });

  it('adds up to the rows', () => {
    for (const threshold of [0, 0.3, 0.7, 2]) {
      const { cells } = matrixView(sample.summary, sample.at(threshold), null);
      expect(Object.values(cells).reduce((sum, cell) => sum + cell.count, 0)).toBe(40);
    }
  });
});

const lines = (csv: string) => csv.trimEnd().split('\r\n').length;

describe('table twins', () => {
  const header = (csv: string) => csv.split('\r\n')[0];

  it('has one line for each drawn point', () => {
    const { curves, histogram } = sample.summary;
    expect(lines(twinCsv(moneyTwin(money, sampleScenario)))).toBe(1 + money.threshold.length);
    expect(lines(twinCsv(ratesTwin(curves.rates)))).toBe(1 + curves.rates.threshold.length);
    expect(lines(twinCsv(rocTwin(curves.roc)))).toBe(1 + curves.roc.fpr.length);
    expect(lines(twinCsv(distributionTwin(histogram, outcomeWords(null))))).toBe(
      1 + histogram.positives.length,
    );
  });

  it('says where the ROC curve flags nobody, and leaves the field of a file empty', () => {
    const twin = rocTwin(sample.summary.curves.roc);
    expect(twinView(twin).rows[0]).toEqual(['flag nobody', '0.000', '0.000']);
    expect(twinCsv(twin).split('\r\n')[1]).toBe(',0,0');
  });

  it('writes thresholds that, typed again, flag the row they stand for', () => {
    const close = judgedSample(
      [0.0630281, 0.0630279, 0.0630243, 0.5, 0.9].map((score, i) => ({ score, positive: i % 2 === 0 })),
      null,
    );
    const rates = close.summary.curves.rates;
    const texts = twinView(ratesTwin(rates)).rows.map(([text]) => Number(text));
    expect(texts.map((text) => close.at(text).flagged)).toEqual(
      Array.from(rates.threshold, (threshold) => close.at(threshold).flagged),
    );
  });

  it('bins meet and their rows add up', () => {
    const { columns } = distributionTwin(sample.summary.histogram, outcomeWords(sampleScenario));
    const [from, to, positives, negatives] = columns.map((column) => Array.from(column.values as number[]));
    expect(from![1]).toBe(to![0]);
    expect([...positives!, ...negatives!].reduce((sum, count) => sum + count, 0)).toBe(40);
  });

  it('writes the four cells, and the strategies with their reasons', () => {
    const matrix = twinCsv(matrixTwin(matrixView(sample.summary, sample.at(0.525), sampleScenario)));
    expect(matrix).toContain('bad,flagged,10,');
    expect(matrix).toContain('good,passed,15,');
    const none = judgedSample(fortyRows, null);
    const csv = twinCsv(
      strategiesTwin(strategyTable({ answer: none.answer, current: 0.5, pinned: null }).rows, null),
    );
    expect(header(csv)).toContain('Rule,Threshold,"Threshold, bootstrap 95 % low"');
    expect(csv).toMatch(/\nMax net value,+Needs a scenario/u);
  });
});

describe('rows and captions', () => {
  it('says which rows, and how many outside the split', () => {
    const split = { column: 'split', value: 'test' };
    expect(judgedRows(sample.summary, split)).toBe('40 test rows');
    expect(judgedRows(sample.summary, null)).toBe(`40${nb}labelled rows`);
    expect(judgedAndNot({ ...sample.summary, outsideSplit: 3118 }, split)).toBe(
      '40 test rows; 3,118 outside the split',
    );
  });

  it('says how many of the thresholds are drawn', () => {
    expect(thresholdsDrawn(40, 40)).toBe('every distinct threshold');
    expect(thresholdsDrawn(499, 1331)).toBe(`499 of 1,331${nb}thresholds, the others lie between`);
  });

  it('counts unscored rows, missing amounts and excluded labels, each once', () => {
    const holes = judgedSample(
      [...fortyRows, { score: Number.NaN, positive: true, amount: 5 }, { score: 0.4, positive: false }],
      sampleScenario,
    );
    const summary = {
      ...holes.summary,
      excluded: [
        { value: 'Late', count: 6 },
        { value: '(missing)', count: 1 },
      ],
    };
    expect(countedApart(summary, sampleScenario).map((sentence) => sentence.replaceAll(nb, ' '))).toEqual([
      '1 row without a score is counted as passed.',
      '1 row without an amount carries no loss, only the review cost.',
      '6 rows left out by label (Late 6).',
      '1 row without a label is scored and not judged.',
    ]);
    expect(pageNotices(summary)).toEqual([]);
  });

  it('is silent about amounts that are not used, and when there is nothing to say', () => {
    const holes = judgedSample([...fortyRows, { score: 0.4, positive: false }], null);
    expect(countedApart(holes.summary, { ...sampleScenario, amount: { constant: 5 } })).toEqual([]);
    expect(countedApart(sample.summary, null)).toEqual([]);
  });
});

describe('draggedThreshold', () => {
  it('keeps a thousandth of the axis and stays on it', () => {
    expect(draggedThreshold(0.236419, [0, 1])).toBe(0.236);
    expect(draggedThreshold(0.0123456, [0, 0.05])).toBe(0.01235);
    expect(draggedThreshold(123.456, [0, 1000])).toBe(123);
    expect(draggedThreshold(Number.POSITIVE_INFINITY, [0, 1])).toBe(1);
    expect(draggedThreshold(-3, [0.00049, 1])).toBe(0.00049);
  });

  it('has three digits on an axis without width', () => {
    expect(axisDigits([0.5, 0.5])).toBe(3);
    expect(axisDigits([0, 1])).toBe(3);
  });
});

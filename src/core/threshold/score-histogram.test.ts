import { describe, expect, it } from 'vitest';
import { goldenRows } from '../../../fixtures/golden-rows.ts';
import { rankScores } from './ranked-scores.ts';
import { histogramOf } from './score-histogram.ts';

const histogram = (scores: readonly number[], labels: readonly number[], bins: number) =>
  histogramOf(rankScores(Float64Array.from(scores), Uint8Array.from(labels)), bins);
const total = (counts: readonly number[]) => counts.reduce((sum, count) => sum + count, 0);

describe('score distribution by outcome', () => {
  it('by hand: half-open bins over [0, 1], the last one closed', () => {
    expect(histogram([0, 0.24, 0.25, 0.5, 0.99, 1, 1, NaN], [0, 1, 1, 0, 1, 1, 0, 1], 4)).toEqual({
      low: 0,
      high: 1,
      positives: [1, 1, 0, 2],
      negatives: [1, 0, 1, 1],
    });
  });

  it('takes minimum to maximum when scores leave [0, 1]', () => {
    expect(histogram([-2, 0, 2, Infinity, -Infinity], [0, 0, 1, 1, 0], 4)).toEqual({
      low: -2,
      high: 2,
      positives: [0, 0, 0, 2],
      negatives: [2, 0, 1, 0],
    });
    expect(histogram([7, 7], [1, 0], 2)).toMatchObject({ low: 6.5, high: 7.5, positives: [0, 1] });
  });

  it('is empty without scores, or with none but infinite ones in its end bins', () => {
    expect(histogram([NaN], [1], 3)).toEqual({ low: 0, high: 1, positives: [0, 0, 0], negatives: [0, 0, 0] });
    expect(histogram([Infinity, -Infinity], [1, 0], 2)).toMatchObject({
      positives: [0, 1],
      negatives: [1, 0],
    });
    expect(histogram([Infinity], [1], 2)).toMatchObject({ positives: [0, 1] });
  });

  it('counts every scored row of a real file', () => {
    const { scores, labels } = goldenRows('credit_data', 'xgboost_binary');
    const { low, high, positives, negatives } = histogramOf(rankScores(scores, labels));
    expect([low, high, positives.length]).toEqual([0, 1, 52]);
    expect([total(positives), total(negatives)]).toEqual([376, 960]);
    const inTenth = [...scores].filter((s) => s >= 10 / 52 && s < 11 / 52).length;
    expect(positives[10]! + negatives[10]!).toBe(inTenth);
  });
});

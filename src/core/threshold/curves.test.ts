import { describe, expect, it } from 'vitest';
import { goldenJson } from '../../../fixtures/golden.ts';
import { goldenRows } from '../../../fixtures/golden-rows.ts';
import { precisionRecallCurve, rocCurve } from '../metrics/roc-curve.ts';
import { curvesOf } from './curves.ts';
import { largestTriangleIndexes } from './largest-triangle.ts';
import { rankScores } from './ranked-scores.ts';

interface GoldenCurves {
  readonly roc: {
    readonly fpr: readonly number[];
    readonly tpr: readonly number[];
    readonly thresholds: readonly number[];
  };
  readonly pr: {
    readonly precision: readonly number[];
    readonly recall: readonly number[];
    readonly thresholds: readonly number[];
  };
}

/** The curve files hold ten significant digits. */
const agree = (actual: Iterable<number>, expected: readonly number[]) => {
  const values = [...actual];
  expect(values).toHaveLength(expected.length);
  values.forEach((value, i) => {
    expect(Math.abs(value - expected[i]!)).toBeLessThanOrEqual(1e-9);
  });
};

describe('full curves of lightgbm_categorical on credit_data agree with scikit-learn 1.2.1', () => {
  const golden = goldenJson<GoldenCurves>('./credit_data/expected/curves_lightgbm_categorical.json');
  const { scores, labels } = goldenRows('credit_data', 'lightgbm_categorical');
  const ranked = rankScores(scores, labels);

  it('ROC, all points; the first one flags nobody (max + 1 there, Infinity here)', () => {
    const { fpr, tpr, threshold } = rocCurve(ranked);
    agree(fpr, golden.roc.fpr);
    agree(tpr, golden.roc.tpr);
    expect(threshold[0]).toBe(Number.POSITIVE_INFINITY);
    agree(threshold.subarray(1), golden.roc.thresholds.slice(1));
  });

  it('precision-recall, rising thresholds there; its added last point (0, 1) is not ours', () => {
    const { precision, recall, threshold } = precisionRecallCurve(ranked);
    expect([golden.pr.recall.at(-1), golden.pr.precision.at(-1)]).toEqual([0, 1]);
    agree(precision.toReversed(), golden.pr.precision.slice(0, -1));
    agree(recall.toReversed(), golden.pr.recall.slice(0, -1));
    agree(threshold.toReversed(), golden.pr.thresholds);
  });

  it('drawn curves are at most 500 of those points, ends included, in order of x', () => {
    const { roc, pr, rates } = curvesOf(ranked);
    const full = rocCurve(ranked);
    expect(roc.fpr).toHaveLength(500);
    expect([roc.fpr[0], roc.tpr[0], roc.fpr.at(-1), roc.tpr.at(-1)]).toEqual([0, 0, 1, 1]);
    const places = Array.from(roc.threshold, (threshold) => full.threshold.indexOf(threshold));
    expect(places).toEqual([...new Set(places)].sort((a, b) => a - b));
    places.forEach((place, i) => {
      expect([roc.fpr[i], roc.tpr[i]]).toEqual([full.fpr[place], full.tpr[place]]);
    });
    expect([pr.recall.at(-1), pr.precision.at(-1)]).toEqual([1, 376 / 1336]);
    expect([...pr.recall]).toEqual([...pr.recall].sort((a, b) => a - b));
    expect([...rates.threshold]).toEqual([...rates.threshold].sort((a, b) => a - b));
    expect([rates.threshold[0], rates.threshold.at(-1)]).toEqual([
      ranked.threshold.at(-1),
      ranked.threshold[0],
    ]);
    expect([rates.flaggedShare[0], rates.flaggedShare.at(-1)]).toEqual([1, 1 / 1336]);
  });
});

describe('largest triangle', () => {
  it('keeps all points when they are few enough', () => {
    expect([...largestTriangleIndexes(Float64Array.of(0, 1, 2), [Float64Array.of(5, 6, 5)], 3)]).toEqual([
      0, 1, 2,
    ]);
    expect([...largestTriangleIndexes(new Float64Array(0), [new Float64Array(0)], 500)]).toEqual([]);
  });

  it('keeps a single spike on a flat line', () => {
    const x = Float64Array.from({ length: 10_000 }, (_, i) => i);
    const y = x.map((i) => (i === 4321 ? 1 : 0));
    expect(largestTriangleIndexes(x, [y], 100)).toContain(4321);
  });

  it('keeps spikes of both of two lines on different scales', () => {
    const x = Float64Array.from({ length: 10_000 }, (_, i) => i);
    const small = x.map((i) => (i === 1234 ? 1e-6 : 0));
    // The ripple at 1240 is large beside the other line's spike and nothing beside its own.
    const large = x.map((i) => (i === 8765 ? 1e6 : i === 1240 ? 1 : 0));
    const kept = largestTriangleIndexes(x, [small, large], 100);
    expect(kept).toContain(1234);
    expect(kept).toContain(8765);
  });

  it('goes on over undefined values', () => {
    const x = Float64Array.from({ length: 1000 }, (_, i) => i);
    const y = x.map((i) => (i < 500 ? Number.NaN : i === 700 ? 9 : 1));
    const kept = largestTriangleIndexes(x, [y], 50);
    expect(kept).toHaveLength(50);
    expect(kept).toContain(700);
    expect(new Set(kept).size).toBe(50);
  });
});

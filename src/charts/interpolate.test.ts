import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { nearestIndex, valueAtThreshold, valueOnLine } from './interpolate.ts';

describe('valueAtThreshold', () => {
  const thresholds = Float64Array.of(0.1, 0.4, 0.9);
  const recall = Float64Array.of(1, 0.5, 0.25);

  test('a threshold between two scores decides as the higher score does', () => {
    expect(valueAtThreshold(thresholds, recall, 0)).toBe(1);
    expect(valueAtThreshold(thresholds, recall, 0.1)).toBe(1);
    expect(valueAtThreshold(thresholds, recall, 0.11)).toBe(0.5);
    expect(valueAtThreshold(thresholds, recall, 0.9)).toBe(0.25);
  });

  test('above every score nothing is flagged: not defined', () => {
    expect(valueAtThreshold(thresholds, recall, 0.91)).toBeNaN();
    expect(valueAtThreshold(thresholds, recall, Number.NaN)).toBeNaN();
    expect(valueAtThreshold([], [], 0.5)).toBeNaN();
  });

  test('law: equals the share counted row by row (flagged = score >= threshold)', () => {
    const scores = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 30 });
    fc.assert(
      fc.property(scores, fc.double({ min: 0, max: 1, noNaN: true }), (all, threshold) => {
        const distinct = [...new Set(all)].sort((a, b) => a - b);
        const flagged = distinct.map((t) => all.filter((s) => s >= t).length);
        const counted = all.filter((s) => s >= threshold).length;
        const read = valueAtThreshold(distinct, flagged, threshold);
        if (counted === 0) expect(read).toBeNaN();
        else expect(read).toBe(counted);
      }),
      { numRuns: 200 },
    );
  });

  test('golden: precision of credit_data at an observed score, by scikit-learn', () => {
    const path = new URL(
      '../../fixtures/credit_data/expected/curves_lightgbm_categorical.json',
      import.meta.url,
    );
    const { pr } = JSON.parse(readFileSync(path, 'utf8')) as {
      pr: { precision: number[]; thresholds: number[] };
    };
    const middle = Math.floor(pr.thresholds.length / 2);
    expect(valueAtThreshold(pr.thresholds, pr.precision, pr.thresholds[middle]!)).toBe(pr.precision[middle]);
    const between = (pr.thresholds[middle]! + pr.thresholds[middle + 1]!) / 2;
    expect(valueAtThreshold(pr.thresholds, pr.precision, between)).toBe(pr.precision[middle + 1]);
  });
});

describe('valueOnLine', () => {
  test('is linear between points and not defined outside or beside a gap', () => {
    const xs = [0, 1, 2, 3];
    const ys = [0, 10, Number.NaN, 30];
    expect(valueOnLine(xs, ys, 0.25)).toBe(2.5);
    expect(valueOnLine(xs, ys, 1)).toBe(10);
    expect(valueOnLine(xs, ys, 1.5)).toBeNaN();
    expect(valueOnLine(xs, ys, 3)).toBe(30);
    expect(valueOnLine(xs, ys, -0.1)).toBeNaN();
    expect(valueOnLine(xs, ys, 3.1)).toBeNaN();
    expect(valueOnLine([], [], 0)).toBeNaN();
  });
});

describe('nearestIndex', () => {
  test('works in any order, past infinity, and without points', () => {
    expect(nearestIndex([Number.POSITIVE_INFINITY, 0.9, 0.4, 0.1], 0.5)).toBe(2);
    expect(nearestIndex([0.4, 0.4], 0.4)).toBe(0);
    expect(nearestIndex([Number.NaN], 0.4)).toBe(-1);
    expect(nearestIndex([], 0.4)).toBe(-1);
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ensembleOf } from '../../../fixtures/ensemble-of.ts';
import { applyLink } from './apply-link.ts';
import type { TreeEnsemble } from './tree-ensemble.ts';

const numRuns = process.env.CUTLINE_LANE === 'slow' ? 5000 : 200;
const { fround } = Math;

function linked(parts: Partial<TreeEnsemble>, ...margins: number[]): number[] {
  return [...applyLink(ensembleOf([], parts), Float64Array.from(margins))];
}

const logistic = { kind: 'logistic', slope: 1 } as const;
const softmax = { kind: 'softmax' } as const;
const multiclass = { outputCount: 3, classCount: 3, link: softmax } as const;

describe('links in float64', () => {
  it('identity leaves the margins as they are', () => {
    expect(linked({}, -1, 0, 2.5)).toEqual([-1, 0, 2.5]);
  });

  it('logistic of a binary model gives both classes', () => {
    // 1 / (1 + e^-ln 3) = 1 / (1 + 1/3) = 3/4
    const values = linked({ classCount: 2, link: logistic }, 0, Math.log(3));
    expect(values.slice(0, 2)).toEqual([0.5, 0.5]);
    expect(values[2]).toBeCloseTo(0.25, 15);
    expect(values[3]).toBeCloseTo(0.75, 15);
  });

  it('logistic without classes gives one value', () => {
    expect(linked({ link: logistic }, 0)).toEqual([0.5]);
  });

  it('slope scales the margin', () => {
    const link = { kind: 'logistic', slope: 0.5 } as const;
    expect(linked({ link }, 2 * Math.log(3))[0]).toBeCloseTo(0.75, 15);
  });

  it('logistic of each of several outputs, not scaled to sum to 1', () => {
    const values = linked({ outputCount: 2, classCount: 2, link: logistic }, 0, Math.log(3));
    expect(values[0]).toBe(0.5);
    expect(values[1]).toBeCloseTo(0.75, 15);
  });

  it('softmax row by row', () => {
    // e^ln 1 : e^ln 2 : e^ln 5 = 1 : 2 : 5
    const values = linked(multiclass, 0, Math.log(2), Math.log(5), 7, 7, 7);
    for (const [i, expected] of [1 / 8, 2 / 8, 5 / 8, 1 / 3, 1 / 3, 1 / 3].entries()) {
      expect(values[i]).toBeCloseTo(expected, 15);
    }
  });

  it('exponential and signed square', () => {
    expect(linked({ link: { kind: 'exponential' } }, 0, Math.log(4))[1]).toBeCloseTo(4, 14);
    expect(linked({ link: { kind: 'signed-square' } }, -3, 0, 1.5)).toEqual([-9, 0, 2.25]);
  });

  it('averages before the link', () => {
    expect(linked({ averageOver: 4, link: { kind: 'signed-square' } }, 8, -4)).toEqual([4, -1]);
    expect(linked({ averageOver: 12 }, 6)).toEqual([0.5]);
  });

  it('does not overflow', () => {
    expect(linked({ classCount: 2, link: logistic }, 1e6, -1e6)).toEqual([0, 1, 1, 0]);
    expect(linked(multiclass, 1e6, 0, -1e6)).toEqual([1, 0, 0]);
  });

  it('NaN stays NaN', () => {
    for (const link of [
      { kind: 'identity' },
      logistic,
      { kind: 'exponential' },
      { kind: 'signed-square' },
    ] as const) {
      expect(linked({ link }, Number.NaN)).toEqual([Number.NaN]);
    }
    expect(linked({ classCount: 2, link: logistic }, Number.NaN)).toEqual([Number.NaN, Number.NaN]);
    expect(linked(multiclass, 1, Number.NaN, 2)).toEqual([Number.NaN, Number.NaN, Number.NaN]);
  });

  it('takes no rows', () => expect(linked(multiclass)).toEqual([]));
});

describe('links in float32', () => {
  it('XGBoost: 1 / (1 + exp(-m)), each step rounded', () => {
    const m = fround(-0.7);
    const p = fround(1 / fround(1 + fround(Math.exp(fround(0.7)))));
    const parts = { classCount: 2, sums: 'float32-from-base', link: logistic } as const;
    expect(linked(parts, m)).toEqual([fround(1 - p), p]);
  });

  it('ONNX Runtime mirrors negative margins', () => {
    const upper = fround(1 / fround(1 + fround(Math.exp(-fround(0.7)))));
    const parts = { classCount: 2, sums: 'float32', link: logistic } as const;
    expect(linked(parts, fround(0.7))[1]).toBe(upper);
    expect(linked(parts, fround(-0.7))[1]).toBe(fround(1 - upper));
  });

  it('softmax: ONNX Runtime adds up in float32, XGBoost in float64', () => {
    const margins = [1.1, 2.4, 0.8, 2.1].map(fround);
    const parts = { outputCount: 4, classCount: 4, link: softmax } as const;
    const terms = margins.map((m) => fround(Math.exp(fround(m - margins[1]!))));
    const single = terms.reduce((sum, term) => fround(sum + term), 0);
    const double = fround(terms.reduce((sum, term) => sum + term, 0));
    expect(single).not.toBe(double);
    const over = (total: number) => terms.map((term) => fround(term / total));
    expect(linked({ ...parts, sums: 'float32' }, ...margins)).toEqual(over(single));
    expect(linked({ ...parts, sums: 'float32-from-base' }, ...margins)).toEqual(over(double));
  });

  it('gives float32 values only', () => {
    const links = [logistic, softmax, { kind: 'exponential' }, { kind: 'signed-square' }] as const;
    for (const link of links) {
      const values = linked(
        { outputCount: 3, sums: 'float32', link },
        fround(0.1),
        fround(-2.3),
        fround(1.7),
      );
      expect(values.map(fround)).toEqual(values);
    }
  });
});

describe('laws', () => {
  const margin = fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e3, max: 1e3 });
  const sums = fc.constantFrom('float64', 'float32', 'float32-from-base');

  it('a logistic output is a probability, the two classes sum to 1, and it rises with the margin', () => {
    fc.assert(
      fc.property(margin, margin, sums, (a, b, precision) => {
        const parts = { classCount: 2, sums: precision, link: logistic } as const;
        const [notA, pA, , pB] = linked(parts, a, b) as [number, number, number, number];
        expect(pA).toBeGreaterThanOrEqual(0);
        expect(pA).toBeLessThanOrEqual(1);
        expect(notA + pA).toBeCloseTo(1, precision === 'float64' ? 15 : 6);
        if (a <= b) expect(pA).toBeLessThanOrEqual(pB + (precision === 'float64' ? 0 : 1e-7));
      }),
      { numRuns },
    );
  });

  it('rows of a softmax are probabilities that sum to 1, unchanged when all margins move together', () => {
    fc.assert(
      fc.property(margin, margin, margin, margin, (a, b, c, shift) => {
        const row = linked(multiclass, a, b, c);
        const moved = linked(multiclass, a + shift, b + shift, c + shift);
        for (const p of row) {
          expect(p).toBeGreaterThanOrEqual(0);
          expect(p).toBeLessThanOrEqual(1);
        }
        expect(row.reduce((sum, p) => sum + p, 0)).toBeCloseTo(1, 12);
        for (const [k, p] of row.entries()) expect(moved[k]).toBeCloseTo(p, 9);
      }),
      { numRuns },
    );
  });
});

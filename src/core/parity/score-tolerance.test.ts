import { describe, expect, it } from 'vitest';
import { goldenCsv, numbers } from '../../../fixtures/golden.ts';
import type { ComparedScores } from './compared-form.ts';
import { noDigits, readDigits, toleranceOf, type WrittenDigits } from './score-tolerance.ts';

const digitsOf = (scores: Iterable<number>): WrittenDigits => {
  const values = Float64Array.from(scores);
  const digits = noDigits();
  readDigits(digits, values, 0, values.length);
  return digits;
};

const side = (name: string, precision: ComparedScores['precision']) => ({ name, precision });

describe('readDigits', () => {
  it.each([
    ['whole numbers', [0, 1, 1], 0],
    ['two decimals, not exact in binary', [0.1, 0.25, 0.07, 1.15], 2],
    ['the longest decides', [0.5, 0.1234, 0.25], 4],
    ['negative margins', [-2.345, 1.1], 3],
    ['more than matter', [0.1, 1 / 3], 10],
    ['missing and infinite values say nothing', [Number.NaN, Number.POSITIVE_INFINITY, 0.5], 1],
  ])('counts decimals: %s', (_, scores, decimals) => {
    expect(digitsOf(scores).decimals).toBe(decimals);
  });

  it('takes nine digits of a float32 for single precision, ten of a float64 not', () => {
    const singles = [0.1, 1 / 3, 0.7654321, 1e-5 / 3].map(Math.fround);
    expect(digitsOf(singles).isFloat32).toBe(true);
    expect(digitsOf(singles.map((score) => Number(score.toPrecision(9)))).isFloat32).toBe(true);
    expect(digitsOf(singles.map((score) => Number(score.toPrecision(8)))).isFloat32).toBe(true);
    expect(digitsOf([Number((1 / 3).toPrecision(10))]).isFloat32).toBe(false);
    expect(digitsOf([0, -0])).toEqual({ decimals: 0, isFloat32: true });
  });

  it('tells the libraries of the reference scores apart', () => {
    const column = goldenCsv('./credit_data/expected/probabilities_test.csv');
    const isFloat32 = (name: string) => digitsOf(numbers(column(name))).isFloat32;
    expect(['xgboost_binary', 'xgboost_dart', 'xgboost_categorical'].map(isFloat32)).toEqual([
      true,
      true,
      true,
    ]);
    expect(['lightgbm_numeric', 'sklearn_random_forest'].map(isFloat32)).toEqual([false, false]);
  });
});

describe('toleranceOf', () => {
  const none = { left: null, right: null };

  it('is 1e-9 between doubles and 2e-6 with anything single', () => {
    const double = side('a', 'float64');
    const single = side('b', 'float32');
    expect(toleranceOf(double, double, none).tolerance).toBe(1e-9);
    expect(toleranceOf(double, single, none)).toEqual({
      tolerance: 2e-6,
      reason: 'At least one side is in single precision (float32), good for about 2e-6.',
    });
    const column = { left: null, right: { decimals: 10, isFloat32: true } };
    expect(toleranceOf(double, side('c', 'column'), column).tolerance).toBe(2e-6);
  });

  it('adds half a unit of the last decimal, and says of which column', () => {
    const digits = { left: null, right: { decimals: 7, isFloat32: false } };
    const { tolerance, reason } = toleranceOf(side('m', 'float64'), side('score', 'column'), digits);
    expect(tolerance).toBeCloseTo(5e-8 + 1e-9, 15);
    expect(reason).toContain('"score" is written with 7 decimals');
  });

  it('does not take decisions for scores of no decimals', () => {
    const digits = { left: null, right: { decimals: 0, isFloat32: true } };
    expect(toleranceOf(side('m', 'float64'), side('flag', 'column'), digits).tolerance).toBeLessThan(0.006);
  });
});

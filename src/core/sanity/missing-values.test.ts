import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { categoryColumn, numberColumn } from '../../../fixtures/table-of-csv.ts';
import { drain } from '../sliced.ts';
import { missingRows } from './missing-rows.ts';
import { type MissingTrial, missingValuesCheck } from './missing-values.ts';

const scored: MissingTrial = {
  feature: 'Age',
  column: 'age',
  outcome: 'scored',
  lost: 0,
  meanShift: 0.01,
  message: '',
  missingInTable: 0,
};
const unscored: MissingTrial = {
  ...scored,
  feature: 'Income',
  outcome: 'unscored',
  lost: 300,
  meanShift: Number.NaN,
};
const whole = { trials: [scored], sampleRows: 300, rowsWithMissing: 0, rowsUnscored: 0 };

describe('missing values', () => {
  it('pass when every input may be missing, and say which one moves scores most', () => {
    const trials = [scored, { ...scored, feature: 'Debt', meanShift: 0.25 }];
    expect(missingValuesCheck({ ...whole, trials, rowsWithMissing: 7 })).toMatchObject({
      verdict: 'pass',
      finding:
        '7 rows of this table lack an input, and all have scores. A missing value of "Debt" moves scores most, by 0.250 on average.',
      advice: '',
    });
  });

  it('pass, with a word of warning, when the model needs an input that this table always has', () => {
    const check = missingValuesCheck({ ...whole, trials: [scored, unscored] });
    expect(check).toMatchObject({ verdict: 'pass', title: 'No score without some inputs' });
    expect(check.finding).toBe('This table has no missing input. Without "Income" there would be no score.');
    expect(check.advice).not.toBe('');
    expect(check.evidence).toContainEqual(['Income', 'missing: no score in 100.0 % of rows']);
  });

  it('warn when the table lacks an input that the model needs', () => {
    const trials = [scored, { ...unscored, missingInTable: 3 }];
    const check = missingValuesCheck({ ...whole, trials, rowsWithMissing: 3 });
    expect(check).toMatchObject({ verdict: 'warn', title: 'Missing values not taken' });
  });

  it('warn when rows that lack an input have no score', () => {
    const check = missingValuesCheck({ ...whole, rowsWithMissing: 1200, rowsUnscored: 1100 });
    expect(check.verdict).toBe('warn');
    expect(check.finding).toBe('1,100 of 1,200 rows with a missing input have no score.');
  });

  it('keep the message of a run that was refused', () => {
    const refused: MissingTrial = { ...unscored, outcome: 'refused', message: 'Whole numbers only.' };
    expect(missingValuesCheck({ ...whole, trials: [refused] }).evidence).toContainEqual([
      'Income',
      'missing: Whole numbers only.',
    ]);
  });

  it('are not judged without rows or inputs', () => {
    expect(missingValuesCheck({ ...whole, trials: [] }).verdict).toBe('not-enough-data');
    expect(missingValuesCheck({ ...whole, sampleRows: 0 }).verdict).toBe('not-enough-data');
  });
});

describe('missingRows', () => {
  it('counts missing cells by column, rows that lack any, and those without a score', () => {
    const columns = [
      numberColumn('a', [1, Number.NaN, 3, Number.NaN]),
      categoryColumn('b', ['x', null, null, 'y']),
      { kind: 'text', name: 'c', bytes: Uint8Array.of(65), offsets: Uint32Array.of(0, 0, 1, 1, 1) } as const,
      { kind: 'date', name: 'd', values: Float64Array.of(0, 0, 0, 0) } as const,
    ];
    const scores = Float64Array.of(0.1, Number.NaN, 0.2, 0.3);
    expect(drain(missingRows(columns, scores))).toEqual({ inColumns: [2, 2, 3, 0], rows: 4, unscored: 1 });
    expect(drain(missingRows(columns.slice(0, 1), scores))).toEqual({ inColumns: [2], rows: 2, unscored: 1 });
    expect(drain(missingRows([], scores))).toEqual({ inColumns: [], rows: 0, unscored: 0 });
  });

  it('law: as counting row by row', () => {
    const cell = fc.option(fc.double({ noNaN: true }), { nil: Number.NaN });
    fc.assert(
      fc.property(fc.array(fc.tuple(cell, cell, cell), { maxLength: 40 }), (rows) => {
        const columns = [0, 1].map((at) =>
          numberColumn(
            `c${at}`,
            rows.map((row) => row[at]!),
          ),
        );
        const scores = Float64Array.from(rows, (row) => row[2]);
        const lacking = rows.filter(([x, y]) => Number.isNaN(x) || Number.isNaN(y));
        const unscoredRows = lacking.filter(([, , score]) => Number.isNaN(score));
        expect(drain(missingRows(columns, scores))).toMatchObject({
          rows: lacking.length,
          unscored: unscoredRows.length,
        });
      }),
      { numRuns: 60 },
    );
  });
});

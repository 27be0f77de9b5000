import { describe, expect, it } from 'vitest';
import { categoryColumn, numberColumn } from '../../../fixtures/table-of-csv.ts';
import type { BackgroundChoice } from '../../core/explain/explanation.ts';
import type { Table } from '../../core/table/column.ts';
import { backgroundRows } from './background-rows.ts';
import { drawRows, referenceRows } from './reference-rows.ts';

const table: Table = {
  name: 'ten.csv',
  rowCount: 10,
  columns: [
    categoryColumn('split', [
      'test',
      'train',
      'train',
      null,
      'test',
      'train',
      'train',
      'train',
      'test',
      'train',
    ]),
    categoryColumn('home', ['rent', 'own', 'rent', 'rent', 'own', null, 'own', 'rent', 'own', 'rent']),
    numberColumn('age', [20, 30, 30, 41, 50, 30, 61, 70, 80, 90]),
  ],
};
const split = { column: 'split', value: 'test' };
const reference = referenceRows(table, split);
const scores = Float64Array.of(0.9, 0.1, 0.5, 0.45, 0.55, Number.NaN, 0.3, 0.7, 0.2, 0.5);

const pick = (rows: BackgroundChoice['rows'], size = 100, held: Float64Array | null = scores) => [
  ...backgroundRows(table, reference, { rows, size, seed: 1 }, held),
];
const refused = (code: string, column?: string) =>
  expect.objectContaining({ code, ...(column === undefined ? {} : { place: { column } }) });

describe('reference rows', () => {
  it('are those outside the split, without a value in its column too', () => {
    expect([...reference]).toEqual([1, 2, 3, 5, 6, 7, 9]);
    expect(referenceRows(table, null).length).toBe(10);
  });

  it('cannot be none', () => {
    const columns = [
      categoryColumn(
        'split',
        Array.from({ length: 10 }, () => 'test'),
      ),
    ];
    expect(() => referenceRows({ ...table, columns }, split)).toThrow(refused('empty-sample', 'split'));
  });

  it('are drawn ascending, each once, the same for a seed', () => {
    const many = Uint32Array.from({ length: 1000 }, (_, row) => 3 * row);
    const drawn = drawRows(many, 100, 7);
    expect(drawn).toEqual(drawRows(many, 100, 7));
    expect(drawn).not.toEqual(drawRows(many, 100, 8));
    expect(new Set(drawn).size).toBe(100);
    expect(drawn).toEqual(drawn.toSorted());
    expect(drawn.every((row) => row % 3 === 0)).toBe(true);
    expect(many[1]).toBe(3);
  });

  it('are drawn with even chances', () => {
    const many = Uint32Array.from({ length: 10 }, (_, row) => row);
    const counts = new Array<number>(10).fill(0);
    for (let seed = 0; seed < 2000; seed++) for (const row of drawRows(many, 3, seed)) counts[row]! += 1;
    // Binomial with mean 600 and deviation 20.5: five deviations.
    for (const count of counts) expect(Math.abs(count - 600)).toBeLessThan(103);
  });
});

describe('a background', () => {
  it('of all rows is all reference rows, or as many as asked for', () => {
    expect(pick({ kind: 'all' })).toEqual([...reference]);
    expect(pick({ kind: 'all' }, 3).length).toBe(3);
  });

  it('near the threshold has the nearest scores of its side, and no row without a score', () => {
    const near = { kind: 'near-threshold', threshold: 0.5 } as const;
    expect(pick({ ...near, side: 'flagged' })).toEqual([2, 7, 9]);
    expect(pick({ ...near, side: 'passed' })).toEqual([1, 3, 6]);
    expect(pick({ ...near, side: 'passed' }, 2)).toEqual([3, 6]);
    // Rows 2 and 9 are both at the threshold: the table's order decides.
    expect(pick({ ...near, side: 'flagged' }, 1)).toEqual([2]);
    expect(pick({ ...near, threshold: Number.POSITIVE_INFINITY, side: 'passed' }, 2)).toEqual([1, 2]);
  });

  it('of a cohort has the rows with one of its values, numbers and empty cells too', () => {
    expect(pick({ kind: 'cohort', column: 'home', values: ['own'] })).toEqual([1, 6]);
    expect(pick({ kind: 'cohort', column: 'home', values: ['own', '(missing)'] })).toEqual([1, 5, 6]);
    expect(pick({ kind: 'cohort', column: 'age', values: ['30.0'] })).toEqual([1, 2, 5]);
  });

  it.each([0, -1, 1.5, 1001, Number.NaN])('of %d rows is refused', (size) => {
    expect(() => pick({ kind: 'all' }, size)).toThrow(refused('invalid-argument'));
  });

  it('that selects nothing says why', () => {
    const near = { kind: 'near-threshold', side: 'flagged', threshold: 0.5 } as const;
    expect(() => pick(near, 100, null)).toThrow(refused('score-missing'));
    expect(() => pick({ ...near, threshold: 0.95 })).toThrow(refused('empty-sample'));
    expect(() => pick({ ...near, threshold: Number.NaN })).toThrow(refused('invalid-argument'));
    expect(() => pick({ kind: 'cohort', column: 'home', values: [] })).toThrow(
      refused('invalid-argument', 'home'),
    );
    expect(() => pick({ kind: 'cohort', column: 'home', values: ['boat'] })).toThrow(
      refused('value-missing', 'home'),
    );
    expect(() => pick({ kind: 'cohort', column: 'house', values: ['own'] })).toThrow('has no column "house"');
    // Only judged rows are 80 years old.
    expect(() => pick({ kind: 'cohort', column: 'age', values: ['80'] })).toThrow(
      refused('empty-sample', 'age'),
    );
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DataError } from '../errors.ts';
import { categoryColumn, textColumn } from './build-column.ts';
import type { Column, NumberColumn, Table } from './column.ts';
import { cellText, columnByName, nearNames, rowCountOf } from './column-access.ts';
import { leftJoin } from './join.ts';
import { selectJudgedRows, selectRowsOutside } from './judged-rows.ts';
import { labelValues } from './label-values.ts';
import { amountsFromColumn, scoresFromColumn } from './score-column.ts';

const numRuns = process.env.CUTLINE_LANE === 'slow' ? 5000 : 200;

const category = (name: string, ...texts: (string | null)[]) => categoryColumn(name, texts, texts.length);
const numbers = (name: string, ...values: number[]): NumberColumn => ({
  kind: 'number',
  name,
  values: Float64Array.from(values),
  spelling: 'shortest',
});
const table = (...columns: Column[]): Table => {
  return { name: 't.csv', rowCount: rowCountOf(columns[0]!), columns };
};
const failure = (action: () => unknown): DataError => {
  try {
    action();
  } catch (error) {
    if (error instanceof DataError) return error;
    throw error;
  }
  throw new Error('did not throw');
};

const loans = table(
  category('status', 'bad', 'good', null, 'open', 'bad', 'good', 'other'),
  category('split', 'test', 'test', 'test', 'test', 'train', null, 'test'),
);

describe('selectRowsOutside', () => {
  const target = { column: 'status', positive: ['bad'], excluded: ['open'] };

  it('takes the labelled rows that are not judged, those without a split value too', () => {
    const outside = selectRowsOutside(loans, target, { column: 'split', value: 'test' });
    expect([...outside.rows]).toEqual([4, 5]);
    expect([...outside.labels]).toEqual([1, 0]);
    const others = selectRowsOutside(loans, target, { column: 'split', value: 'train' });
    expect([...others.rows]).toEqual([0, 1, 5, 6]);
    expect([...others.labels]).toEqual([1, 0, 0, 0]);
  });

  it('may find none', () => {
    const judged = table(category('status', 'bad', 'good', null), category('split', 'a', 'a', 'b'));
    const none = selectRowsOutside(judged, { ...target, excluded: [] }, { column: 'split', value: 'a' });
    expect([none.rows.length, none.labels.length]).toEqual([0, 0]);
  });
});

describe('selectJudgedRows', () => {
  it('counts every row: judged, excluded by value, outside the split', () => {
    const judged = selectJudgedRows(
      loans,
      { column: 'status', positive: ['bad'], excluded: ['open'] },
      { column: 'split', value: 'test' },
    );
    expect([...judged.rows]).toEqual([0, 1, 6]);
    expect([...judged.labels]).toEqual([1, 0, 0]);
    expect(judged.excluded).toEqual([
      { value: 'open', count: 1 },
      { value: '(missing)', count: 1 },
    ]);
    expect(judged.outsideSplit).toBe(2);
  });

  it('matches values as text, as numbers, and as truth values in another case', () => {
    const labels = (column: Column, ...positive: string[]) => [
      ...selectJudgedRows(table(column), { column: 'y', positive, excluded: [] }, null).labels,
    ];
    expect(labels(numbers('y', 1, 0, 2), '1.0')).toEqual([1, 0, 0]);
    expect(labels(category('y', '1.0', '0.0', '1'), '1')).toEqual([1, 0, 1]);
    expect(labels(category('y', 'True', 'False'), 'true')).toEqual([1, 0]);
    expect(labels(category('y', 'True', 'true', 'False'), 'true')).toEqual([0, 1, 0]);
    expect(labels(category('y', 'a', 'b', 'c'), 'a', 'b')).toEqual([1, 1, 0]);
    expect(labels(textColumn('y', ['a', 'b'], 2) as Column, 'a').length).toBe(2);
  });

  it('refuses a value that does not exist, naming those that do', () => {
    const error = failure(() =>
      selectJudgedRows(loans, { column: 'status', positive: ['Bad'], excluded: [] }, null),
    );
    expect([error.code, error.place.column]).toEqual(['value-missing', 'status']);
    expect(error.advice).toContain('"bad", "good", "open", "other"');
    const target = { column: 'status', positive: ['bad'], excluded: [] };
    expect(failure(() => selectJudgedRows(loans, target, { column: 'split', value: 'tset' })).code).toBe(
      'value-missing',
    );
    expect(
      failure(() => selectJudgedRows(loans, target, { column: 'splt', value: 'test' })).advice,
    ).toContain('Did you mean: "split"?');
    expect(failure(() => selectJudgedRows(table(category('status', null)), target, null)).advice).toBe(
      'The column is empty.',
    );
  });

  it('refuses one class, no rows, no positive value, and a value in both lists', () => {
    const select = (positive: string[], excluded: string[], split: string | null = null) =>
      failure(() =>
        selectJudgedRows(
          loans,
          { column: 'status', positive, excluded },
          split === null ? null : { column: 'split', value: split },
        ),
      );
    const oneClass = select(['bad'], ['good', 'open', 'other']);
    expect(oneClass.code).toBe('one-class');
    expect(oneClass.message).toBe('All 2 judged rows are positive (2 positive, 0 negative).');
    expect(select(['bad'], ['bad']).code).toBe('invalid-argument');
    expect(select([], []).code).toBe('invalid-argument');
    const empty = table(category('status', null, 'bad', 'good'), category('split', 'test', 'train', 'train'));
    expect(
      failure(() =>
        selectJudgedRows(
          empty,
          { column: 'status', positive: ['bad'], excluded: [] },
          { column: 'split', value: 'test' },
        ),
      ).code,
    ).toBe('no-judged-rows');
  });

  it('loses no row, whatever the labels', () => {
    const label = fc.option(fc.constantFrom('a', 'b', 'c'));
    fc.assert(
      fc.property(fc.array(fc.tuple(label, fc.option(fc.constantFrom('test', 'train')))), (rows) => {
        const all: [string | null, string | null][] = [...rows, ['a', 'test'], ['b', 'test'], ['c', 'train']];
        const t = table(category('y', ...all.map(([y]) => y)), category('s', ...all.map(([, s]) => s)));
        const judged = selectJudgedRows(
          t,
          { column: 'y', positive: ['a'], excluded: ['c'] },
          { column: 's', value: 'test' },
        );
        const excluded = judged.excluded.reduce((sum, { count }) => sum + count, 0);
        expect(judged.rows.length + excluded + judged.outsideSplit).toBe(all.length);
        judged.rows.forEach((row, i) => {
          expect([all[row]![1], judged.labels[i]]).toEqual(['test', all[row]![0] === 'a' ? 1 : 0]);
        });
      }),
      { numRuns },
    );
  });
});

describe('labelValues', () => {
  it('lists values by frequency, missing last', () => {
    expect(labelValues(loans.columns[0]!)).toEqual([
      { value: 'bad', count: 2 },
      { value: 'good', count: 2 },
      { value: 'open', count: 1 },
      { value: 'other', count: 1 },
      { value: '(missing)', count: 1 },
    ]);
    expect(labelValues(numbers('y', 0, 1, 1), 1)).toEqual([{ value: '1', count: 2 }]);
    expect(labelValues(textColumn('y', ['a', null], 2))).toHaveLength(2);
    expect(labelValues(category('y'))).toEqual([]);
  });
});

describe('scores and amounts', () => {
  it('are the numbers of the column, NaN where missing', () => {
    const t = table(
      numbers('p', 0, 1, Number.NaN),
      category('c', 'x', 'y', 'z'),
      numbers('bad', 0.5, 2, 0),
      numbers('none', Number.NaN, Number.NaN, Number.NaN),
    );
    expect([...scoresFromColumn(t, 'p')]).toEqual([0, 1, Number.NaN]);
    expect([...amountsFromColumn(t, 'bad')]).toEqual([0.5, 2, 0]);
    expect(failure(() => scoresFromColumn(t, 'c')).code).toBe('score-not-numeric');
    expect(failure(() => amountsFromColumn(t, 'c')).code).toBe('amount-not-numeric');
    expect(failure(() => scoresFromColumn(t, 'none')).code).toBe('score-missing');
    const outside = failure(() => scoresFromColumn(t, 'bad'));
    expect([outside.code, outside.place.row, outside.message]).toEqual([
      'score-out-of-range',
      1,
      'The score 2 in column "bad", data row 1 (from 0), is outside [0, 1].',
    ]);
    expect(failure(() => scoresFromColumn(t, 'P')).advice).toBe('Did you mean: "p"?');
  });
});

describe('columnByName', () => {
  it('names columns that are spelled alike, else what there is', () => {
    expect(nearNames('loan amount', ['LoanAmount', 'loan_amnt', 'rate'])).toEqual([
      'LoanAmount',
      'loan_amnt',
    ]);
    expect(failure(() => columnByName(loans, 'zzz')).advice).toBe('Its columns are: "status", "split".');
    expect(columnByName(loans, 'split').name).toBe('split');
  });

  it('counts the columns of a wide table beyond the first twelve', () => {
    const wide = table(...Array.from({ length: 15 }, (_, i) => numbers(`column ${i}`, i)));
    expect(failure(() => columnByName(wide, 'zzz')).advice).toMatch(/, "column 11" and 3 more\.$/);
  });
});

describe('leftJoin', () => {
  const left = table(category('id', 'a', 'b', null, 'c'), numbers('x', 1, 2, 3, 4));

  it('keeps the left rows, fills with missing, renames clashes, and says so', () => {
    const right = table(
      category('id', 'c', 'a', null),
      numbers('x', 30, 10, 99),
      category('y', 'yc', 'ya', 'zz'),
    );
    const { table: joined, notices, matched } = leftJoin(left, right, 'id');
    expect(joined.columns.map(({ name }) => name)).toEqual(['id', 'x', 'x (2)', 'y']);
    expect(joined.columns.slice(2).map((column) => [0, 1, 2, 3].map((row) => cellText(column, row)))).toEqual(
      [
        ['10', null, null, '30'],
        ['ya', null, null, 'yc'],
      ],
    );
    expect([matched, notices.map(({ code, count }) => [code, count])]).toEqual([
      2,
      [
        ['join-unmatched', 2],
        ['join-renamed', undefined],
      ],
    ]);
  });

  it('joins numbers with numbers written as text, and text exactly', () => {
    const right = table(category('id', '1.0', '02'), category('y', 'one', 'two'));
    expect(leftJoin(table(numbers('id', 1, 2)), right, 'id').matched).toBe(2);
    expect(leftJoin(table(category('id', '1.0', '2')), right, 'id').matched).toBe(1);
  });

  it('refuses a key twice on the right, naming key and rows, and no match at all', () => {
    const twice = failure(() =>
      leftJoin(left, table(category('id', 'a', 'x', 'a'), numbers('y', 1, 2, 3)), 'id'),
    );
    expect([twice.code, twice.place.row]).toEqual(['join-key', 2]);
    expect(twice.message).toContain('"a" appears twice');
    expect(failure(() => leftJoin(left, table(category('id', 'q')), 'id')).code).toBe('join-key');
    expect(failure(() => leftJoin(left, table(category('key', 'q')), 'id')).code).toBe('column-missing');
  });
});

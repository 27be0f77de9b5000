import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DataError } from '../errors.ts';
import { drain } from '../sliced.ts';
import { categoryColumn, textColumn } from './build-column.ts';
import type { Column, DateColumn, NumberColumn, Table } from './column.ts';
import { cellText, rowCountOf } from './column-access.ts';
import { joinTables } from './join.ts';
import type { Aggregate, JoinSpec } from './join-spec.ts';
import { retypeColumn } from './retype.ts';

const numRuns = process.env.CUTLINE_LANE === 'slow' ? 5000 : 200;

const numbers = (name: string, ...values: (number | null)[]): NumberColumn => ({
  ...{ kind: 'number', name, spelling: 'shortest' },
  values: Float64Array.from(values, (value) => value ?? Number.NaN),
});
const dates = (name: string, ...values: (number | null)[]): DateColumn => ({
  ...{ kind: 'date', name },
  values: Float64Array.from(values, (value) => value ?? Number.NaN),
});
const category = (name: string, ...texts: (string | null)[]) => categoryColumn(name, texts, texts.length);
const text = (name: string, ...texts: (string | null)[]) => textColumn(name, texts, texts.length);
const table = (name: string, ...columns: Column[]): Table => ({
  name,
  rowCount: rowCountOf(columns[0]!),
  columns,
});
const cells = (column: Column) =>
  Array.from({ length: rowCountOf(column) }, (_, row) => cellText(column, row));

const spec = (aggregates: Partial<Record<Aggregate, string>>, more: Partial<JoinSpec> = {}): JoinSpec => ({
  ...{ leftKey: 'id', rightKey: 'id', orderBy: null },
  columns: Object.entries(aggregates).map(([aggregate, column]) => ({
    ...{ aggregate: aggregate as Aggregate, column, as: aggregate },
  })),
  ...more,
});

const joined = (left: Table, right: Table, how: JoinSpec) => drain(joinTables(left, right, how));

const added = (left: Table, right: Table, how: JoinSpec) =>
  Object.fromEntries(
    joined(left, right, how)
      .table.columns.slice(left.columns.length)
      .map((column) => [column.name, cells(column)]),
  );

function failure(act: () => unknown): DataError {
  try {
    act();
  } catch (error) {
    if (error instanceof DataError) return error;
    throw error;
  }
  throw new Error('did not throw');
}

describe('joinTables', () => {
  const loans = table('loans', category('id', 'a', 'b', null, 'c', 'a'));
  const payments = table(
    'payments',
    category('id', 'a', 'b', 'a', null, 'x', 'a'),
    numbers('paid', 10, null, 2.5, 99, 98, null),
    dates('day', 3, 1, 9, 8, 7, 9),
    text('note', 'first', 'only', 'tie', 'lost', 'alien', 'last'),
  );

  it('aggregates the matching rows of each left row, by hand', () => {
    const how = spec({ count: '', sum: 'paid', mean: 'paid', last: 'note' });
    expect(added(loans, payments, how)).toEqual({
      count: ['3', '1', '0', '0', '3'],
      sum: ['12.5', null, null, null, '12.5'],
      mean: ['6.25', null, null, null, '6.25'],
      last: ['last', 'only', null, null, 'last'],
    });
    expect(joined(loans, payments, how).matched).toBe(3);
  });

  it('takes the last by order, ties as in the file, rows without an order first', () => {
    const right = table(
      'r',
      numbers('id', 1, 1, 1, 2, 2, 3, 3),
      numbers('at', 5, 9, 9, 4, null, null, null),
      text('v', 'a', 'b', 'c', 'd', 'e', 'f', 'g'),
    );
    const left = table('l', numbers('id', 1, 2, 3));
    expect(added(left, right, spec({ last: 'v' }, { orderBy: 'at' }))).toEqual({ last: ['c', 'd', 'g'] });
    expect(added(left, right, spec({ last: 'v' }))).toEqual({ last: ['c', 'e', 'g'] });
  });

  it('keeps a missing last cell missing', () => {
    expect(added(loans, payments, spec({ last: 'paid' })).last).toEqual([null, null, null, null, null]);
  });

  it.each<[string, Column, Column, number]>([
    ['numbers with texts that say numbers', numbers('id', 1, 2, -0), category('id', '1.0', '02', '0'), 3],
    ['text cells with numbers', text('id', '1.0', 'x', '3'), numbers('id', 1, 3, 9), 2],
    ['categories by their very text', category('id', '1.0', 'a', 'B'), category('id', '1', 'a', 'b'), 1],
    ['text with category', text('id', 'ä', '漢', ''), category('id', '漢', 'ä', null), 2],
    ['dates with dates', dates('id', 0, 86_400_000, null), dates('id', 0, 1, null), 1],
    ['dates with ISO texts', dates('id', 0, 86_400_000, null), text('id', '1970-01-02', 'x', 'y'), 1],
    ['infinite numbers', numbers('id', Infinity, -Infinity, 1), numbers('id', Infinity, 2, 3), 1],
  ])('matches %s', (_, leftKey, rightKey, matched) => {
    const right = table('r', rightKey);
    expect(joined(table('l', leftKey), right, spec({ count: '' })).matched).toBe(matched);
  });

  it('keeps dictionaries, kinds and what columns remember', () => {
    const right = table('r', numbers('id', 2, 1), category('c', 'x', 'y'), {
      ...dates('d', 5, 6),
      written: { order: 'day-first', shortYears: false },
    });
    const { columns } = joined(table('l', numbers('id', 1, 2, 7)), right, {
      ...spec({}),
      columns: [
        { column: 'c', aggregate: 'value', as: 'c' },
        { column: 'd', aggregate: 'last', as: 'd' },
      ],
    }).table;
    expect(columns[1]).toEqual({
      kind: 'category',
      name: 'c',
      codes: Int32Array.of(1, 0, -1),
      dictionary: ['x', 'y'],
    });
    expect(columns[2]).toMatchObject({
      written: { order: 'day-first' },
      values: Float64Array.of(6, 5, Number.NaN),
    });
  });

  it('says what has no partner and which name was taken', () => {
    const how: JoinSpec = {
      ...spec({}),
      columns: [
        { column: '', aggregate: 'count', as: 'id' },
        { column: 'paid', aggregate: 'sum', as: 'id' },
      ],
    };
    const { table: result, notices } = joined(loans, payments, how);
    expect(result.columns.map(({ name }) => name)).toEqual(['id', 'id (2)', 'id (3)']);
    expect(notices.map(({ code, column, count }) => [code, column, count])).toEqual([
      ['join-unmatched', 'id', 2],
      ['join-renamed', 'id (2)', undefined],
      ['join-renamed', 'id (3)', undefined],
    ]);
    expect(notices[0]!.message).toContain('2 of 5 rows of "loans"');
    expect(notices[0]!.message).toContain('counts are 0 and the other joined columns are missing');
  });

  it('refuses several rows for a value, naming key and rows', () => {
    const error = failure(() => joined(loans, payments, spec({ value: 'paid' })));
    expect([error.code, error.place]).toEqual(['join-key', { file: 'payments', column: 'id', row: 2 }]);
    expect(error.message).toContain('The key "a" appears 3 times');
    expect(error.message).toContain('data rows 0 and 2 and 1 more');
    const strangers = table('r', category('id', 'a', 'b', 'c', 'x', 'x'), numbers('v', 1, 2, 3, 4, 5));
    expect(added(loans, strangers, spec({ value: 'v' })).value).toEqual(['1', '2', null, '3', '1']);
  });

  it('refuses what has no meaning, by name', () => {
    const refuse = (how: JoinSpec) => failure(() => joined(loans, payments, how));
    expect(refuse(spec({ sum: 'note' })).message).toContain('The sum of "note"');
    expect(refuse(spec({ mean: 'day' })).code).toBe('invalid-argument');
    expect(refuse(spec({ last: 'paid' }, { orderBy: 'note' })).code).toBe('invalid-argument');
    expect(refuse(spec({ last: 'nothing' })).code).toBe('column-missing');
    expect(refuse(spec({ count: '' }, { leftKey: 'nothing' })).code).toBe('column-missing');
    expect(refuse(spec({ count: '' }, { rightKey: 'note' })).code).toBe('join-key');
  });

  it('survives a left table without rows, and columns that are asked for twice', () => {
    const none = table('l', category('id'));
    expect(added(none, payments, spec({ count: '', sum: 'paid' }))).toEqual({ count: [], sum: [] });
  });

  const key = fc.option(fc.constantFrom('1', '2', '2.0', 'a', 'b', '3'), { freq: 5 });
  const side = fc.array(fc.tuple(key, fc.option(fc.integer({ min: -9, max: 9 }), { freq: 4 })), {
    minLength: 1,
    maxLength: 40,
  });
  const kinds = fc.constantFrom<'category' | 'text' | 'number'>('category', 'text', 'number');

  it('agrees with a Map, in slices and in any order of the left rows', () => {
    fc.assert(
      fc.property(side, side, kinds, kinds, (leftRows, rightRows, leftKind, rightKind) => {
        const keyColumn = (rows: typeof leftRows, kind: typeof leftKind) =>
          retypeColumn(category('id', ...rows.map(([id]) => id)), kind).column;
        const left = table('l', keyColumn(leftRows, leftKind));
        const right = table(
          'r',
          keyColumn(rightRows, rightKind),
          numbers('v', ...rightRows.map(([, v]) => v)),
        );
        const numeric = leftKind === 'number' || rightKind === 'number';
        const keyOf = (id: string | null) =>
          id === null ? null : !numeric ? id : Number.isNaN(Number(id)) ? null : String(Number(id));
        const expected = leftRows.map(([id]) => {
          const same = rightRows.filter(([other]) => keyOf(id) !== null && keyOf(other) === keyOf(id));
          const present = same.map(([, v]) => v).filter((v) => v !== null);
          const sum = present.length === 0 ? null : present.reduce((a, b) => a + b, 0);
          return [
            String(same.length),
            sum === null ? null : String(sum),
            same.at(-1)?.[1]?.toString() ?? null,
          ];
        });
        const how = spec({ count: '', sum: 'v', last: 'v' });
        if (expected.every(([count]) => count === '0')) {
          expect(failure(() => joined(left, right, how)).code).toBe('join-key');
          return;
        }
        const result = added(left, right, how);
        expect(leftRows.map((_, i) => [result.count![i], result.sum![i], result.last![i]])).toEqual(expected);
        const reversed = table('l', keyColumn(leftRows.toReversed(), leftKind));
        expect(added(reversed, right, how).sum).toEqual(result.sum!.toReversed());
      }),
      { numRuns },
    );
  });

  it('reports progress that never falls and ends at the total; keys grow beyond the first table', () => {
    const ids = Array.from({ length: 5000 }, (_, i) => i);
    for (const kind of ['number', 'text'] as const) {
      const left = table('l', retypeColumn(numbers('id', ...ids), kind).column);
      const right = table('r', numbers('id', ...ids.toReversed()), numbers('v', ...ids.toReversed()));
      const rightKey = retypeColumn(right.columns[0]!, kind).column;
      const work = joinTables(
        left,
        { ...right, columns: [rightKey, right.columns[1]!] },
        spec({ sum: 'v', value: 'v' }),
      );
      const seen: number[] = [];
      let step = work.next();
      for (; step.done !== true; step = work.next()) {
        expect(step.value.total).toBe(20_000);
        seen.push(step.value.done);
      }
      expect(seen).toEqual(seen.toSorted((a, b) => a - b));
      expect(seen.at(-1)).toBe(20_000);
      const [, sum, value] = step.value.table.columns as NumberColumn[];
      expect(Array.from(sum!.values)).toEqual(ids);
      expect(value!.values).toEqual(sum!.values);
    }
  });
});

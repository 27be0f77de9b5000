import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { categoryColumn, textColumn } from './build-column.ts';
import type { NumberColumn } from './column.ts';
import { countDistinctNumbers } from './count-distinct.ts';
import { guessRoles, guessSplit, guessTarget } from './guess-roles.ts';
import { summarizeColumn, summarizeTable, summarizeTableSliced, withGuessedRoles } from './profile.ts';
import { medianInPlace } from './quantile-select.ts';
import { retypeColumn } from './retype.ts';
import type { ColumnSummary } from './summary.ts';

const numRuns = process.env.CUTLINE_LANE === 'slow' ? 5000 : 200;

const numbers = (values: readonly number[], name = 'x'): NumberColumn => ({
  kind: 'number',
  name,
  values: Float64Array.from(values),
  spelling: 'shortest',
});

describe('summarizeColumn', () => {
  it('counts, ranges and bins numbers, by hand', () => {
    const summary = summarizeColumn(numbers([0, 24, 1, 1, Number.NaN, 23.5]), 3);
    expect(summary).toMatchObject({ missing: 1, unparsable: 3, distinct: 4, min: 0, median: 1, max: 24 });
    expect(summary.topValues).toEqual([
      { value: '1', count: 2 },
      { value: '0', count: 1 },
      { value: '23.5', count: 1 },
      { value: '24', count: 1 },
    ]);
    expect(summary.histogram).toEqual([1, 2, ...new Array(21).fill(0), 2]);
  });

  it('survives all missing, one value, infinities, huge ranges and no rows', () => {
    const empty = { distinct: 0, min: null, median: null, max: null, topValues: [], histogram: null };
    expect(summarizeColumn(numbers([]))).toMatchObject({ ...empty, missing: 0 });
    expect(summarizeColumn(numbers([Number.NaN, Number.NaN]))).toMatchObject({ ...empty, missing: 2 });
    expect(summarizeColumn(numbers([7, 7])).histogram).toEqual([2, ...new Array(23).fill(0)]);
    const infinite = summarizeColumn(numbers([-Infinity, 1, 2, Infinity]));
    expect([infinite.min, infinite.median, infinite.max]).toEqual([-Infinity, 1.5, Infinity]);
    expect(infinite.histogram?.reduce((a, b) => a + b)).toBe(2);
    expect(summarizeColumn(numbers([Infinity])).histogram).toBeNull();
    const huge = summarizeColumn(numbers([-1.7e308, 0, 1.7e308]));
    expect([huge.median, huge.histogram?.[0], huge.histogram?.[12], huge.histogram?.[23]]).toEqual([
      0, 1, 1, 1,
    ]);
    expect(summarizeColumn(categoryColumn('x', [null], 1))).toMatchObject({
      missing: 1,
      distinct: 0,
      topValues: [],
    });
    expect(summarizeColumn(textColumn('x', [null], 1))).toMatchObject({
      missing: 1,
      distinct: 0,
      topValues: [],
    });
  });

  it('counts categories, dates and texts', () => {
    const categories = summarizeColumn(categoryColumn('x', ['b', 'a', 'a', null], 4));
    expect([categories.distinct, categories.topValues[0], categories.median]).toEqual([
      2,
      { value: 'a', count: 2 },
      null,
    ]);
    const dates = summarizeColumn(
      retypeColumn(categoryColumn('x', ['2024-01-02', '2024-01-01', '2024-01-02'], 3), 'date').column,
    );
    expect([dates.min, dates.topValues[0]]).toEqual([
      Date.UTC(2024, 0, 1),
      { value: '2024-01-02', count: 2 },
    ]);
    const many = Array.from({ length: 3000 }, (_, i) => (i % 3 === 0 ? null : `té ${i % 700}`));
    expect(summarizeColumn(textColumn('x', many, 3000)).distinct).toBe(
      new Set(many.filter((text) => text !== null)).size,
    );
  });

  it('lists at most 50 values of a large dictionary', () => {
    const texts = Array.from({ length: 20_000 }, (_, i) => `v${i}`);
    const summary = summarizeColumn(categoryColumn('x', [...texts, 'v77'], 20_001));
    expect([summary.distinct, summary.topValues.length, summary.topValues[0]]).toEqual([
      20_000,
      50,
      { value: 'v77', count: 2 },
    ]);
  });

  it('agrees with sorting and a Map', () => {
    const value = fc.oneof(
      fc.integer({ min: -5, max: 5 }),
      fc.double(),
      fc.constantFrom(0, -0, 1e300, Infinity),
    );
    fc.assert(
      fc.property(fc.array(value, { maxLength: 300 }), (values) => {
        const summary = summarizeColumn(numbers(values));
        const present = values.filter((x) => !Number.isNaN(x)).sort((a, b) => a - b);
        const counts = new Map<number, number>();
        for (const x of present) counts.set(x, (counts.get(x) ?? 0) + 1);
        expect([summary.missing, summary.distinct]).toEqual([values.length - present.length, counts.size]);
        expect(summary.topValues.map(({ count }) => count)).toEqual(
          [...counts.values()].sort((a, b) => b - a).slice(0, 50),
        );
        const finite = present.filter(Number.isFinite);
        if (finite.length > 0) expect(summary.histogram?.reduce((a, b) => a + b)).toBe(finite.length);
        const [a, b] = [present[(present.length - 1) >> 1]!, present[present.length >> 1]!];
        const middle = a === b ? a : Math.abs(a) > 1e300 ? a / 2 + b / 2 : (a + b) / 2;
        if (present.length > 0) expect(summary.median === middle || Number.isNaN(middle)).toBe(true);
      }),
      { numRuns },
    );
  });
});

describe('quartiles', () => {
  const quartiles = (...values: number[]) => summarizeColumn(numbers(values)).quartiles;

  it('interpolate between order statistics, as numpy does', () => {
    expect(quartiles(4, 1, 3, 2)).toEqual([1.75, 3.25]);
    expect(quartiles(5, 1, 4, 2, 3)).toEqual([2, 4]);
    expect(quartiles(7, Number.NaN)).toEqual([7, 7]);
    expect(quartiles(0, 1)).toEqual([0.25, 0.75]);
    expect(quartiles(-(2 ** 1023), 2 ** 1023)).toEqual([-(2 ** 1022), 2 ** 1022]);
  });

  it('are null where they are not defined', () => {
    expect([quartiles(), quartiles(Number.NaN), quartiles(-Infinity, Infinity)]).toEqual([null, null, null]);
    expect(quartiles(-Infinity, -Infinity, 1, Infinity, Infinity)).toEqual([-Infinity, Infinity]);
    expect(summarizeColumn(categoryColumn('x', ['a'], 1)).quartiles).toBeNull();
    expect(summarizeColumn(textColumn('x', ['a'], 1)).quartiles).toBeNull();
  });

  it('agree with sorting, for any values', () => {
    const value = fc.oneof(fc.integer({ min: -5, max: 5 }), fc.double({ min: -1e9, max: 1e9, noNaN: true }));
    fc.assert(
      fc.property(fc.array(value, { minLength: 1, maxLength: 200 }), (values) => {
        const sorted = values.toSorted((a, b) => a - b);
        const at = (share: number) => {
          const position = (sorted.length - 1) * share;
          const [low, high] = [sorted[Math.floor(position)]!, sorted[Math.ceil(position)]!];
          return low + (high - low) * (position - Math.floor(position));
        };
        const [first, third] = quartiles(...values)!;
        expect(first).toBeCloseTo(at(0.25), 5);
        expect(third).toBeCloseTo(at(0.75), 5);
        const { min, median, max } = summarizeColumn(numbers(values));
        expect([min!, first, median!, third, max!]).toEqual(
          [min!, first, median!, third, max!].toSorted((a, b) => a - b),
        );
      }),
      { numRuns },
    );
  });
});

describe('medianInPlace and countDistinctNumbers', () => {
  it('take sorted, reversed, equal and large inputs', () => {
    expect(medianInPlace(new Float64Array(0))).toBeNaN();
    expect(medianInPlace(Float64Array.from({ length: 10_001 }, (_, i) => i))).toBe(5000);
    expect(medianInPlace(Float64Array.from({ length: 10_000 }, (_, i) => -i))).toBe(-4999.5);
    expect(medianInPlace(new Float64Array(10_000).fill(3))).toBe(3);
    const fractions = Float64Array.from({ length: 50_000 }, (_, i) => (i % 20_000) / 7);
    const { distinct, top } = countDistinctNumbers(fractions, 0, 19_999 / 7, 3);
    expect([distinct, top]).toEqual([20_000, [0, 1, 2].map((i) => ({ value: i / 7, count: 3 }))]);
  });
});

describe('summarizeTable', () => {
  const table = {
    name: 't',
    rowCount: 2,
    columns: [numbers([1, 2], 'id'), categoryColumn('y', ['a', 'b'], 2)],
  };
  const facts = { id: 'h', byteLength: 9, notices: [], unparsable: new Map([['y', 4]]) };

  it('says the facts, one summary a column, and the guessed roles', () => {
    const summary = summarizeTable(table, facts);
    expect(summary).toMatchObject({ id: 'h', name: 't', byteLength: 9, rowCount: 2 });
    expect(summary.columns.map((column) => [column.name, column.guessedRole, column.unparsable])).toEqual([
      ['id', 'id', 0],
      ['y', 'target', 4],
    ]);
  });

  it('is the same in slices', () => {
    const steps = summarizeTableSliced(table, facts);
    expect(steps.next().value).toEqual({ done: 1, total: 2 });
    expect(steps.next().value).toEqual({ done: 2, total: 2 });
    expect(steps.next()).toEqual({ done: true, value: summarizeTable(table, facts) });
  });
});

describe('guessRoles', () => {
  const column = (name: string, changes: Partial<ColumnSummary> = {}): ColumnSummary => ({
    name,
    kind: 'number',
    missing: 0,
    unparsable: 0,
    distinct: 50,
    min: 0,
    median: 1,
    max: 100,
    quartiles: [0.5, 50],
    missingTokens: [],
    reading: {},
    topValues: [],
    histogram: null,
    guessedRole: null,
    ...changes,
  });
  const values = (name: string, ...texts: string[]) =>
    column(name, {
      kind: 'category',
      distinct: texts.length,
      topValues: texts.map((value, i) => ({ value, count: 100 - i })),
    });
  const unit = { min: 0, max: 1 };

  it.each<[string, ColumnSummary[], Record<string, string>]>([
    ['a unique column named id', [column('row_id', { distinct: 1000 }), column('x')], { row_id: 'id' }],
    ['customerID', [column('customerID', { distinct: 1000 })], { customerID: 'id' }],
    ['no unique number without such a name', [column('balance', { distinct: 1000 })], {}],
    ['no id that repeats', [column('area_number', { distinct: 50 })], {}],
    [
      'distinct texts; the second is ignored',
      [column('name', { kind: 'text', distinct: 999 }), column('mail', { kind: 'text', distinct: 1000 })],
      { name: 'id', mail: 'ignore' },
    ],
    ['a split by its values', [values('part', 'train', 'test')], { part: 'split' }],
    ['no split that has no such value', [values('set', 'a', 'b', 'c')], {}],
    ['a score', [column('probability_bad', unit), column('credit_score')], { probability_bad: 'score' }],
    ['no score of two values', [column('score', { ...unit, distinct: 2 }), column('x')], {}],
    [
      'the better target name',
      [values('marital_status', 'a', 'b'), values('Status', 'good', 'bad'), values('default', '0', '1')],
      { default: 'target' },
    ],
    [
      'a target by a word of its name',
      [values('previous', 'a', 'b'), values('willChurn', 'no', 'yes'), column('x')],
      { willChurn: 'target' },
    ],
    ['the last column of two values', [values('a', 'p', 'q'), values('b', 'p', 'q')], { b: 'target' }],
    ['no target of many values', [column('class', { distinct: 900 })], {}],
    ['amount before value', [column('value'), column('LoanAmount')], { LoanAmount: 'amount' }],
    ['no amount below zero', [column('amount', { min: -5 })], {}],
    [
      'a date',
      [column('born', { kind: 'date' }), column('applicationDate', { kind: 'date' })],
      { applicationDate: 'date' },
    ],
    ['a hostile name', [column('__proto__')], {}],
  ])('%s', (_, columns, roles) => {
    expect(guessRoles(columns, 1000)).toEqual(roles);
    expect(withGuessedRoles(columns, 1000).map(({ guessedRole }) => guessedRole)).toEqual(
      columns.map(({ name }) => (Object.hasOwn(roles, name) ? roles[name] : null)),
    );
  });

  it('guesses positive value and judged split', () => {
    const target = (...texts: string[]) =>
      guessTarget([{ ...values('y', ...texts), guessedRole: 'target' }])?.positive;
    expect([
      target('good', 'bad'),
      target('no', 'Yes'),
      target('1', '0'),
      target('a', 'b'),
      target('False', 'True'),
    ]).toEqual([['bad'], ['Yes'], ['1'], ['b'], ['True']]);
    expect([
      guessTarget([]),
      guessTarget([{ ...column('y'), guessedRole: 'target' }]),
      guessSplit([]),
    ]).toEqual([null, null, null]);
    const split = (...texts: string[]) =>
      guessSplit([{ ...values('s', ...texts), guessedRole: 'split' }])?.value;
    expect([split('train', 'valid', 'TEST'), split('train', 'holdout'), split('a', 'b')]).toEqual([
      'TEST',
      'holdout',
      undefined,
    ]);
  });
});

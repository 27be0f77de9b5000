import { describe, expect, it } from 'vitest';
import type { TableSummary } from '../../core/table/summary.ts';
import {
  aggregatesFor,
  draftOfJoin,
  draftProblem,
  guessJoin,
  isUniqueKey,
  type JoinDraft,
  joinedName,
  joinedSources,
  joinOfDraft,
  joinText,
  withRightKey,
} from './join-draft.ts';
import { category, loans, number } from './sample-table.laws.ts';

/** 250 payments of 90 of the 100 loans. */
const payments: TableSummary = {
  ...loans,
  id: 'ee'.repeat(32),
  name: 'payments-2024.csv.gz',
  rowCount: 250,
  columns: [
    number('payment_id', 0, 249, { distinct: 250, guessedRole: 'id' }),
    number('row_id', 0, 99, { distinct: 90 }),
    number('sum', 1, 500),
    category('late', { yes: 50, no: 200 }),
    number('day', 0, 9, { kind: 'date' }),
  ],
};
const taken = loans.columns.map(({ name }) => name);
const chosen = (draft: JoinDraft): readonly string[] =>
  draft.columns.filter(({ isChosen }) => isChosen).map(({ column, aggregate }) => `${column} ${aggregate}`);

describe('guessJoin', () => {
  it('takes the columns of the same name as keys, and aggregates where a key is there twice', () => {
    const draft = guessJoin(loans, payments);
    expect(draft).toMatchObject({
      leftKey: 'row_id',
      rightKey: 'row_id',
      orderBy: 'day',
      prefix: 'payments_',
    });
    expect(chosen(draft)).toEqual(['payment_id sum', 'sum sum', 'late last', 'day last']);
  });

  it('takes an id of a similar name before other columns of the same name', () => {
    const outcomes = {
      ...payments,
      columns: [category('Home', { a: 1, b: 1 }), number('id', 0, 99, { distinct: 250, guessedRole: 'id' })],
    };
    const applicants = {
      ...loans,
      columns: [number('loan_id', 0, 99, { distinct: 100, guessedRole: 'id' }), number('Age', 1, 2)],
    };
    expect(guessJoin(applicants, outcomes)).toMatchObject({ leftKey: 'loan_id', rightKey: 'id' });
  });

  it('guesses nothing where nothing is alike', () => {
    const other = { ...payments, columns: [number('x', 0, 1)] };
    expect(guessJoin(loans, other)).toMatchObject({ leftKey: null, rightKey: null });
  });

  it('of a wide table no column is chosen', () => {
    const wide = { ...payments, columns: [...payments.columns, ...loans.columns.slice(1)] };
    expect(chosen(guessJoin(loans, wide))).toEqual([]);
  });

  it('a key that is there once brings single values', () => {
    const draft = withRightKey(guessJoin(loans, payments), payments, 'payment_id');
    expect(isUniqueKey(payments, 'payment_id')).toBe(true);
    expect(isUniqueKey(payments, 'row_id')).toBe(false);
    const gaps = { ...payments, columns: [number('loan', 0, 99, { distinct: 240, missing: 10 })] };
    expect(isUniqueKey(gaps, 'loan')).toBe(true);
    expect(isUniqueKey(gaps, null)).toBe(false);
    expect(draft.columns.slice(1).every(({ aggregate }) => aggregate === 'value')).toBe(true);
  });
});

describe('draftProblem', () => {
  const draft = guessJoin(loans, payments);
  const withAll = (change: Partial<JoinDraft['columns'][number]>): JoinDraft => ({
    ...draft,
    columns: draft.columns.map((column) => ({ ...column, ...change })),
  });
  it('asks for keys, columns, an aggregate and free names, in that order', () => {
    expect(draftProblem(draft, payments, taken)).toBeNull();
    expect(draftProblem({ ...draft, leftKey: null }, payments, taken)).toMatch(/on each side/);
    expect(draftProblem(withAll({ isChosen: false }), payments, taken)).toMatch(/at least one column/);
    expect(draftProblem(withAll({ aggregate: 'value', isChosen: true }), payments, taken)).toMatch(
      /“row_id” holds some values more than once.*sum, mean or last/,
    );
    expect(draftProblem(draft, payments, [...taken, 'payments_late_last'])).toMatch(/Change the prefix/);
  });

  it('with a problem there is no join', () => {
    expect(joinOfDraft({ ...draft, leftKey: null }, payments, taken)).toBeNull();
  });
});

describe('a join', () => {
  const draft = guessJoin(loans, payments);
  const join = joinOfDraft(draft, payments, taken);
  it('names table, keys, order and columns', () => {
    expect(join).toEqual({
      table: { id: payments.id, name: payments.name },
      leftKey: 'row_id',
      rightKey: 'row_id',
      orderBy: 'day',
      columns: [
        { column: 'payment_id', aggregate: 'sum', as: 'payments_payment_id_sum' },
        { column: 'sum', aggregate: 'sum', as: 'payments_sum_sum' },
        { column: 'late', aggregate: 'last', as: 'payments_late_last' },
        { column: 'day', aggregate: 'last', as: 'payments_day_last' },
      ],
    });
  });

  it('is ordered only where something is the last', () => {
    const sums = draft.columns.map((column) => ({ ...column, isChosen: column.column === 'sum' }));
    expect(joinOfDraft({ ...draft, columns: sums }, payments, taken)?.orderBy).toBeNull();
  });

  it('comes back as the draft that it was made of', () => {
    expect(join).not.toBeNull();
    if (join === null) return;
    expect(draftOfJoin(join, payments)).toEqual(draft);
  });

  it('is told in words', () => {
    if (join === null) throw new Error('no join');
    expect(joinText(join)).toBe('by row_id, last by day');
    expect(joinText({ ...join, leftKey: 'id', orderBy: null, columns: [] })).toBe('by id = row_id');
    expect(joinedSources([join]).get('payments_sum_sum')).toBe('sum of sum from payments-2024.csv.gz');
    expect(joinedName('p_', { column: '', aggregate: 'count' })).toBe('p_count');
  });
});

describe('aggregatesFor', () => {
  it('offers sums and means of numbers only', () => {
    expect(aggregatesFor(number('a', 0, 1))).toEqual(['value', 'sum', 'mean', 'last']);
    expect(aggregatesFor(category('a', {}))).toEqual(['value', 'last']);
    expect(aggregatesFor(null)).toEqual(['count']);
  });
});

import { describe, expect, it } from 'vitest';
import type { TableJoin, ViewState } from '../../contracts/saved-state.ts';
import { defaultScenario } from '../../core/money/scenario-templates.ts';
import { initialChoices } from '../../state/workspace-store.ts';
import { loans, number } from './sample-table.laws.ts';
import {
  amountLostText,
  carriedChoices,
  guessedChoices,
  roledColumns,
  withJoin,
  withoutJoin,
  withRole,
} from './table-choices.ts';

const paid: TableJoin = {
  table: { id: 'ee'.repeat(32), name: 'payments.csv' },
  leftKey: 'row_id',
  rightKey: 'loan',
  orderBy: null,
  columns: [
    { column: 'sum', aggregate: 'sum', as: 'paid_sum' },
    { column: 'late', aggregate: 'last', as: 'paid_late' },
  ],
};
const chosen: ViewState = { ...initialChoices, ...guessedChoices(loans, false) };

describe('guessedChoices', () => {
  it('takes roles, target, split and score column from the guesses of the reader', () => {
    expect(guessedChoices(loans, false)).toEqual({
      roles: { row_id: 'id', split: 'split', Status: 'target', Amount: 'amount', p_bad: 'score' },
      target: { column: 'Status', positive: ['bad'], excluded: [] },
      split: { column: 'split', value: 'test' },
      scoreColumn: 'p_bad',
    });
  });

  it('with a model the scores come from it, and the score column stays out of the features', () => {
    const { scoreColumn, roles } = guessedChoices(loans, true);
    expect(scoreColumn).toBeNull();
    expect(roledColumns(roles)).toContain('p_bad');
  });

  it('gives a role to one column only', () => {
    const twice = {
      ...loans,
      columns: [...loans.columns, number('Amount_2', 1, 9, { guessedRole: 'amount' })],
    };
    expect(guessedChoices(twice, false).roles.Amount_2).toBeUndefined();
  });

  it('says nothing where the reader guessed nothing', () => {
    const plain = { ...loans, columns: loans.columns.map((column) => ({ ...column, guessedRole: null })) };
    expect(guessedChoices(plain, false)).toEqual({ roles: {}, target: null, split: null, scoreColumn: null });
  });
});

describe('withRole', () => {
  it('moves the target, with the values of the new column', () => {
    const change = withRole(chosen, loans, 'Home', 'target');
    expect(change.roles).toMatchObject({ Home: 'target' });
    expect(change.roles).not.toHaveProperty('Status');
    expect(change.target?.column).toBe('Home');
    expect(change.target?.positive).toHaveLength(1);
  });

  it('without a target column there is no target', () => {
    expect(withRole(chosen, loans, 'Status', null).target).toBeNull();
    expect(withRole(chosen, loans, 'Status', 'ignore').target).toBeNull();
  });

  it('without its column there is no split', () => {
    expect(withRole(chosen, loans, 'split', null).split).toBeNull();
  });

  it('follows the score column', () => {
    expect(withRole(chosen, loans, 'p_other', 'score').scoreColumn).toBe('p_other');
    expect(withRole(chosen, loans, 'p_bad', null).scoreColumn).toBeNull();
    const withModel = { ...chosen, scoreColumn: null, model: { id: 'm', name: 'm.onnx' } };
    expect(withRole(withModel, loans, 'p_other', 'score').scoreColumn).toBeUndefined();
  });

  it('moves the money of a scenario, and invents none', () => {
    const scenario = defaultScenario('lending', 'Amount');
    expect(withRole({ ...chosen, scenario }, loans, 'Age', 'amount').scenario?.amount).toEqual({
      column: 'Age',
    });
    expect(withRole(chosen, loans, 'Age', 'amount').scenario).toBeUndefined();
  });

  it('ignore may be held by many', () => {
    const once = { ...chosen, ...withRole(chosen, loans, 'Age', 'ignore') };
    expect(withRole(once, loans, 'Home', 'ignore').roles).toMatchObject({ Age: 'ignore', Home: 'ignore' });
  });

  it('knows nothing of a column that is not there', () => {
    expect(withRole(chosen, loans, 'Nobody', 'target')).toEqual({});
  });
});

describe('carriedChoices', () => {
  it('keeps what fits another table and guesses the rest', () => {
    const other = {
      ...loans,
      columns: loans.columns.filter(({ name }) => name !== 'split' && name !== 'p_bad'),
    };
    const mine: ViewState = {
      ...chosen,
      target: { column: 'Status', positive: ['bad', 'unknown'], excluded: [] },
      readings: { Age: { kind: 'category' }, p_bad: { kind: 'text' } },
      joins: [paid, { ...paid, leftKey: 'split' }],
    };
    const carried = carriedChoices(mine, other);
    expect(carried.target).toEqual(mine.target);
    expect(carried.split).toBeNull();
    expect(carried.scoreColumn).toBeNull();
    expect(carried.readings).toEqual({ Age: { kind: 'category' } });
    expect(carried.joins).toEqual([paid]);
    expect(carried.roles).toEqual({ row_id: 'id', Status: 'target', Amount: 'amount' });
  });

  it('drops a scenario whose money column is gone', () => {
    const other = { ...loans, columns: loans.columns.filter(({ name }) => name !== 'Amount') };
    const mine = { ...chosen, scenario: defaultScenario('lending', 'Amount') };
    expect(carriedChoices(mine, other).scenario).toBeNull();
    expect(carriedChoices(mine, loans).scenario).toEqual(mine.scenario);
  });
});

describe('joins', () => {
  const joined: ViewState = {
    ...chosen,
    joins: [paid],
    roles: { ...chosen.roles, paid_sum: 'amount', paid_late: 'target' },
    target: { column: 'paid_late', positive: ['yes'], excluded: [] },
    scenario: defaultScenario('lending', 'paid_sum'),
    mapping: { columnOf: { Age: 'paid_sum', Home: 'Home' }, order: null },
  };

  it('a join that goes takes with it what was said of its columns, and nothing else', () => {
    const left = withoutJoin(joined, paid);
    expect(left.joins).toEqual([]);
    expect(left.roles).toEqual(chosen.roles);
    expect(left.target).toBeNull();
    expect(left.scenario).toBeNull();
    expect(left.mapping.columnOf).toEqual({ Home: 'Home' });
    expect(left.split).toEqual(chosen.split);
  });

  it('says which column the amount was when it goes with its join, and nothing when it does not', () => {
    const left = withoutJoin(joined, paid);
    expect(amountLostText(joined, left)).toBe(
      'The amount was “paid_sum” of the removed join; choose another amount.',
    );
    const byRole = { ...joined, scenario: null };
    expect(amountLostText(byRole, withoutJoin(byRole, paid))).toContain('“paid_sum” of the removed join');
    const changed = { ...paid, columns: paid.columns.filter(({ as }) => as === 'paid_late') };
    expect(amountLostText(joined, withJoin(joined, changed, 0))).toContain('the changed join does not bring');
    const own = { ...joined, roles: chosen.roles, scenario: defaultScenario('lending', 'Amount') };
    expect(amountLostText(own, withoutJoin(own, paid))).toBeNull();
    expect(amountLostText(joined, withJoin(joined, { ...paid, leftKey: 'Age' }, 0))).toBeNull();
  });

  it('a join is added at the end, or takes the place of the one that is changed', () => {
    const other = { ...paid, leftKey: 'Age' };
    expect(withJoin(joined, other, null).joins).toEqual([paid, other]);
    const changed = { ...paid, columns: paid.columns.filter(({ as }) => as === 'paid_late') };
    const now = withJoin(joined, changed, 0);
    expect(now.joins).toEqual([changed]);
    expect(now.target).toEqual(joined.target);
    expect(now.roles).not.toHaveProperty('paid_sum');
    expect(now.scenario).toBeNull();
  });
});

describe('roledColumns', () => {
  it('are sorted, without the amount, which is a feature too', () => {
    expect(roledColumns({ z: 'id', Amount: 'amount', a: 'target' })).toEqual(['a', 'z']);
  });
});

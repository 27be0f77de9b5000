import { describe, expect, it } from 'vitest';
import { initialChoices } from '../../state/workspace-store.ts';
import { wantedTable } from './recipe.ts';
import { loans } from './sample-table.laws.ts';

const payments = { ...loans, id: 'ee'.repeat(32), name: 'payments.csv' };
const join = {
  table: { id: payments.id, name: payments.name },
  leftKey: 'row_id',
  rightKey: 'loan',
  orderBy: null,
  columns: [{ column: '', aggregate: 'count', as: 'n' }],
} as const;

describe('wantedTable', () => {
  it('is the table as it was read when nothing is said of it', () => {
    const wanted = wantedTable(loans, [loans], initialChoices);
    expect(wanted.isPlain).toBe(true);
    expect(wanted.recipe).toEqual({ readings: {}, joins: [] });
  });

  it('leaves out readings that say nothing, and of columns that are not there', () => {
    const readings = { Age: {}, Nobody: { kind: 'date' as const } };
    expect(wantedTable(loans, [loans], { ...initialChoices, readings }).isPlain).toBe(true);
  });

  it('is the same whatever the order in which the readings were chosen', () => {
    const age = { kind: 'category' as const };
    const home = { missing: ['rent'] };
    const a = wantedTable(loans, [loans], { ...initialChoices, readings: { Age: age, Home: home } });
    const b = wantedTable(loans, [loans], { ...initialChoices, readings: { Home: home, Age: age } });
    expect(a.key).toBe(b.key);
    expect(a.isPlain).toBe(false);
    expect(a.recipe.readings).toEqual({ Age: age, Home: home });
  });

  it('joins the open table, by its handle', () => {
    const choices = { ...initialChoices, joins: [join] };
    const { table: _named, ...spec } = join;
    expect(wantedTable(loans, [loans, payments], choices).recipe.joins).toEqual([
      { ...spec, tableId: payments.id },
    ]);
    expect(wantedTable(loans, [loans], choices).isPlain).toBe(true);
  });

  it('differs by base', () => {
    const other = { ...loans, id: 'ff'.repeat(32) };
    expect(wantedTable(loans, [], initialChoices).key).not.toBe(wantedTable(other, [], initialChoices).key);
  });
});

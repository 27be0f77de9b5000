import { afterEach, describe, expect, it } from 'vitest';
import type { TableJoin } from '../../contracts/saved-state.ts';
import { initialChoices, useWorkspace, wasChosen } from '../../state/workspace-store.ts';
import { chooseJoins } from './choose-joins.ts';
import { withoutJoin } from './table-choices.ts';

const join: TableJoin = {
  table: { id: 'cd'.repeat(32), name: 'recoveries.csv' },
  leftKey: 'id',
  rightKey: 'id',
  orderBy: null,
  columns: [{ column: 'sum', aggregate: 'sum', as: 'recoveries.sum' }],
};

afterEach(() => useWorkspace.getState().reset());

describe('chooseJoins', () => {
  it('takes a join away as a step of undo and names the amount that went with it', () => {
    const roles = { 'recoveries.sum': 'amount' as const };
    useWorkspace.setState({ choices: { ...initialChoices, joins: [join], roles } });
    chooseJoins(withoutJoin(useWorkspace.getState().choices, join));
    const { choices, notices } = useWorkspace.getState();
    expect(wasChosen(choices)).toBe(true);
    expect(choices.roles).toEqual({});
    expect(notices.map(({ message }) => message)).toEqual([
      'The amount was “recoveries.sum” of the removed join; choose another amount.',
    ]);
  });

  it('says nothing of a join without the amount', () => {
    useWorkspace.setState({ choices: { ...initialChoices, joins: [join] } });
    chooseJoins(withoutJoin(useWorkspace.getState().choices, join));
    expect(useWorkspace.getState().choices.joins).toEqual([]);
    expect(useWorkspace.getState().notices).toEqual([]);
  });
});

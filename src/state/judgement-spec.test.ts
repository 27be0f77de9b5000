import { describe, expect, it } from 'vitest';
import type { ViewState } from '../contracts/saved-state.ts';
import type { TableSummary } from '../core/table/summary.ts';
import { judgementSpecOf } from './judgement-spec.ts';
import { idleScoring, useWorkspace } from './workspace-store.ts';

const table: TableSummary = { id: 't1', name: 'a.csv', byteLength: 9, rowCount: 3, columns: [], notices: [] };
const lending = {
  template: 'lending',
  name: '',
  currency: '',
  lossRate: 0.8,
  reviewCost: 50,
  frictionCost: 0,
  fixedCost: 0,
  rowsPerYear: null,
} as const;

function specOf(change: Partial<ViewState>, scoresId: string | null = 's1') {
  const state = useWorkspace.getInitialState();
  const target = { column: 'y', positive: ['1'], excluded: [] };
  return judgementSpecOf({
    ...state,
    table: { ...state.table, value: table },
    confirmed: true,
    scoring: { ...idleScoring, scoresId },
    choices: { ...state.choices, target, ...change },
  });
}

describe('what is judged', () => {
  it('is nothing while target or scores are missing', () => {
    expect(specOf({ target: null })).toBeNull();
    expect(specOf({}, null)).toBeNull();
    expect(specOf({ scoreColumn: 'p' }, null)?.scores).toEqual({ kind: 'column', column: 'p' });
    expect(specOf({})?.scores).toEqual({ kind: 'model', scoresId: 's1' });
  });

  it('carries the amounts that the scenario uses, or that the first scenario will', () => {
    const roles = { loan: 'amount', y: 'target' } as const;
    expect(specOf({ roles })?.amountColumns).toEqual(['loan']);
    expect(
      specOf({ roles, scenario: { ...lending, amount: { column: 'exposure' } } })?.amountColumns,
    ).toEqual(['exposure']);
    expect(specOf({ roles, scenario: { ...lending, amount: { constant: 5000 } } })?.amountColumns).toEqual(
      [],
    );
    expect(specOf({})?.amountColumns).toEqual([]);
    const columns = { flagPositive: 'gain', flagNegative: null, passPositive: 'debt', passNegative: 'gain' };
    const values = { flagPositive: 1, flagNegative: -5, passPositive: -1, passNegative: 0 };
    const { lossRate, reviewCost, frictionCost, ...common } = lending;
    const four = {
      ...common,
      ...values,
      columns,
      template: 'fourValues',
      amount: { column: 'loan' },
    } as const;
    expect(specOf({ roles, scenario: four })?.amountColumns).toEqual(['gain', 'debt']);
  });

  it('is recalibrated where rows outside the split can fit it', () => {
    const split = { column: 'part', value: 'test' };
    expect(specOf({ split, recalibration: 'platt' })?.recalibration).toBe('platt');
    expect(specOf({ recalibration: 'platt' })?.recalibration).toBeNull();
    expect(specOf({ split })?.recalibration).toBeNull();
  });
});

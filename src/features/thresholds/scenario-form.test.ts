import { describe, expect, it } from 'vitest';
import { defaultScenario } from '../../core/money/scenario-templates.ts';
import type { ColumnKind } from '../../core/table/column.ts';
import type { ColumnSummary } from '../../core/table/summary.ts';
import {
  amountChoice,
  amountColumns,
  amountRoleColumn,
  assumedAmountNote,
  CONSTANT_AMOUNT,
  currencyError,
  fieldError,
  withAmountChoice,
  withField,
} from './scenario-form.ts';

function column(name: string, kind: ColumnKind): ColumnSummary {
  return {
    name,
    kind,
    missing: 0,
    unparsable: 0,
    distinct: 3,
    min: null,
    median: null,
    max: null,
    topValues: [],
    histogram: null,
    guessedRole: null,
  };
}

describe('the lending form', () => {
  it('takes a loss rate from 0 to 1 and nothing else', () => {
    expect(fieldError('lossRate', 0)).toBeNull();
    expect(fieldError('lossRate', 1)).toBeNull();
    expect(fieldError('lossRate', 1.01)).toBe('A share of the amount, from 0 to 1.');
    expect(fieldError('lossRate', -0.1)).not.toBeNull();
    expect(fieldError('lossRate', Number.NaN)).toBe('Type a number.');
  });

  it('takes costs of zero or more', () => {
    expect(fieldError('reviewCost', 0)).toBeNull();
    expect(fieldError('constant', -1)).toBe('A cost cannot be negative.');
    expect(fieldError('constant', Number.POSITIVE_INFINITY)).not.toBeNull();
  });

  it('takes ISO codes for a currency, or none', () => {
    expect(currencyError('')).toBeNull();
    expect(currencyError('EUR')).toBeNull();
    expect(currencyError('EU')).not.toBeNull();
    expect(currencyError('E1R')).not.toBeNull();
  });

  it('changes one field and leaves the rest', () => {
    const base = defaultScenario('lending', 'Amount');
    expect(withField(base, 'reviewCost', 500)).toEqual({ ...base, reviewCost: 500 });
    expect(withField(base, 'constant', 7)).toEqual({ ...base, amount: { constant: 7 } });
    expect(amountChoice(withAmountChoice(base, CONSTANT_AMOUNT, 1039).amount)).toBe(CONSTANT_AMOUNT);
    expect(amountChoice(withAmountChoice(base, 'Price', 1039).amount)).toBe('Price');
  });

  it('offers number columns that can be money, the one with the role first', () => {
    const columns = [
      column('id', 'number'),
      column('Price', 'number'),
      column('Job', 'category'),
      column('Amount', 'number'),
    ];
    const roles = { id: 'id', Amount: 'amount' } as const;
    expect(amountColumns(columns, roles)).toEqual(['Amount', 'Price']);
    expect(amountRoleColumn(roles)).toBe('Amount');
    expect(amountRoleColumn({})).toBeNull();
  });
});

describe('a constant amount', () => {
  const fromColumn = { ...defaultScenario('lending', 'Amount'), name: 'Consumer' };
  it('starts at the mean of the column it replaces, rounded, and keeps the name', () => {
    expect(withAmountChoice(fromColumn, CONSTANT_AMOUNT, 1038.92)).toEqual({
      ...fromColumn,
      amount: { constant: 1039 },
    });
    expect(withAmountChoice(fromColumn, CONSTANT_AMOUNT, 12.3456).amount).toEqual({ constant: 12.35 });
    expect(withAmountChoice(fromColumn, CONSTANT_AMOUNT, Number.NaN).amount).toEqual({ constant: 5000 });
  });

  it('stays when it is chosen again', () => {
    const own = { ...fromColumn, amount: { constant: 4200 } };
    expect(withAmountChoice(own, CONSTANT_AMOUNT, 1039)).toEqual(own);
  });

  it('is said to be assumed while it is the one we begin with', () => {
    expect(assumedAmountNote({ constant: 5000 }, [])).toMatch(/^Assumed: the table has no amount column/u);
    expect(assumedAmountNote({ constant: 5000 }, ['Price'])).toMatch(/choose the column/u);
    expect(assumedAmountNote({ constant: 4200 }, [])).toBeNull();
    expect(assumedAmountNote({ column: 'Price' }, [])).toBeNull();
  });
});

import { describe, expect, it } from 'vitest';
import { assumptionsOf, defaultScenario } from '../../core/money/scenario-templates.ts';
import type { ColumnKind } from '../../core/table/column.ts';
import type { ColumnSummary } from '../../core/table/summary.ts';
import {
  amountChoice,
  amountColumns,
  amountRoleColumn,
  assumedAmountNote,
  CONSTANT_AMOUNT,
  currencyError,
  isAssumedAmount,
  NO_COLUMN,
  numberError,
  numberKind,
  withAmountChoice,
  withCellColumn,
  withTemplate,
} from './scenario-form.ts';
import { scenarioText } from './scenario-list.ts';

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
    quartiles: null,
    missingTokens: [],
    reading: { dateOrder: 'year-first', decimal: '.' },
  };
}

describe('the form', () => {
  it('takes a share from 0 to 1 and nothing else', () => {
    expect(numberError(0, 'share')).toBeNull();
    expect(numberError(1, 'share')).toBeNull();
    expect(numberError(1.01, 'share')).toBe('A share, from 0 to 1.');
    expect(numberError(-0.1, 'share')).not.toBeNull();
    expect(numberError(Number.NaN, 'share')).toBe('Type a number.');
    expect(numberError(0, 'openShare')).toBe('A share between 0 and 1.');
    expect(numberError(0.01, 'openShare')).toBeNull();
  });

  it('takes costs of zero or more', () => {
    expect(numberError(0, 'cost')).toBeNull();
    expect(numberError(-1, 'cost')).toBe('A cost cannot be negative.');
    expect(numberError(Number.POSITIVE_INFINITY, 'cost')).not.toBeNull();
  });

  it('takes any gain or loss, and a volume above zero or none', () => {
    expect(numberError(-500, 'value')).toBeNull();
    expect(numberError(Number.NaN, 'value')).toBe('Type a number.');
    expect(numberError(Number.NaN, 'volume')).toBeNull();
    expect(numberError(0, 'volume')).toBe('More than 0, or nothing for money of these rows.');
    expect(assumptionsOf('fourValues').map(numberKind)).toEqual(['value', 'value', 'value', 'value']);
    expect(assumptionsOf('lending').map(numberKind)).toEqual(['share', 'cost', 'cost']);
  });

  it('takes each of the four values from a column of its own, or from none', () => {
    const base = defaultScenario('fourValues', null);
    const withColumn = withCellColumn(base, 'flagPositive', 'Amount');
    expect(withColumn.columns).toEqual({ ...base.columns, flagPositive: 'Amount' });
    expect(withCellColumn(withColumn, 'flagPositive', NO_COLUMN)).toEqual(base);
    expect(scenarioText(withColumn)).toBe(
      'flagged positive 100 × Amount, flagged negative −10, passed positive 0, passed negative 0',
    );
  });

  it('keeps fixed cost and scale when the template changes, and assumes no amount for four values', () => {
    const lending = { ...defaultScenario('lending', null), fixedCost: 9, rowsPerYear: 1200 };
    expect(withTemplate(lending, 'fourValues')).toMatchObject({ fixedCost: 9, rowsPerYear: 1200 });
    expect(isAssumedAmount(defaultScenario('lending', null))).toBe(true);
    expect(isAssumedAmount(defaultScenario('fourValues', null))).toBe(false);
  });

  it('takes ISO codes for a currency, or none', () => {
    expect(currencyError('')).toBeNull();
    expect(currencyError('EUR')).toBeNull();
    expect(currencyError('EU')).not.toBeNull();
    expect(currencyError('E1R')).not.toBeNull();
  });

  it('takes the amount from a column or from one number', () => {
    const base = defaultScenario('lending', 'Amount');
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

  it('is said to be assumed while nobody has touched the numbers', () => {
    const start = defaultScenario('retention', null);
    expect(assumedAmountNote(start, [])).toMatch(/^Assumed: the table has no amount column/u);
    expect(assumedAmountNote({ ...start, name: 'Mine' }, ['Price'])).toMatch(/choose the column/u);
    expect(assumedAmountNote({ ...start, amount: { constant: 4200 } }, [])).toBeNull();
    expect(assumedAmountNote({ ...start, campaignCost: 20 }, [])).toBeNull();
    expect(assumedAmountNote({ ...start, amount: { column: 'Price' } }, [])).toBeNull();
  });
});

describe('another template', () => {
  it('keeps what the user said of currency and amount, under its own name', () => {
    const mine = { ...defaultScenario('lending', 'Amount'), name: 'Q3', currency: 'EUR', reviewCost: 70 };
    expect(withTemplate(mine, 'fraud')).toEqual({
      ...defaultScenario('fraud', 'Amount'),
      currency: 'EUR',
    });
    const constant = { ...defaultScenario('lending', null), amount: { constant: 750 } };
    expect(withTemplate(constant, 'retention').amount).toEqual({ constant: 750 });
  });

  it('takes its own name and amount where nobody chose them', () => {
    expect(withTemplate(defaultScenario('lending', null), 'retention')).toEqual(
      defaultScenario('retention', null),
    );
    const same = defaultScenario('lending', null);
    expect(withTemplate(same, 'lending')).toBe(same);
  });
});

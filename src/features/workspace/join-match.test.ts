import { describe, expect, it } from 'vitest';
import { matchText } from './join-match.ts';
import { loans, number } from './sample-table.laws.ts';

const join = {
  table: { id: 'ee'.repeat(32), name: 'payments.csv' },
  leftKey: 'row_id',
  rightKey: 'loan',
  orderBy: null,
  columns: [{ column: 'sum', aggregate: 'sum', as: 'payments_sum' }],
} as const;
const joined = { ...loans, columns: [...loans.columns, number('payments_sum', 0, 9)] };
const unmatched = (table: string, count: number) => ({
  code: 'join-unmatched',
  message: `${count} of 100 rows of "loans.csv" have no partner in "${table}" by "row_id"`,
  count,
});

describe('matchText', () => {
  it('waits for the columns', () => {
    expect(matchText(join, loans)).toBe('not joined yet');
  });

  it('without a notice every row matched', () => {
    expect(matchText(join, joined)).toBe('every row');
    expect(matchText(join, { ...joined, notices: [unmatched('other.csv', 3)] })).toBe('every row');
  });

  it('counts the rows that did', () => {
    const text = matchText(join, { ...joined, notices: [unmatched('payments.csv', 12)] });
    expect(text.replaceAll('\u00a0', ' ')).toBe('88 of 100 rows (88.0 %)');
  });
});

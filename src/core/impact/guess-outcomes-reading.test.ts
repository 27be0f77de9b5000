import { describe, expect, it } from 'vitest';
import { categoryColumn, textColumn } from '../table/build-column.ts';
import type { Column } from '../table/column.ts';
import { rowCountOf } from '../table/column-access.ts';
import { summarizeTable } from '../table/profile.ts';
import type { TableSummary } from '../table/summary.ts';
import { draftOf, guessOutcomesReading, readingOf } from './guess-outcomes-reading.ts';

const ROWS = 40;
const each = (of: (row: number) => string | null) => Array.from({ length: ROWS }, (_, row) => of(row));
const ids = (name: string) =>
  textColumn(
    name,
    each((row) => `L${row}`),
    ROWS,
  );
const values = (name: string, ...texts: (string | null)[]) =>
  categoryColumn(
    name,
    each((row) => texts[row % texts.length]!),
    ROWS,
  );
const numbers = (name: string): Column => ({
  ...{ kind: 'number', name, spelling: 'shortest' },
  values: Float64Array.from({ length: ROWS }, (_, row) => row * 1.5),
});
const days = (name: string): Column => ({
  ...{ kind: 'date', name },
  values: Float64Array.from({ length: ROWS }, (_, row) => Date.UTC(2024, row % 12, 1)),
});
const summary = (...columns: Column[]): TableSummary =>
  summarizeTable(
    { name: 'table', rowCount: rowCountOf(columns[0]!), columns },
    { id: 'x', byteLength: 0, notices: [], unparsable: new Map() },
  );

const target = { column: 'outcome', positive: ['bad'], excluded: [] };
const loans = summary(ids('loan_id'), days('application_date'), values('outcome', 'bad', 'good', 'good'));
const guess = (outcomes: TableSummary, decisions = loans) =>
  guessOutcomesReading(decisions, outcomes, { roles: {}, target });

describe('guessOutcomesReading', () => {
  it('takes columns of the same name, whatever their case and punctuation', () => {
    const draft = guess(summary(ids('LoanID'), values('Outcome', 'good', 'bad', 'good')));
    expect(draft).toEqual({
      ...{ idColumn: 'LoanID', decisionIdColumn: 'loan_id', outcomeColumn: 'Outcome' },
      ...{ positive: ['bad'], undecided: [], amount: null },
      dateColumn: { from: 'decisions', column: 'application_date' },
    });
    expect(readingOf(draft)).toEqual(draft);
  });

  it('takes what looks like id and outcome when names differ', () => {
    const draft = guess(summary(ids('contract number'), values('status', 'paid', 'defaulted', 'current')));
    expect(draft).toMatchObject({
      ...{ idColumn: 'contract number', outcomeColumn: 'status' },
      ...{ positive: ['defaulted'], undecided: ['current'] },
    });
  });

  it('never takes an undecided value for the rare bad one, nor the only value there is', () => {
    const rare = each((row) => (row === 0 ? 'pending' : row < 3 ? 'lapsed' : 'kept'));
    const draft = guess(summary(ids('loan_id'), categoryColumn('outcome', rare, ROWS)));
    expect(draft).toMatchObject({ positive: ['lapsed'], undecided: ['pending'] });
    expect(guess(summary(ids('loan_id'), values('outcome', 'good')))).toMatchObject({ positive: [] });
    expect(guess(summary(ids('loan_id'), values('outcome', 'bad')))).toMatchObject({ positive: ['bad'] });
  });

  it('keeps of a file without a bad value that it was said on purpose, but not in the reading', () => {
    const guessed = guess(summary(ids('loan_id'), values('outcome', 'good')));
    const confirmed = readingOf({ ...guessed, noneIsBad: true })!;
    expect(confirmed).not.toHaveProperty('noneIsBad');
    expect(draftOf(confirmed)).toEqual({ ...guessed, noneIsBad: true });
    expect(draftOf({ ...confirmed, positive: ['good'] }).noneIsBad).toBe(false);
  });

  it.each([
    ['lost_amount', 'lost'],
    ['NetLoss', 'lost'],
    ['chargeback', 'lost'],
    ['recoveredAmount', 'recovered'],
    ['total recoveries', 'recovered'],
  ] as const)('reads %s as what was %s', (name, meaning) => {
    const draft = guess(summary(ids('loan_id'), values('outcome', 'good', 'bad'), numbers(name)));
    expect(draft.amount).toEqual({ column: name, meaning });
  });

  it('does not take any number for money lost', () => {
    for (const name of ['closing', 'glossary', 'amount', 'days_late'])
      expect(
        guess(summary(ids('loan_id'), values('outcome', 'good', 'bad'), numbers(name))).amount,
      ).toBeNull();
  });

  it('takes the date of the outcomes when the decisions have none', () => {
    const undated = summary(ids('loan_id'), values('outcome', 'bad', 'good', 'good'));
    const outcomes = summary(ids('loan_id'), values('outcome', 'bad', 'good', 'good'), days('decided_at'));
    expect(guess(outcomes, undated).dateColumn).toEqual({ from: 'outcomes', column: 'decided_at' });
    expect(guess(summary(ids('loan_id'), values('outcome', 'bad', 'good')), undated).dateColumn).toBeNull();
  });

  it('follows roles that the user gave', () => {
    const two = summary(ids('loan_id'), ids('customer_id'), days('application_date'), days('decided_on'));
    const outcomes = summary(ids('customer_id'), values('outcome', 'bad', 'good'));
    const roles = {
      customer_id: 'id',
      loan_id: 'ignore',
      decided_on: 'date',
      application_date: 'ignore',
    } as const;
    const draft = guessOutcomesReading(two, outcomes, { roles, target: null });
    expect(draft).toMatchObject({
      ...{ idColumn: 'customer_id', decisionIdColumn: 'customer_id', outcomeColumn: 'outcome' },
      dateColumn: { from: 'decisions', column: 'decided_on' },
    });
  });

  it('leaves open what it does not find, and is then no reading', () => {
    const draft = guess(summary(numbers('x'), numbers('y')));
    expect(draft).toMatchObject({ idColumn: null, decisionIdColumn: 'loan_id', outcomeColumn: null });
    expect(readingOf(draft)).toBeNull();
  });
});

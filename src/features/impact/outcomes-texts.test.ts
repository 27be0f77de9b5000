import { describe, expect, it } from 'vitest';
import type { OutcomesDraft } from '../../core/impact/guess-outcomes-reading.ts';
import type { RealisedImpact } from '../../core/impact/impact-figures.ts';
import type { ColumnSummary, TableSummary } from '../../core/table/summary.ts';
import { draftProblem, meaningOf, withMeaning, withOutcomeColumn } from './outcomes-draft.ts';
import { joinedText, outcomesFacts } from './outcomes-facts.ts';

const column = (name: string, values: readonly string[]): ColumnSummary => ({
  name,
  kind: 'category',
  missing: 0,
  unparsable: 0,
  distinct: values.length,
  min: null,
  median: null,
  max: null,
  quartiles: null,
  missingTokens: [],
  reading: {},
  topValues: values.map((value) => ({ value, count: 1 })),
  histogram: null,
  guessedRole: null,
});

const table = (name: string, columns: readonly ColumnSummary[]): TableSummary => ({
  id: name,
  name,
  byteLength: 1,
  rowCount: 2,
  columns,
  notices: [],
});

const decisions = table('loans.csv', [column('id', ['a', 'b'])]);
const outcomes = table('paid.csv', [
  column('loan', ['a', 'b']),
  column('status', ['repaid', 'defaulted', 'current']),
  column('default', ['defaulted', 'no']),
  column('note', []),
]);

const draft: OutcomesDraft = {
  idColumn: 'loan',
  decisionIdColumn: 'id',
  outcomeColumn: 'status',
  positive: ['defaulted'],
  undecided: ['current'],
  dateColumn: null,
  amount: null,
};

describe('a reading of outcomes that is being changed', () => {
  it('gives each value one meaning', () => {
    expect(['repaid', 'defaulted', 'current'].map((value) => meaningOf(draft, value))).toEqual([
      'good',
      'bad',
      'undecided',
    ]);
    const changed = withMeaning(draft, 'current', 'bad');
    expect(changed).toMatchObject({ positive: ['defaulted', 'current'], undecided: [] });
    expect(withMeaning(changed, 'defaulted', 'good').positive).toEqual(['current']);
  });

  it('keeps of another column only the values that it has', () => {
    expect(withOutcomeColumn(draft, outcomes, 'default')).toMatchObject({
      outcomeColumn: 'default',
      positive: ['defaulted'],
      undecided: [],
    });
  });

  it('takes back that none is bad when one becomes bad, or another column counts', () => {
    const none: OutcomesDraft = { ...draft, positive: [], noneIsBad: true };
    const problemOf = (changed: OutcomesDraft) => draftProblem(changed, decisions, outcomes);
    expect(problemOf(withMeaning(none, 'repaid', 'undecided'))).toBeNull();
    const back = withMeaning(withMeaning(none, 'repaid', 'bad'), 'repaid', 'good');
    expect(problemOf(back)).toMatch(/or that none of them is\.$/);
    expect(problemOf(withOutcomeColumn(none, outcomes, 'default'))).toMatch(/or that none of them is\.$/);
  });

  it.each([
    [{}, null],
    [{ idColumn: null }, 'Choose the column of paid.csv that holds the id.'],
    [{ decisionIdColumn: null }, 'Choose the column of loans.csv that holds the same id.'],
    [{ outcomeColumn: null }, 'Choose the column that says what became of the decision.'],
    [{ outcomeColumn: 'loan' }, 'The id cannot be the outcome too: choose another column.'],
    [
      { outcomeColumn: 'note' },
      'note has no values to choose from. Choose a column with a few values, such as good and bad.',
    ],
    [{ positive: [] }, 'Say which values of status are the bad outcome, or that none of them is.'],
    [{ positive: [], noneIsBad: true }, null],
  ])('says what is missing: %j', (change, problem) => {
    expect(draftProblem({ ...draft, ...change }, decisions, outcomes)).toBe(problem);
  });
});

const money = {
  flagged: 3,
  caught: 2,
  missedPositives: 1,
  prevented: 9,
  spent: 1,
  missed: 2,
  net: 8,
  roi: 8,
};
const realised: RealisedImpact = {
  format: 'cutline-impact-1',
  outcomesName: 'paid.csv',
  threshold: 0.5,
  currency: 'EUR',
  total: { ...money, rows: 1200, known: 1000, promised: { net: 7, low: 1, high: 13 } },
  spending: [],
  months: [],
  unknownIds: 0,
  otherRows: 0,
  repeatedIds: 0,
  contradictions: 0,
  repeatedDecisions: 0,
  withoutOutcome: 0,
  undated: 0,
  relabelled: 0,
};

describe('what the join found', () => {
  it('says how many decisions have an outcome, and nothing more when all fits', () => {
    expect(joinedText(realised)).toBe('1,000 of 1,200\u00A0decisions have an outcome.');
    expect(outcomesFacts(realised)).toEqual([]);
  });

  it('says every kind of row that was left out or taken otherwise', () => {
    const facts = outcomesFacts({
      ...realised,
      withoutOutcome: 200,
      unknownIds: 1,
      otherRows: 4,
      repeatedIds: 2,
      contradictions: 1,
      repeatedDecisions: 3,
      undated: 5,
      relabelled: 1,
    });
    expect(facts).toHaveLength(8);
    expect(facts[0]).toContain('200\u00A0decisions without an outcome');
    expect(facts[1]).toBe('1\u00A0row of paid.csv has an id that no decision has: left out.');
    expect(facts[3]).toBe('2\u00A0rows of paid.csv repeat an id: the last one counts.');
  });

  it('asks whether the file is a history of states when more than 5 in 100 joined ids contradict themselves', () => {
    const factOf = (known: number, contradictions: number) =>
      outcomesFacts({ ...realised, total: { ...realised.total, known }, contradictions });
    expect(factOf(95, 5)).toEqual(['5\u00A0ids with both outcomes: taken as not known.']);
    expect(factOf(94, 6)).toEqual([
      '6\u00A0ids with both outcomes, 6.0\u00A0% of the joined ids: taken as not known. Is the file a status history? Keep the last row of each id, and add it again.',
    ]);
    expect(factOf(0, 1)[0]).toContain('100.0\u00A0% of the joined ids');
  });
});

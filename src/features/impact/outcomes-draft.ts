/** Changes to how a file of outcomes is read, and what still keeps it from being read. */
import type { OutcomesDraft } from '../../core/impact/guess-outcomes-reading.ts';
import type { TableSummary } from '../../core/table/summary.ts';

export type OutcomeMeaning = 'bad' | 'good' | 'undecided';

export function meaningOf({ positive, undecided }: OutcomesDraft, value: string): OutcomeMeaning {
  if (positive.includes(value)) return 'bad';
  return undecided.includes(value) ? 'undecided' : 'good';
}

export function withMeaning(draft: OutcomesDraft, value: string, meaning: OutcomeMeaning): OutcomesDraft {
  const without = (values: readonly string[]) => values.filter((one) => one !== value);
  const positive = without(draft.positive);
  const undecided = without(draft.undecided);
  return {
    ...draft,
    noneIsBad: meaning !== 'bad' && draft.noneIsBad === true,
    positive: meaning === 'bad' ? [...positive, value] : positive,
    undecided: meaning === 'undecided' ? [...undecided, value] : undecided,
  };
}

/** Another column says what became of a decision; values that it also has keep their meaning. */
export function withOutcomeColumn(draft: OutcomesDraft, outcomes: TableSummary, name: string): OutcomesDraft {
  const values = outcomes.columns.find((column) => column.name === name)?.topValues ?? [];
  const isThere = (value: string) => values.some((one) => one.value === value);
  return {
    ...draft,
    outcomeColumn: name,
    noneIsBad: false,
    positive: draft.positive.filter(isThere),
    undecided: draft.undecided.filter(isThere),
  };
}

/** What is still missing or cannot be, as a sentence; null when the file can be read so. */
export function draftProblem(
  draft: OutcomesDraft,
  decisions: TableSummary,
  outcomes: TableSummary,
): string | null {
  if (draft.idColumn === null) return `Choose the column of ${outcomes.name} that holds the id.`;
  if (draft.decisionIdColumn === null)
    return `Choose the column of ${decisions.name} that holds the same id.`;
  if (draft.outcomeColumn === null) return 'Choose the column that says what became of the decision.';
  if (draft.outcomeColumn === draft.idColumn)
    return 'The id cannot be the outcome too: choose another column.';
  const column = outcomes.columns.find(({ name }) => name === draft.outcomeColumn);
  if (column !== undefined && column.topValues.length === 0)
    return `${draft.outcomeColumn} has no values to choose from. Choose a column with a few values, such as good and bad.`;
  if (draft.positive.length === 0 && draft.noneIsBad !== true)
    return `Say which values of ${draft.outcomeColumn} are the bad outcome, or that none of them is.`;
  return null;
}

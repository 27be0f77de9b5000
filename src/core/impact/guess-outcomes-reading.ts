/** Guessing how an outcomes file is to be read. A guess is shown and confirmed, never silently used. */
import { targetOfColumn } from '../table/guess-roles.ts';
import type { Roles } from '../table/roles.ts';
import type { ColumnSummary, TableSummary } from '../table/summary.ts';
import type { TargetDefinition } from '../table/target.ts';
import type { OutcomesReading } from './impact-figures.ts';

/** A reading in the making: null where nothing was found or chosen. */
export type OutcomesDraft = {
  readonly [Part in keyof OutcomesReading]: Part extends 'idColumn' | 'decisionIdColumn' | 'outcomeColumn'
    ? string | null
    : OutcomesReading[Part];
} & {
  /** Said on purpose of a file without a bad outcome; without it, an empty `positive` is a question not yet answered. */
  readonly noneIsBad?: boolean;
};

const UNDECIDED = [
  ...[
    'current',
    'open',
    'pending',
    'in progress',
    'in review',
    'undecided',
    'unknown',
    'not known',
    'active',
  ],
  ...['ongoing', 'disputed', 'tbd', 'n/a'],
];
const LOST = /\b(lost|loss|losses|written off|write off|charge ?off|charged off|damage|chargeback)\b/;
const RECOVERED = /\b(recover(ed|y|ies)|repaid|collected|refunded)\b/;

/** More values than this are no outcome. */
const MOST_OUTCOMES = 20;

/**
 * How an outcomes file is likely to be read beside a table of decisions.
 *
 * - ids: the decisions' column with the role `id`, and the outcomes' column of the same name (but for case and
 *   punctuation); else the outcomes' own id column; else any column that both name alike and that repeats nothing
 * - outcome: the column named as the decisions' target, else the one that looks like a target
 * - its bad values: those of the decisions' target that it holds; else a word for the bad outcome, else the rarer value
 * - date: the decisions' column with the role `date`, else the outcomes' own
 * - amount: a number column named for losses or recoveries
 *
 * @param chosen roles and target of the decisions as the user has them
 */
export function guessOutcomesReading(
  decisions: TableSummary,
  outcomes: TableSummary,
  chosen: { readonly roles: Roles; readonly target: TargetDefinition | null },
): OutcomesDraft {
  const roleOf = ({ name, guessedRole }: ColumnSummary) => chosen.roles[name] ?? guessedRole;
  const ids = guessIds(decisions, outcomes, roleOf);
  const free = outcomes.columns.filter(({ name }) => name !== ids.idColumn);
  const outcome = outcomeAmong(free, chosen.target);
  const date = decisions.columns.find((column) => column.kind === 'date' && roleOf(column) === 'date');
  const ownDate = free.find(({ kind, guessedRole }) => kind === 'date' && guessedRole === 'date');
  return {
    ...ids,
    outcomeColumn: outcome?.name ?? null,
    positive: outcome === undefined ? [] : positiveOf(outcome, chosen.target),
    undecided: outcome === undefined ? [] : undecidedOf(outcome),
    dateColumn:
      date !== undefined
        ? { from: 'decisions', column: date.name }
        : ownDate === undefined
          ? null
          : { from: 'outcomes', column: ownDate.name },
    amount: amountAmong(free.filter((column) => column !== outcome)),
  };
}

/** The reading once its columns are chosen; null while an id or the outcome is missing. */
export function readingOf(draft: OutcomesDraft): OutcomesReading | null {
  const { noneIsBad: _, ...rest } = draft;
  const { idColumn, decisionIdColumn, outcomeColumn } = rest;
  if (idColumn === null || decisionIdColumn === null || outcomeColumn === null) return null;
  return { ...rest, idColumn, decisionIdColumn, outcomeColumn };
}

/** A reading that was confirmed, to be changed: where it has no bad outcome, that was said on purpose. */
export function draftOf(reading: OutcomesReading): OutcomesDraft {
  return { ...reading, noneIsBad: reading.positive.length === 0 };
}

function guessIds(
  decisions: TableSummary,
  outcomes: TableSummary,
  roleOf: (column: ColumnSummary) => string | null,
): Pick<OutcomesDraft, 'idColumn' | 'decisionIdColumn'> {
  const named = decisions.columns.find((column) => roleOf(column) === 'id');
  const shared = decisions.columns.find(
    (column) => column.distinct === decisions.rowCount && sameNamed(outcomes.columns, column.name),
  );
  const own = named ?? shared;
  if (own === undefined) return { idColumn: null, decisionIdColumn: null };
  const other =
    sameNamed(outcomes.columns, own.name) ?? outcomes.columns.find(({ guessedRole }) => guessedRole === 'id');
  return { idColumn: other?.name ?? null, decisionIdColumn: own.name };
}

function sameNamed(columns: readonly ColumnSummary[], name: string): ColumnSummary | undefined {
  const plain = (text: string) => text.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, '');
  return columns.find((column) => plain(column.name) === plain(name));
}

function outcomeAmong(
  columns: readonly ColumnSummary[],
  target: TargetDefinition | null,
): ColumnSummary | undefined {
  const few = columns.filter(({ distinct, kind }) => kind !== 'date' && distinct <= MOST_OUTCOMES);
  const named = target === null ? undefined : sameNamed(few, target.column);
  return named ?? few.find(({ guessedRole }) => guessedRole === 'target');
}

function positiveOf(outcome: ColumnSummary, target: TargetDefinition | null): readonly string[] {
  const values = outcome.topValues.map(({ value }) => value);
  const known = values.filter((value) => target?.positive.includes(value));
  if (known.length > 0) return known;
  // A file whose only value is the good one has no bad one to guess.
  const undecided = undecidedOf(outcome);
  const topValues = outcome.topValues.filter(({ value }) => !undecided.includes(value));
  return topValues.length < 2 ? [] : (targetOfColumn({ ...outcome, topValues })?.positive ?? []);
}

function undecidedOf({ topValues }: ColumnSummary): readonly string[] {
  return topValues
    .map(({ value }) => value)
    .filter((value) => UNDECIDED.includes(value.trim().toLowerCase()));
}

function amountAmong(columns: readonly ColumnSummary[]): OutcomesReading['amount'] {
  const numbers = columns.filter(({ kind }) => kind === 'number');
  const find = (pattern: RegExp) => numbers.find(({ name }) => pattern.test(plainWords(name)));
  const lost = find(LOST);
  if (lost !== undefined) return { column: lost.name, meaning: 'lost' };
  const recovered = find(RECOVERED);
  return recovered === undefined ? null : { column: recovered.name, meaning: 'recovered' };
}

/** `recoveredAmount` and `recovered_amount` as "recovered amount". */
function plainWords(name: string): string {
  return name
    .replaceAll(/([\p{Ll}\p{N}])(\p{Lu})/gu, '$1 $2')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ');
}

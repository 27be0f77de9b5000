/** The outcome of each decision, found by id in a second table. */
import { DataError } from '../errors.ts';
import { inSlices, type Sliced, stage } from '../sliced.ts';
import type { Table } from '../table/column.ts';
import { columnByName } from '../table/column-access.ts';
import { keyGroupsFor, NO_GROUP } from '../table/key-groups.ts';
import { asCategory } from '../table/label-values.ts';
import { parseNumber } from '../table/parse-number.ts';
import type { OutcomesReading, RealisedImpact } from './impact-figures.ts';
import type { LoggedDecisions } from './realise-impact.ts';

const NOT_KNOWN = -1;
const NEGATIVE = 0;
const POSITIVE = 1;

/** One entry per decision. */
export interface KnownOutcomes {
  /** 1 positive, 0 negative, -1 not known. */
  readonly outcomes: Int8Array;
  /** Stated amount; NaN = none. null without an amount column. */
  readonly amounts: Float64Array | null;
  /** Epoch ms of the decision, NaN = missing; null without a date column. */
  readonly dates: Float64Array | null;
  readonly counts: Pick<
    RealisedImpact,
    'unknownIds' | 'otherRows' | 'repeatedIds' | 'contradictions' | 'repeatedDecisions'
  >;
}

/**
 * Finds the outcome of each decision. Ids are compared as joins compare keys: as numbers when either column is one of numbers,
 * else as text. Where an id has several rows, the last known outcome, amount and date count; where they state both outcomes,
 * the outcome is not known. A positive or undecided value that the file does not hold matches nothing.
 *
 * @returns yields progress in rows of both tables
 * @throws {DataError} `column-missing` | `invalid-argument` (date or amount column of another type; an
 *   amount below 0 or not finite) | `join-key` (no id in common)
 */
export function* outcomesById(
  decisions: LoggedDecisions,
  outcomes: Table,
  reading: OutcomesReading,
): Sliced<KnownOutcomes> {
  const { table } = decisions;
  const ids = columnByName(table, reading.decisionIdColumn);
  const outcomeIds = columnByName(outcomes, reading.idColumn);
  const total = Math.max(1, table.rowCount + outcomes.rowCount);
  const keys = keyGroupsFor(ids, outcomeIds);
  const groups = yield* stage(keys.groupRows(ids, true), 0, table.rowCount, total);
  const found = yield* stage(keys.groupRows(outcomeIds, false), table.rowCount, total, total);
  const { isDecided, repeatedDecisions } = decidedGroups(groups, decisions.rows, keys.count);
  const byId = yield* stage(readOutcomes(outcomes, reading, found, isDecided), total, total, total);
  if (byId.unknownIds === outcomes.rowCount) throw noMatch(table, outcomes, reading);
  const { unknownIds, otherRows, repeatedIds, contradictions } = byId;
  const groupOf = (i: number) => groups[decisions.rows[i]!]!;
  const count = decisions.rows.length;
  const known = Int8Array.from({ length: count }, (_, i) => byId.outcomes[groupOf(i)] ?? NOT_KNOWN);
  const spread = (values: Float64Array) =>
    Float64Array.from({ length: count }, (_, i) => values[groupOf(i)] ?? Number.NaN);
  return {
    outcomes: known,
    amounts: byId.amounts === null ? null : spread(byId.amounts),
    dates: byId.dates === null ? ownDates(decisions, reading) : spread(byId.dates),
    counts: { unknownIds, otherRows, repeatedIds, contradictions, repeatedDecisions },
  };
}

function decidedGroups(groups: Int32Array, rows: Uint32Array, groupCount: number) {
  const isDecided = new Uint8Array(groupCount);
  let repeatedDecisions = 0;
  for (const row of rows) {
    const group = groups[row]!;
    if (group === NO_GROUP) continue;
    repeatedDecisions += isDecided[group]!;
    isDecided[group] = 1;
  }
  return { isDecided, repeatedDecisions };
}

/** The rows of the outcomes file, by group of id. */
function* readOutcomes(outcomes: Table, reading: OutcomesReading, found: Int32Array, isDecided: Uint8Array) {
  const outcomeAt = outcomeReader(outcomes, reading);
  const { amount, dateColumn } = reading;
  const stated = amount === null ? null : valuesOf(outcomes, amount.column, 'number');
  const moments = dateColumn?.from === 'outcomes' ? valuesOf(outcomes, dateColumn.column, 'date') : null;
  const groupCount = isDecided.length;
  const known = new Int8Array(groupCount).fill(NOT_KNOWN);
  const isSeen = new Uint8Array(groupCount);
  const isContradicted = new Uint8Array(groupCount);
  const amounts = stated === null ? null : new Float64Array(groupCount).fill(Number.NaN);
  const dates = moments === null ? null : new Float64Array(groupCount).fill(Number.NaN);
  let [unknownIds, otherRows, repeatedIds, contradictions] = [0, 0, 0, 0];
  yield* inSlices(outcomes.rowCount, (start, end) => {
    for (let row = start; row < end; row++) {
      const group = found[row]!;
      if (group === NO_GROUP) unknownIds++;
      else if (isDecided[group] === 0) otherRows++;
      else {
        repeatedIds += isSeen[group]!;
        isSeen[group] = 1;
        const outcome = outcomeAt(row);
        if (outcome !== NOT_KNOWN) {
          if (known[group] === 1 - outcome) isContradicted[group] = 1;
          known[group] = outcome;
        }
        if (amounts !== null && !Number.isNaN(stated![row]!)) {
          if (outcome !== NEGATIVE) checkAmount(stated![row]!, row, outcomes, reading);
          amounts[group] = stated![row]!;
        }
        if (dates !== null && !Number.isNaN(moments![row]!)) dates[group] = moments![row]!;
      }
    }
  });
  for (let group = 0; group < groupCount; group++) {
    if (isContradicted[group] === 0) continue;
    contradictions++;
    known[group] = NOT_KNOWN;
  }
  return { outcomes: known, amounts, dates, unknownIds, otherRows, repeatedIds, contradictions };
}

/** A loss with a sign, as ledgers write it, would turn what was prevented into its opposite. */
function checkAmount(value: number, row: number, outcomes: Table, { amount }: OutcomesReading): void {
  if (value >= 0 && Number.isFinite(value)) return;
  const column = amount?.column ?? '';
  throw new DataError(
    'invalid-argument',
    `Data row ${row} (from 0) of "${outcomes.name}" states ${value} in "${column}": what was ${amount?.meaning} is a finite number, 0 or more.`,
    {
      place: { file: outcomes.name, row, column },
      advice:
        'Write these amounts without a sign, or choose "As the scenario has it" for what was really lost.',
    },
  );
}

/** Outcome of a row of the outcomes file. Values are the same when their text is, or the number that they say. */
function outcomeReader(outcomes: Table, { outcomeColumn, positive, undecided }: OutcomesReading) {
  const { codes, dictionary } = asCategory(columnByName(outcomes, outcomeColumn));
  const byCode = dictionary.map((text) => {
    if (positive.some((value) => isSameValue(value, text))) return POSITIVE;
    return undecided.some((value) => isSameValue(value, text)) ? NOT_KNOWN : NEGATIVE;
  });
  return (row: number): number => byCode[codes[row]!] ?? NOT_KNOWN;
}

function isSameValue(a: string, b: string): boolean {
  return a === b || parseNumber(a) === parseNumber(b);
}

function ownDates({ table, rows }: LoggedDecisions, { dateColumn }: OutcomesReading): Float64Array | null {
  if (dateColumn === null) return null;
  const values = valuesOf(table, dateColumn.column, 'date');
  return Float64Array.from(rows, (row) => values[row]!);
}

/**
 * The numbers or moments of a column.
 * @throws {DataError} `column-missing` | `invalid-argument` when it is of another type
 */
export function valuesOf(table: Table, name: string, kind: 'number' | 'date'): Float64Array {
  const column = columnByName(table, name);
  if (column.kind === kind && (column.kind === 'number' || column.kind === 'date')) return column.values;
  throw new DataError(
    'invalid-argument',
    `Column "${name}" of "${table.name}" is of type ${column.kind}, not ${kind}.`,
    {
      place: { file: table.name, column: name },
      advice: `Choose a ${kind} column, or change the type of this one to ${kind} in the workspace.`,
    },
  );
}

function noMatch(table: Table, outcomes: Table, { idColumn, decisionIdColumn }: OutcomesReading): DataError {
  return new DataError(
    'join-key',
    `No value of "${idColumn}" in "${outcomes.name}" is found in "${decisionIdColumn}" of "${table.name}".`,
    {
      place: { file: outcomes.name, column: idColumn },
      advice: 'Check that both columns name the same decisions, or choose other id columns.',
    },
  );
}

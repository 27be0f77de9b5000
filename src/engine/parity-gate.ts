import { isCutlineError } from '../core/errors.ts';
import { type BoundFeatures, bindFeatures } from '../core/model/feature-block.ts';
import type { MappingReport } from '../core/model/mapping.ts';
import type { GateReport } from '../core/parity/gate-report.ts';
import type { Column, Table } from '../core/table/column.ts';
import { pickRows } from '../core/table/pick-rows.ts';
import { gateRows } from './gate-rows.ts';
import { refuseUnready, type ScoreProgress, scoreRows } from './score-rows.ts';
import type { Scorer } from './scorer.ts';
import type { ScorableTrees } from './trees-scorer.ts';

/** How far a kernel may be from a float32 reference: two correct builds of one converted model differ by 7e-7 at most. */
export const FLOAT32_TOLERANCE = 2e-6;
/** The same for a reference in float64. */
export const FLOAT64_TOLERANCE = 1e-12;

/** A model, the kernel that may score it, and the table that is to be scored. */
export interface GateQuestion {
  readonly reference: Scorer;
  readonly kernel: Scorer;
  /** What the kernel runs: its features say which rows of the table are worth a look. */
  readonly trees: ScorableTrees;
  readonly table: Table;
  readonly report: MappingReport;
  readonly positiveValues: readonly string[];
  readonly tolerance: number;
}

/** What is reported when there is no kernel to compare. */
export function refusedByGate(referenceName: string, tolerance: number, reason: string): GateReport {
  return {
    engine: 'reference',
    engineName: referenceName,
    referenceName,
    rows: 0,
    maxDifference: null,
    tolerance,
    flipped: 0,
    reason,
  };
}

/**
 * The parity gate: scores the same rows with a model's reference and with the fast kernel, and lets the kernel score the
 * table only when no score differs by more than the tolerance and no row changes side at any threshold.
 *
 * A row counts as flipped when its kernel score lies strictly below that of a row which the reference puts strictly
 * below it. Whatever the kernel raises is a reason against it. What the reference raises on rows of its own table is
 * left to the scoring, which names the right row.
 *
 * @returns the report; where no row has a score (an empty table, too) nothing is compared and the reference is taken
 * @throws {CanceledError} when the caller closes the generator; {ModelError} as `refuseUnready`
 */
export async function* parityGate(question: GateQuestion): AsyncGenerator<ScoreProgress, GateReport, void> {
  const { reference, kernel, trees, table, report, tolerance } = question;
  const refused = (reason: string) => refusedByGate(reference.engine, tolerance, reason);
  refuseUnready(reference, report);
  if (table.rowCount === 0) return refused('The table has no rows to compare on.');
  const bound = boundOrReason(question);
  if (typeof bound === 'string') return refused(bound);
  const rows = yield* gateRows(bound, usedFeatures(trees, bound), fedColumns(table, report));
  const compared = yield* tableOfRows(table, report, rows);
  const expected = yield* scoresOrError(reference, compared, question);
  if (typeof expected === 'string')
    return refused(`${reference.engine} does not score the compared rows: ${expected}`);
  const found = yield* scoresOrError(kernel, compared, question);
  if (typeof found === 'string') return refused(`The kernel does not score the compared rows: ${found}`);
  const outcome = compareScores(expected, found);
  const reason = objection(outcome, rows.length, tolerance);
  return {
    engine: reason === null ? 'kernel' : 'reference',
    engineName: reason === null ? kernel.engine : reference.engine,
    referenceName: reference.engine,
    rows: rows.length,
    maxDifference: outcome.maxDifference,
    tolerance,
    flipped: outcome.flipped,
    reason,
  };
}

/** ONNX Runtime takes columns that the steps before the trees do not: texts that the graph itself turns into numbers. */
function boundOrReason({ table, report, trees }: GateQuestion): BoundFeatures | string {
  try {
    return bindFeatures(table, report, trees.features);
  } catch (error) {
    if (isCutlineError(error)) return `The kernel cannot be fed from this table. ${error.message}`;
    throw error;
  }
}

function usedFeatures({ ensemble }: ScorableTrees, { sources }: BoundFeatures): boolean[] {
  const used = new Set(ensemble.features);
  for (const feature of ensemble.linearLeaves?.features ?? []) used.add(feature);
  return sources.map((_, j) => used.has(j));
}

/** The columns that feed the model. */
function fedColumns(table: Table, { bindings }: MappingReport): Column[] {
  const fed = new Set(bindings.map(({ column }) => column));
  return table.columns.filter(({ name }) => fed.has(name));
}

/** The compared rows as a table of the columns that feed the model; the table itself when it is compared whole. */
async function* tableOfRows(
  table: Table,
  report: MappingReport,
  rows: Uint32Array,
): AsyncGenerator<ScoreProgress, Table, void> {
  if (rows.length === table.rowCount) return table;
  const columns: Column[] = [];
  for (const column of fedColumns(table, report))
    columns.push(yield* pickRows(column, Int32Array.from(rows)));
  return { name: table.name, rowCount: rows.length, columns };
}

/** Scores of all rows of a table, or what went wrong, as a sentence. */
async function* scoresOrError(
  scorer: Scorer,
  table: Table,
  { report, positiveValues }: GateQuestion,
): AsyncGenerator<ScoreProgress, Float64Array | string, void> {
  const request = { rowStart: 0, rowEnd: table.rowCount, positiveValues, chunkRows: 1024 };
  try {
    return (yield* scoreRows(scorer, table, report, request)).scores;
  } catch (error) {
    if (isCutlineError(error) && error.code === 'canceled') throw error;
    return error instanceof Error ? error.message : String(error);
  }
}

interface Outcome {
  /** Over rows with a score in both; null when there is none. */
  readonly maxDifference: number | null;
  readonly flipped: number;
  /** Rows with a score in one only. */
  readonly scoredInOne: number;
}

/** What two columns of scores of the same rows differ in. O(n log n). */
function compareScores(expected: Float64Array, found: Float64Array): Outcome {
  let maxDifference: number | null = null;
  let scoredInOne = 0;
  const both: number[] = [];
  for (let row = 0; row < expected.length; row++) {
    const isMissing = Number.isNaN(expected[row]!);
    if (isMissing !== Number.isNaN(found[row]!)) scoredInOne += 1;
    else if (!isMissing) {
      maxDifference = Math.max(maxDifference ?? 0, Math.abs(expected[row]! - found[row]!));
      both.push(row);
    }
  }
  both.sort((a, b) => expected[a]! - expected[b]!);
  return { maxDifference, scoredInOne, flipped: flippedRows(both, expected, found) };
}

/** Rows whose score by `found` lies below that of a row that `expected` puts strictly below them; `rows` ascend by `expected`. */
function flippedRows(rows: readonly number[], expected: Float64Array, found: Float64Array): number {
  let flipped = 0;
  let highestBelow = Number.NEGATIVE_INFINITY;
  for (let start = 0; start < rows.length; ) {
    const level = expected[rows[start]!]!;
    let highest = highestBelow;
    let end = start;
    for (; end < rows.length && expected[rows[end]!] === level; end++) {
      const score = found[rows[end]!]!;
      if (score < highestBelow) flipped += 1;
      highest = Math.max(highest, score);
    }
    highestBelow = highest;
    start = end;
  }
  return flipped;
}

/** Why the kernel may not score, as a sentence; null when it may. */
function objection(
  { maxDifference, flipped, scoredInOne }: Outcome,
  rows: number,
  tolerance: number,
): string | null {
  if (scoredInOne > 0) return `On ${scoredInOne} of ${rows} compared rows only one of the two gives a score.`;
  if (maxDifference === null) return `None of the ${rows} compared rows has a score to compare.`;
  // Not `>`: a difference that is no number is no proof.
  if (!(maxDifference <= tolerance)) {
    return `The kernel differs from the reference by up to ${maxDifference.toPrecision(2)} on ${rows} compared rows; at most ${tolerance} is allowed.`;
  }
  if (flipped > 0) {
    return `The kernel puts ${flipped} of ${rows} compared rows in another order than the reference, so decisions would change.`;
  }
  return null;
}

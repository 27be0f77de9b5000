import type { JudgementSpec, JudgementSummary } from '../../src/contracts/judgement.ts';
import { DataError } from '../../src/core/errors.ts';
import { fitOutsideSplit } from '../../src/core/metrics/fit-outside-split.ts';
import { type Recalibration, recalibrateSliced } from '../../src/core/metrics/recalibration.ts';
import { recalibrationFiguresSliced } from '../../src/core/metrics/recalibration-figures.ts';
import { type JudgedRows, selectJudgedRows } from '../../src/core/table/judged-rows.ts';
import { amountsFromColumn, scoresFromColumn } from '../../src/core/table/score-column.ts';
import { takeRows } from '../../src/core/table/take-rows.ts';
import {
  answerScenarioSliced,
  type Judgement,
  judgeAt,
  openJudgement,
} from '../../src/core/threshold/judgement.ts';
import { stepThreshold } from '../../src/core/threshold/step.ts';
import { sha256Hex } from '../content-hash.ts';
import type { HeldScores, HeldTable, Shelf } from '../holds.ts';
import type { Job } from '../job.ts';
import type { TaskHandlers } from '../runtime.ts';

type JudgementTasks = Pick<
  TaskHandlers,
  'judgement/open' | 'judgement/scenario' | 'judgement/at' | 'judgement/step'
>;

export interface HeldJudgement {
  readonly tableId: string;
  readonly spec: JudgementSpec;
  readonly judgement: Judgement;
  readonly summary: JudgementSummary;
  /** null when scores are judged as they are. */
  readonly recalibration: Recalibration | null;
}

export interface JudgementShelves {
  readonly tables: Shelf<HeldTable>;
  readonly scores: Shelf<HeldScores>;
  readonly judgements: Shelf<HeldJudgement>;
}

/** Judgements: sorted once in slices; then a scenario is answered in slices too, a threshold at once. */
export function judgementTasks(shelves: JudgementShelves): JudgementTasks {
  const { judgements } = shelves;
  return {
    'judgement/open': async ({ spec }, job) => (await judgementOf(spec, shelves, job)).summary,
    'judgement/scenario': ({ judgementId, scenario, parameters }, job) =>
      job.drain(answerScenarioSliced(judgements.get(judgementId).judgement, scenario, parameters)),
    'judgement/at': ({ judgementId, scenario, threshold }) =>
      judgeAt(judgements.get(judgementId).judgement, scenario, threshold),
    'judgement/step': ({ judgementId, threshold, direction, size }) => ({
      threshold: stepThreshold(judgements.get(judgementId).judgement.ranked, threshold, direction, size),
    }),
  };
}

/**
 * The judgement of a definition, found on the shelf or opened and put there.
 * @throws {DataError} `unknown-handle` (table or scores are not here), and what `openJudgement` throws
 */
export async function judgementOf(
  spec: JudgementSpec,
  shelves: JudgementShelves,
  job: Job,
): Promise<HeldJudgement> {
  const { judgements } = shelves;
  const id = await judgementIdOf(spec);
  const held = judgements.find(id) ?? (await openHeld(id, spec, shelves, job));
  judgements.put(id, held);
  return held;
}

async function openHeld(
  id: string,
  spec: JudgementSpec,
  shelves: JudgementShelves,
  job: Job,
): Promise<HeldJudgement> {
  const rows = await judgedRowsOf(spec, shelves, job);
  await job.turn();
  const columns = spec.amountColumns.map((column, index) => ({ column, values: rows.amounts[index]! }));
  const judgement = await job.drain(openJudgement(rows.scores, rows.labels, columns), (slice) => ({
    ...slice,
    unit: 'rows',
    rows: slice.done,
  }));
  const { recalibration, rawScores, scores, labels, excluded, outsideSplit } = rows;
  const change =
    recalibration === null
      ? null
      : await job.drain(recalibrationFiguresSliced(recalibration, rawScores, scores, labels));
  const summary: JudgementSummary = {
    id,
    ...judgement.figures,
    notices: [...judgement.figures.notices, ...(change?.notices ?? [])],
    excluded,
    outsideSplit,
    recalibration: change?.figures ?? null,
  };
  return { tableId: spec.tableId, spec, judgement, summary, recalibration };
}

/** The judged rows of a definition, in the order of the table: what its judgement was ranked from. */
export interface HeldRows extends JudgedRows {
  /** One per judged row, after recalibration; NaN = no score. */
  readonly scores: Float64Array;
  /** As the model or the column gave them. */
  readonly rawScores: Float64Array;
  /** One array per amount column of the definition; NaN = missing. */
  readonly amounts: readonly Float64Array[];
  /** What made `scores` of `rawScores`; null when they are the same array. */
  readonly recalibration: Recalibration | null;
}

/**
 * Reads the rows of a definition again. O(rows); nothing is sorted, unless a recalibration must be fitted because the
 * judgement is not on the shelf.
 * @throws {DataError} `unknown-handle` | `shape-mismatch`, and what reading labels and columns and fitting throw
 */
export async function judgedRowsOf(
  spec: JudgementSpec,
  shelves: JudgementShelves,
  job: Job,
): Promise<HeldRows> {
  const { table } = shelves.tables.get(spec.tableId);
  const judged = selectJudgedRows(table, spec.target, spec.split);
  const rawScores = takeRows(scoresOf(spec, shelves), judged.rows);
  await job.turn();
  const amounts = spec.amountColumns.map((column) => takeRows(amountsFromColumn(table, column), judged.rows));
  const recalibration = await recalibrationOf(spec, shelves, job);
  const scores =
    recalibration === null ? rawScores : await job.drain(recalibrateSliced(recalibration, rawScores));
  return { ...judged, scores, rawScores, amounts, recalibration };
}

/**
 * The recalibration that a definition asks for, fitted once for the judgement on the shelf; null when it asks for none.
 * @throws {DataError} what `fitOutsideSplit` throws
 */
export async function recalibrationOf(
  spec: JudgementSpec,
  shelves: JudgementShelves,
  job: Job,
): Promise<Recalibration | null> {
  const { recalibration } = spec;
  if (recalibration === null) return null;
  const held = shelves.judgements.find(await judgementIdOf(spec));
  if (held !== undefined) return held.recalibration;
  const { table } = shelves.tables.get(spec.tableId);
  return job.drain(fitOutsideSplit(table, scoresOf(spec, shelves), { ...spec, recalibration }));
}

/** One score per table row, not recalibrated. @throws {DataError} `shape-mismatch` when the scores are of another table */
export function scoresOf(spec: JudgementSpec, shelves: JudgementShelves): Float64Array {
  const { table } = shelves.tables.get(spec.tableId);
  if (spec.scores.kind === 'column') return scoresFromColumn(table, spec.scores.column);
  const { scores } = shelves.scores.get(spec.scores.scoresId);
  if (scores.length === table.rowCount) return scores;
  throw new DataError(
    'shape-mismatch',
    `The scores are of ${scores.length} rows, but the table "${table.name}" has ${table.rowCount}.`,
    { place: { file: table.name }, advice: 'Score this table again.' },
  );
}

/** SHA-256 of the canonical JSON of the definition; the order in which label values were picked does not matter. */
async function judgementIdOf(spec: JudgementSpec): Promise<string> {
  const { tableId, scores, target, split, amountColumns, recalibration } = spec;
  return sha256Hex(
    JSON.stringify([
      'judgement-2',
      tableId,
      scores.kind,
      scores.kind === 'column' ? scores.column : scores.scoresId,
      target.column,
      [...target.positive].sort(),
      [...target.excluded].sort(),
      split === null ? null : [split.column, split.value],
      amountColumns,
      recalibration,
    ]),
  );
}

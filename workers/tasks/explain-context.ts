import type { ExplainedTable } from '../../src/contracts/explain-tasks.ts';
import type { TaskArgs } from '../../src/contracts/tasks.ts';
import { DataError } from '../../src/core/errors.ts';
import type { MappingReport } from '../../src/core/model/mapping.ts';
// Types only: the engine loads when something is explained and not before.
import type { ExplainedModel } from '../../src/engine/explain/explanation-approach.ts';
import type { Scorer } from '../../src/engine/scorer.ts';
import type { HeldScores, HeldTable, Shelf } from '../holds.ts';
import type { HeldExplanations } from './held-explanations.ts';
import type { LentScorers } from './lent-scorers.ts';
import type { HeldModel } from './models.ts';

/** All that explaining reads in a worker. */
export interface ExplainContext {
  readonly tables: Shelf<HeldTable>;
  readonly models: Shelf<HeldModel>;
  readonly scores: Shelf<HeldScores>;
  readonly held: HeldExplanations;
  readonly reportOf: (args: TaskArgs<'model/bind'>) => MappingReport;
  readonly scorers: LentScorers;
}

/** @throws {DataError} `unknown-handle` */
export function modelOf(context: ExplainContext, args: ExplainedTable): ExplainedModel {
  return {
    opened: context.models.get(args.modelId).opened,
    table: context.tables.get(args.tableId).table,
    report: context.reportOf(args),
    positiveValues: args.positiveValues,
  };
}

/** The rows that a global explanation speaks of, found once for all its stretches. */
export async function rowsOf(
  { tables, held: { rowLists } }: ExplainContext,
  { tableId, over, split }: Pick<TaskArgs<'explain/sums'>, 'tableId' | 'over' | 'split'>,
): Promise<Uint32Array> {
  const { explainedRows } = await import('../../src/engine/explain/explained-rows.ts');
  const key = JSON.stringify([tableId, over, split]);
  const rows = rowLists.find(key)?.rows ?? explainedRows(tables.get(tableId).table, over, split);
  rowLists.put(key, { tableId, rows });
  return rows;
}

/**
 * Lends what answers sampling: the reference of the model, which runs every model and for which no gate has to be passed.
 */
export function withReference<R>(
  { scorers }: ExplainContext,
  { modelId }: ExplainedTable,
  use: (scorer: Scorer) => Promise<R>,
): Promise<R> {
  return scorers.withScorer(modelId, 'reference', use);
}

/**
 * The scores that a background near the threshold is found by; null for any other.
 * @throws {DataError} `shape-mismatch` when they are of another table
 */
export function backgroundScores(
  { tables, scores }: ExplainContext,
  { tableId, choice, scoresId }: TaskArgs<'explain/prepare'>,
): Float64Array | null {
  if (scoresId === null || choice.background.rows.kind !== 'near-threshold') return null;
  const { table } = tables.get(tableId);
  const held = scores.get(scoresId).scores;
  if (held.length === table.rowCount) return held;
  throw new DataError(
    'shape-mismatch',
    `The scores are of ${held.length} rows, but the table "${table.name}" has ${table.rowCount}.`,
    { place: { file: table.name }, advice: 'Score this table again.' },
  );
}

import type { TaskArgs } from '../../src/contracts/tasks.ts';
import { DataError } from '../../src/core/errors.ts';
import type { MappingReport } from '../../src/core/model/mapping.ts';
import { compareScoresSliced } from '../../src/core/parity/compare-scores.ts';
import { featureEvidence } from '../../src/core/sanity/feature-evidence.ts';
import type { GoldenEvidence } from '../../src/core/sanity/golden-rows.ts';
import { missingRows } from '../../src/core/sanity/missing-rows.ts';
import type { MissingEvidence } from '../../src/core/sanity/missing-values.ts';
import { modelChecks } from '../../src/core/sanity/model-checks.ts';
import type { ScoreEvidence } from '../../src/core/sanity/score-evidence.ts';
import type { Column, Table } from '../../src/core/table/column.ts';
import { type JudgedRows, selectJudgedRows } from '../../src/core/table/judged-rows.ts';
import { scoresFromColumn } from '../../src/core/table/score-column.ts';
import { takeRows } from '../../src/core/table/take-rows.ts';
import { rankScoresSliced } from '../../src/core/threshold/ranked-scores.ts';
import type { OpenedModel } from '../../src/formats/model/opened-model.ts';
import type { HeldScores, HeldTable, Shelf } from '../holds.ts';
import type { Job } from '../job.ts';
import type { TaskHandlers } from '../runtime.ts';
import type { LentScorers } from './lent-scorers.ts';
import type { HeldModel } from './models.ts';

type CheckArgs = TaskArgs<'model/check'>;

interface CheckGround {
  readonly args: CheckArgs;
  readonly table: Table;
  readonly held: HeldScores;
  readonly opened: OpenedModel;
  readonly report: MappingReport;
  readonly job: Job;
}

/** The sanity checks: what they look at is gathered here in slices, what it means is said in core. */
export function modelCheckTasks(
  shelves: {
    readonly tables: Shelf<HeldTable>;
    readonly models: Shelf<HeldModel>;
    readonly scores: Shelf<HeldScores>;
  },
  reportOf: (args: TaskArgs<'model/bind'>) => MappingReport,
  scorers: LentScorers,
): Pick<TaskHandlers, 'model/check'> {
  return {
    'model/check': async (args, job) => {
      const { table } = shelves.tables.get(args.tableId);
      const { opened, summary } = shelves.models.get(args.modelId);
      const held = shelves.scores.get(args.scoresId);
      refuseOtherTable(held, table);
      const report = reportOf(args);
      const ground = { args, table, held, opened, report, job };
      const scores = await scoreEvidenceOf(ground);
      await job.turn();
      const features = featureEvidence(table, report, opened.decoded, summary);
      await job.turn();
      const missing = await missingEvidenceOf(ground, scorers);
      const golden = await goldenEvidenceOf(ground);
      const evidence = { scores, features, bindings: report.bindings, missing, golden };
      return { checks: await job.drain(modelChecks(evidence)) };
    },
  };
}

function refuseOtherTable({ scores }: HeldScores, table: Table): void {
  if (scores.length === table.rowCount) return;
  throw new DataError(
    'shape-mismatch',
    `The scores are of ${scores.length} rows, but the table "${table.name}" has ${table.rowCount}.`,
    { place: { file: table.name }, advice: 'Score this table again.' },
  );
}

async function scoreEvidenceOf({ args, table, held, job }: CheckGround): Promise<ScoreEvidence> {
  const { scores } = held;
  const all = await job.drain(rankScoresSliced(scores, new Uint8Array(scores.length), null));
  const rows = judgedRowsOf(table, args);
  await job.turn();
  if (rows === null) return { all, judged: null };
  const judged = await job.drain(rankScoresSliced(takeRows(scores, rows.rows), rows.labels, null));
  return { all, judged };
}

/** The judged rows; null where there is none, or one outcome only: some checks then say that they need more. */
function judgedRowsOf(table: Table, { target, split }: CheckArgs): JudgedRows | null {
  try {
    return selectJudgedRows(table, target, split);
  } catch (error) {
    if (error instanceof DataError && ['no-judged-rows', 'one-class'].includes(error.code)) return null;
    throw error;
  }
}

async function missingEvidenceOf(
  { args, table, held, report, job }: CheckGround,
  scorers: LentScorers,
): Promise<MissingEvidence> {
  const columns = boundColumns(table, report);
  const counted = await job.drain(missingRows(columns, held.scores));
  const missingIn = new Map(columns.map(({ name }, i) => [name, counted.inColumns[i]!]));
  const { missingTrials } = await import('../../src/engine/missing-trials.ts');
  // The engine that made these scores: the gate proved it equal to the reference.
  const engine = held.info.gate?.engine ?? 'reference';
  const { trials, sampleRows } = await scorers.withScorer(args.modelId, engine, async (scorer) => {
    await job.turn();
    return job.drain(missingTrials(scorer, table, report, args.positiveValues));
  });
  return {
    trials: trials.map((trial) => ({ ...trial, missingInTable: missingIn.get(trial.column) ?? 0 })),
    sampleRows,
    rowsWithMissing: counted.rows,
    rowsUnscored: counted.unscored,
  };
}

/** The columns that feed the model, each once. */
function boundColumns(table: Table, { bindings }: MappingReport): Column[] {
  const used = new Set(bindings.map(({ column }) => column));
  return table.columns.filter(({ name }) => used.has(name));
}

async function goldenEvidenceOf({
  args,
  table,
  held,
  opened,
  job,
}: CheckGround): Promise<GoldenEvidence | null> {
  const { goldenColumn: column } = args;
  if (column === null) return null;
  const recorded = scoresFromColumn(table, column);
  const isDouble = opened.format !== 'onnx' && opened.native.ensemble.sums === 'float64';
  const model = { name: opened.name, scores: held.scores, trees: null };
  const comparison = await job.drain(
    compareScoresSliced(
      { ...model, precision: isDouble ? 'float64' : 'float32' },
      { name: column, scores: recorded, precision: 'column', trees: null },
      null,
    ),
  );
  return { column, comparison };
}

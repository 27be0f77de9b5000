import { DataError } from '../core/errors.ts';
import type { MappingReport } from '../core/model/mapping.ts';
import type { ModelSummary } from '../core/model/signature.ts';
import { compareScoresSliced } from '../core/parity/compare-scores.ts';
import type { ComparedScores } from '../core/parity/compared-form.ts';
import { featureEvidence } from '../core/sanity/feature-evidence.ts';
import type { GoldenEvidence } from '../core/sanity/golden-rows.ts';
import { missingRows } from '../core/sanity/missing-rows.ts';
import type { MissingEvidence } from '../core/sanity/missing-values.ts';
import type { ModelCheck } from '../core/sanity/model-check.ts';
import { modelChecks } from '../core/sanity/model-checks.ts';
import type { ScoreEvidence } from '../core/sanity/score-evidence.ts';
import type { Column, Table } from '../core/table/column.ts';
import { type JudgedRows, selectJudgedRows } from '../core/table/judged-rows.ts';
import { takeRows } from '../core/table/take-rows.ts';
import type { SplitDefinition, TargetDefinition } from '../core/table/target.ts';
import { rankScoresSliced } from '../core/threshold/ranked-scores.ts';
import type { OpenedModel } from '../formats/model/opened-model.ts';
import { precisionOf } from './compared-model.ts';
import { type MissingTrials, missingTrials } from './missing-trials.ts';
import type { Scorer } from './scorer.ts';

/** A model that has scored a table, with what its scores are held against. */
export interface CheckGround {
  readonly opened: OpenedModel;
  readonly summary: ModelSummary;
  readonly table: Table;
  /** The mapping with which the scores were made. */
  readonly report: MappingReport;
  /** One per row of the table, NaN = no score. */
  readonly scores: Float64Array;
  readonly target: TargetDefinition;
  readonly split: SplitDefinition | null;
  /** The column of scores that the model should reproduce; null without one. */
  readonly recorded: ComparedScores | null;
}

/** Lends the scorer that made the scores for as long as `use` takes. */
type LendOwnScorer = (use: (scorer: Scorer) => Promise<MissingTrials>) => Promise<MissingTrials>;

/** How long work takes its turns with other work, where there is any. */
export interface Pace {
  /** Ends a slice. */
  turn(): Promise<void>;
  /** Runs a sliced job to its end. */
  drain<S, R>(slices: Generator<S, R, void> | AsyncGenerator<S, R, void>): Promise<R>;
}

/**
 * The sanity checks of a model on a table: what they look at is gathered here, what it means is said in core.
 *
 * @throws what the scorer throws with all inputs given; an error without one of them is a finding
 */
export async function checkModel(
  ground: CheckGround,
  lend: LendOwnScorer,
  pace: Pace,
): Promise<readonly ModelCheck[]> {
  const { opened, summary, table, report } = ground;
  const scores = await scoreEvidenceOf(ground, pace);
  await pace.turn();
  const features = featureEvidence(table, report, opened.decoded, summary);
  await pace.turn();
  const missing = await missingEvidenceOf(ground, lend, pace);
  const golden = await goldenEvidenceOf(ground, pace);
  const evidence = { scores, features, bindings: report.bindings, missing, golden };
  return pace.drain(modelChecks(evidence));
}

async function scoreEvidenceOf(ground: CheckGround, pace: Pace): Promise<ScoreEvidence> {
  const { scores } = ground;
  const all = await pace.drain(rankScoresSliced(scores, new Uint8Array(scores.length)));
  const rows = judgedRowsOf(ground);
  await pace.turn();
  if (rows === null) return { all, judged: null };
  const judged = await pace.drain(rankScoresSliced(takeRows(scores, rows.rows), rows.labels));
  return { all, judged };
}

/** The judged rows; null where there is none, or one outcome only: some checks then say that they need more. */
function judgedRowsOf({ table, target, split }: CheckGround): JudgedRows | null {
  try {
    return selectJudgedRows(table, target, split);
  } catch (error) {
    if (error instanceof DataError && ['no-judged-rows', 'one-class'].includes(error.code)) return null;
    throw error;
  }
}

async function missingEvidenceOf(
  { table, report, scores, target }: CheckGround,
  lend: LendOwnScorer,
  pace: Pace,
): Promise<MissingEvidence> {
  const columns = boundColumns(table, report);
  const counted = await pace.drain(missingRows(columns, scores));
  const missingIn = new Map(columns.map(({ name }, i) => [name, counted.inColumns[i]!]));
  const { trials, sampleRows } = await lend(async (scorer) => {
    await pace.turn();
    return pace.drain(missingTrials(scorer, table, report, target.positive));
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

async function goldenEvidenceOf(
  { opened, scores, recorded }: CheckGround,
  pace: Pace,
): Promise<GoldenEvidence | null> {
  if (recorded === null) return null;
  const model = { name: opened.name, scores, precision: precisionOf(opened), trees: null };
  const comparison = await pace.drain(compareScoresSliced(model, recorded, null));
  return { column: recorded.name, comparison };
}

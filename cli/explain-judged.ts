import { setImmediate as turn } from 'node:timers/promises';
import { startingBootstrap } from '../src/contracts/judgement.ts';
import { DataError } from '../src/core/errors.ts';
import type { BackgroundChoice, ExplanationPlan, RowContributions } from '../src/core/explain/explanation.ts';
import type { ExplanationGround } from '../src/core/explain/explanation-ground.ts';
import type { GateReport } from '../src/core/parity/gate-report.ts';
import { drain } from '../src/core/sliced.ts';
import { addCompensated, compensatedTotal, runningSums } from '../src/core/stats/compensated-sum.ts';
import type { Notice } from '../src/core/table/summary.ts';
import { takeRows } from '../src/core/table/take-rows.ts';
import type { SplitDefinition } from '../src/core/table/target.ts';
import { explainRows } from '../src/engine/explain/explain-rows.ts';
import type { ExplainedModel } from '../src/engine/explain/explanation-approach.ts';
import { explanationGround } from '../src/engine/explain/explanation-ground.ts';
import { createRowExplainer } from '../src/engine/explain/row-explainer.ts';
import { sampleRows } from '../src/engine/explain/sampled-rows.ts';
import { createModelScorer } from '../src/engine/model-scorers.ts';
import { type ContributionTotals, contributionTotals } from './contribution-totals.ts';
import type { ContributionSink } from './contributions-csv.ts';
import type { ExplainArguments } from './explain-arguments.ts';
import { type ExplainSection, explainSection, shownName } from './explain-section.ts';
import { toEnd } from './to-end.ts';

/** The judged rows of a model that has scored them. */
export interface ExplainQuestion {
  readonly model: ExplainedModel;
  readonly asked: ExplainArguments;
  readonly split: SplitDefinition | null;
  /** What scored the rows, and scores them again where they are explained by sampling. */
  readonly engine: GateReport['engine'];
  /** One per table row: as the model gave them, and as they are judged. */
  readonly scores: Float64Array;
  readonly judgedScores: Float64Array;
  /** In force for backgrounds near it; NaN when no rule has one. */
  readonly threshold: number;
  /** Judged rows, ascending. */
  readonly rows: Uint32Array;
}

export interface JudgedExplanation {
  readonly section: ExplainSection;
  readonly notices: readonly Notice[];
}

/**
 * Explains the judged rows block by block: what is written of a block is let go before the next one.
 *
 * @param sink takes the contributions; null = only the section is made
 * @throws what the ground of the explanation throws, before anything is written
 */
export async function explainJudged(
  question: ExplainQuestion,
  sink: ContributionSink | null,
): Promise<JudgedExplanation> {
  const { asked, model, split, scores, judgedScores, threshold } = question;
  const choice = { method: asked.method, background: backgroundChoice(asked, threshold) };
  const request = { choice, split, scores: judgedScores };
  const ground = await toEnd(
    explanationGround(model, request, async (rows) => meanOf(takeRows(scores, rows))),
  );
  const { plan } = ground;
  const totals = contributionTotals(plan.features.length, plan.baseValue);
  sink?.begin(plan.features.map(shownName), plan.baseValue, question.rows.length);
  for await (const block of explainedBlocks(question, ground)) {
    totals.add(block);
    sink?.write(block);
    // A signal to stop is heard between blocks, which exact methods compute without a pause.
    await turn();
  }
  const section = explainSection(plan, totals);
  return {
    section,
    notices: [...planNotices(plan, totals, section.sampling), ...backgroundNotices(asked, plan)],
  };
}

function explainedBlocks(
  { model, rows, engine }: ExplainQuestion,
  ground: ExplanationGround,
): AsyncIterable<RowContributions> | Iterable<RowContributions> {
  return ground.plan.method === 'sampling'
    ? sampledBlocks(model, ground, rows, engine)
    : exactBlocks(model, ground, rows);
}

function* exactBlocks(
  model: ExplainedModel,
  ground: ExplanationGround,
  rows: Uint32Array,
): Iterable<RowContributions> {
  const explainer = createRowExplainer(model, ground, rows.length);
  try {
    for (let start = 0; start < rows.length; start += explainer.mostRows) {
      const block = rows.subarray(start, start + explainer.mostRows);
      yield drain(explainRows(explainer, block, ground.plan.features.length));
    }
  } finally {
    explainer.release();
  }
}

/** Rows that are sampled together, until the order of their top features is settled or their budget is spent. */
const SAMPLED_ROWS = 256;

async function* sampledBlocks(
  model: ExplainedModel,
  ground: ExplanationGround,
  rows: Uint32Array,
  engine: GateReport['engine'],
): AsyncIterable<RowContributions> {
  const scorer = await createModelScorer(model.opened, engine);
  try {
    for (let start = 0; start < rows.length; start += SAMPLED_ROWS)
      yield await toEnd(sampleRows(scorer, model, ground, rows.subarray(start, start + SAMPLED_ROWS)));
  } finally {
    await scorer.release();
  }
}

/** Mean of the scores that are there; NaN without any. */
function meanOf(scores: Float64Array): number {
  const known = scores.filter((score) => !Number.isNaN(score));
  const sum = runningSums(1);
  for (const score of known) addCompensated(sum, 0, score);
  return compensatedTotal(sum, 0) / known.length;
}

/** @throws {DataError} `invalid-argument` for rows near a threshold that nothing says */
function backgroundChoice(asked: ExplainArguments, threshold: number): BackgroundChoice {
  const { background: rows, backgroundSize: size } = asked;
  const { seed } = startingBootstrap;
  if (rows?.kind !== 'near-threshold') return { rows: rows ?? { kind: 'all' }, size, seed };
  if (!Number.isNaN(threshold)) return { rows: { ...rows, threshold }, size, seed };
  throw new DataError(
    'invalid-argument',
    `--background ${rows.side} takes rows near the threshold, and no rule has one on these rows.`,
    { advice: 'Give --threshold T, or another background.' },
  );
}

function backgroundNotices({ background }: ExplainArguments, plan: ExplanationPlan): Notice[] {
  if (background === null || plan.background !== null) return [];
  return [
    {
      code: 'background-unused',
      message:
        'Path-dependent SHAP compares with the covers of the trees and with no rows: --background says nothing here. Give --shap-method interventional to use it.',
    },
  ];
}

/** What the plan says; of sampling, what it came to here, where every judged row is explained. */
function planNotices(
  plan: ExplanationPlan,
  { isExact, largestError }: ContributionTotals,
  sampling: ExplainSection['sampling'],
): readonly Notice[] {
  const open = sampling?.open ?? null;
  const order =
    open === null ? 'the order of the top five is settled' : `the order of ${open.join(' and ')} is open`;
  const error = isExact
    ? 'all coalitions were asked for'
    : `they are estimates, and the standard error of a row's contribution is up to ${largestError.toPrecision(2)}; over these rows ${order}`;
  const message = `Contributions are parts of the score itself, not of a margin: ${error}.`;
  return plan.notices.map((notice) =>
    notice.code === 'contributions-sampled' ? { code: notice.code, message } : notice,
  );
}

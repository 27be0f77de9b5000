import type { ContributionSums, RowContributions } from '../../core/explain/explanation.ts';
import type { ExplanationGround } from '../../core/explain/explanation-ground.ts';
import {
  DEFAULT_SAMPLING,
  type SampledContributions,
  type SamplingOptions,
} from '../../core/explain/permutation-shap.ts';
import { walkCost } from '../../core/explain/permutation-walks.ts';
import { type SampledSums, sampledSums } from '../../core/explain/sampled-sums.ts';
import type { ScoreProgress } from '../score-rows.ts';
import type { Scorer } from '../scorer.ts';
import { emptySums, sumsWith } from './contribution-sums.ts';
import type { ExplainedModel } from './explanation-approach.ts';
import { drawRows } from './reference-rows.ts';
import { type SampledExplainer, sampledExplainer } from './sampled-explainer.ts';
import { evenStride } from './spread-rows.ts';

/** Rows that global figures by sampling rest on at most: each takes thousands of answers of the model. */
export const MOST_SAMPLED_ROWS = 128;

/** Answers on a row that may be spent on asking for all of its coalitions. */
const ENUMERATED_ANSWERS = Math.floor(DEFAULT_SAMPLING.budget / MOST_SAMPLED_ROWS);

/**
 * The rows that global figures by sampling rest on: at most {@link MOST_SAMPLED_ROWS} of the rows to be explained, drawn with the
 * seed of the background, in an order in which any stretch is spread over all of them.
 */
export function sampleOfRows(rows: Uint32Array, { plan }: ExplanationGround): Uint32Array {
  const drawn = drawRows(rows, MOST_SAMPLED_ROWS, seedOf(plan.background));
  const stride = evenStride(drawn.length);
  return drawn.map((_, i) => drawn[(i * stride) % drawn.length]!);
}

/**
 * The score when nothing is known of a row: the mean score of the background rows that have one.
 *
 * @throws as `scoreRows` does
 */
export async function sampledBase(
  scorer: Scorer,
  model: ExplainedModel,
  background: Uint32Array,
): Promise<number> {
  const run = sampledExplainer(scorer, model.table, model.report, model.positiveValues, background).explain(
    new Uint32Array(0),
  );
  let step = await run.next();
  while (step.done !== true) step = await run.next();
  return step.value.baseValue;
}

/**
 * Contributions of chosen rows to their scores, with standard errors; sampling ends when the order of their top features is
 * settled, or when its budget is spent.
 *
 * @param scorer of the ground's model; it stays the caller's
 * @throws as `scoreRows` does
 */
export async function* sampleRows(
  scorer: Scorer,
  model: ExplainedModel,
  ground: ExplanationGround,
  rows: Uint32Array,
): AsyncGenerator<ScoreProgress, RowContributions, void> {
  const found = yield* explainerOf(scorer, model, ground, {}).explain(rows);
  const { values, outputs, standardErrors, end, predictions, open } = found;
  return { rows, values, outputs, standardErrors, sampling: { end, predictions, open } };
}

/**
 * Sums over some rows of {@link sampleOfRows}, by a number of rounds, or by all coalitions where that takes no more answers:
 * whether more rounds are needed is decided over all rows together.
 *
 * @throws as `scoreRows` does
 */
export async function* sampleSums(
  scorer: Scorer,
  model: ExplainedModel,
  ground: ExplanationGround,
  rows: Uint32Array,
  rounds: number,
): AsyncGenerator<ScoreProgress, ContributionSums & { readonly sampled: SampledSums }, void> {
  const { features, baseValue, background } = ground.plan;
  const ofRounds = rounds * (background?.rows ?? 0) * walkCost(features.length);
  const budget = rows.length * Math.max(ENUMERATED_ANSWERS, ofRounds);
  const options = { budget, leastRounds: rounds, top: 0 };
  const found = yield* explainerOf(scorer, model, ground, options).explain(rows);
  const block = { values: byFeature(found, features.length), outputs: found.outputs };
  const sums = sumsWith(emptySums(features.length), block, baseValue);
  return { ...sums, sampled: sampledSums(found, features.length, found.predictions) };
}

function explainerOf(
  scorer: Scorer,
  { table, report, positiveValues }: ExplainedModel,
  { plan, backgroundRows }: ExplanationGround,
  options: Partial<SamplingOptions>,
): SampledExplainer {
  const background = backgroundRows ?? new Uint32Array(0);
  return sampledExplainer(scorer, table, report, positiveValues, background, {
    ...options,
    seed: seedOf(plan.background),
  });
}

function seedOf(background: ExplanationGround['plan']['background']): number {
  return background?.choice.seed ?? DEFAULT_SAMPLING.seed;
}

function byFeature({ values, rows }: SampledContributions, featureCount: number): Float64Array {
  const turned = new Float64Array(values.length);
  for (let row = 0; row < rows.length; row++)
    for (let feature = 0; feature < featureCount; feature++)
      turned[feature * rows.length + row] = values[row * featureCount + feature]!;
  return turned;
}

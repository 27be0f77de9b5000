import type { ExplanationChoice, ExplanationPlan } from '../../core/explain/explanation.ts';
import type { ExplanationGround } from '../../core/explain/explanation-ground.ts';
import { linearShap } from '../../core/explain/linear-shap.ts';
import type { TreeCovers } from '../../core/explain/shap-question.ts';
import { modelCovers, routedCovers } from '../../core/explain/tree-covers.ts';
import { type BoundFeatures, featureBlockOfRows } from '../../core/model/feature-block.ts';
import { type Sliced, stage } from '../../core/sliced.ts';
import type { SplitDefinition } from '../../core/table/target.ts';
import type { TreeEnsemble } from '../../core/trees/tree-ensemble.ts';
import { refuseUnready } from '../score-rows.ts';
import { backgroundRows } from './background-rows.ts';
import { interventionalBase, pathDependentBase } from './base-values.ts';
import type { ExactApproach } from './exact-approach.ts';
import {
  type ExplainedModel,
  type ExplanationApproach,
  explanationApproach,
} from './explanation-approach.ts';
import { linearQuestion } from './linear-question.ts';
import { averageNotices, coverNotices, rowsNotices, sampledNotice } from './plan-notices.ts';
import { drawRows, referenceRows } from './reference-rows.ts';
import { MOST_SAMPLED_ROWS } from './sampled-rows.ts';

/** Name and version of what explains by the exact methods; the number rises when any contribution changes. */
const EXACT_ENGINE = 'Cutline SHAP 1 (float64)';

/** The same of sampling, whose contributions depend on what scores the rows too. */
const SAMPLING_ENGINE = 'Cutline sampling SHAP 2';

/** Reference rows that count covers at most: more take long (about 10 ms for 1,000 rows of 150 trees) and change little. */
const MOST_COVER_ROWS = 100_000;

/** Covers are the same whatever background is chosen, and so is the draw of their rows. */
const COVER_SEED = 1;

/** Rows whose features are held at once while covers are counted. */
const COVER_BLOCK_ROWS = 16_384;

/** How a model on a table is to be explained. */
export interface GroundRequest {
  readonly choice: ExplanationChoice;
  /** Rows outside it are the reference rows; null = all rows are. */
  readonly split: SplitDefinition | null;
  /** One per table row, NaN = none; null while the table is not scored. Only backgrounds near the threshold read them. */
  readonly scores: Float64Array | null;
}

/** The score when nothing is known of a row, by a background: `sampledBase` with the model's scorer. */
export type MeanScoreOf = (rows: Uint32Array) => Promise<number>;

/**
 * What may explain a model, told without running anything: part of the hash under which explanations are kept.
 *
 * @param scorers names of what may score it (`candidateNames`)
 */
export function explanationEngines(scorers: string): string {
  return `${EXACT_ENGINE} or ${SAMPLING_ENGINE}; ${scorers}`;
}

/**
 * The ground of an explanation: the method, the rows and covers that it rests on, its base value, and what to say beside it.
 *
 * @returns the same ground for the same model, table, choice and split, whatever thread makes it
 * @throws {ModelError} `input-missing` | `input-mistyped` | `feature-order-unknown` when the mapping is not ready;
 *   `positive-class-unknown`; what scoring the background throws
 * @throws {DataError} of the background and the split: see `backgroundRows` and `referenceRows`
 */
export async function* explanationGround(
  model: ExplainedModel,
  request: GroundRequest,
  meanScoreOf: MeanScoreOf,
): AsyncGenerator<unknown, ExplanationGround, void> {
  refuseUnready({ modelName: model.opened.name }, model.report);
  const approach = explanationApproach(model, request.choice.method);
  const rests = yield* restsOf(model, approach, request);
  const { background, covers, coverSource } = rests;
  const { explained, method } = approach;
  const base =
    method === 'sampling' ? await meanScoreOf(background ?? new Uint32Array(0)) : exactBase(approach, rests);
  const sign = explained.kind === 'margin' ? explained.sign : 1;
  const space = spaceOf(approach);
  const shown = {
    covers: coverSource,
    background: background === null ? null : { rows: background.length, choice: request.choice.background },
  };
  const plan: ExplanationPlan = {
    method,
    ...space,
    isExact: method !== 'sampling',
    ...shown,
    className: explained.className,
    sign,
    features: model.report.bindings.map(({ feature, column }) => ({
      name: feature,
      column: column ?? feature,
    })),
    baseValue: explainedValue({ ...space, sign }, base),
    engine: method === 'sampling' ? SAMPLING_ENGINE : EXACT_ENGINE,
    notices: [
      ...explained.notices,
      ...approach.notices,
      ...(method === 'sampling' ? [sampledNotice(MOST_SAMPLED_ROWS)] : []),
      ...('ensemble' in approach
        ? [...averageNotices(approach.ensemble), ...coverNotices(coverSource, approach.ensemble)]
        : []),
      ...rowsNotices(shown, request.split !== null),
    ],
  };
  return {
    plan,
    output: explained.kind === 'margin' ? explained.output : 0,
    routedCovers: coverSource?.source === 'reference-rows' ? covers : null,
    backgroundRows: background,
  };
}

/**
 * The explained value of a margin: turned round where a rising margin lowers the score. Where the margin is the probability
 * of the other of two classes, that is its complement.
 */
export function explainedValue(
  { space, sign }: Pick<ExplanationPlan, 'space' | 'sign'>,
  margin: number,
): number {
  if (sign === 1) return margin;
  return space === 'score' ? 1 - margin : 0 - margin;
}

/** What stands for absent features. */
interface Rests {
  /** Table rows; null for path-dependent SHAP. */
  readonly background: Uint32Array | null;
  /** Null unless path-dependent. */
  readonly covers: TreeCovers | null;
  readonly coverSource: ExplanationPlan['covers'];
}

function* restsOf(
  { table }: ExplainedModel,
  approach: ExplanationApproach,
  { choice, split, scores }: GroundRequest,
): Sliced<Rests> {
  if (approach.method !== 'tree-path-dependent') {
    const background = backgroundRows(table, referenceRows(table, split), choice.background, scores);
    return { background, covers: null, coverSource: null };
  }
  const { ensemble, bound } = approach;
  const covers = modelCovers(ensemble);
  if (covers !== null && ensemble.covers !== null)
    return { background: null, covers, coverSource: { source: 'model', kind: ensemble.covers.kind } };
  const rows = drawRows(referenceRows(table, split), MOST_COVER_ROWS, COVER_SEED);
  const routed = yield* coversOfRows(ensemble, bound, rows);
  const coverSource = { source: 'reference-rows', rows: rows.length } as const;
  return { background: null, covers: routed, coverSource };
}

/** Counts of blocks of rows add up to the counts of all. */
function* coversOfRows(ensemble: TreeEnsemble, bound: BoundFeatures, rows: Uint32Array): Sliced<TreeCovers> {
  const nodes = new Float64Array(ensemble.left.length);
  const leaves = new Float64Array(ensemble.leafValues.length / ensemble.leafWidth);
  for (let start = 0; start < rows.length; start += COVER_BLOCK_ROWS) {
    const end = Math.min(start + COVER_BLOCK_ROWS, rows.length);
    const block = featureBlockOfRows(bound, rows.subarray(start, end));
    const part = yield* stage(routedCovers(ensemble, block), start, end, rows.length);
    for (let node = 0; node < nodes.length; node++) nodes[node]! += part.nodes[node]!;
    for (let leaf = 0; leaf < leaves.length; leaf++) leaves[leaf]! += part.leaves[leaf]!;
  }
  return { nodes, leaves };
}

function exactBase(approach: ExactApproach, { background, covers }: Rests): number {
  const { output } = approach;
  if (covers !== null && 'ensemble' in approach) return pathDependentBase(approach.ensemble, output, covers);
  const block = featureBlockOfRows(approach.bound, background ?? new Uint32Array(0));
  return 'ensemble' in approach
    ? interventionalBase(approach.ensemble, output, block)
    : linearShap(linearQuestion(approach, block)).baseValue;
}

/**
 * The space of what is explained: that of the score where the model has no link, so that its margin is what it returns.
 */
function spaceOf(approach: ExplanationApproach): Pick<ExplanationPlan, 'space' | 'isLogOdds'> {
  if (approach.method === 'sampling') return { space: 'score', isLogOdds: false };
  if (approach.method === 'linear') {
    const { link } = approach.linear;
    return { space: link === 'identity' ? 'score' : 'margin', isLogOdds: link === 'logistic' };
  }
  const { link, averageOver } = approach.ensemble;
  return {
    space: link.kind === 'identity' && averageOver === 1 ? 'score' : 'margin',
    isLogOdds: link.kind === 'logistic' && link.slope === 1 && averageOver === 1,
  };
}

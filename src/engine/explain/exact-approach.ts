import { DataError } from '../../core/errors.ts';
import type { ExplanationMethod } from '../../core/explain/explanation.ts';
import type { ExplanationGround } from '../../core/explain/explanation-ground.ts';
import type { Expectation, ShapQuestion } from '../../core/explain/shap-question.ts';
import { modelCovers } from '../../core/explain/tree-covers.ts';
import { featureBlockOfRows } from '../../core/model/feature-block.ts';
import type { TreeEnsemble } from '../../core/trees/tree-ensemble.ts';
import {
  type ExplainedModel,
  type ExplanationApproach,
  explanationApproach,
} from './explanation-approach.ts';

/** An approach that samples nothing. */
export type ExactApproach = Exclude<ExplanationApproach, { readonly method: 'sampling' }>;

/** An approach by the paths of trees. */
export type TreeApproach = Extract<ExactApproach, { readonly ensemble: TreeEnsemble }>;

const CHOICE_OF = {
  'tree-path-dependent': 'path-dependent',
  'tree-interventional': 'interventional',
  linear: 'auto',
} as const satisfies Record<Exclude<ExplanationMethod, 'sampling'>, string>;

/**
 * The approach by which a ground was made, found again for its model.
 *
 * @throws {DataError} `invalid-argument` for a ground by sampling, or of another model
 */
export function exactApproach(model: ExplainedModel, { plan }: ExplanationGround): ExactApproach {
  const approach = plan.method === 'sampling' ? null : explanationApproach(model, CHOICE_OF[plan.method]);
  if (approach !== null && approach.method !== 'sampling' && approach.method === plan.method) return approach;
  throw new DataError(
    'invalid-argument',
    `${model.opened.name} is explained by sampling, not by an exact method.`,
  );
}

/** What is asked of the trees by a ground. */
export function shapQuestion(approach: TreeApproach, ground: ExplanationGround): ShapQuestion {
  const { ensemble, output, columnOf, columnCount } = approach;
  return { ensemble, output, expectation: expectationOf(approach, ground), columnOf, columnCount };
}

function expectationOf({ ensemble, bound }: TreeApproach, ground: ExplanationGround): Expectation {
  const { backgroundRows, routedCovers } = ground;
  if (backgroundRows !== null)
    return { kind: 'interventional', background: featureBlockOfRows(bound, backgroundRows) };
  const covers = routedCovers ?? modelCovers(ensemble);
  if (covers !== null) return { kind: 'path-dependent', covers };
  throw new DataError(
    'invalid-argument',
    'These trees hold no covers, and no reference rows were sent through them.',
  );
}

import type { MappingReport } from '../model/mapping.ts';
import type { Sliced } from '../sliced.ts';
import { classOrderCheck } from './class-order.ts';
import { constantCheck } from './constant-scores.ts';
import { degenerateCheck } from './degenerate-scores.ts';
import { doubleSoftmaxCheck } from './double-softmax.ts';
import type { FeatureValues } from './feature-fit.ts';
import { featureOrderCheck } from './feature-order.ts';
import { type GoldenEvidence, goldenRowsCheck } from './golden-rows.ts';
import { type MissingEvidence, missingValuesCheck } from './missing-values.ts';
import type { ModelCheck } from './model-check.ts';
import { probabilitiesCheck } from './probabilities.ts';
import { findReordering } from './reordering.ts';
import { saturatedCheck } from './saturated-scores.ts';
import { scalingCheck } from './scaling.ts';
import type { ScoreEvidence } from './score-evidence.ts';

/** Everything that the checks of one model on one table look at. */
export interface CheckEvidence {
  readonly scores: ScoreEvidence;
  /** Null when the inside of the model could not be told. */
  readonly features: readonly FeatureValues[] | null;
  readonly bindings: MappingReport['bindings'];
  readonly missing: MissingEvidence;
  readonly golden: GoldenEvidence | null;
}

/** All checks of a model, in the order in which they are shown; a yield after each, the dearest of which reads every score. */
export function* modelChecks(evidence: CheckEvidence): Sliced<ModelCheck[]> {
  const { scores, features, bindings, missing, golden } = evidence;
  const reordering = findReordering(features ?? []);
  const boundByOrder = bindings.some(({ how }) => how === 'order');
  const checks = [
    () => probabilitiesCheck(scores),
    () => doubleSoftmaxCheck(scores),
    () => classOrderCheck(scores),
    () => constantCheck(scores),
    () => saturatedCheck(scores),
    () => degenerateCheck(scores),
    () => scalingCheck(features, reordering),
    () => featureOrderCheck(features, boundByOrder, reordering),
    () => missingValuesCheck(missing),
    () => goldenRowsCheck(golden),
  ];
  const done: ModelCheck[] = [];
  for (const check of checks) {
    done.push(check());
    yield { done: done.length, total: checks.length };
  }
  return done;
}

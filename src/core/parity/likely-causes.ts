/** Why two forms of a model differ: the known causes are tried one after the other, and the one that reproduces it is named. */
import type { Sliced } from '../sliced.ts';
import {
  type CauseSample,
  fitOf,
  isReproduced,
  type SampledForm,
  type SampledTrees,
} from './cause-sample.ts';
import { type CauseSearch, isBetter } from './cause-search.ts';
import type { ComparedScores, FormTrees } from './compared-form.ts';
import { searchFloat32Crossings } from './crossing-causes.ts';
import { searchEditPairs, searchEdits } from './edit-causes.ts';
import { columnOf, linkedSliced, widthOf } from './evaluate-variant.ts';
import { searchFeatureOrder } from './feature-order-causes.ts';
import type { LikelyCause } from './form-comparison.ts';
import { searchMarginLines, searchMargins } from './margin-causes.ts';
import { searchScores } from './score-causes.ts';
import { searchTreeWeights } from './tree-weight-causes.ts';

/** In this order: what is recomputed before what is fitted, one cause before two, an exact sign before a likely one. */
const searches: readonly CauseSearch[] = [
  searchScores,
  searchEdits,
  searchMargins,
  searchFeatureOrder,
  searchEditPairs,
  searchMarginLines,
  searchTreeWeights,
  searchFloat32Crossings,
];

/** A form whose trees do not give its own scores this closely cannot be used to look for causes. */
const OWN_TOLERANCE = 1e-5;

/**
 * The likely causes of a difference.
 *
 * A cause counts as found when putting it right, on the trees or the margins of one form, makes at least 99 % of the
 * differing rows of the sample equal to the other form and at most 1 % of the equal ones different.
 *
 * @param rows      table rows of the sample, with a score on both sides, some of them differing
 * @param tolerance within which scores count as equal
 * @returns one cause, or two that occur together, in the order in which a model computes; the figures of the second are
 *   those once both are put right; `unknown` when none reproduces it
 * @throws what `blockOf` throws
 */
export function* likelyCauses(
  left: ComparedScores,
  right: ComparedScores,
  rows: Uint32Array,
  tolerance: number,
): Sliced<readonly LikelyCause[]> {
  const steps = searches.length + 2;
  const sample: CauseSample = {
    left: yield* asStep(sampled(left, rows), 0, steps),
    right: yield* asStep(sampled(right, rows), 1, steps),
    isDiffering: Uint8Array.from(rows, (row) =>
      Math.abs(left.scores[row]! - right.scores[row]!) > tolerance ? 1 : 0,
    ),
    tolerance,
  };
  for (const [i, search] of searches.entries()) {
    const causes = yield* asStep(search(sample), i + 2, steps);
    if (causes !== null) return causes;
  }
  return [unknownCause(left, right, sample)];
}

/** Runs one step of many: its slices say only which step is on, for how far a search is cannot be told. */
function* asStep<T>(inner: Sliced<T>, done: number, total: number): Sliced<T> {
  for (;;) {
    const slice = inner.next();
    if (slice.done === true) return slice.value;
    yield { done, total };
  }
}

function* sampled(form: ComparedScores, rows: Uint32Array): Sliced<SampledForm> {
  const { name, precision } = form;
  const scores = Float64Array.from(rows, (row) => form.scores[row]!);
  const trees = form.trees === null ? null : yield* provenTrees(form.trees, scores, rows);
  return { name, precision, scores, trees };
}

/** The trees with the column of their output that is the score; null when none is. */
function* provenTrees(
  trees: FormTrees,
  scores: Float64Array,
  rows: Uint32Array,
): Sliced<SampledTrees | null> {
  const { ensemble, featureNames } = trees;
  const block = trees.blockOf(rows);
  const linked = yield* linkedSliced(ensemble, block);
  const width = widthOf(ensemble);
  const all = new Uint8Array(rows.length).fill(1);
  const fits = Array.from({ length: width }, (_, column) => ({
    column,
    fit: fitOf(columnOf(linked, width, column), scores, all, OWN_TOLERANCE),
  })).filter(({ fit }) => isReproduced(fit));
  const best = fits.reduce<(typeof fits)[number] | null>(
    (before, next) => (before === null || isBetter(next.fit, before.fit) ? next : before),
    null,
  );
  return best === null ? null : { ensemble, featureNames, block, column: best.column };
}

const TRIED =
  'base score, tree weights, averaging, sigmoid parameter, zeros as missing, missing values as zeros, float32 rounding, feature order, class order, margins for probabilities, rounded scores';

function unknownCause(left: ComparedScores, right: ComparedScores, sample: CauseSample): LikelyCause {
  const known = [sample.left, sample.right]
    .filter(({ trees }) => trees !== null)
    .map(({ name }) => `"${name}"`);
  const unproven = [left, right].filter(({ trees, name }) => trees !== null && !known.includes(`"${name}"`));
  const basis =
    known.length === 0
      ? 'No trees of either form are known, so only the scores could be looked at'
      : `Each was tried on the trees of ${known.join(' and ')}`;
  const doubt = unproven.map(
    ({ name }) => ` The trees of "${name}" do not give its own scores and were left out.`,
  );
  return {
    code: 'unknown',
    explanation: `None of the known causes reproduces the difference (${TRIED}). ${basis}.${doubt.join('')}`,
    advice:
      'Look at the rows that differ most, and compare the versions of the model and the data on both sides.',
    residual: null,
    explained: null,
  };
}

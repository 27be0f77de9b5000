/** Causes found by making the known mistakes on the trees of one form and seeing whether they give the other's scores. */
import type { Sliced } from '../sliced.ts';
import type { TreeEnsemble } from '../trees/tree-ensemble.ts';
import {
  type CauseSample,
  type Fit,
  fitOf,
  isReproduced,
  type SampledForm,
  type SampledTrees,
} from './cause-sample.ts';
import { betterWay, causeOf, type Direction, type Finding, stepOf } from './cause-search.ts';
import { type EnsembleEdit, ensembleEdits } from './ensemble-edits.ts';
import { variantFit, variantScores } from './evaluate-variant.ts';
import type { LikelyCause } from './form-comparison.ts';

interface Attempt extends Direction {
  readonly trees: SampledTrees;
  readonly edits: readonly EnsembleEdit[];
}

/** One known mistake, on the trees of either form. */
export function* searchEdits(sample: CauseSample): Sliced<readonly LikelyCause[] | null> {
  return yield* searchAttempts(sample, (edits) => edits.map((edit) => [edit]));
}

/** Two known mistakes at once. */
export function* searchEditPairs(sample: CauseSample): Sliced<readonly LikelyCause[] | null> {
  return yield* searchAttempts(sample, (edits) =>
    edits.flatMap((first, i) =>
      edits
        .slice(i + 1)
        .filter((second) => second.code !== first.code)
        .map((second) => [first, second]),
    ),
  );
}

/** The first combination of edits that reproduces the difference. */
function* searchAttempts(
  sample: CauseSample,
  combine: (edits: readonly EnsembleEdit[]) => (readonly EnsembleEdit[])[],
): Sliced<readonly LikelyCause[] | null> {
  for (const edits of combine(ensembleEdits)) {
    const causes = yield* betterWay(sample, (way) => findingOf(sample, way, edits));
    if (causes !== null) return causes;
  }
  return null;
}

function* findingOf(
  sample: CauseSample,
  { own, other }: Direction,
  edits: readonly EnsembleEdit[],
): Sliced<Finding | null> {
  const { trees } = own;
  if (trees === null) return null;
  const ensemble = editedBy(edits, trees.ensemble);
  if (ensemble === null) return null;
  const fit = yield* variantFit(sample, trees, other, ensemble);
  if (fit === null || !isReproduced(fit)) return null;
  return { fit, causes: yield* causesOf(sample, { own, other, trees, edits }) };
}

/** The ensemble after all edits; null when one of them has nothing to change. */
function editedBy(edits: readonly EnsembleEdit[], ensemble: TreeEnsemble): TreeEnsemble | null {
  return edits.reduce<TreeEnsemble | null>((changed, { apply }) => changed && apply(changed), ensemble);
}

/** The mistakes in the order of computation, each with what is left once it and those before it are made. */
function* causesOf(sample: CauseSample, { own, other, trees, edits }: Attempt): Sliced<LikelyCause[]> {
  const ordered = edits.toSorted((a, b) => stepOf(a.code) - stepOf(b.code));
  const causes: LikelyCause[] = [];
  for (const [i, edit] of ordered.entries()) {
    const ensemble = editedBy(ordered.slice(0, i + 1), trees.ensemble);
    const fit = yield* fullFit(sample, trees, other, ensemble);
    const explanation = edit.explain(trees, own.name, other.name);
    causes.push(causeOf({ code: edit.code, explanation, advice: edit.advice }, fit));
  }
  return causes;
}

function* fullFit(
  sample: CauseSample,
  trees: SampledTrees,
  other: SampledForm,
  ensemble: TreeEnsemble | null,
): Sliced<Fit> {
  const scores = yield* variantScores(trees, ensemble ?? trees.ensemble);
  return fitOf(scores, other.scores, sample.isDiffering, sample.tolerance);
}

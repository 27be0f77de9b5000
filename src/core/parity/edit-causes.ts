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
import { causeOf, directionsOf, isBetter, stepOf } from './cause-search.ts';
import { type EnsembleEdit, ensembleEdits } from './ensemble-edits.ts';
import { variantFit, variantScores } from './evaluate-variant.ts';
import type { LikelyCause } from './form-comparison.ts';

interface Attempt {
  readonly own: SampledForm & { readonly trees: SampledTrees };
  readonly other: SampledForm;
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

/** The first combination of edits that reproduces the difference; of the two forms, the one that fits better. */
function* searchAttempts(
  sample: CauseSample,
  combine: (edits: readonly EnsembleEdit[]) => (readonly EnsembleEdit[])[],
): Sliced<readonly LikelyCause[] | null> {
  for (const edits of combine(ensembleEdits)) {
    let best: { attempt: Attempt; fit: Fit } | null = null;
    for (const { own, other } of directionsOf(sample)) {
      const { trees } = own;
      if (trees === null) continue;
      const ensemble = editedBy(edits, trees.ensemble);
      if (ensemble === null) continue;
      const fit = yield* variantFit(sample, trees, other, ensemble);
      if (fit === null || !isReproduced(fit) || !isBetter(fit, best?.fit ?? null)) continue;
      best = { attempt: { own: { ...own, trees }, other, edits }, fit };
    }
    if (best !== null) return yield* causesOf(sample, best.attempt);
  }
  return null;
}

/** The ensemble after all edits; null when one of them has nothing to change. */
function editedBy(edits: readonly EnsembleEdit[], ensemble: TreeEnsemble): TreeEnsemble | null {
  return edits.reduce<TreeEnsemble | null>((changed, { apply }) => changed && apply(changed), ensemble);
}

/** The mistakes in the order of computation, each with what is left once it and those before it are made. */
function* causesOf(sample: CauseSample, { own, other, edits }: Attempt): Sliced<LikelyCause[]> {
  const ordered = edits.toSorted((a, b) => stepOf(a.code) - stepOf(b.code));
  const causes: LikelyCause[] = [];
  for (const [i, edit] of ordered.entries()) {
    const ensemble = editedBy(ordered.slice(0, i + 1), own.trees.ensemble);
    const fit = yield* fullFit(sample, own.trees, other, ensemble);
    const explanation = edit.explain(own.trees, own.name, other.name);
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

/** Features that reach the trees of the two forms in different order. */
import type { Sliced } from '../sliced.ts';
import type { FeatureBlock } from '../trees/tree-ensemble.ts';
import {
  type CauseSample,
  differs,
  type Fit,
  isReproduced,
  type SampledForm,
  type SampledTrees,
} from './cause-sample.ts';
import { betterWay, type CauseWords, causeOf, type Direction, type Finding } from './cause-search.ts';
import { listOfNames } from './cause-words.ts';
import { rowsOfBlock, variantFit, variantScores } from './evaluate-variant.ts';
import type { LikelyCause } from './form-comparison.ts';

/** A swap that misses the other score on one of so many differing rows is not what happened. */
const SCREEN_ROWS = 6;

/** Pairs between two yields. */
const PAIRS_PER_SLICE = 8;

/** More features than this have too many pairs to try. */
const MOST_FEATURES = 128;

interface Trial extends Direction {
  readonly trees: SampledTrees;
}

/** The other form's own features; the usual wrong orders; every pair of features exchanged. */
export function* searchFeatureOrder(sample: CauseSample): Sliced<readonly LikelyCause[] | null> {
  return yield* betterWay(sample, function* ({ own, other }) {
    if (own.trees === null) return null;
    const trial: Trial = { own, other, trees: own.trees };
    return (
      (yield* othersFeatures(sample, trial)) ??
      (yield* wrongOrder(sample, trial)) ??
      (yield* swappedPair(sample, trial))
    );
  });
}

function* othersFeatures(sample: CauseSample, { own, other, trees }: Trial): Sliced<Finding | null> {
  const others = other.trees;
  if (others === null || others.block.columns.length !== trees.block.columns.length) return null;
  const apart = [...trees.block.columns.keys()].filter(
    (j) => !isSameColumn(trees.block.columns[j]!, others.block.columns[j]!),
  );
  if (apart.length === 0) return null;
  const fit = yield* variantFit(sample, trees, other, trees.ensemble, others.block);
  if (fit === null || !isReproduced(fit)) return null;
  const names = listOfNames(apart.map((j) => nameOf(trees, j)));
  return orderFinding(
    `"${own.name}" and "${other.name}" are fed different columns for ${names}: with the columns of "${other.name}", "${own.name}" gives the same scores.`,
    fit,
  );
}

function isSameColumn(a: Float64Array, b: Float64Array): boolean {
  return a.every((value, i) => Object.is(value, b[i]!) || value === b[i]!);
}

function* wrongOrder(sample: CauseSample, { own, other, trees }: Trial): Sliced<Finding | null> {
  const { block, featureNames } = trees;
  const places = [...block.columns.keys()];
  const count = places.length;
  const byName = places.toSorted((a, b) => ((featureNames[a] ?? '') < (featureNames[b] ?? '') ? -1 : 1));
  const orders = [
    { order: byName, words: 'sorted by name' },
    { order: places.toReversed(), words: 'in reverse order' },
    { order: places.map((j) => (j + 1) % count), words: 'moved up by one place' },
    { order: places.map((j) => (j + count - 1) % count), words: 'moved down by one place' },
  ];
  for (const { order, words } of orders) {
    const fit = yield* variantFit(sample, trees, other, trees.ensemble, ordered(block, order));
    if (fit === null || !isReproduced(fit)) continue;
    return orderFinding(`"${other.name}" takes the features of "${own.name}" ${words}.`, fit);
  }
  return null;
}

function* swappedPair(sample: CauseSample, trial: Trial): Sliced<Finding | null> {
  const { own, other, trees } = trial;
  const used = new Set(trees.ensemble.features);
  const count = trees.block.columns.length;
  if (count > MOST_FEATURES) return null;
  const screen = [...sample.isDiffering.keys()]
    .filter((row) => sample.isDiffering[row] === 1)
    .slice(0, SCREEN_ROWS);
  let tried = 0;
  for (let i = 0; i < count; i++) {
    for (let j = i + 1; j < count; j++) {
      if (!used.has(i) && !used.has(j)) continue;
      if (tried++ % PAIRS_PER_SLICE === 0) yield { done: 0, total: 1 };
      const block = swapped(trees.block, i, j);
      if (!(yield* passesScreen(sample, trees, other, block, screen))) continue;
      const fit = yield* variantFit(sample, trees, other, trees.ensemble, block);
      if (fit === null || !isReproduced(fit)) continue;
      const names = listOfNames([nameOf(trees, i), nameOf(trees, j)]);
      return orderFinding(
        `"${other.name}" takes the features ${names} of "${own.name}" in exchanged places.`,
        fit,
      );
    }
  }
  return null;
}

function* passesScreen(
  sample: CauseSample,
  trees: SampledTrees,
  other: SampledForm,
  block: FeatureBlock,
  rows: readonly number[],
): Sliced<boolean> {
  for (const row of rows) {
    const [score] = yield* variantScores(trees, trees.ensemble, rowsOfBlock(block, row, row + 1));
    if (differs(score!, other.scores[row]!, sample.tolerance)) return false;
  }
  return true;
}

function swapped(block: FeatureBlock, i: number, j: number): FeatureBlock {
  const columns = [...block.columns];
  columns[i] = block.columns[j]!;
  columns[j] = block.columns[i]!;
  return { rowCount: block.rowCount, columns };
}

function ordered({ rowCount, columns }: FeatureBlock, order: readonly number[]): FeatureBlock {
  return { rowCount, columns: order.map((j) => columns[j]!) };
}

function nameOf({ featureNames }: SampledTrees, feature: number): string {
  return featureNames[feature] ?? `feature ${feature}`;
}

function orderFinding(explanation: string, fit: Fit): Finding {
  const words: CauseWords = {
    code: 'feature-order',
    explanation,
    advice:
      'Compare the order of the features in training with the mapping of both forms, and map them again.',
  };
  return { fit, causes: [causeOf(words, fit)] };
}

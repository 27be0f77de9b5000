/** Weights of trees (dart) that one form lost, found by fitting a weight to every tree. */
import type { Sliced } from '../sliced.ts';
import { leafOf } from '../trees/evaluate-trees.ts';
import {
  type CauseSample,
  type Fit,
  fitOf,
  hasConstantSide,
  isReproduced,
  type SampledForm,
  type SampledTrees,
} from './cause-sample.ts';
import { betterWay, type CauseWords, causeOf, type Direction, type Finding } from './cause-search.ts';
import { figure } from './cause-words.ts';
import { partsOfBlock } from './evaluate-variant.ts';
import type { LikelyCause } from './form-comparison.ts';
import { leastSquares } from './least-squares.ts';
import { lineWords } from './margin-line-words.ts';
import { type MarginScale, marginToScale, scaleOf } from './margin-scale.ts';

/** More trees than this take too long to fit, and more rows than the sample has. */
const MOST_TREES = 512;

/** Rows per tree that the fit must pass through: by chance it never does. */
const ROWS_PER_TREE = 2;

/** Rows per tree that the weights are fitted to; all others only test them. */
const FITTED_ROWS_PER_TREE = 4;

/** What estimating weights from rounded scores adds to the error of the scores they predict, as a multiple. */
const ESTIMATE_SLACK = 4;

/** Fitted weights as near as this (relative) are the same. */
const EQUAL_SLACK = 1e-4;

/** The trees of one form as columns: what each adds to the margin of each row, on the scale of the scores. */
interface TreeValues {
  readonly own: SampledForm;
  readonly other: SampledForm;
  readonly scale: MarginScale;
  /** Rows x (trees + 1), the last column being 1. */
  readonly values: Float64Array;
  readonly width: number;
  /** The form's own weights, and its base value on the scale last. */
  readonly weights: Float64Array;
}

/** Tree weights alone, or else tree weights and a base score. O(rows x trees²). */
export function* searchTreeWeights(sample: CauseSample): Sliced<readonly LikelyCause[] | null> {
  const scale = scaleOf(sample);
  if (scale === null || hasConstantSide(sample)) return null;
  return yield* betterWay(sample, (way) => findingOf(sample, scale, way));
}

function* findingOf(
  sample: CauseSample,
  scale: MarginScale,
  { own, other }: Direction,
): Sliced<Finding | null> {
  const { trees } = own;
  if (trees === null || !canBeFitted(trees, own.scores.length)) return null;
  const columns = yield* treeValues(own, trees, other, scale);
  for (const isBaseFree of [false, true]) {
    const fitted = yield* fittedWeights(columns, isBaseFree);
    if (fitted === null) return null;
    const fit = fitOfWeights(sample, columns, fitted);
    if (isReproduced(fit) && !areEqual(fitted.subarray(0, -1)))
      return { fit, causes: causesOf(sample, columns, fitted, fit, isBaseFree) };
  }
  return null;
}

function canBeFitted({ ensemble }: SampledTrees, rowCount: number): boolean {
  const { roots, leafWidth, linearLeaves } = ensemble;
  return (
    leafWidth === 1 &&
    linearLeaves === null &&
    roots.length <= MOST_TREES &&
    rowCount > ROWS_PER_TREE * roots.length
  );
}

function* treeValues(
  own: SampledForm,
  trees: SampledTrees,
  other: SampledForm,
  scale: MarginScale,
): Sliced<TreeValues> {
  const { ensemble, block } = trees;
  const treeCount = ensemble.roots.length;
  const toScale = marginToScale(trees);
  const factor = toScale(1) - toScale(0);
  const width = treeCount + 1;
  const values = new Float64Array(block.rowCount * width).fill(1);
  for (const { start, end } of partsOfBlock(block, treeCount)) {
    for (let row = start; row < end; row++) {
      for (let tree = 0; tree < treeCount; tree++) {
        values[row * width + tree] = factor * ensemble.leafValues[leafOf(ensemble, block, row, tree)]!;
      }
    }
    yield { done: end, total: block.rowCount };
  }
  const weights = new Float64Array(width).fill(1);
  if (ensemble.treeWeights !== null) weights.set(ensemble.treeWeights);
  weights[treeCount] = toScale(ensemble.baseValues[0]!);
  return { own, other, scale, values, width, weights };
}

/**
 * The weights (and, where it is free, the base) that come closest to the other form's margins; null when too few of its
 * scores tell a margin. Rows count by how much their score tells of it.
 */
function* fittedWeights(columns: TreeValues, isBaseFree: boolean): Sliced<Float64Array | null> {
  const { other, scale, values, width, weights } = columns;
  const targets = other.scores.map(scale.toMargin);
  const usable = [...targets.keys()].filter((row) => scale.isReliable(targets[row]!));
  if (usable.length <= ROWS_PER_TREE * width) return null;
  const rows = usable.slice(0, FITTED_ROWS_PER_TREE * width);
  const count = isBaseFree ? width : width - 1;
  const base = isBaseFree ? 0 : weights[width - 1]!;
  const a = new Float64Array(rows.length * count);
  const y = new Float64Array(rows.length);
  rows.forEach((row, i) => {
    const importance = scale.slopeAt(targets[row]!);
    for (let j = 0; j < count; j++) a[i * count + j] = importance * values[row * width + j]!;
    y[i] = importance * (targets[row]! - base);
  });
  const solution = yield* leastSquares(a, count, y);
  return isBaseFree ? solution : Float64Array.of(...solution, base);
}

/** Weights that are all the same are one factor, and no sign of dart. */
function areEqual(weights: Float64Array): boolean {
  const first = weights[0] ?? 0;
  return weights.every((weight) => Math.abs(weight - first) <= EQUAL_SLACK * Math.abs(first));
}

function fitOfWeights(sample: CauseSample, columns: TreeValues, weights: Float64Array): Fit {
  const { values, width, scale, other } = columns;
  const corrected = new Float64Array(other.scores.length);
  for (let row = 0; row < corrected.length; row++) {
    let margin = 0;
    for (let j = 0; j < width; j++) margin += weights[j]! * values[row * width + j]!;
    corrected[row] = scale.toScore(margin);
  }
  return fitOf(corrected, other.scores, sample.isDiffering, ESTIMATE_SLACK * sample.tolerance);
}

function causesOf(
  sample: CauseSample,
  columns: TreeValues,
  fitted: Float64Array,
  fit: Fit,
  isBaseFree: boolean,
): LikelyCause[] {
  const { own, other, scale, weights: before, width } = columns;
  const weights = weightWords(columns, fitted);
  if (!isBaseFree) return [causeOf(weights, fit)];
  const last = width - 1;
  const shift = fitted[last]! - before[last]!;
  const [, base] = lineWords({ own, other, line: { factor: 1, shift } }, scale);
  const weightsOnly = fitOfWeights(sample, columns, fitted.with(last, before[last]!));
  return [causeOf(weights, weightsOnly), causeOf(base, fit)];
}

function weightWords({ own, other, width }: TreeValues, fitted: Float64Array): CauseWords {
  const weights = fitted.slice(0, width - 1).sort();
  const range = `from ${figure(weights[0]!)} to ${figure(weights[weights.length - 1]!)}`;
  return {
    code: 'tree-weights',
    explanation: `"${own.name}" lost the tree weights (dart): with a weight of its own for each of its ${weights.length} trees, ${range}, it gives the scores of "${other.name}".`,
    advice:
      'Score with the form that has the weights, or convert again with leaf values that were multiplied by the weights of their trees first.',
  };
}

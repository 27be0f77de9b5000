/** Rounding to float32 inside a file whose original thresholds are lost: its traces in the rows that differ. */
import type { Sliced } from '../sliced.ts';
import { goesLeft } from '../trees/evaluate-trees.ts';
import { splitRule, type TreeEnsemble } from '../trees/tree-ensemble.ts';
import { type CauseSample, type Fit, fitOf, isReproduced, type SampledTrees } from './cause-sample.ts';
import { type CauseWords, causeOf, type Direction, directionsOf } from './cause-search.ts';
import { listOfNames } from './cause-words.ts';
import { float32Advice } from './ensemble-edits.ts';
import type { LikelyCause } from './form-comparison.ts';
import { type MarginScale, marginToScale, scaleOf } from './margin-scale.ts';

/** Sums that are listed one by one; a row with more ways down the trees is judged by its least and largest sum. */
const MOST_SUMS = 4096;

/** Rows between two yields. */
const ROWS_PER_SLICE = 64;

interface Crossings extends Direction {
  readonly trees: SampledTrees;
  readonly scale: MarginScale;
  /** Per feature: differing rows that hold a value of it next to a threshold. */
  readonly rowsOf: Float64Array;
}

/**
 * Whether the scores of the other form can be had by sending values that float32 cannot tell from a threshold to the
 * other side of it, and nothing else.
 *
 * The file keeps thresholds as float32, so on which side such a value fell before is not known: every way down the trees
 * that its neighbourhood allows is tried, and the nearest score counts.
 */
export function* searchFloat32Crossings(sample: CauseSample): Sliced<readonly LikelyCause[] | null> {
  const scale = scaleOf(sample);
  if (scale === null) return null;
  for (const { own, other } of directionsOf(sample)) {
    const { trees } = own;
    if (trees === null || !isCandidate(trees) || other.trees?.ensemble.comparison === 'float32') continue;
    const rowsOf = new Float64Array(trees.ensemble.featureCount);
    const crossings = { own, other, trees, scale, rowsOf };
    const corrected = yield* nearestScores(sample, crossings);
    const fit: Fit = fitOf(corrected, other.scores, sample.isDiffering, sample.tolerance);
    if (isReproduced(fit)) return [causeOf(wordsOf(sample, crossings), fit)];
  }
  return null;
}

function isCandidate({ ensemble }: SampledTrees): boolean {
  return ensemble.comparison === 'float32' && ensemble.leafWidth === 1 && ensemble.linearLeaves === null;
}

function* nearestScores(sample: CauseSample, crossings: Crossings): Sliced<Float64Array> {
  const { trees, scale, other, rowsOf } = crossings;
  const toScale = marginToScale(trees);
  const { rowCount } = trees.block;
  const corrected = new Float64Array(rowCount);
  for (let row = 0; row < rowCount; row++) {
    const touched = new Set<number>();
    const sums = sumsOf(trees, row, touched);
    const target = other.scores[row]!;
    corrected[row] = nearestTo(target, sums, (margin) => scale.toScore(toScale(margin)));
    if (sample.isDiffering[row] === 1) for (const feature of touched) rowsOf[feature]! += 1;
    if (row % ROWS_PER_SLICE === 0) yield { done: row, total: rowCount };
  }
  return corrected;
}

/** All margins that the row can have; [least, most] as a range when they are too many. */
function sumsOf(
  { ensemble, block }: SampledTrees,
  row: number,
  touched: Set<number>,
): { readonly sums: readonly number[]; readonly isRange: boolean } {
  let sums = [ensemble.baseValues[0]!];
  let isRange = false;
  for (let tree = 0; tree < ensemble.roots.length; tree++) {
    const weight = ensemble.treeWeights?.[tree] ?? 1;
    const leaves = new Set<number>();
    collectLeaves(
      ensemble,
      ensemble.roots[tree]!,
      (feature) => block.columns[feature]![row]!,
      touched,
      leaves,
    );
    const options = [...new Set([...leaves].map((leaf) => weight * ensemble.leafValues[leaf]!))];
    if (!isRange && sums.length * options.length > MOST_SUMS) {
      isRange = true;
      sums = [Math.min(...sums), Math.max(...sums)];
    }
    sums = isRange
      ? [sums[0]! + Math.min(...options), sums[1]! + Math.max(...options)]
      : sums.flatMap((sum) => options.map((option) => sum + option));
  }
  return { sums, isRange };
}

function collectLeaves(
  ensemble: TreeEnsemble,
  node: number,
  featureValue: (feature: number) => number,
  touched: Set<number>,
  leaves: Set<number>,
): void {
  if (node < 0) {
    leaves.add(~node);
    return;
  }
  const feature = ensemble.features[node]!;
  const value = featureValue(feature);
  const isOpen = ensemble.rules[node]! < splitRule.equal && isBesides(value, ensemble.thresholds[node]!);
  if (isOpen) touched.add(feature);
  const isLeft = goesLeft(ensemble, node, value);
  if (isLeft || isOpen) collectLeaves(ensemble, ensemble.left[node]!, featureValue, touched, leaves);
  if (!isLeft || isOpen) collectLeaves(ensemble, ensemble.right[node]!, featureValue, touched, leaves);
}

/** Whether a value that float32 cannot hold lies within one float32 step of the threshold. */
function isBesides(value: number, threshold: number): boolean {
  if (Number.isNaN(value) || Math.fround(value) === value) return false;
  // A step is at most 2^-23 of the number.
  return Math.abs(value - threshold) <= Math.abs(threshold) * 2 ** -23;
}

function nearestTo(
  target: number,
  { sums, isRange }: { readonly sums: readonly number[]; readonly isRange: boolean },
  toScore: (margin: number) => number,
): number {
  const scores = sums.map(toScore);
  if (isRange) {
    const [a, b] = [Math.min(...scores), Math.max(...scores)];
    return Math.min(Math.max(target, a), b);
  }
  return scores.reduce((best, score) => (Math.abs(score - target) < Math.abs(best - target) ? score : best));
}

function wordsOf({ isDiffering }: CauseSample, { own, other, trees, rowsOf }: Crossings): CauseWords {
  const differing = isDiffering.reduce((sum, flag) => sum + flag, 0);
  const features = [...rowsOf.keys()]
    .filter((feature) => rowsOf[feature]! > 0)
    .sort((a, b) => rowsOf[b]! - rowsOf[a]!)
    .map((feature) => trees.featureNames[feature] ?? `feature ${feature}`);
  return {
    code: 'float32-input',
    explanation: `"${own.name}" rounds feature values and thresholds to single precision (float32), and "${other.name}" does not: the ${differing} differing rows looked at hold values next to a threshold that float32 cannot tell from it, in ${listOfNames(features)}.`,
    advice: float32Advice(),
  };
}

/** Rounding to float32 inside a file whose original thresholds are lost: its traces in the rows that differ. */
import type { Sliced } from '../sliced.ts';
import { goesLeft } from '../trees/evaluate-trees.ts';
import { splitRule, type TreeEnsemble } from '../trees/tree-ensemble.ts';
import { type CauseSample, type Fit, fitOf, isReproduced, type SampledTrees } from './cause-sample.ts';
import { betterWay, type CauseWords, causeOf, type Direction, type Finding } from './cause-search.ts';
import { listOfNames } from './cause-words.ts';
import { float32Advice } from './ensemble-edits.ts';
import type { LikelyCause } from './form-comparison.ts';
import { type MarginScale, marginToScale, scaleOf } from './margin-scale.ts';

/** Sums that are listed one by one; a row with more ways down the trees is judged by its least and largest sum. */
const MOST_SUMS = 2048;

/** Rows between two yields: many ways down many trees take some 0.5 ms a row. */
const SLICE_ROWS = 64;

/** Crossings that do not explain this share of the first rows explain nothing. */
const SCREEN_SHARE = 0.5;

/** A row judged by a range proves little; that so many rows without any such value are equal proves more. */
const FEWEST_CLEAN_ROWS = 20;

interface Crossings extends Direction {
  readonly trees: SampledTrees;
  readonly scale: MarginScale;
  /** Of each row looked at, the score nearest to the other form's that its ways down the trees allow. */
  readonly nearest: Float64Array;
  /** Per feature: differing rows that hold a value of it next to a threshold. */
  readonly rowsOf: Float64Array;
  /** Equal rows without such a value. */
  clean: number;
  /** Differing rows judged by a range. */
  ranged: number;
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
  return yield* betterWay(sample, (way) => findingOf(sample, scale, way));
}

function* findingOf(
  sample: CauseSample,
  scale: MarginScale,
  { own, other }: Direction,
): Sliced<Finding | null> {
  const { trees } = own;
  if (trees === null || !isCandidate(trees) || other.trees?.ensemble.comparison === 'float32') return null;
  const crossings: Crossings = {
    own,
    other,
    trees,
    scale,
    nearest: new Float64Array(trees.block.rowCount),
    rowsOf: new Float64Array(trees.ensemble.featureCount),
    clean: 0,
    ranged: 0,
  };
  const fit = yield* fitOfCrossings(sample, crossings);
  return fit === null ? null : { fit, causes: [causeOf(wordsOf(sample, crossings), fit)] };
}

/** Null when crossings do not reproduce the other scores, or would reproduce anything. */
function* fitOfCrossings({ isDiffering, tolerance }: CauseSample, crossings: Crossings): Sliced<Fit | null> {
  const { nearest, other } = crossings;
  const measure = (rows: number) => fitOf(nearest.subarray(0, rows), other.scores, isDiffering, tolerance);
  for (let start = 0; start < nearest.length; start += SLICE_ROWS) {
    const end = Math.min(nearest.length, start + SLICE_ROWS);
    for (let row = start; row < end; row++) lookAt(row, isDiffering[row] === 1, crossings);
    yield { done: end, total: nearest.length };
    // A first look spares other differences the whole sample.
    if (start === 0 && measure(end).explained < SCREEN_SHARE) return null;
  }
  const fit = measure(nearest.length);
  const differing = isDiffering.reduce((sum, flag) => sum + flag, 0);
  const isProven = crossings.ranged <= differing / 2 || crossings.clean >= FEWEST_CLEAN_ROWS;
  return isReproduced(fit) && isProven ? fit : null;
}

function lookAt(row: number, isDiffering: boolean, crossings: Crossings): void {
  const { trees, scale, other, rowsOf, nearest } = crossings;
  const touched = new Set<number>();
  const { sums, isRange } = sumsOf(trees, row, touched);
  const toScale = marginToScale(trees);
  const scores = sums.map((margin) => scale.toScore(toScale(margin)));
  nearest[row] = nearestTo(other.scores[row]!, scores, isRange);
  if (isDiffering) {
    for (const feature of touched) rowsOf[feature]! += 1;
    if (isRange) crossings.ranged += 1;
  } else if (touched.size === 0) crossings.clean += 1;
}

function isCandidate({ ensemble }: SampledTrees): boolean {
  return ensemble.comparison === 'float32' && ensemble.leafWidth === 1 && ensemble.linearLeaves === null;
}

/** All margins that the row can have; the least and the largest where they are too many. */
function sumsOf(
  { ensemble, block }: SampledTrees,
  row: number,
  touched: Set<number>,
): { readonly sums: readonly number[]; readonly isRange: boolean } {
  const at = (feature: number) => block.columns[feature]![row]!;
  let sure = ensemble.baseValues[0]!;
  let sums = [0];
  let isRange = false;
  for (let tree = 0; tree < ensemble.roots.length; tree++) {
    const leaves: number[] = [];
    collectLeaves(ensemble, ensemble.roots[tree]!, at, touched, leaves);
    const weight = ensemble.treeWeights?.[tree] ?? 1;
    if (leaves.length === 1) {
      sure += weight * ensemble.leafValues[leaves[0]!]!;
      continue;
    }
    const options = [...new Set(leaves.map((leaf) => weight * ensemble.leafValues[leaf]!))];
    if (!isRange && sums.length * options.length > MOST_SUMS) {
      isRange = true;
      sums = [Math.min(...sums), Math.max(...sums)];
    }
    sums = isRange
      ? [sums[0]! + Math.min(...options), sums[1]! + Math.max(...options)]
      : sums.flatMap((sum) => options.map((option) => sum + option));
  }
  return { sums: sums.map((sum) => sum + sure), isRange };
}

/** The leaves that the row may reach; a node and its other side are followed where the value lies next to the threshold. */
function collectLeaves(
  ensemble: TreeEnsemble,
  start: number,
  at: (feature: number) => number,
  touched: Set<number>,
  leaves: number[],
): void {
  let node = start;
  while (node >= 0) {
    const feature = ensemble.features[node]!;
    const value = at(feature);
    const isLeft = goesLeft(ensemble, node, value);
    if (ensemble.rules[node]! < splitRule.equal && isBeside(value, ensemble.thresholds[node]!)) {
      touched.add(feature);
      collectLeaves(ensemble, isLeft ? ensemble.right[node]! : ensemble.left[node]!, at, touched, leaves);
    }
    node = isLeft ? ensemble.left[node]! : ensemble.right[node]!;
  }
  leaves.push(~node);
}

/** Whether a value that float32 cannot hold lies within one float32 step of the threshold. */
function isBeside(value: number, threshold: number): boolean {
  if (Number.isNaN(value) || Math.fround(value) === value) return false;
  // A step is at most 2^-23 of the number.
  return Math.abs(value - threshold) <= Math.abs(threshold) * 2 ** -23;
}

function nearestTo(target: number, scores: readonly number[], isRange: boolean): number {
  if (isRange) return Math.min(Math.max(target, Math.min(...scores)), Math.max(...scores));
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

import { DataError } from '../errors.ts';
import type { Sliced } from '../sliced.ts';
import type { FeatureBlock, TreeEnsemble } from '../trees/tree-ensemble.ts';
import { backgroundPatterns, meanMargin, type TreeBackground } from './background-patterns.ts';
import { coalitionWeights } from './coalition-weights.ts';
import { featurePositions, PatternNumbers, pathPatterns } from './path-patterns.ts';
import { treesByRows } from './prepared-shap.ts';
import type { ShapQuestion } from './shap-question.ts';
import { layTreePaths, type TreePaths } from './tree-paths.ts';

/** What the direct method needs of an interventional question. */
export interface InterventionalTrees {
  readonly ensemble: TreeEnsemble;
  readonly paths: TreePaths;
  readonly positions: Int32Array;
  readonly backgroundOf: (tree: number) => TreeBackground;
  /** {@link coalitionWeights} of the longest path, and the length of its runs. */
  readonly weights: Float64Array;
  readonly width: number;
  readonly baseValue: number;
}

/**
 * @throws {ModelError} `unsupported-operator` for linear leaves
 * @throws {DataError} `invalid-argument` for a path-dependent question, `empty-sample` for a background without rows
 */
export function interventionalTrees({ ensemble, output, expectation }: ShapQuestion): InterventionalTrees {
  if (expectation.kind !== 'interventional')
    throw new DataError('invalid-argument', 'The direct method answers interventional questions.');
  const { background } = expectation;
  if (background.rowCount === 0)
    throw new DataError('empty-sample', 'No background rows: there is nothing to compare rows with.', {
      advice: 'Choose a background that has rows.',
    });
  const paths = layTreePaths(ensemble, output);
  const positions = featurePositions(paths);
  const longest = paths.longest.reduce((most, length) => Math.max(most, length), 0);
  return {
    ...{ ensemble, paths, positions },
    backgroundOf: backgroundPatterns(ensemble, paths, positions, background),
    weights: coalitionWeights(longest),
    width: longest + 1,
    baseValue: meanMargin(ensemble, paths, output, background),
  };
}

/** What is made of one pattern at one leaf, and what rows of that pattern do with it. */
export interface PatternWork {
  /** Numbers made of a pattern at a leaf with so many features. */
  readonly size: (length: number) => number;
  /** Makes them at results[to]..., which hold 0. */
  readonly make: (leaf: LeafPattern, results: Float64Array, to: number) => void;
  /** Adds them to a row; `features` of the leaf's path, the first from the root first. */
  readonly add: (
    row: number,
    features: Int32Array,
    length: number,
    results: Float64Array,
    from: number,
  ) => void;
}

/** The pattern of a row at a leaf, with the patterns of the background rows there. */
export interface LeafPattern {
  readonly value: number;
  /** Different features on the path. */
  readonly length: number;
  readonly bits: Int32Array;
  readonly at: number;
  readonly background: TreeBackground;
  /** Background patterns [from, to). */
  readonly from: number;
  readonly to: number;
}

/** Runs all rows of a block through all leaves; rows with the same pattern at a leaf share what is made there. */
export function patternPass(
  trees: InterventionalTrees,
  block: FeatureBlock,
  work: PatternWork,
): Sliced<void> {
  const { paths } = trees;
  const numbers = new PatternNumbers();
  const features = new Int32Array(trees.width);
  let results = new Float64Array(0);
  const pass = (tree: number, start: number, end: number) => {
    const { words, bits } = pathPatterns(trees.ensemble, paths, trees.positions, tree, block, start, end);
    const background = trees.backgroundOf(tree);
    const first = paths.treeEntries[tree]!;
    for (let entry = first; entry < paths.treeEntries[tree + 1]!; entry++) {
      const value = paths.values[entry]!;
      if (value === 0) continue;
      const length = pathFeatures(trees, entry, features);
      const size = work.size(length);
      if (results.length < size * (end - start)) results = new Float64Array(size * (end - start));
      const ends = { from: background.firsts[entry - first]!, to: background.firsts[entry - first + 1]! };
      numbers.begin(length);
      for (let row = start; row < end; row++) {
        const at = ((entry - first) * (end - start) + row - start) * words;
        const before = numbers.count;
        const place = numbers.numberOf(bits, at, words) * size;
        if (numbers.count > before) {
          results.fill(0, place, place + size);
          work.make({ value, length, bits, at, background, ...ends }, results, place);
        }
        work.add(row, features, length, results, place);
      }
    }
  };
  const workOf = (tree: number) =>
    (paths.treeEntries[tree + 1]! - paths.treeEntries[tree]!) * (8 + work.size(paths.longest[tree]!));
  return treesByRows(block.rowCount, paths.trees.length, workOf, pass);
}

/** Writes the different features of the path to an entry, from the root down, and returns how many there are. */
function pathFeatures({ paths, positions }: InterventionalTrees, leaf: number, features: Int32Array): number {
  for (let entry = leaf; paths.parents[entry]! >= 0; entry = paths.parents[entry]!)
    features[positions[entry]!] = paths.features[entry]!;
  return paths.depths[leaf]!;
}

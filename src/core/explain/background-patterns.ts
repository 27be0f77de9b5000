import { leafOf } from '../trees/evaluate-trees.ts';
import type { FeatureBlock, TreeEnsemble } from '../trees/tree-ensemble.ts';
import { PatternNumbers, pathPatterns } from './path-patterns.ts';
import type { TreePaths } from './tree-paths.ts';

/** The different patterns of background rows at the leaves of one tree. */
export interface TreeBackground {
  /** Words per pattern. */
  readonly words: number;
  /** Per entry of the tree: its first pattern; one more than there are entries. Inner nodes have none. */
  readonly firsts: Int32Array;
  readonly bits: Int32Array;
  /** Per pattern: its share of the background rows. */
  readonly weights: Float64Array;
}

/** Patterns that are kept from block to block (about 48 MB); the trees beyond get theirs per run of rows. */
const KEPT_PATTERNS = 1 << 22;

/**
 * A lookup of the background patterns of a tree. Equal rows are counted once, so that a thousand background rows cost what
 * the few patterns cost that they take at a leaf.
 *
 * @param background at least one row
 */
export function backgroundPatterns(
  ensemble: TreeEnsemble,
  paths: TreePaths,
  positions: Int32Array,
  background: FeatureBlock,
): (tree: number) => TreeBackground {
  const numbers = new PatternNumbers();
  const kept: (TreeBackground | undefined)[] = [];
  let room = KEPT_PATTERNS;
  return (tree) => {
    const found = kept[tree];
    if (found !== undefined) return found;
    const made = countPatterns(ensemble, paths, positions, background, tree, numbers);
    room -= made.bits.length;
    if (room >= 0) kept[tree] = made;
    return made;
  };
}

function countPatterns(
  ensemble: TreeEnsemble,
  paths: TreePaths,
  positions: Int32Array,
  background: FeatureBlock,
  tree: number,
  numbers: PatternNumbers,
): TreeBackground {
  const { rowCount } = background;
  const { words, bits } = pathPatterns(ensemble, paths, positions, tree, background, 0, rowCount);
  const first = paths.treeEntries[tree]!;
  const entryCount = paths.treeEntries[tree + 1]! - first;
  const firsts = new Int32Array(entryCount + 1);
  const different: number[] = [];
  const counts: number[] = [];
  for (let entry = 0; entry < entryCount; entry++) {
    firsts[entry] = counts.length;
    if (paths.children[first + entry]! >= 0) continue;
    numbers.begin(paths.depths[first + entry]!);
    for (let row = 0; row < rowCount; row++) {
      const at = (entry * rowCount + row) * words;
      const before = numbers.count;
      const place = firsts[entry]! + numbers.numberOf(bits, at, words);
      if (numbers.count > before) {
        counts.push(0);
        for (let word = 0; word < words; word++) different.push(bits[at + word]!);
      }
      counts[place]! += 1;
    }
  }
  firsts[entryCount] = counts.length;
  const weights = Float64Array.from(counts, (count) => count / rowCount);
  return { words, firsts, bits: Int32Array.from(different), weights };
}

/**
 * The mean margin of the background rows: base value of the output + what its trees give on average.
 *
 * O(rows x trees x depth).
 */
export function meanMargin(
  ensemble: TreeEnsemble,
  paths: TreePaths,
  output: number,
  background: FeatureBlock,
): number {
  const { leafWidth, leafValues, treeWeights, baseValues } = ensemble;
  const column = leafWidth > 1 ? output : 0;
  let mean = 0;
  for (const tree of paths.trees) {
    let sum = 0;
    for (let row = 0; row < background.rowCount; row++)
      sum += leafValues[leafOf(ensemble, background, row, tree) * leafWidth + column]!;
    mean += ((treeWeights?.[tree] ?? 1) * sum) / background.rowCount;
  }
  return baseValues[output]! + mean;
}

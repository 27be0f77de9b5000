import { drain, type Sliced } from '../sliced.ts';
import type { FeatureBlock } from '../trees/tree-ensemble.ts';
import type { TreeBackground } from './background-patterns.ts';
import { bitCount } from './path-patterns.ts';
import {
  type InterventionalTrees,
  interventionalTrees,
  type LeafPattern,
  patternPass,
} from './pattern-pass.ts';
import type { Contributions, PreparedShap } from './prepared-shap.ts';
import type { ShapQuestion } from './shap-question.ts';

/**
 * Interventional SHAP of trees, directly: for each leaf, row and background row, the features that only the row meets (A,
 * a of them) share the leaf's value among them with weight (a − 1)! b! / (a + b)! each, and those that only the
 * background row meets (B, b of them) lose a! (b − 1)! / (a + b)! of it each; where neither meets a feature of the path, the
 * leaf gives nothing. Averaged over the background rows. Exact but for rounding, for paths of any length and any number of
 * background rows; a background row equal to the row gives exactly 0.
 *
 * @throws {ModelError} `unsupported-operator` for linear leaves
 * @throws {DataError} `invalid-argument` for a path-dependent question, `empty-sample` for a background without rows
 * O(leaves x different patterns of the rows x different patterns of the background x path length).
 */
export function prepareInterventional(question: ShapQuestion): PreparedShap {
  const trees = interventionalTrees(question);
  const { columnOf, columnCount } = question;
  return {
    baseValue: trees.baseValue,
    *explain(block: FeatureBlock): Sliced<Float64Array> {
      const { rowCount } = block;
      const out = new Float64Array(columnCount * rowCount);
      yield* patternPass(trees, block, {
        size: (length) => length,
        make: (leaf, results, to) => shareLeaf(trees, leaf, results, to),
        add: (row, features, length, results, from) => {
          for (let k = 0; k < length; k++)
            out[columnOf[features[k]!]! * rowCount + row]! += results[from + k]!;
        },
      });
      return out;
    },
  };
}

/** {@link prepareInterventional} for one block, in one go. */
export function interventionalShap(question: ShapQuestion, block: FeatureBlock): Contributions {
  const { baseValue, explain } = prepareInterventional(question);
  return { baseValue, values: drain(explain(block)) };
}

/** Adds what the features of a leaf's path get for one pattern of a row to results[start]... */
export function shareLeaf(
  { weights, width }: InterventionalTrees,
  { value, length, bits, at, background, from, to }: LeafPattern,
  results: Float64Array,
  start: number,
): void {
  const { words } = background;
  const b = length - metFeatures(bits, at, words);
  let lost = 0;
  for (let pattern = from; pattern < to; pattern++) {
    const a = onlyTheRow(bits, at, background, pattern, length);
    if (a < 0) continue;
    const weighted = value * background.weights[pattern]!;
    if (b > 0) lost += weighted * weights[b * width + a]!;
    if (a === 0) continue;
    const gained = weighted * weights[a * width + b]!;
    for (let word = 0; word < words; word++) {
      let only = bits[at + word]! & ~background.bits[pattern * words + word]!;
      for (; only !== 0; only &= only - 1)
        results[start + 32 * word + 31 - Math.clz32(only & -only)]! += gained;
    }
  }
  if (b === 0) return;
  for (let k = 0; k < length; k++)
    if (((bits[at + (k >>> 5)]! >>> (k & 31)) & 1) === 0) results[start + k]! -= lost;
}

function metFeatures(bits: Int32Array, at: number, words: number): number {
  let count = 0;
  for (let word = 0; word < words; word++) count += bitCount(bits[at + word]!);
  return count;
}

/** How many features only the row meets; −1 when there is one that neither it nor the background pattern meets. */
export function onlyTheRow(
  bits: Int32Array,
  at: number,
  background: TreeBackground,
  pattern: number,
  length: number,
): number {
  const { words, bits: others } = background;
  const from = pattern * words;
  // Most patterns fail here: bits are counted for the others only.
  for (let word = 0; word < words; word++)
    if ((bits[at + word]! | others[from + word]!) !== lowBits(length - 32 * word)) return -1;
  let only = 0;
  for (let word = 0; word < words; word++) only += bitCount(bits[at + word]! & ~others[from + word]!);
  return only;
}

/** A word whose lowest bits are 1: so many, none below 0, all from 32 on. */
function lowBits(count: number): number {
  return count >= 32 ? -1 : count <= 0 ? 0 : (1 << count) - 1;
}

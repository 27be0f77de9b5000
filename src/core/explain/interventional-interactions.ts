import type { Sliced } from '../sliced.ts';
import type { FeatureBlock } from '../trees/tree-ensemble.ts';
import { addPair } from './interaction-cells.ts';
import { onlyTheRow, shareLeaf } from './interventional-shap.ts';
import {
  type InterventionalTrees,
  interventionalTrees,
  type LeafPattern,
  patternPass,
} from './pattern-pass.ts';
import type { PreparedShap } from './prepared-shap.ts';
import type { ShapQuestion } from './shap-question.ts';

/** Interventional interactions, directly: see `prepareInteractions` and {@link coalitionWeights}. */
export function prepareInterventionalPairs(question: ShapQuestion): PreparedShap {
  const trees = interventionalTrees(question);
  const { columnOf, columnCount } = question;
  const owners = new Float64Array(trees.width);
  return {
    baseValue: trees.baseValue,
    *explain(block: FeatureBlock): Sliced<Float64Array> {
      const out = new Float64Array(block.rowCount * columnCount * columnCount);
      yield* patternPass(trees, block, {
        size: (length) => length * (length + 1),
        make: (leaf, results, to) => {
          shareLeaf(trees, leaf, results, to);
          sharePairs(trees, leaf, results, to + leaf.length, owners);
        },
        add: (row, features, length, results, from) => {
          const matrix = row * columnCount * columnCount;
          for (let i = 0; i < length; i++) {
            const column = columnOf[features[i]!]!;
            out[matrix + column * (columnCount + 1)]! += results[from + i]!;
            for (let j = 0; j < i; j++) {
              const cell = results[from + length * (i + 1) + j]!;
              addPair(out, matrix, columnCount, column, columnOf[features[j]!]!, cell);
            }
          }
        },
      });
      return out;
    },
  };
}

/** The cells of pairs j < i of a leaf's path for one pattern of a row, at results[to + i · length + j]. */
function sharePairs(
  { weights, width }: InterventionalTrees,
  { value, length, bits, at, background, from, to }: LeafPattern,
  results: Float64Array,
  start: number,
  owners: Float64Array,
): void {
  for (let pattern = from; pattern < to; pattern++) {
    const a = onlyTheRow(bits, at, background, pattern, length);
    if (a < 0) continue;
    let b = 0;
    for (let k = 0; k < length; k++) {
      owners[k] = whose(bits, at, background.bits, pattern * background.words, k);
      if (owners[k] === -1) b += 1;
    }
    const half = (value * background.weights[pattern]!) / 2;
    const withinRow = a < 2 ? 0 : half * weights[(a - 1) * width + b]!;
    const withinBackground = b < 2 ? 0 : half * weights[(b - 1) * width + a]!;
    const across = a < 1 || b < 1 ? 0 : -half * weights[a * width + b - 1]!;
    for (let i = 1; i < length; i++) {
      if (owners[i] === 0) continue;
      const alike = owners[i] === 1 ? withinRow : withinBackground;
      for (let j = 0; j < i; j++) {
        if (owners[j] === 0) continue;
        results[start + i * length + j]! += owners[i] === owners[j] ? alike : across;
      }
    }
  }
}

/** Of a feature that at least one of the two meets: 1 when only the row does, −1 when only the background does, 0 for both. */
function whose(bits: Int32Array, at: number, others: Int32Array, other: number, k: number): number {
  const row = (bits[at + (k >>> 5)]! >>> (k & 31)) & 1;
  const background = (others[other + (k >>> 5)]! >>> (k & 31)) & 1;
  return row - background;
}

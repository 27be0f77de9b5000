import { drain, type Sliced } from '../sliced.ts';
import type { FeatureBlock } from '../trees/tree-ensemble.ts';
import { type Contributions, type PreparedShap, treesByRows } from './prepared-shap.ts';
import {
  descend,
  EDGE_CONSTANTS,
  edgeConstants,
  type PassRoom,
  passRoom,
  passWork,
  type QuadratureTrees,
  quadratureGain,
  quadratureTrees,
} from './quadrature-pass.ts';
import type { ShapQuestion } from './shap-question.ts';

/**
 * Path-dependent SHAP of trees by Gauss-Legendre quadrature: exact but for rounding, for paths of any length, for one row
 * as well as for many. Values as {@link Contributions}: columnCount x rowCount.
 *
 * @throws {ModelError} `unsupported-operator` for linear leaves
 * @throws {DataError} `invalid-argument` for an interventional question
 * Source: Quadrature-TreeSHAP (arXiv 2605.04497). O(rows x entries x nodes of the tree's rule).
 */
export function preparePathDependent(question: ShapQuestion): PreparedShap {
  const trees = quadratureTrees(question);
  const room = passRoom(trees);
  const constantsOf = edgeConstants(trees, (entry, t, isTaken) => gainOverPrevious(trees, entry, t, isTaken));
  return {
    baseValue: trees.baseValue,
    *explain(block: FeatureBlock): Sliced<Float64Array> {
      const { rowCount } = block;
      const out = new Float64Array(question.columnCount * rowCount);
      const pass = (tree: number, start: number, end: number) => {
        const constants = constantsOf(tree);
        for (let row = start; row < end; row++) {
          descend(trees, tree, constants, block, row, room);
          ascend(trees, tree, constants, room, question.columnOf, out, row, rowCount);
        }
      };
      yield* treesByRows(rowCount, trees.rules.length, (tree) => passWork(trees, tree), pass);
      return out;
    },
  };
}

/** {@link preparePathDependent} for one block, in one go. */
export function pathDependentShap(question: ShapQuestion, block: FeatureBlock): Contributions {
  const { baseValue, explain } = preparePathDependent(question);
  return { baseValue, values: drain(explain(block)) };
}

/**
 * What the leaves below an entry gain when the path so far is judged with this edge on its feature, instead of without
 * it. Where the row left before, both are equal, and the caller adds nothing.
 */
function gainOverPrevious({ paths, z }: QuadratureTrees, entry: number, t: number, isTaken: boolean): number {
  const previous = paths.previous[entry]!;
  const before = previous < 0 ? 0 : quadratureGain(z[previous]!, t, true);
  return quadratureGain(z[entry]!, t, isTaken) - before;
}

/** From the leaves up: adds what each edge gains from all leaves below it to the column of its feature. */
function ascend(
  { paths, rules }: QuadratureTrees,
  tree: number,
  constants: Float64Array,
  { products, taken }: PassRoom,
  columnOf: Int32Array,
  out: Float64Array,
  row: number,
  rowCount: number,
): void {
  const { children, features, previous, values, treeEntries } = paths;
  const count = rules[tree]!.nodes.length;
  const first = treeEntries[tree]!;
  // From here on, `products` holds Σ value x product over the leaves below each entry.
  for (let entry = treeEntries[tree + 1]! - 1; entry >= first; entry--) {
    const at = (entry - first) * count;
    const left = children[entry]!;
    if (left < 0) {
      const value = values[entry]!;
      for (let q = 0; q < count; q++) products[at + q]! *= value;
    } else {
      const below = (left - first) * count;
      for (let q = 0; q < count; q++) products[at + q] = products[below + q]! + products[below + count + q]!;
    }
    if (entry === first) break;
    const above = previous[entry]!;
    if (above >= 0 && taken[above - first] === 0) continue;
    const gains = at * EDGE_CONSTANTS + (taken[entry - first] === 1 ? 2 : 3) * count;
    let sum = 0;
    for (let q = 0; q < count; q++) sum += products[at + q]! * constants[gains + q]!;
    out[columnOf[features[entry]!]! * rowCount + row]! += sum;
  }
}

import { inSlices, type Sliced } from '../sliced.ts';
import { leafOf } from '../trees/evaluate-trees.ts';
import type { FeatureBlock, TreeEnsemble } from '../trees/tree-ensemble.ts';
import type { TreeCovers } from './shap-question.ts';

/**
 * The covers that the model's file holds: those of its leaves, and every node as the sum of its children.
 *
 * XGBoost writes each cover rounded to float32, so that children miss their parent by that rounding and contributions
 * would miss the margin; LightGBM's counts add up as they are.
 *
 * @returns null when the file holds none (ONNX). O(nodes).
 */
export function modelCovers(ensemble: TreeEnsemble): TreeCovers | null {
  return ensemble.covers === null ? null : coversOfLeaves(ensemble, ensemble.covers.leaves.slice());
}

/** Leaves looked up between two yields: about 40 ms. */
const LOOKUPS_PER_SLICE = 1 << 20;

/**
 * Covers counted by sending reference rows through all trees: of each node and leaf, how many rows reach it.
 *
 * @param block the reference rows; none of them makes every node empty, and every share 1/2
 * O(rows x trees x depth).
 */
export function* routedCovers(ensemble: TreeEnsemble, block: FeatureBlock): Sliced<TreeCovers> {
  const treeCount = ensemble.roots.length;
  const leaves = new Float64Array(ensemble.leafValues.length / ensemble.leafWidth);
  const sliceRows = Math.max(1, Math.floor(LOOKUPS_PER_SLICE / Math.max(1, treeCount)));
  const route = (start: number, end: number) => {
    for (let tree = 0; tree < treeCount; tree++)
      for (let row = start; row < end; row++) leaves[leafOf(ensemble, block, row, tree)]! += 1;
  };
  yield* inSlices(block.rowCount, route, sliceRows);
  return coversOfLeaves(ensemble, leaves);
}

function coversOfLeaves({ left, right }: TreeEnsemble, leaves: Float64Array): TreeCovers {
  const nodes = new Float64Array(left.length);
  const coverOf = (child: number) => (child < 0 ? leaves[~child]! : nodes[child]!);
  // Children have higher numbers than their parent.
  for (let node = nodes.length - 1; node >= 0; node--)
    nodes[node] = coverOf(left[node]!) + coverOf(right[node]!);
  return { nodes, leaves };
}

/**
 * Per node, the share of its cover that went left: cover(left) / (cover(left) + cover(right)). The share of the right
 * child is 1 − left, so that both add up to 1 exactly.
 *
 * Below an empty parent, whose children are empty too, both shares are 1/2: the covers say nothing, and any shares that
 * add up to 1 keep contributions additive; even ones favour no side. Such a node weighs only for rows that go there.
 *
 * @returns shares in [0, 1]. O(nodes).
 */
export function coverShares(
  { left, right }: TreeEnsemble,
  covers: TreeCovers,
): { readonly left: Float64Array } {
  const coverOf = (child: number) => (child < 0 ? covers.leaves[~child]! : covers.nodes[child]!);
  const shares = Float64Array.from(left, (child, node) => {
    const ofLeft = coverOf(child);
    const both = ofLeft + coverOf(right[node]!);
    return both > 0 ? ofLeft / both : 0.5;
  });
  return { left: shares };
}

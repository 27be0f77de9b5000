import { missingRule, splitRule, type TreeEnsemble } from '../../../core/trees/tree-ensemble.ts';
import { type DocumentNode, damagedAt } from './document-node.ts';
import { GrowingCategorySets } from './growing-category-sets.ts';
import { readTreeLists, type TreeLists } from './tree-lists.ts';

/** The part of a {@link TreeEnsemble} that the list of trees says. */
export type TreeParts = Pick<
  TreeEnsemble,
  | 'roots'
  | 'features'
  | 'rules'
  | 'missing'
  | 'defaultLeft'
  | 'thresholds'
  | 'left'
  | 'right'
  | 'categorySets'
  | 'leafWidth'
  | 'leafValues'
  | 'covers'
  | 'gains'
>;

/** Arrays of the ensemble while they are filled. */
interface Filling {
  readonly features: Int32Array;
  readonly rules: Uint8Array;
  readonly defaultLeft: Uint8Array;
  readonly thresholds: Float64Array;
  readonly left: Int32Array;
  readonly right: Int32Array;
  readonly nodeCovers: Float64Array;
  readonly gains: Float64Array;
  readonly leafValues: Float64Array;
  readonly leafCovers: Float64Array;
  nodeCount: number;
  leafCount: number;
}

/**
 * Reads the list of trees. Nodes are numbered anew on a walk from each root, so that children come after their parent:
 * XGBoost reuses the numbers of pruned nodes, and leaves the unused ones in the file. All values are float32 numbers, in
 * JSON written with the fewest digits that tell them apart, and are rounded to them.
 *
 * A categorical split of XGBoost sends the listed categories right and all others left; ours sends members left, so
 * children and default side are exchanged.
 * @param trees     the document's trees, in the order of their numbers
 * @param leafWidth values per leaf: 1, or the number of outputs for vector leaves
 * @throws {FormatError} `corrupt-model` naming the tree and the list that is wrong
 * Source: XGBoost 1.7 and 3.1, `tree_model.cc`, `multi_target_tree_model.cc`, `categorical.h`.
 */
export function readTrees(
  trees: readonly DocumentNode[],
  featureCount: number,
  leafWidth: number,
): TreeParts {
  const sets = new GrowingCategorySets(trees[0]?.file ?? '');
  const lists = trees.map((tree) => readTreeLists(tree, leafWidth, sets));
  const filling = emptyFilling(lists, leafWidth);
  const roots = Int32Array.from(lists, (tree) => fillTree(filling, tree, featureCount, leafWidth));
  const { nodeCount, leafCount } = filling;
  const known = (of: 'hessians' | 'gains') => lists.every((tree) => tree[of] !== null);
  return {
    roots,
    features: filling.features.slice(0, nodeCount),
    rules: filling.rules.slice(0, nodeCount),
    missing: new Uint8Array(nodeCount).fill(missingRule.nan),
    defaultLeft: filling.defaultLeft.slice(0, nodeCount),
    thresholds: filling.thresholds.slice(0, nodeCount),
    left: filling.left.slice(0, nodeCount),
    right: filling.right.slice(0, nodeCount),
    categorySets: sets.finish(),
    leafWidth,
    leafValues: filling.leafValues.slice(0, leafCount * leafWidth),
    covers: known('hessians')
      ? {
          kind: 'hessian',
          nodes: filling.nodeCovers.slice(0, nodeCount),
          leaves: filling.leafCovers.slice(0, leafCount),
        }
      : null,
    gains: known('gains') ? filling.gains.slice(0, nodeCount) : null,
  };
}

function emptyFilling(trees: readonly TreeLists[], leafWidth: number): Filling {
  let nodes = 0;
  let leaves = 0;
  for (const { size, left } of trees) {
    for (let i = 0; i < size; i++) if (left[i] === -1) leaves += 1;
    nodes += size;
  }
  const splits = nodes - leaves;
  return {
    features: new Int32Array(splits),
    rules: new Uint8Array(splits),
    defaultLeft: new Uint8Array(splits),
    thresholds: new Float64Array(splits),
    left: new Int32Array(splits),
    right: new Int32Array(splits),
    nodeCovers: new Float64Array(splits),
    gains: new Float64Array(splits),
    leafValues: new Float64Array(leaves * leafWidth),
    leafCovers: new Float64Array(leaves),
    nodeCount: 0,
    leafCount: 0,
  };
}

/** Adds one tree and returns its root. */
function fillTree(filling: Filling, tree: TreeLists, featureCount: number, leafWidth: number): number {
  const seen = new Uint8Array(tree.size);
  const root = addNode(filling, tree, 0, seen, featureCount, leafWidth);
  // Splits whose children are still to be added: the number here, and the one in the file.
  const open: [here: number, there: number][] = root >= 0 ? [[root, 0]] : [];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const [here, there] = next;
    const isSet = filling.rules[here] === splitRule.inSet;
    const [left, right] = isSet ? [tree.right, tree.left] : [tree.left, tree.right];
    for (const [side, child] of [
      [filling.left, left[there]!] as const,
      [filling.right, right[there]!] as const,
    ]) {
      const added = addNode(filling, tree, child, seen, featureCount, leafWidth);
      side[here] = added;
      if (added >= 0) open.push([added, child]);
    }
  }
  return root;
}

function addNode(
  filling: Filling,
  tree: TreeLists,
  there: number,
  seen: Uint8Array,
  featureCount: number,
  leafWidth: number,
): number {
  if (!(Number.isInteger(there) && there >= 0 && there < tree.size)) {
    throw damagedAt(tree.node, `has no node ${there}, to which another leads`);
  }
  if (seen[there] === 1) throw damagedAt(tree.node, `leads to its node ${there} twice`);
  seen[there] = 1;
  return tree.left[there] === -1
    ? addLeaf(filling, tree, there, leafWidth)
    : addSplit(filling, tree, there, featureCount);
}

function addLeaf(
  filling: Filling,
  { conditions, vectors, hessians }: TreeLists,
  there: number,
  leafWidth: number,
): number {
  const leaf = filling.leafCount++;
  const start = vectors === null ? there : vectors.ofLeaf(there);
  const values = vectors === null ? conditions : vectors.values;
  for (let k = 0; k < leafWidth; k++)
    filling.leafValues[leaf * leafWidth + k] = Math.fround(values[start + k]!);
  filling.leafCovers[leaf] = Math.fround(hessians?.[there] ?? 0);
  return ~leaf;
}

function addSplit(filling: Filling, tree: TreeLists, there: number, featureCount: number): number {
  const here = filling.nodeCount++;
  const feature = tree.features[there]!;
  if (!(Number.isInteger(feature) && feature >= 0 && feature < featureCount)) {
    throw damagedAt(tree.node, `splits on feature ${feature}, and the model has ${featureCount}`);
  }
  const set = tree.sets.get(there);
  const missingLeft = tree.defaultLeft[there] === 1 ? 1 : 0;
  filling.features[here] = feature;
  filling.rules[here] = set === undefined ? splitRule.less : splitRule.inSet;
  filling.defaultLeft[here] = set === undefined ? missingLeft : 1 - missingLeft;
  filling.thresholds[here] = set ?? Math.fround(tree.conditions[there]!);
  filling.nodeCovers[here] = Math.fround(tree.hessians?.[there] ?? 0);
  filling.gains[here] = Math.fround(tree.gains?.[there] ?? 0);
  return here;
}

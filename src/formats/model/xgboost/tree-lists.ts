import { childOf, countOf, type DocumentNode, damagedAt, itemsOf, numbersOf } from './document-node.ts';
import type { GrowingCategorySets } from './growing-category-sets.ts';

/** Lists of one tree, one entry per node of the file. */
export interface TreeLists {
  readonly node: DocumentNode;
  readonly size: number;
  readonly left: ArrayLike<number>;
  readonly right: ArrayLike<number>;
  readonly features: ArrayLike<number>;
  readonly conditions: ArrayLike<number>;
  readonly defaultLeft: ArrayLike<number>;
  /** Null where the file leaves them out (trees with vector leaves of XGBoost 2). */
  readonly hessians: ArrayLike<number> | null;
  readonly gains: ArrayLike<number> | null;
  /** Values per node when leaves hold vectors; `ofLeaf` says where those of a leaf begin. */
  readonly vectors: { readonly values: ArrayLike<number>; readonly ofLeaf: (node: number) => number } | null;
  /** Number of the category set of each categorical split. */
  readonly sets: ReadonlyMap<number, number>;
}

/**
 * Reads the lists of one tree.
 *
 * @param leafWidth values per leaf
 * @param sets      receives the sets of its categorical splits
 * @throws {FormatError} `corrupt-model` naming the tree and the list that is missing or of another length
 */
export function readTreeLists(node: DocumentNode, leafWidth: number, sets: GrowingCategorySets): TreeLists {
  const left = numbersOf(childOf(node, 'left_children'));
  const size = left.length;
  if (size === 0) throw damagedAt(node, 'has no nodes');
  const list = (key: string) => numbersOf(childOf(node, key), size);
  const optional = (key: string) => (childOf(node, key).value === undefined ? null : list(key));
  const right = list('right_children');
  return {
    node,
    size,
    left,
    right,
    features: list('split_indices'),
    conditions: list('split_conditions'),
    defaultLeft: list('default_left'),
    hessians: optional('sum_hessian'),
    gains: optional('loss_changes'),
    vectors: leafWidth === 1 ? null : readVectors(node, right, leafWidth),
    sets: readSets(node, optional('split_type'), sets),
  };
}

/**
 * Vector leaves. XGBoost 2 and 3.0 keep a vector per node in base_weights; later versions keep those of the leaves in
 * leaf_weights, and the number of the leaf in its right child.
 */
function readVectors(
  node: DocumentNode,
  right: ArrayLike<number>,
  leafWidth: number,
): NonNullable<TreeLists['vectors']> {
  const ofLeaves = childOf(node, 'leaf_weights');
  if (ofLeaves.value === undefined) {
    const values = numbersOf(childOf(node, 'base_weights'), right.length * leafWidth);
    return { values, ofLeaf: (leaf) => leaf * leafWidth };
  }
  const values = numbersOf(ofLeaves);
  return {
    values,
    ofLeaf: (leaf) => {
      const start = right[leaf]! * leafWidth;
      if (!(start >= 0 && start + leafWidth <= values.length))
        throw damagedAt(ofLeaves, `lacks leaf ${leaf}`);
      return start;
    },
  };
}

/** Numbers of the category sets by the node that splits on them; a categorical split that lists nothing has an empty one. */
function readSets(
  node: DocumentNode,
  types: ArrayLike<number> | null,
  sets: GrowingCategorySets,
): ReadonlyMap<number, number> {
  const found = new Map<number, number>();
  if (types === null) return found;
  const listed = childOf(node, 'categories_nodes');
  const nodes = listed.value === undefined ? [] : numbersOf(listed);
  if (nodes.length > 0) {
    const categories = childOf(node, 'categories');
    const all = numbersOf(categories);
    const starts = numbersOf(childOf(node, 'categories_segments'), nodes.length);
    const sizes = numbersOf(childOf(node, 'categories_sizes'), nodes.length);
    for (let i = 0; i < nodes.length; i++) {
      const [start, size] = [starts[i]!, sizes[i]!];
      if (!(start >= 0 && size >= 0 && start + size <= all.length && Number.isInteger(start + size))) {
        throw damagedAt(categories, `lacks those of node ${nodes[i]}`);
      }
      if (types[nodes[i]!] === 1) found.set(nodes[i]!, sets.add(all, start, size));
    }
  }
  for (let i = 0; i < types.length; i++)
    if (types[i] === 1 && !found.has(i)) found.set(i, sets.add([], 0, 0));
  return found;
}

/**
 * The trees in the order of their numbers, with the output that each adds to.
 *
 * @param model the document's `gradient_booster.model`
 * @throws {FormatError} `corrupt-model` when the numbers are not 0 to n - 1, or an output does not exist
 */
export function orderedTrees(
  model: DocumentNode,
  outputCount: number,
): { readonly trees: readonly DocumentNode[]; readonly outputs: Int32Array } {
  const list = childOf(model, 'trees');
  const items = itemsOf(list);
  if (items.length === 0) throw damagedAt(list, 'is empty: the model has no trees');
  const trees: DocumentNode[] = new Array(items.length);
  items.forEach((item, i) => {
    const id = countOf(childOf(item, 'id'), i);
    if (id >= items.length || trees[id] !== undefined)
      throw damagedAt(item, `has the number ${id}, which cannot be`);
    trees[id] = item;
  });
  const info = childOf(model, 'tree_info');
  const outputs = Int32Array.from(numbersOf(info, items.length));
  if (outputs.some((output) => output < 0 || output >= outputCount)) {
    throw damagedAt(info, `names an output beyond the ${outputCount} of the model`);
  }
  return { trees, outputs };
}

import type { TreeEnsemble } from '../../core/trees/tree-ensemble.ts';

/** The nodes of some trees, tree by tree, each tree's root first. */
export interface TreeNodes {
  /** Numbers of the ensemble. */
  readonly nodes: Int32Array;
  /** Per tree: its first node in `nodes`, one entry more than there are trees. */
  readonly firsts: Int32Array;
  /** Per node of the ensemble: its place within its tree. */
  readonly places: Int32Array;
  /** Nodes of the largest tree. */
  readonly most: number;
}

/** Lists the nodes of trees. O(nodes). */
export function treeNodes({ roots, left, right }: TreeEnsemble, trees: Int32Array): TreeNodes {
  const nodes: number[] = [];
  const firsts = new Int32Array(trees.length + 1);
  const places = new Int32Array(left.length).fill(-1);
  let most = 0;
  for (const [i, tree] of trees.entries()) {
    const first = nodes.length;
    if (roots[tree]! >= 0) nodes.push(roots[tree]!);
    for (let at = first; at < nodes.length; at++) {
      places[nodes[at]!] = at - first;
      for (const child of [left[nodes[at]!]!, right[nodes[at]!]!]) if (child >= 0) nodes.push(child);
    }
    firsts[i + 1] = nodes.length;
    most = Math.max(most, nodes.length - first);
  }
  return { nodes: Int32Array.from(nodes), firsts, places, most };
}

import type { TreeEnsemble } from '../trees/tree-ensemble.ts';

/** A branch is written as one number: twice the node it leaves, plus 1 when it goes right. */
export interface TreeBranches {
  /** Per node and per leaf: the branch that leads to it, -1 at a root. */
  readonly branchToNode: Int32Array;
  readonly branchToLeaf: Int32Array;
}

/** The way up of all trees of an ensemble. O(nodes). */
export function branchesOf({ features, left, right, leafValues, leafWidth }: TreeEnsemble): TreeBranches {
  const branchToNode = new Int32Array(features.length).fill(-1);
  const branchToLeaf = new Int32Array(leafValues.length / leafWidth).fill(-1);
  for (let node = 0; node < features.length; node++) {
    for (const side of [0, 1]) {
      const child = (side === 0 ? left : right)[node]!;
      if (child >= 0) branchToNode[child] = 2 * node + side;
      else branchToLeaf[~child] = 2 * node + side;
    }
  }
  return { branchToNode, branchToLeaf };
}

/** What the division of trees into groups asks for. */
export interface TreeOutline extends TreeBranches {
  /** Per node: different features among the nodes above it. */
  readonly featuresAbove: Int32Array;
  /** Per node: nodes of its subtree, itself included. */
  readonly nodesBelow: Int32Array;
  /** Per node: most different features on the way from the root to a leaf of its subtree. */
  readonly mostFeatures: Int32Array;
}

/** Outline of all trees of an ensemble. O(nodes x depth). */
export function outlineTrees(ensemble: TreeEnsemble): TreeOutline {
  const { features, left, right } = ensemble;
  const nodeCount = features.length;
  const { branchToNode, branchToLeaf } = branchesOf(ensemble);
  const featuresAbove = new Int32Array(nodeCount);
  for (let node = 0; node < nodeCount; node++) {
    const branch = branchToNode[node]!;
    if (branch >= 0) featuresAbove[node] = featuresThrough(branch >> 1);
  }
  const nodesBelow = new Int32Array(nodeCount).fill(1);
  const mostFeatures = new Int32Array(nodeCount);
  for (let node = nodeCount - 1; node >= 0; node--) {
    for (const child of [left[node]!, right[node]!]) {
      if (child >= 0) nodesBelow[node]! += nodesBelow[child]!;
      const most = child >= 0 ? mostFeatures[child]! : featuresThrough(node);
      if (most > mostFeatures[node]!) mostFeatures[node] = most;
    }
  }
  return { branchToNode, branchToLeaf, featuresAbove, nodesBelow, mostFeatures };

  function featuresThrough(node: number): number {
    for (let branch = branchToNode[node]!; branch >= 0; branch = branchToNode[branch >> 1]!) {
      if (features[branch >> 1] === features[node]) return featuresAbove[node]!;
    }
    return featuresAbove[node]! + 1;
  }
}

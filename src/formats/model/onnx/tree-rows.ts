import { goesLeft } from '../../../core/trees/evaluate-trees.ts';
import { splitRule, type TreeEnsemble } from '../../../core/trees/tree-ensemble.ts';

/** The lists `nodes_*` of a tree operator, one entry per node or leaf, the root of each tree first. */
export interface TreeRows {
  readonly treeIds: number[];
  /** From 0 within each tree. */
  readonly nodeIds: number[];
  readonly features: number[];
  readonly modes: string[];
  readonly thresholds: number[];
  readonly tracksTrue: number[];
  readonly whenTrue: number[];
  readonly whenFalse: number[];
  /** Per leaf: its tree, its node id, and its number in the ensemble. */
  readonly leaves: { readonly tree: number; readonly node: number; readonly leaf: number }[];
}

/**
 * Lists the trees of an ensemble as ONNX writes them, for inputs of float32.
 *
 * Thresholds are moved to the float32 that gives every float32 value the same answer: x <= t is x <= (largest float32 not
 * above t), x < t is x < (smallest float32 not below t). A category set is a chain of `x == category` nodes whose true
 * branches are one node. NaN is tracked to the side to which the ensemble sends it.
 * O(nodes + categories).
 */
export function treeRows(ensemble: TreeEnsemble): TreeRows {
  const rows: TreeRows = {
    treeIds: [],
    nodeIds: [],
    features: [],
    modes: [],
    thresholds: [],
    tracksTrue: [],
    whenTrue: [],
    whenFalse: [],
    leaves: [],
  };
  ensemble.roots.forEach((root, tree) => {
    const first = rows.treeIds.length;
    /** Children still to be listed, with the lists and rows that wait for their ids. */
    const open: { child: number; into: number[]; from: number; to: number }[] = [];
    open.push({ child: root, into: [], from: 0, to: 0 });
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      const id = rows.treeIds.length - first;
      next.into.fill(id, next.from, next.to);
      if (next.child < 0) {
        rows.leaves.push({ tree, node: id, leaf: ~next.child });
        addRow(rows, tree, first, { mode: 'LEAF', threshold: 0, feature: 0, tracks: 0 });
        continue;
      }
      const start = rows.treeIds.length;
      addNode(rows, ensemble, next.child, tree, first);
      const end = rows.treeIds.length;
      open.push({ child: ensemble.right[next.child]!, into: rows.whenFalse, from: end - 1, to: end });
      open.push({ child: ensemble.left[next.child]!, into: rows.whenTrue, from: start, to: end });
    }
  });
  return rows;
}

interface Row {
  readonly mode: string;
  readonly threshold: number;
  readonly feature: number;
  readonly tracks: number;
}

function addRow(
  rows: TreeRows,
  tree: number,
  first: number,
  { mode, threshold, feature, tracks }: Row,
): void {
  rows.nodeIds.push(rows.treeIds.length - first);
  rows.treeIds.push(tree);
  rows.features.push(feature);
  rows.modes.push(mode);
  rows.thresholds.push(threshold);
  rows.tracksTrue.push(tracks);
  rows.whenTrue.push(0);
  rows.whenFalse.push(0);
}

/** One row, or one per category; within a chain the false branch is the next row. */
function addNode(rows: TreeRows, ensemble: TreeEnsemble, node: number, tree: number, first: number): void {
  const feature = ensemble.features[node]!;
  const tracks = goesLeft(ensemble, node, Number.NaN) ? 1 : 0;
  const threshold = ensemble.thresholds[node]!;
  const add = (mode: string, value: number) =>
    addRow(rows, tree, first, { mode, threshold: value, feature, tracks });
  switch (ensemble.rules[node]) {
    case splitRule.lessOrEqual:
      add('BRANCH_LEQ', float32Below(threshold));
      return;
    case splitRule.less:
      add('BRANCH_LT', -float32Below(-threshold));
      return;
    case splitRule.equal:
      // No float32 equals a threshold that is none, and nothing equals NaN.
      add('BRANCH_EQ', Math.fround(threshold) === threshold ? threshold : Number.NaN);
      return;
    default: {
      const members = membersOf(ensemble, threshold);
      members.forEach((category, i) => {
        add('BRANCH_EQ', category);
        const row = rows.whenFalse.length - 1;
        if (i + 1 < members.length) rows.whenFalse[row] = rows.nodeIds[row]! + 1;
      });
      if (members.length === 0) add('BRANCH_EQ', Number.NaN);
    }
  }
}

/** The categories of a set, ascending. */
function membersOf({ categorySets }: TreeEnsemble, set: number): number[] {
  const { boundaries, words } = categorySets;
  const members: number[] = [];
  const start = boundaries[set]!;
  for (let word = start; word < boundaries[set + 1]!; word++) {
    for (let bit = 0; bit < 32; bit++) {
      if (((words[word]! >>> bit) & 1) === 1) members.push((word - start) * 32 + bit);
    }
  }
  return members;
}

/** The largest float32 that is not above x; NaN for NaN. */
export function float32Below(x: number): number {
  const nearest = Math.fround(x);
  if (!(nearest > x)) return nearest;
  return float32Neighbour(nearest);
}

const scratch = new DataView(new ArrayBuffer(4));

/** The float32 just below a float32 that is not -Infinity. */
function float32Neighbour(x: number): number {
  scratch.setFloat32(0, x);
  const bits = scratch.getInt32(0);
  if (x === 0) return -1.401298464324817e-45;
  scratch.setInt32(0, x > 0 ? bits - 1 : bits + 1);
  return scratch.getFloat32(0);
}

import type { TreeEnsemble } from '../trees/tree-ensemble.ts';
import { withoutImplied } from './implied-branches.ts';
import { MAX_BITS, PACKED_BITS } from './pattern-groups.ts';
import type { TreeOutline } from './tree-outline.ts';

/** A group of leaves of one tree while groups are still being merged. */
export interface DraftGroup {
  /**
   * Its conditions, ascending. Below the number of nodes: that the row goes left at the node (a condition and its
   * opposite are one bit); from there on: a box of {@link ConditionBoxes}.
   */
  readonly bits: readonly number[];
  /** Columns that its leaves contribute to, ascending. */
  readonly columns: readonly number[];
  /** Leaves, from left to right within each subtree. */
  readonly leaves: readonly number[];
}

/** Conditions of several branches at once, each kept once and numbered from `firstBit`. */
export class ConditionBoxes {
  readonly firstBit: number;
  readonly #boxes: (readonly number[])[] = [];
  readonly #known = new Map<string, number>();

  /** @param nodeCount nodes of the ensemble: the numbers below are those of single nodes */
  constructor(nodeCount: number) {
    this.firstBit = nodeCount;
  }

  /** The number of the condition that a row takes all of the branches, at least one. */
  bitOf(branches: readonly number[]): number {
    if (branches.length === 1) return branches[0]! >> 1;
    const sorted = branches.toSorted((a, b) => a - b);
    const key = sorted.join();
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const bit = this.firstBit + this.#boxes.length;
    this.#known.set(key, bit);
    this.#boxes.push(sorted);
    return bit;
  }

  /** The branches that all have to be taken for a bit to hold. */
  branchesOf(bit: number): readonly number[] {
    return bit < this.firstBit ? [2 * bit] : this.#boxes[bit - this.firstBit]!;
  }
}

/**
 * Splits a tree from the top into subtrees of few conditions: one per different feature above the subtree, one per node
 * in it. A subtree is a group when they are at most {@link PACKED_BITS}, when it is a leaf, or when it is a pair of
 * leaves.
 *
 * @param root root node, or ~leaf
 * @returns groups from left to right; each leaf of the tree is in one
 */
export function draftGroups(
  ensemble: TreeEnsemble,
  outline: TreeOutline,
  boxes: ConditionBoxes,
  columnOf: Int32Array,
  root: number,
): DraftGroup[] {
  const { left, right } = ensemble;
  const drafts: DraftGroup[] = [];
  const open = [root];
  for (let top = open.pop(); top !== undefined; top = open.pop()) {
    if (isDraft(outline, top)) drafts.push(draftOf(top));
    else open.push(right[top]!, left[top]!);
  }
  return drafts;

  function draftOf(top: number): DraftGroup {
    const { nodes, leaves } = subtreeOf(ensemble, top);
    const byFeature = branchesAbove(ensemble, outline, top);
    const bits = nodes.slice();
    for (const branches of byFeature.values()) bits.push(boxes.bitOf(withoutImplied(ensemble, branches)));
    const columns = new Set<number>();
    for (const feature of byFeature.keys()) columns.add(columnOf[feature]!);
    for (const node of nodes) columns.add(columnOf[ensemble.features[node]!]!);
    return { bits: ascending(bits), columns: ascending([...columns]), leaves };
  }
}

/** Whether the subtree of a node, or a ~leaf, is a group of {@link draftGroups} when nothing above it is. */
export function isDraft(outline: TreeOutline, top: number): boolean {
  if (top < 0) return true;
  const bitCount = outline.featuresAbove[top]! + outline.nodesBelow[top]!;
  if (bitCount <= PACKED_BITS) return true;
  return outline.nodesBelow[top] === 1 && bitCount <= MAX_BITS;
}

/** Branches on the way from the root to a node or ~leaf, by the feature of their node; the nearest first. */
function branchesAbove(ensemble: TreeEnsemble, outline: TreeOutline, top: number): Map<number, number[]> {
  const { branchToNode, branchToLeaf } = outline;
  const byFeature = new Map<number, number[]>();
  let branch = top >= 0 ? branchToNode[top]! : branchToLeaf[~top]!;
  for (; branch >= 0; branch = branchToNode[branch >> 1]!) {
    const feature = ensemble.features[branch >> 1]!;
    const branches = byFeature.get(feature);
    if (branches === undefined) byFeature.set(feature, [branch]);
    else branches.push(branch);
  }
  return byFeature;
}

function subtreeOf({ left, right }: TreeEnsemble, top: number): { nodes: number[]; leaves: number[] } {
  const nodes: number[] = [];
  const leaves: number[] = [];
  const open = [top];
  for (let item = open.pop(); item !== undefined; item = open.pop()) {
    if (item < 0) leaves.push(~item);
    else {
      nodes.push(item);
      open.push(right[item]!, left[item]!);
    }
  }
  return { nodes, leaves };
}

function ascending(numbers: number[]): number[] {
  return numbers.sort((a, b) => a - b);
}

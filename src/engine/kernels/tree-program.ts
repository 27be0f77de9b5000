import type { TreeEnsemble } from '../../core/trees/tree-ensemble.ts';

/**
 * All trees as the kernel runs them. A small tree is a list of steps from its leaves to its root: for every row, a step
 * makes its target slot what the left or the right side found, and the last step leaves each row's leaf in slot 0. A
 * tree with more leaves than a byte can number is walked from its root.
 */
export interface TreePrograms {
  /** Per tree: first of its steps (walked: of its nodes); one entry more than there are trees. */
  readonly stepOffsets: readonly number[];
  /** Per tree: first of its leaves; one entry more than there are trees. */
  readonly leafOffsets: readonly number[];
  readonly isWalked: readonly boolean[];
  /** Per step: its node. Walked: the nodes, each level from left to right. */
  readonly nodes: readonly number[];
  /**
   * Per step: bit 0 left is a leaf, bit 1 right is a leaf, from bit 2 the target slot, from bit 8 left and from bit 16
   * right: each a slot, or a leaf's number within the tree. Walked: 0.
   */
  readonly codes: readonly number[];
  /** Leaves of the ensemble in the order of their numbers within the tree. Walked: each level from left to right. */
  readonly leaves: readonly number[];
  readonly slotCount: number;
}

interface GrowingPrograms extends TreePrograms {
  readonly stepOffsets: number[];
  readonly leafOffsets: number[];
  readonly isWalked: boolean[];
  readonly nodes: number[];
  readonly codes: number[];
  readonly leaves: number[];
  slotCount: number;
}

/** Leaf numbers of a tree that is not walked are bytes. */
const MAX_CHOSEN_LEAVES = 256;

/**
 * Plans every tree. Of a node's sides the one that needs more slots goes first (Sethi and Ullman, 1970), so that a tree
 * of L leaves takes at most 1 + log2(L) slots. O(nodes).
 */
export function planTrees(ensemble: TreeEnsemble): TreePrograms {
  const lists = { nodes: [], codes: [], leaves: [] };
  const programs: GrowingPrograms = {
    ...{ stepOffsets: [0], leafOffsets: [0], isWalked: [], slotCount: 1 },
    ...lists,
  };
  const needs = new Uint8Array(ensemble.features.length);
  for (const root of ensemble.roots) {
    const nodes = levelOrder(ensemble, root);
    const isWalked = nodes.length >= MAX_CHOSEN_LEAVES;
    if (root < 0) programs.leaves.push(~root);
    else if (isWalked) addWalk(ensemble, nodes, programs);
    else addSteps(ensemble, nodes, needs, programs);
    programs.isWalked.push(isWalked);
    programs.stepOffsets.push(programs.nodes.length);
    programs.leafOffsets.push(programs.leaves.length);
  }
  return programs;
}

/** The nodes of a tree, parents first. */
function levelOrder({ left, right }: TreeEnsemble, root: number): number[] {
  const nodes = root < 0 ? [] : [root];
  for (let at = 0; at < nodes.length; at++) {
    const node = nodes[at]!;
    if (left[node]! >= 0) nodes.push(left[node]!);
    if (right[node]! >= 0) nodes.push(right[node]!);
  }
  return nodes;
}

function addWalk({ left, right }: TreeEnsemble, nodes: readonly number[], into: GrowingPrograms): void {
  for (const node of nodes) {
    into.nodes.push(node);
    into.codes.push(0);
    if (left[node]! < 0) into.leaves.push(~left[node]!);
    if (right[node]! < 0) into.leaves.push(~right[node]!);
  }
}

interface Frame {
  readonly node: number;
  readonly slot: number;
  readonly areSidesDone: boolean;
}

/** Slots that each of the nodes needs. Its sides' come first: the nodes lie parents first. */
function countSlots({ left, right }: TreeEnsemble, nodes: readonly number[], needs: Uint8Array): void {
  for (let at = nodes.length - 1; at >= 0; at--) {
    const node = nodes[at]!;
    const a = slotsOf(needs, left[node]!);
    const b = slotsOf(needs, right[node]!);
    needs[node] = a === b ? a + 1 : Math.max(a, b);
  }
}

function slotsOf(needs: Uint8Array, side: number): number {
  return side < 0 ? 0 : needs[side]!;
}

function addSteps(
  ensemble: TreeEnsemble,
  nodes: readonly number[],
  needs: Uint8Array,
  into: GrowingPrograms,
): void {
  const { left, right } = ensemble;
  countSlots(ensemble, nodes, needs);
  into.slotCount = Math.max(into.slotCount, needs[nodes[0]!]!);
  const firstLeaf = into.leaves.length;
  const frames: Frame[] = [{ node: nodes[0]!, slot: 0, areSidesDone: false }];
  for (let frame = frames.pop(); frame !== undefined; frame = frames.pop()) {
    const { node, slot } = frame;
    const a = left[node]!;
    const b = right[node]!;
    const isLeftFirst = slotsOf(needs, a) >= slotsOf(needs, b);
    // The side that comes second leaves the first one's slot alone.
    const second = a < 0 || b < 0 ? slot : slot + 1;
    const leftSlot = isLeftFirst ? slot : second;
    const rightSlot = isLeftFirst ? second : slot;
    if (frame.areSidesDone) {
      into.nodes.push(node);
      const operandA = a < 0 ? into.leaves.push(~a) - 1 - firstLeaf : leftSlot;
      const operandB = b < 0 ? into.leaves.push(~b) - 1 - firstLeaf : rightSlot;
      const flags = Number(a < 0) | (Number(b < 0) << 1);
      into.codes.push(flags | (slot << 2) | (operandA << 8) | (operandB << 16));
      continue;
    }
    frames.push({ node, slot, areSidesDone: true });
    const sides = isLeftFirst ? [b, rightSlot, a, leftSlot] : [a, leftSlot, b, rightSlot];
    // The last one pushed comes first.
    if (sides[0]! >= 0) frames.push({ node: sides[0]!, slot: sides[1]!, areSidesDone: false });
    if (sides[2]! >= 0) frames.push({ node: sides[2]!, slot: sides[3]!, areSidesDone: false });
  }
}

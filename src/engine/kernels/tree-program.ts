import type { TreeEnsemble } from '../../core/trees/tree-ensemble.ts';

/** A step of a tree: for every row, `target` becomes what the left or the right side found. */
export interface ProgramStep {
  readonly node: number;
  readonly target: number;
  /** A slot; or, where the side is a leaf, the leaf's number within the tree. */
  readonly left: number;
  readonly right: number;
  readonly leftIsLeaf: boolean;
  readonly rightIsLeaf: boolean;
}

/** A tree as steps from its leaves to its root: the last one leaves each row's leaf in slot 0. */
export interface TreeProgram {
  readonly steps: readonly ProgramStep[];
  /** Leaves of the ensemble by their number within the tree. */
  readonly leaves: Int32Array;
  readonly slotCount: number;
}

/** Leaf numbers within a tree are bytes. */
export const MAX_LEAVES = 256;

interface Frame {
  readonly node: number;
  readonly slot: number;
  readonly isDone: boolean;
}

/**
 * The steps of one tree. The side that needs more slots goes first (Sethi and Ullman, 1970), so that a tree of L leaves
 * takes at most 1 + log2(L) slots.
 *
 * @returns null when the tree has more than {@link MAX_LEAVES} leaves
 */
export function planTree(ensemble: TreeEnsemble, tree: number): TreeProgram | null {
  const root = ensemble.roots[tree]!;
  if (root < 0) return { steps: [], leaves: Int32Array.of(~root), slotCount: 1 };
  const needs = slotNeeds(ensemble, root);
  if (needs === null) return null;
  const leaves: number[] = [];
  const steps: ProgramStep[] = [];
  const frames: Frame[] = [{ node: root, slot: 0, isDone: false }];
  for (let frame = frames.pop(); frame !== undefined; frame = frames.pop()) {
    if (frame.isDone) steps.push(stepOf(ensemble, frame, needs, leaves));
    else {
      frames.push({ ...frame, isDone: true });
      const slots = sideSlots(ensemble, frame, needs);
      // The last frame pushed is done first: the side that takes the node's own slot.
      slots.sort((a, b) => b.slot - a.slot);
      for (const { node, slot } of slots) frames.push({ node, slot, isDone: false });
    }
  }
  return { steps, leaves: Int32Array.from(leaves), slotCount: needs.get(root)! };
}

/** Slots that each node of the tree needs. */
function slotNeeds(ensemble: TreeEnsemble, root: number): Map<number, number> | null {
  const { left, right } = ensemble;
  const nodes = [root];
  for (let at = 0; at < nodes.length; at++) {
    if (nodes.length >= MAX_LEAVES) return null;
    for (const child of [left[nodes[at]!]!, right[nodes[at]!]!]) if (child >= 0) nodes.push(child);
  }
  const needs = new Map<number, number>();
  for (const node of nodes.reverse()) {
    const a = needs.get(left[node]!) ?? 0;
    const b = needs.get(right[node]!) ?? 0;
    needs.set(node, a === b ? a + 1 : Math.max(a, b));
  }
  return needs;
}

/** The sides of a node that are nodes, with the slot that each fills. */
function sideSlots(
  ensemble: TreeEnsemble,
  { node, slot }: { readonly node: number; readonly slot: number },
  needs: ReadonlyMap<number, number>,
): { node: number; slot: number }[] {
  const left = ensemble.left[node]!;
  const right = ensemble.right[node]!;
  if (left < 0 || right < 0)
    return [left, right].filter((side) => side >= 0).map((side) => ({ node: side, slot }));
  const isLeftFirst = needs.get(left)! >= needs.get(right)!;
  return [
    { node: left, slot: isLeftFirst ? slot : slot + 1 },
    { node: right, slot: isLeftFirst ? slot + 1 : slot },
  ];
}

function stepOf(
  ensemble: TreeEnsemble,
  frame: Frame,
  needs: ReadonlyMap<number, number>,
  leaves: number[],
): ProgramStep {
  const left = ensemble.left[frame.node]!;
  const right = ensemble.right[frame.node]!;
  const slots = sideSlots(ensemble, frame, needs);
  const operand = (side: number, position: number) =>
    side < 0 ? leaves.push(~side) - 1 : slots[position]!.slot;
  return {
    node: frame.node,
    target: frame.slot,
    left: operand(left, 0),
    right: operand(right, slots.length - 1),
    leftIsLeaf: left < 0,
    rightIsLeaf: right < 0,
  };
}

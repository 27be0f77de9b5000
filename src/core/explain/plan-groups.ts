import type { TreeEnsemble } from '../trees/tree-ensemble.ts';
import { ConditionBoxes, type DraftGroup, draftGroups } from './draft-groups.ts';
import { GrowingInts } from './growing-ints.ts';
import { packGroups } from './pack-groups.ts';
import { MAX_BITS, type PatternGroups } from './pattern-groups.ts';
import { outlineTrees, type TreeOutline } from './tree-outline.ts';

/**
 * Divides the leaves that add to one output into groups that can be tabulated: each tree is split from the top into
 * subtrees of few conditions, and subtrees of one tree are merged while the conditions and columns stay few.
 *
 * Conditions that others on the same path imply are left out of a group's bits; a condition and its opposite share one.
 *
 * @param output      the margin that is explained, from 0; trees of other outputs are left out
 * @param columnOf    per feature of the ensemble, the column it contributes to, below `columnCount`
 * @param columnCount columns that contributions are added to
 * @returns every leaf of the output's trees in exactly one group, but for trees with a path of more than
 *   {@link MAX_BITS} different features, which are listed apart. An ensemble without trees gives no groups.
 * O(nodes x depth).
 */
export function planGroups(
  ensemble: TreeEnsemble,
  output: number,
  columnOf: Int32Array,
  columnCount: number,
): PatternGroups {
  const outline = outlineTrees(ensemble);
  const writer = new GroupWriter(ensemble, outline, columnOf, columnCount);
  const longTrees: number[] = [];
  for (let tree = 0; tree < ensemble.roots.length; tree++) {
    if (ensemble.leafWidth === 1 && ensemble.treeOutputs[tree] !== output) continue;
    const root = ensemble.roots[tree]!;
    if (root >= 0 && outline.mostFeatures[root]! > MAX_BITS) {
      longTrees.push(tree);
      continue;
    }
    const boxes = new ConditionBoxes(ensemble.features.length);
    writer.addTree(tree, boxes, packGroups(draftGroups(ensemble, outline, boxes, columnOf, root)));
  }
  return writer.close(Int32Array.from(longTrees));
}

/** Writes groups into the arrays of {@link PatternGroups}. */
class GroupWriter {
  readonly #ensemble: TreeEnsemble;
  readonly #outline: TreeOutline;
  readonly #columnOf: Int32Array;
  /** Per node: 0, or 1 plus the side that the current leaf's path leaves it on. */
  readonly #sideOf: Uint8Array;
  /** Per feature: the term of the current leaf, -1 without one; per column: its slot in the current group. */
  readonly #termOf: Int32Array;
  readonly #slotOf: Int32Array;
  readonly #trees = new GrowingInts();
  readonly #treeGroups = new GrowingInts();
  readonly #bitCounts = new GrowingInts();
  readonly #groupOps = new GrowingInts();
  readonly #opNodes = new GrowingInts();
  readonly #opInverted = new GrowingInts();
  readonly #opBits = new GrowingInts();
  readonly #groupSlots = new GrowingInts();
  readonly #slotColumns = new GrowingInts();
  readonly #groupLeaves = new GrowingInts();
  readonly #leaves = new GrowingInts();
  readonly #leafTerms = new GrowingInts();
  readonly #termFeatures = new GrowingInts();
  readonly #termSlots = new GrowingInts();
  readonly #termRequired = new GrowingInts();
  readonly #termValues = new GrowingInts();

  constructor(ensemble: TreeEnsemble, outline: TreeOutline, columnOf: Int32Array, columnCount: number) {
    this.#ensemble = ensemble;
    this.#outline = outline;
    this.#columnOf = columnOf;
    this.#sideOf = new Uint8Array(ensemble.features.length);
    this.#termOf = new Int32Array(ensemble.featureCount).fill(-1);
    this.#slotOf = new Int32Array(columnCount);
  }

  addTree(tree: number, boxes: ConditionBoxes, groups: readonly DraftGroup[]): void {
    this.#trees.push(tree);
    this.#treeGroups.push(this.#bitCounts.length);
    for (const group of groups) this.#addGroup(boxes, group);
  }

  close(longTrees: Int32Array): PatternGroups {
    this.#treeGroups.push(this.#bitCounts.length);
    this.#openGroup();
    this.#leafTerms.push(this.#termFeatures.length);
    return {
      trees: this.#trees.toArray(),
      longTrees,
      treeGroups: this.#treeGroups.toArray(),
      bitCounts: Uint8Array.from(this.#bitCounts.toArray()),
      groupOps: this.#groupOps.toArray(),
      opNodes: this.#opNodes.toArray(),
      opInverted: Uint8Array.from(this.#opInverted.toArray()),
      opBits: Uint8Array.from(this.#opBits.toArray()),
      groupSlots: this.#groupSlots.toArray(),
      slotColumns: this.#slotColumns.toArray(),
      groupLeaves: this.#groupLeaves.toArray(),
      leaves: this.#leaves.toArray(),
      leafTerms: this.#leafTerms.toArray(),
      termFeatures: this.#termFeatures.toArray(),
      termSlots: Uint8Array.from(this.#termSlots.toArray()),
      termRequired: Uint16Array.from(this.#termRequired.toArray()),
      termValues: Uint16Array.from(this.#termValues.toArray()),
    };
  }

  #openGroup(): void {
    this.#groupOps.push(this.#opNodes.length);
    this.#groupSlots.push(this.#slotColumns.length);
    this.#groupLeaves.push(this.#leaves.length);
  }

  #addGroup(boxes: ConditionBoxes, { bits, columns, leaves }: DraftGroup): void {
    this.#openGroup();
    this.#bitCounts.push(bits.length);
    const conditions = bits.map((bit) => boxes.branchesOf(bit));
    for (const [bit, branches] of conditions.entries()) {
      for (const branch of branches) {
        this.#opNodes.push(branch >> 1);
        this.#opInverted.push(branch & 1);
        this.#opBits.push(bit);
      }
    }
    for (const [slot, column] of columns.entries()) {
      this.#slotOf[column] = slot;
      this.#slotColumns.push(column);
    }
    for (const leaf of leaves) this.#addLeaf(leaf, conditions);
  }

  #addLeaf(leaf: number, conditions: readonly (readonly number[])[]): void {
    const { features } = this.#ensemble;
    const { branchToNode, branchToLeaf } = this.#outline;
    this.#leaves.push(leaf);
    this.#leafTerms.push(this.#termFeatures.length);
    const terms: Term[] = [];
    const path: number[] = [];
    for (let branch = branchToLeaf[leaf]!; branch >= 0; branch = branchToNode[branch >> 1]!) {
      path.push(branch);
      this.#sideOf[branch >> 1] = 1 + (branch & 1);
      const feature = features[branch >> 1]!;
      if (this.#termOf[feature]! >= 0) continue;
      this.#termOf[feature] = terms.length;
      terms.push({ feature, required: 0, values: 0 });
    }
    for (const [bit, branches] of conditions.entries()) this.#require(terms, bit, branches);
    for (const branch of path) {
      this.#sideOf[branch >> 1] = 0;
      this.#termOf[features[branch >> 1]!] = -1;
    }
    for (const { feature, required, values } of terms) {
      this.#termFeatures.push(feature);
      this.#termSlots.push(this.#slotOf[this.#columnOf[feature]!]!);
      this.#termRequired.push(required);
      this.#termValues.push(values);
    }
  }

  /**
   * A leaf below the node of a single condition needs it, or its opposite. Of several conditions the leaf can say nothing
   * unless its path takes them all: one that fails may be another leaf's.
   */
  #require(terms: readonly Term[], bit: number, branches: readonly number[]): void {
    const first = branches[0]! >> 1;
    const side = this.#sideOf[first]!;
    if (side === 0) return;
    const isTaken = branches.every((branch) => this.#sideOf[branch >> 1] === 1 + (branch & 1));
    if (branches.length > 1 && !isTaken) return;
    const term = terms[this.#termOf[this.#ensemble.features[first]!]!]!;
    term.required |= 1 << bit;
    if (isTaken) term.values |= 1 << bit;
  }
}

interface Term {
  readonly feature: number;
  required: number;
  values: number;
}

/**
 * Groups of leaves whose contributions depend on few conditions, so that they can be tabulated: each row then costs one
 * table row per group (docs/methods.md, "SHAP of trees").
 */

/** Conditions of a group that was merged from others; the index of its table is one byte. */
export const PACKED_BITS = 8;

/** Conditions a group may have at most, and features a path may have to be tabulated. Longer paths go by quadrature. */
export const MAX_BITS = 14;

/** Slots of a group at most: columns that its leaves contribute to. */
export const MAX_SLOTS = 14;

/**
 * Structure of arrays; groups, operations, slots, leaves and terms are numbered through all tabulated trees, and the
 * entry after the last one closes every list of firsts.
 *
 * A pattern of a group is one bit per condition; the condition holds when all operations of its bit hold: the row goes
 * left (`opInverted` 0) or right (1) at the operation's node. A leaf of the group has one term per feature on its path.
 * Term j of the leaf is met by pattern p when `(p & termRequired[j]) === termValues[j]`, which says that the row passes
 * every split of the path on that feature.
 */
export interface PatternGroups {
  /** Tabulated trees, ascending, and the trees that are not, because a path has more than {@link MAX_BITS} features. */
  readonly trees: Int32Array;
  readonly longTrees: Int32Array;
  /** Per tabulated tree: its first group. */
  readonly treeGroups: Int32Array;
  /** Per group: number of bits, 0 to {@link MAX_BITS}. */
  readonly bitCounts: Uint8Array;
  /** Per group: its first operation; operations of one bit lie together, bits ascending. */
  readonly groupOps: Int32Array;
  readonly opNodes: Int32Array;
  readonly opInverted: Uint8Array;
  readonly opBits: Uint8Array;
  /** Per group: its first slot; the columns of a group's slots are different. */
  readonly groupSlots: Int32Array;
  readonly slotColumns: Int32Array;
  /** Per group: its first leaf entry. */
  readonly groupLeaves: Int32Array;
  /** Per leaf entry: number of the leaf in the ensemble. */
  readonly leaves: Int32Array;
  /** Per leaf entry: its first term. */
  readonly leafTerms: Int32Array;
  /** Per term: the feature, the slot within its group, the bits to compare and what they must be. */
  readonly termFeatures: Int32Array;
  readonly termSlots: Uint8Array;
  readonly termRequired: Uint16Array;
  readonly termValues: Uint16Array;
}

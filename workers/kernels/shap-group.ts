// AssemblyScript. Layout of a block of groups, written by src/engine/shap/block-image.ts.

/** A run of groups of one tree. */
export const SEGMENT_BYTES: usize = 16;
export const SEGMENT_NODES: usize = 0;
export const NODE_COUNT: usize = 4;
export const SEGMENT_GROUPS: usize = 8;
export const GROUP_COUNT: usize = 12;

export const GROUP_BYTES: usize = 40;
export const TABLE: usize = 0;
export const GROUP_BITS: usize = 4;
/** Numbers of one pattern in the table: the slots, rounded up to an even count. */
export const WIDTH: usize = 5;
/** Slots of columns, which are fewer than `WIDTH` in a table of pairs. */
export const COLUMN_SLOTS: usize = 6;
export const OPS: usize = 8;
export const LOW_SINGLES: usize = 12;
export const LOW_BOXES: usize = 14;
export const HIGH_SINGLES: usize = 16;
export const HIGH_BOXES: usize = 18;
export const LOW_FLIP: usize = 20;
export const HIGH_FLIP: usize = 21;
/** Per number of a pattern: where the sums of its column begin. */
export const SUMS: usize = 24;
export const LEAVES: usize = 28;
export const LEAF_COUNT: usize = 32;

export const LEAF_BYTES: usize = 16;
export const VALUE: usize = 0;
export const TERMS: usize = 8;
export const TERM_COUNT: usize = 12;

export const TERM_BYTES: usize = 16;
export const SHARE: usize = 0;
export const REQUIRED: usize = 8;
export const EXPECTED: usize = 10;
export const SLOT: usize = 12;

import type { TreeEnsemble } from '../../core/trees/tree-ensemble.ts';
import type { BinPlan } from './bin-columns.ts';
import { Arena, type BinPlaces, BLOCK_ROWS, placeBins } from './bin-rows.ts';
import type { TreePrograms } from './tree-program.ts';

const CHUNK_BLOCKS = 8;
/** Rows that are binned at once. */
export const CHUNK_ROWS = BLOCK_ROWS * CHUNK_BLOCKS;

/** The place of a walk names its column in 15 bits. */
export const MAX_WALKED_COLUMNS = 32_767;

export const STEP_BYTES = 12;
export const TREE_BYTES = 20;
/** Of a node or a leaf of a tree that is walked; and of the record of a node with a set. */
export const PLACE_BYTES = 8;
/** Of the number of a place's leaf. */
const NAME_BYTES = 4;

/** Where everything lies in linear memory. Addresses and sizes in bytes, aligned to 16. */
export interface KernelLayout {
  readonly size: number;
  readonly binPlaces: BinPlaces;
  readonly sets: readonly number[];
  /** Per tree: its steps; of a tree that is walked, its places. */
  readonly steps: readonly number[];
  /** Per tree that is walked: the leaf numbers of its places. */
  readonly names: readonly number[];
  /** Records of nodes with sets in trees that are walked. */
  readonly records: number;
  readonly leaves: readonly number[];
  readonly trees: number;
  readonly slots: number;
  readonly scratch: number;
  /** Leaf numbers of a block, after a walk. */
  readonly numbers: number;
  /** Feature values of a chunk, float64. */
  readonly values: number;
  readonly bins: number;
  /** Sums of a chunk: per block, per output, 256 numbers. */
  readonly sums: number;
}

/** Bytes of a sum and of a leaf's value. */
function sumBytes({ sums }: TreeEnsemble): number {
  return sums === 'float64' ? 8 : 4;
}

/** Lays an ensemble and the room to work in out. Sizes may exceed what memory can be had. */
export function layOut(ensemble: TreeEnsemble, plan: BinPlan, programs: TreePrograms): KernelLayout {
  const arena = new Arena();
  const trees = [...programs.isWalked.keys()];
  const countOf = (offsets: readonly number[], tree: number) => offsets[tree + 1]! - offsets[tree]!;
  const leafCount = (tree: number) => countOf(programs.leafOffsets, tree);
  const stepCount = (tree: number) => countOf(programs.stepOffsets, tree);
  const placeCount = (tree: number) => (programs.isWalked[tree] ? stepCount(tree) + leafCount(tree) : 0);
  const stepBytes = (tree: number) =>
    programs.isWalked[tree] ? placeCount(tree) * PLACE_BYTES : stepCount(tree) * STEP_BYTES;
  const binPlaces = placeBins(plan, arena);
  return {
    binPlaces,
    sets: plan.tests.sets.map((set) => arena.take(set.length)),
    steps: trees.map((tree) => arena.take(stepBytes(tree))),
    names: trees.map((tree) => arena.take(placeCount(tree) * NAME_BYTES)),
    records: arena.take(programs.isWalked.includes(true) ? plan.tests.sets.length * PLACE_BYTES : 0),
    leaves: trees.map((tree) => arena.take(leafCount(tree) * ensemble.leafWidth * sumBytes(ensemble))),
    trees: arena.take(trees.length * TREE_BYTES),
    slots: arena.take(BLOCK_ROWS * programs.slotCount),
    scratch: arena.take(BLOCK_ROWS),
    numbers: arena.take(BLOCK_ROWS * 4),
    values: arena.take(CHUNK_ROWS * 8),
    bins: arena.take(CHUNK_BLOCKS * binPlaces.binStride),
    sums: arena.take(CHUNK_ROWS * ensemble.outputCount * sumBytes(ensemble)),
    size: arena.size,
  };
}

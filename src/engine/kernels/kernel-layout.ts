import type { TreeEnsemble } from '../../core/trees/tree-ensemble.ts';
import type { BinPlan } from './bin-columns.ts';
import { planSearchGrid, type SearchGrid } from './search-grid.ts';
import type { TreePrograms } from './tree-program.ts';

/** Rows that the trees run over at once: workers/kernels counts on it. */
export const BLOCK_ROWS = 256;
const CHUNK_BLOCKS = 8;
/** Rows that are binned at once. */
export const CHUNK_ROWS = BLOCK_ROWS * CHUNK_BLOCKS;

/** The place of a walk names its column in 15 bits. */
export const MAX_WALKED_COLUMNS = 32_767;

const SEARCH_BYTES = 64;
export const STEP_BYTES = 12;
export const TREE_BYTES = 20;
/** Of a node or a leaf of a tree that is walked; and of the record of a node with a set. */
export const PLACE_BYTES = 8;
/** Of the number of a place's leaf. */
const NAME_BYTES = 4;

/** Where a column's bins lie within a block. */
interface ColumnPlace {
  readonly offset: number;
  readonly nanBin: number;
}

/** One feature's way into the bins: searched into the first column, copied with another bin for missing values. */
export interface SearchPlace {
  readonly feature: number;
  readonly wide: boolean;
  readonly grid: SearchGrid;
  readonly address: number;
  readonly starts: number;
  readonly points: number;
  /** Points and the infinities after them, which every halving step may look at. */
  readonly pointRoom: number;
  readonly columns: readonly [ColumnPlace, ...ColumnPlace[]];
}

/** Where everything lies in linear memory. Addresses and sizes in bytes, aligned to 16. */
export interface KernelLayout {
  readonly size: number;
  readonly searches: readonly SearchPlace[];
  /** Per column: its place within a block's bins. */
  readonly columnOffsets: readonly number[];
  readonly binStride: number;
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

/** Hands out addresses. */
class Arena {
  size = 16;

  take(bytes: number): number {
    const at = this.size;
    this.size = Math.ceil((at + bytes) / 16) * 16;
    return at;
  }
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
  const { columnOffsets, binStride } = placeColumns(plan);
  return {
    columnOffsets,
    binStride,
    searches: placeSearches(plan, columnOffsets, arena),
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
    bins: arena.take(CHUNK_BLOCKS * binStride),
    sums: arena.take(CHUNK_ROWS * ensemble.outputCount * sumBytes(ensemble)),
    size: arena.size,
  };
}

function placeColumns({ tests }: BinPlan): { columnOffsets: number[]; binStride: number } {
  let binStride = 0;
  const columnOffsets = tests.isWide.map((wide) => {
    const offset = binStride;
    binStride += BLOCK_ROWS * (wide ? 2 : 1);
    return offset;
  });
  return { columnOffsets, binStride };
}

function placeSearches(plan: BinPlan, offsets: readonly number[], arena: Arena): SearchPlace[] {
  return plan.searches.map(({ feature, wide, columns, points }) => {
    const places = columns.map(({ column, nanBin }) => ({ offset: offsets[column]!, nanBin }));
    const grid = planSearchGrid(points);
    const pointRoom = points.length + 2 ** grid.steps;
    return {
      ...{ feature, wide, grid, pointRoom },
      address: arena.take(SEARCH_BYTES),
      starts: arena.take(grid.starts.byteLength),
      points: arena.take(pointRoom * 8),
      columns: [places[0]!, ...places.slice(1)],
    };
  });
}

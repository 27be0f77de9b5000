import type { TreeEnsemble } from '../../core/trees/tree-ensemble.ts';
import type { BinPlan, BinSearch } from './bin-columns.ts';
import { planSearchGrid } from './search-grid.ts';
import type { ProgramStep, TreeProgram } from './tree-program.ts';

/** Rows that the trees run over at once: workers/kernels counts on it. */
export const BLOCK_ROWS = 256;
/** Rows that are binned at once. */
const CHUNK_BLOCKS = 8;
export const CHUNK_ROWS = BLOCK_ROWS * CHUNK_BLOCKS;

const PAGE_BYTES = 65_536;
const SEARCH_BYTES = 64;
const STEP_BYTES = 12;
const TREE_BYTES = 16;

/** Where a column's bins lie within a block. */
interface ColumnPlace {
  readonly offset: number;
  readonly nanBin: number;
}

/** One feature's way into the bins: search into the first column, copies of it with another bin for missing values. */
export interface PlacedSearch {
  readonly feature: number;
  readonly address: number;
  readonly wide: boolean;
  readonly columns: readonly [ColumnPlace, ...ColumnPlace[]];
}

/** An ensemble packed into linear memory, and the room to work in. Addresses in bytes. */
export interface KernelImage {
  readonly memory: WebAssembly.Memory;
  readonly searches: readonly PlacedSearch[];
  readonly trees: number;
  readonly treeCount: number;
  /** Feature values of a chunk, float64. */
  readonly values: number;
  readonly bins: number;
  /** Bytes of a block's bins. */
  readonly binStride: number;
  readonly slots: number;
  readonly scratch: number;
  /** Sums of a chunk: per block, per output, 256 numbers. */
  readonly sums: number;
}

/** Hands out addresses, 16-byte aligned. */
class Arena {
  size = 16;

  take(bytes: number): number {
    const at = this.size;
    this.size = Math.ceil((at + bytes) / 16) * 16;
    return at;
  }
}

interface Layout extends Omit<KernelImage, 'memory'> {
  readonly size: number;
  readonly sets: readonly number[];
  readonly steps: readonly number[];
  readonly leaves: readonly number[];
}

/** Bytes of memory that {@link packImage} takes. */
export function imageBytes(ensemble: TreeEnsemble, bins: BinPlan, programs: readonly TreeProgram[]): number {
  return layOut(ensemble, bins, programs).size;
}

function sumBytes(ensemble: TreeEnsemble): number {
  return ensemble.sums === 'float64' ? 8 : 4;
}

function layOut(ensemble: TreeEnsemble, plan: BinPlan, programs: readonly TreeProgram[]): Layout {
  const arena = new Arena();
  const { offsets, stride } = columnOffsets(plan);
  const searches = plan.searches.map(({ feature, wide, columns }): PlacedSearch => {
    const places = columns.map(({ column, nanBin }) => ({ offset: offsets[column]!, nanBin }));
    return { feature, wide, address: arena.take(SEARCH_BYTES), columns: [places[0]!, ...places.slice(1)] };
  });
  const leafBytes = sumBytes(ensemble) * ensemble.leafWidth;
  return {
    searches,
    sets: plan.tests.sets.map((set) => arena.take(set.length)),
    steps: programs.map(({ steps }) => arena.take(steps.length * STEP_BYTES)),
    leaves: programs.map(({ leaves }) => arena.take(leaves.length * leafBytes)),
    trees: arena.take(programs.length * TREE_BYTES),
    treeCount: programs.length,
    slots: arena.take(BLOCK_ROWS * programs.reduce((most, { slotCount }) => Math.max(most, slotCount), 1)),
    scratch: arena.take(BLOCK_ROWS),
    values: arena.take(CHUNK_ROWS * 8),
    bins: arena.take(CHUNK_BLOCKS * stride),
    binStride: stride,
    sums: arena.take(CHUNK_ROWS * ensemble.outputCount * sumBytes(ensemble)),
    size: arena.size,
  };
}

function columnOffsets({ tests }: BinPlan): { offsets: number[]; stride: number } {
  let stride = 0;
  const offsets = tests.isWide.map((wide) => {
    const offset = stride;
    stride += BLOCK_ROWS * (wide ? 2 : 1);
    return offset;
  });
  return { offsets, stride };
}

/**
 * Packs an ensemble for workers/kernels, whose files say what lies where in a search, a step and a tree.
 *
 * @throws {RangeError} the memory cannot be had
 */
export function packImage(
  ensemble: TreeEnsemble,
  plan: BinPlan,
  programs: readonly TreeProgram[],
): KernelImage {
  const { size, sets, steps, leaves, ...places } = layOut(ensemble, plan, programs);
  const tail = new Arena();
  tail.take(size);
  const grids = plan.searches.map(({ points }) => {
    const grid = planSearchGrid(points);
    const starts = tail.take(grid.starts.byteLength);
    return { grid, starts, points: tail.take((points.length + 2 ** grid.steps) * 8) };
  });
  const memory = new WebAssembly.Memory({ initial: Math.ceil(tail.size / PAGE_BYTES) });
  const view = new DataView(memory.buffer);
  for (const [i, search] of plan.searches.entries()) {
    writeSearch(view, ensemble, search, places.searches[i]!, grids[i]!);
  }
  for (const [i, set] of plan.tests.sets.entries()) new Uint8Array(memory.buffer).set(set, sets[i]!);
  const offsets = columnOffsets(plan).offsets;
  for (const [tree, program] of programs.entries()) {
    for (const [i, step] of program.steps.entries()) {
      writeStep(view, plan, step, steps[tree]! + i * STEP_BYTES, offsets, sets);
    }
    writeLeaves(view, ensemble, tree, program.leaves, leaves[tree]!);
    const at = places.trees + tree * TREE_BYTES;
    const words = [steps[tree]!, program.steps.length, leaves[tree]!, ensemble.treeOutputs[tree]!];
    for (const [i, word] of words.entries()) view.setUint32(at + i * 4, word, true);
  }
  return { memory, ...places };
}

interface PlacedGrid {
  readonly grid: ReturnType<typeof planSearchGrid>;
  readonly starts: number;
  readonly points: number;
}

function writeSearch(
  view: DataView,
  ensemble: TreeEnsemble,
  search: BinSearch,
  { address, columns }: PlacedSearch,
  { grid, starts, points }: PlacedGrid,
): void {
  const flags = [
    ensemble.comparison === 'float32',
    search.zeroIsMissing,
    search.truncate,
    search.kind === 'points',
  ];
  const flagBits = flags.reduce((bits, flag, i) => bits | (Number(flag) << i), 0);
  const doubles = [grid.low, grid.scale, grid.lastCell];
  for (const [i, value] of doubles.entries()) view.setFloat64(address + i * 8, value, true);
  const [{ offset, nanBin }] = columns;
  const words = [grid.steps, flagBits, starts, points, offset, Number(search.wide), nanBin, search.firstBin];
  for (const [i, word] of [...words, search.otherBin].entries())
    view.setInt32(address + 24 + i * 4, word, true);
  new Uint16Array(view.buffer, starts, grid.starts.length).set(grid.starts);
  const room = new Float64Array(view.buffer, points, search.points.length + 2 ** grid.steps);
  room.fill(Number.POSITIVE_INFINITY);
  room.set(search.points);
}

/** Bits of a step's kind: left is a leaf, right is a leaf, bins are wide, the column is of points. */
function writeStep(
  view: DataView,
  { tests }: BinPlan,
  step: ProgramStep,
  at: number,
  offsets: readonly number[],
  sets: readonly number[],
): void {
  const column = tests.columns[step.node]!;
  const limit = tests.limits[step.node]!;
  const isPoints = tests.isPoints[column]!;
  const flags = [step.leftIsLeaf, step.rightIsLeaf, tests.isWide[column]!, isPoints];
  view.setUint8(
    at,
    flags.reduce((bits, flag, i) => bits | (Number(flag) << i), 0),
  );
  view.setUint8(at + 1, step.target);
  view.setUint8(at + 2, step.left);
  view.setUint8(at + 3, step.right);
  view.setUint32(at + 4, offsets[column]!, true);
  view.setInt32(at + 8, isPoints ? sets[limit]! : limit, true);
}

/** weight x value, rounded as the ensemble's arithmetic rounds them before it adds. */
function writeLeaves(
  view: DataView,
  ensemble: TreeEnsemble,
  tree: number,
  leaves: Int32Array,
  at: number,
): void {
  const { leafWidth, leafValues, treeWeights, sums } = ensemble;
  const weight = treeWeights?.[tree] ?? 1;
  const isDouble = sums === 'float64';
  for (const [i, leaf] of leaves.entries()) {
    for (let k = 0; k < leafWidth; k++) {
      const value = leafValues[leaf * leafWidth + k]!;
      const place = i * leafWidth + k;
      if (isDouble) view.setFloat64(at + place * 8, weight * value, true);
      else view.setFloat32(at + place * 4, weight * Math.fround(value), true);
    }
  }
}

import type { FeatureBlock, TreeEnsemble } from '../../core/trees/tree-ensemble.ts';
import type { BinPlan, BinSearch } from './bin-columns.ts';
import { planSearchGrid, type SearchGrid } from './search-grid.ts';

/** Rows that kernels run over at once: workers/kernels counts on it. */
export const BLOCK_ROWS = 256;

const SEARCH_BYTES = 64;

/** Hands out addresses of linear memory, aligned to 16. */
export class Arena {
  size = 16;

  take(bytes: number): number {
    const at = this.size;
    this.size = Math.ceil((at + bytes) / 16) * 16;
    return at;
  }
}

/** Where a column's bins lie within a block. */
interface ColumnPlace {
  readonly offset: number;
  readonly nanBin: number;
}

/** One feature's way into the bins: searched into the first column, copied with another bin for missing values. */
interface SearchPlace {
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

/** Where the searches of a plan and the bins of a block lie, for any kernel that compares bins. */
export interface BinPlaces {
  readonly searches: readonly SearchPlace[];
  /** Per column: its place within a block's bins. */
  readonly columnOffsets: readonly number[];
  /** Bytes of a block's bins. */
  readonly binStride: number;
}

/** The exports of workers/kernels/bin-values.ts. */
export interface BinningExports {
  binValues(search: number, values: number, count: number, bins: number, stride: number): void;
  copyColumn(
    bins: number,
    stride: number,
    blocks: number,
    from: number,
    to: number,
    wide: number,
    nanFrom: number,
    nanTo: number,
  ): void;
}

/** Where rows come in: room for the float64 values of one feature and for the bins of all blocks, in bytes. */
export interface BinRoom {
  readonly values: number;
  readonly bins: number;
}

/** Takes room for the searches and lays a block's columns out, one after the other. */
export function placeBins(plan: BinPlan, arena: Arena): BinPlaces {
  let binStride = 0;
  const columnOffsets = plan.tests.isWide.map((wide) => {
    const offset = binStride;
    binStride += BLOCK_ROWS * (wide ? 2 : 1);
    return offset;
  });
  return { searches: placeSearches(plan, columnOffsets, arena), columnOffsets, binStride };
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

/** Writes the searches of a plan where {@link placeBins} took room for them. */
export function writeSearches(
  view: DataView,
  ensemble: TreeEnsemble,
  plan: BinPlan,
  { searches }: BinPlaces,
): void {
  for (const [i, search] of plan.searches.entries()) writeSearch(view, ensemble, search, searches[i]!);
}

function writeSearch(view: DataView, ensemble: TreeEnsemble, search: BinSearch, place: SearchPlace): void {
  const { address, grid, starts, points, pointRoom, columns } = place;
  const { zeroIsMissing, truncate, kind, firstBin, otherBin } = search;
  const flags = bitsOf([ensemble.comparison === 'float32', zeroIsMissing, truncate, kind === 'points']);
  const doubles = [grid.low, grid.scale, grid.lastCell];
  for (const [i, value] of doubles.entries()) view.setFloat64(address + i * 8, value, true);
  const [{ offset, nanBin }] = columns;
  const words = [grid.steps, flags, starts, points, offset, Number(place.wide), nanBin, firstBin, otherBin];
  for (const [i, word] of words.entries()) view.setInt32(address + 24 + i * 4, word, true);
  new Uint16Array(view.buffer, starts, grid.starts.length).set(grid.starts);
  const room = new Float64Array(view.buffer, points, pointRoom);
  room.fill(Number.POSITIVE_INFINITY);
  room.set(search.points);
}

/** Flags as a number, the first one lowest. */
export function bitsOf(flags: readonly boolean[]): number {
  return flags.reduce((bits, flag, i) => bits | (Number(flag) << i), 0);
}

/**
 * Bins the rows [start, end) of a block of rows into consecutive kernel blocks.
 *
 * @param room has room for the values and the bins of that many rows, rounded up to whole kernel blocks
 */
export function binRows(
  kernel: BinningExports,
  memory: WebAssembly.Memory,
  { searches, binStride }: BinPlaces,
  { values, bins }: BinRoom,
  block: FeatureBlock,
  [start, end]: readonly [number, number],
): void {
  const blocks = Math.ceil((end - start) / BLOCK_ROWS);
  const room = new Float64Array(memory.buffer, values, blocks * BLOCK_ROWS);
  for (const { feature, address, wide, columns } of searches) {
    room.set(block.columns[feature]!.subarray(start, end));
    kernel.binValues(address, values, end - start, bins, binStride);
    const [from, ...others] = columns;
    for (const to of others) {
      kernel.copyColumn(
        bins,
        binStride,
        blocks,
        from.offset,
        to.offset,
        Number(wide),
        from.nanBin,
        to.nanBin,
      );
    }
  }
}

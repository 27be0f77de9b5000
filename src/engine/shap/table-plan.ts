import { MAX_BITS, type PatternGroups } from '../../core/explain/pattern-groups.ts';
import {
  leafEntryValues,
  placeCount,
  type TableKind,
  termShares,
} from '../../core/explain/pattern-tables.ts';
import { planGroups } from '../../core/explain/plan-groups.ts';
import type { ShapQuestion } from '../../core/explain/shap-question.ts';
import { type BinPlan, planBins } from '../kernels/bin-columns.ts';
import { Arena, type BinPlaces, BLOCK_ROWS, placeBins } from '../kernels/bin-rows.ts';
import { type TreeNodes, treeNodes } from './tree-nodes.ts';

/** Rows that go through the groups together: their patterns, sums and one table stay in the nearest caches. */
const CHUNK_ROWS = 2048;

/** The sums of a chunk at most: with more columns chunks have fewer rows. */
const CHUNK_BYTES = 64 * 2 ** 20;

/** How much memory tables may take. */
export interface TableMemory {
  /** All tables together, to be built once and kept. */
  readonly keptBytes: number;
  /** Tables of one block of groups where they are not kept: at least one group's. */
  readonly blockBytes: number;
  /** Bins and sums of the rows that all blocks run over before the first is built again: at least a chunk's. */
  readonly rowBytes: number;
}

/** Blocks that stay in a shared cache while rows run over them. */
export const TABLE_MEMORY: TableMemory = {
  keptBytes: 48 * 2 ** 20,
  blockBytes: 6 * 2 ** 20,
  rowBytes: 48 * 2 ** 20,
};

/** Rows that are explained between two builds of all tables, at most. */
const MAX_SPAN_ROWS = 65_536;

/** What describes the groups of a block, in bytes: more would be another block. */
const MAX_DESCRIPTION = 24 * 2 ** 20;

export const NODE_BYTES = 12;
export const SEGMENT_BYTES = 16;
export const GROUP_BYTES = 40;
export const LEAF_BYTES = 16;
export const TERM_BYTES = 16;
/** Weights of one number of terms. */
export const WEIGHT_BYTES = 512;
const ROOM_BYTES = (5 << 17) + (1 << 14) * 14 * 8;

/** Groups [start, end) whose tables are in memory together. */
export interface GroupBlock {
  readonly start: number;
  readonly end: number;
  readonly tableBytes: number;
  readonly descriptionBytes: number;
}

/** A question, how its groups lie in blocks, and where everything is in linear memory. */
export interface TablePlan {
  readonly question: ShapQuestion;
  readonly kind: TableKind;
  readonly groups: PatternGroups;
  /** Per leaf entry: what the leaf adds to the output. */
  readonly leafValues: Float64Array;
  /** Per term; null for a background. */
  readonly shares: Float64Array | null;
  readonly nodes: TreeNodes;
  readonly bins: BinPlan;
  readonly blocks: readonly GroupBlock[];
  /** Columns of sums: contributions, or pairs of columns; one more takes what no column does. */
  readonly sumColumns: number;
  readonly layout: TableLayout;
}

/** Addresses and sizes in bytes. */
interface TableLayout {
  readonly size: number;
  readonly binPlaces: BinPlaces;
  readonly sets: readonly number[];
  readonly nodes: number;
  readonly weights: number;
  readonly values: number;
  readonly masks: number;
  readonly patterns: number;
  readonly room: number;
  readonly background: number;
  /** Rows that go through the groups together, a multiple of 256: also from one node's mask to the next one's. */
  readonly chunkRows: number;
  /** Rows that go through all blocks, a multiple of a chunk. */
  readonly spanRows: number;
  readonly bins: number;
  readonly sums: number;
  /** From one column's sums to the next one's. */
  readonly sumStride: number;
  readonly description: number;
  readonly tables: number;
}

/** Numbers in a table's row: even, so that two are one vector. */
export function paddedWidth(groups: PatternGroups, group: number, kind: TableKind): number {
  const width = placeCount(groups, group, kind);
  return width + (width & 1);
}

/**
 * Plans the tables of a question's contributions.
 *
 * @returns a sentence instead when the kernel cannot answer it. O(nodes x depth).
 */
export function planTables(question: ShapQuestion, memory: TableMemory): TablePlan | string {
  const { ensemble, output, columnOf, columnCount, expectation } = question;
  if (ensemble.linearLeaves !== null) return 'Its leaves hold linear models.';
  const bins = planBins(ensemble, false);
  if (typeof bins === 'string') return bins;
  const groups = planGroups(ensemble, output, columnOf, columnCount);
  const leafValues = leafEntryValues(groups, ensemble, output);
  const isPathDependent = expectation.kind === 'path-dependent';
  const shares = isPathDependent ? termShares(groups, ensemble, expectation.covers) : null;
  const nodes = treeNodes(ensemble, groups.trees);
  return divide({ question, groups, leafValues, shares, nodes, bins }, 'contributions', columnCount, memory);
}

/** The plan of the same question's interactions. */
export function planPairs(plan: TablePlan, memory: TableMemory): TablePlan {
  const { columnCount } = plan.question;
  return divide(plan, 'interactions', (columnCount * (columnCount - 1)) / 2, memory);
}

type TableGround = Omit<TablePlan, 'kind' | 'blocks' | 'sumColumns' | 'layout'>;

function divide(ground: TableGround, kind: TableKind, sumColumns: number, memory: TableMemory): TablePlan {
  const blocks = divideGroups(ground.groups, kind, memory);
  const layout = layOut(ground, blocks, sumColumns, memory);
  return { ...ground, kind, blocks, sumColumns, layout };
}

/** One block when all tables fit; else smaller ones. */
function divideGroups(groups: PatternGroups, kind: TableKind, memory: TableMemory): GroupBlock[] {
  const whole = blocksWithin(groups, kind, memory.keptBytes);
  return whole.length === 1 ? whole : blocksWithin(groups, kind, memory.blockBytes);
}

function blocksWithin(groups: PatternGroups, kind: TableKind, most: number): GroupBlock[] {
  const blocks: GroupBlock[] = [];
  let block: GroupBlock = { start: 0, end: 0, tableBytes: 0, descriptionBytes: 0 };
  for (let group = 0; group < groups.bitCounts.length; group++) {
    const tableBytes = tableBytesOf(groups, group, kind);
    const descriptionBytes = descriptionBytesOf(groups, group, kind);
    const isFull =
      block.tableBytes + tableBytes > most || block.descriptionBytes + descriptionBytes > MAX_DESCRIPTION;
    if (isFull && block.end > block.start) {
      blocks.push(block);
      block = { start: group, end: group, tableBytes: 0, descriptionBytes: 0 };
    }
    block = {
      start: block.start,
      end: group + 1,
      tableBytes: block.tableBytes + tableBytes,
      descriptionBytes: block.descriptionBytes + descriptionBytes,
    };
  }
  if (block.end > block.start) blocks.push(block);
  return blocks;
}

/** Bytes of a group's table; 0 for a group that no column gets anything from. */
export function tableBytesOf(groups: PatternGroups, group: number, kind: TableKind): number {
  return (paddedWidth(groups, group, kind) * 8) << groups.bitCounts[group]!;
}

/** At most: each group may begin a segment, and lists of leaves and terms begin at multiples of 16. */
function descriptionBytesOf(groups: PatternGroups, group: number, kind: TableKind): number {
  const ops = groups.groupOps[group + 1]! - groups.groupOps[group]!;
  const firstLeaf = groups.groupLeaves[group]!;
  const endLeaf = groups.groupLeaves[group + 1]!;
  const terms = groups.leafTerms[endLeaf]! - groups.leafTerms[firstLeaf]!;
  const places = paddedWidth(groups, group, kind);
  const lists = 4 * ops + 4 * places + LEAF_BYTES * (endLeaf - firstLeaf) + TERM_BYTES * terms;
  return SEGMENT_BYTES + GROUP_BYTES + lists + 16;
}

function largest(numbers: readonly number[]): number {
  return numbers.reduce((most, number) => Math.max(most, number), 0);
}

function layOut(
  { question: { expectation }, bins, nodes }: TableGround,
  blocks: readonly GroupBlock[],
  sumColumns: number,
  memory: TableMemory,
): TableLayout {
  const arena = new Arena();
  const binPlaces = placeBins(bins, arena);
  const backgroundRows = expectation.kind === 'interventional' ? expectation.background.rowCount : 0;
  const rowBytes = binPlaces.binStride / BLOCK_ROWS + 8 * (sumColumns + 1);
  let chunkRows = CHUNK_ROWS;
  while (chunkRows > BLOCK_ROWS && chunkRows * rowBytes > CHUNK_BYTES) chunkRows /= 2;
  const spanChunks = blocks.length > 1 ? Math.floor(memory.rowBytes / rowBytes / chunkRows) : 1;
  const spanRows = Math.min(Math.max(spanChunks, 1) * chunkRows, MAX_SPAN_ROWS);
  // A column's sums begin in another line of the caches than the last one's.
  const sumStride = spanRows * 8 + 192;
  return {
    ...{ binPlaces, chunkRows, spanRows, sumStride },
    sets: bins.tests.sets.map((set) => arena.take(set.length)),
    nodes: arena.take(nodes.nodes.length * NODE_BYTES),
    weights: arena.take((MAX_BITS + 1) * WEIGHT_BYTES),
    values: arena.take(chunkRows * 8),
    masks: arena.take(nodes.most * chunkRows),
    patterns: arena.take(chunkRows * 3),
    room: arena.take(ROOM_BYTES),
    background: arena.take(Math.ceil(backgroundRows / BLOCK_ROWS) * binPlaces.binStride),
    bins: arena.take((spanRows / BLOCK_ROWS) * binPlaces.binStride),
    sums: arena.take((sumColumns + 1) * sumStride),
    description: arena.take(largest(blocks.map(({ descriptionBytes }) => descriptionBytes))),
    tables: arena.take(largest(blocks.map(({ tableBytes }) => tableBytes))),
    size: arena.size,
  };
}

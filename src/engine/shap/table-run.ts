import type { Sliced } from '../../core/sliced.ts';
import type { FeatureBlock } from '../../core/trees/tree-ensemble.ts';
import { type BinningExports, BLOCK_ROWS, binRows } from '../kernels/bin-rows.ts';
import { type WrittenBlock, writeBlock } from './block-image.ts';
import { packTables } from './table-image.ts';
import { GROUP_BYTES, type GroupBlock, SEGMENT_BYTES, type TablePlan } from './table-plan.ts';

/** The exports of workers/kernels/shap-table-kernel.ts. */
export interface TableExports extends BinningExports {
  countBackground(
    segments: number,
    count: number,
    bins: number,
    binStride: number,
    rows: number,
    masks: number,
    maskStride: number,
    patterns: number,
  ): void;
  buildTables(groups: number, count: number, weights: number, fromCounts: number, room: number): void;
  buildPairTables(groups: number, count: number, weights: number, fromCounts: number, room: number): void;
  addGroups(
    segments: number,
    count: number,
    bins: number,
    binStride: number,
    rows: number,
    masks: number,
    maskStride: number,
    patterns: number,
    sums: number,
  ): void;
}

/** About 50 ms, in {@link Running}'s unit of work: about 4 ns, what one row costs in a group. */
const WORK_PER_SLICE = 12_000_000;

/** Bytes of tables that are built together: some 10 ms. */
const BUILT_BYTES = 2 * 2 ** 20;

/** Rows that a node masks in the time of one row in a group. */
const MASKED_ROWS = 16;

/** Of binning one value. */
const BIN_WORK = 4;

/** A plan whose kernel is ready. */
export interface Running {
  readonly plan: TablePlan;
  readonly memory: WebAssembly.Memory;
  readonly kernel: TableExports;
  /** The block whose tables are complete, if any. */
  built: { readonly block: GroupBlock; readonly written: WrittenBlock } | null;
  /** Number of the answer that has the memory to itself: a new one takes it from the one before. */
  turn: number;
}

/**
 * Fills the memory of a plan.
 *
 * @throws {RangeError} the memory cannot be had
 */
export function startTables(plan: TablePlan, module: WebAssembly.Module): Running {
  const memory = packTables(plan);
  const instance = new WebAssembly.Instance(module, { env: { memory } });
  const kernel = instance.exports as unknown as TableExports;
  const { expectation } = plan.question;
  const running = { plan, memory, kernel, built: null, turn: 0 };
  if (expectation.kind === 'interventional') {
    binInto(running, plan.layout.background, expectation.background, 0, expectation.background.rowCount);
  }
  return running;
}

/** Rows [start, end) of a block into blocks of bins from an address on. */
function binInto(
  { plan, memory, kernel }: Running,
  address: number,
  block: FeatureBlock,
  start: number,
  end: number,
): void {
  const { binPlaces, values, chunkRows } = plan.layout;
  for (let row = start; row < end; row += chunkRows) {
    const bins = address + ((row - start) / BLOCK_ROWS) * binPlaces.binStride;
    const range = [row, Math.min(row + chunkRows, end)] as const;
    binRows(kernel, memory, binPlaces, { values, bins }, block, range);
  }
}

/** Counts the work done and tells when to hand back control. */
class Pace {
  #done = 0;
  #since = 0;
  readonly #total: number;

  constructor(total: number) {
    this.#total = total;
  }

  /** @returns progress to yield, or null to go on */
  add(work: number): { done: number; total: number } | null {
    this.#done += work;
    this.#since += work;
    if (this.#since < WORK_PER_SLICE) return null;
    this.#since = 0;
    return { done: Math.min(this.#done, this.#total), total: this.#total };
  }
}

/**
 * The columns of sums of all rows: sumColumns x rowCount, column by column. Spans of rows run over all blocks of groups;
 * a row's sums begin at 0 and are added up in the order of the groups whatever the spans are.
 *
 * @throws {Error} another answer of the same kernel began before this one was complete
 */
export function* addTables(running: Running, block: FeatureBlock): Sliced<Float64Array> {
  const { plan } = running;
  const { layout, sumColumns, blocks } = plan;
  const { rowCount } = block;
  const out = new Float64Array(sumColumns * rowCount);
  const turn = ++running.turn;
  const pace = new Pace(workOf(plan, rowCount));
  for (let start = 0; start < rowCount && blocks.length > 0; start += layout.spanRows) {
    const end = Math.min(start + layout.spanRows, rowCount);
    yield* binSpan(running, block, start, end, pace, turn);
    const sums = new Float64Array(
      running.memory.buffer,
      layout.sums,
      ((sumColumns + 1) * layout.sumStride) / 8,
    );
    sums.fill(0);
    for (const groups of blocks) yield* runBlock(running, groups, end - start, pace, turn);
    for (let column = 0; column < sumColumns; column++) {
      const first = (column * layout.sumStride) / 8;
      out.set(sums.subarray(first, first + end - start), column * rowCount + start);
    }
  }
  return out;
}

/** Bins rows [start, end) from the first place of the span on. */
function* binSpan(
  running: Running,
  block: FeatureBlock,
  start: number,
  end: number,
  pace: Pace,
  turn: number,
): Sliced<void> {
  const { bins, binPlaces, chunkRows } = running.plan.layout;
  for (let row = start; row < end; row += chunkRows) {
    const rowEnd = Math.min(row + chunkRows, end);
    binInto(running, bins + ((row - start) / BLOCK_ROWS) * binPlaces.binStride, block, row, rowEnd);
    yield* rest(running, pace.add(binWork(running.plan, rowEnd - row)), turn);
  }
}

function binWork({ bins }: TablePlan, rows: number): number {
  return bins.searches.length * rows * BIN_WORK;
}

function workOf(plan: TablePlan, rowCount: number): number {
  const { blocks, layout } = plan;
  const spans = Math.ceil(rowCount / layout.spanRows);
  const builds = blocks.length > 1 ? spans : 1;
  return blocks.reduce(
    (work, block) => work + rowWork(plan, block) * rowCount + builds * buildWork(block.tableBytes),
    binWork(plan, rowCount),
  );
}

/** Of one row in a block. */
function rowWork(plan: TablePlan, block: GroupBlock): number {
  return block.end - block.start + maskWork(plan, block);
}

/** Masks of all nodes of the block's trees, however few of their groups are in it. */
function maskWork({ groups: { treeGroups }, nodes: { firsts } }: TablePlan, block: GroupBlock): number {
  let nodes = 0;
  for (let tree = 0; tree + 1 < treeGroups.length; tree++) {
    const isIn = treeGroups[tree]! < block.end && treeGroups[tree + 1]! > block.start;
    if (isIn) nodes += firsts[tree + 1]! - firsts[tree]!;
  }
  return nodes / MASKED_ROWS;
}

function buildWork(tableBytes: number): number {
  return tableBytes / 8;
}

function* runBlock(
  running: Running,
  block: GroupBlock,
  rows: number,
  pace: Pace,
  turn: number,
): Sliced<void> {
  const { kernel, plan } = running;
  const { bins, binPlaces, masks, patterns, sums, chunkRows } = plan.layout;
  const written =
    running.built?.block === block ? running.built.written : yield* build(running, block, pace, turn);
  const stride = binPlaces.binStride;
  const work = rowWork(plan, block);
  for (let row = 0; row < rows; row += chunkRows) {
    const count = Math.min(chunkRows, rows - row);
    const at = bins + (row / BLOCK_ROWS) * stride;
    const padded = Math.ceil(count / 64) * 64;
    const { segments, segmentCount } = written;
    kernel.addGroups(segments, segmentCount, at, stride, padded, masks, chunkRows, patterns, sums + row * 8);
    yield* rest(running, pace.add(work * count), turn);
  }
}

function* build(running: Running, block: GroupBlock, pace: Pace, turn: number): Sliced<WrittenBlock> {
  const { kernel, plan, memory } = running;
  const { layout, question } = plan;
  running.built = null;
  const written = writeBlock(memory.buffer, plan, block);
  const fill = plan.kind === 'contributions' ? kernel.buildTables : kernel.buildPairTables;
  const isCounted = question.expectation.kind === 'interventional';
  if (isCounted) yield* count(running, written, pace, turn);
  const together = Math.max(1, Math.floor((written.groupCount * BUILT_BYTES) / block.tableBytes));
  for (let first = 0; first < written.groupCount; first += together) {
    const groups = Math.min(together, written.groupCount - first);
    const at = written.groups + first * GROUP_BYTES;
    fill(at, groups, layout.weights, Number(isCounted), layout.room);
    const share = groups / written.groupCount;
    yield* rest(running, pace.add(share * buildWork(block.tableBytes)), turn);
  }
  running.built = { block, written };
  return written;
}

/** Background rows by pattern, tree by tree. */
function* count(running: Running, written: WrittenBlock, pace: Pace, turn: number): Sliced<void> {
  const { kernel, plan } = running;
  const { background, binPlaces, masks, patterns, chunkRows } = plan.layout;
  const { expectation } = plan.question;
  const rows = expectation.kind === 'interventional' ? expectation.background.rowCount : 0;
  for (let i = 0; i < written.segmentCount; i++) {
    const segment = written.segments + i * SEGMENT_BYTES;
    kernel.countBackground(segment, 1, background, binPlaces.binStride, rows, masks, chunkRows, patterns);
    yield* rest(running, pace.add(rows), turn);
  }
}

function* rest(
  running: Running,
  progress: { readonly done: number; readonly total: number } | null,
  turn: number,
): Sliced<void> {
  if (progress === null) return;
  yield progress;
  if (running.turn !== turn)
    throw new Error('Another answer of this kernel began, which has its memory now.');
}

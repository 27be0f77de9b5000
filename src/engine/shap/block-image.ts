import type { PatternGroups } from '../../core/explain/pattern-groups.ts';
import {
  GROUP_BYTES,
  type GroupBlock,
  LEAF_BYTES,
  NODE_BYTES,
  paddedWidth,
  SEGMENT_BYTES,
  type TablePlan,
  TERM_BYTES,
  tableBytesOf,
} from './table-plan.ts';

// What workers/kernels/shap-patterns.ts reads in the lowest byte of an operation of several.
const WANTS_RIGHT = 8;
const IS_LAST = 16;

/** A block of groups in memory. */
export interface WrittenBlock {
  readonly segments: number;
  readonly segmentCount: number;
  readonly groups: number;
  readonly groupCount: number;
}

/** Describes the groups of a block to the kernel, and gives each its table's place. Layouts: workers/kernels/shap-group.ts. */
export function writeBlock(buffer: ArrayBuffer, plan: TablePlan, { start, end }: GroupBlock): WrittenBlock {
  const kept: number[] = [];
  for (let group = start; group < end; group++)
    if (paddedWidth(plan.groups, group, plan.kind) > 0) kept.push(group);
  const segments = segmentsOf(plan.groups, kept);
  const first = plan.layout.description;
  const groups = first + segments.length * SEGMENT_BYTES;
  const words = new Uint32Array(buffer);
  const { nodes, layout } = plan;
  for (const [i, { tree, firstKept, count }] of segments.entries()) {
    const nodeCount = nodes.firsts[tree + 1]! - nodes.firsts[tree]!;
    const firstNode = layout.nodes + nodes.firsts[tree]! * NODE_BYTES;
    words.set(
      [firstNode, nodeCount, groups + firstKept * GROUP_BYTES, count],
      (first + i * SEGMENT_BYTES) >> 2,
    );
  }
  const writer = new BlockWriter(buffer, plan, groups, kept.length);
  for (const [i, group] of kept.entries()) writer.write(groups + i * GROUP_BYTES, group);
  return { segments: first, segmentCount: segments.length, groups, groupCount: kept.length };
}

interface Segment {
  /** Place of the tree among the tabulated ones. */
  readonly tree: number;
  readonly firstKept: number;
  readonly count: number;
}

function segmentsOf({ treeGroups }: PatternGroups, kept: readonly number[]): Segment[] {
  const segments: Segment[] = [];
  let tree = 0;
  for (let at = 0; at < kept.length; ) {
    while (treeGroups[tree + 1]! <= kept[at]!) tree++;
    const firstKept = at;
    while (at < kept.length && kept[at]! < treeGroups[tree + 1]!) at++;
    segments.push({ tree, firstKept, count: at - firstKept });
  }
  return segments;
}

/** Writes groups one after the other: lists of operations, places of sums, leaves and terms behind all groups. */
class BlockWriter {
  readonly #plan: TablePlan;
  readonly #bytes: Uint8Array;
  readonly #halves: Uint16Array;
  readonly #words: Uint32Array;
  readonly #doubles: Float64Array;
  #next: number;
  #table: number;

  constructor(buffer: ArrayBuffer, plan: TablePlan, groups: number, count: number) {
    this.#plan = plan;
    this.#bytes = new Uint8Array(buffer);
    this.#halves = new Uint16Array(buffer);
    this.#words = new Uint32Array(buffer);
    this.#doubles = new Float64Array(buffer);
    this.#next = align(groups + count * GROUP_BYTES);
    this.#table = plan.layout.tables;
  }

  write(at: number, group: number): void {
    const { groups, kind } = this.#plan;
    const word = at >> 2;
    this.#words[word] = this.#table;
    this.#bytes[at + 4] = groups.bitCounts[group]!;
    this.#bytes[at + 5] = paddedWidth(groups, group, kind);
    this.#bytes[at + 6] = groups.groupSlots[group + 1]! - groups.groupSlots[group]!;
    this.#words[word + 2] = this.#next;
    this.#writeConditions(at + 12, at + 20, group, 0);
    this.#writeConditions(at + 16, at + 21, group, 8);
    this.#words[word + 6] = this.#next;
    this.#writePlaces(group);
    this.#next = align(this.#next);
    const first = groups.groupLeaves[group]!;
    const end = groups.groupLeaves[group + 1]!;
    this.#words[word + 7] = this.#next;
    this.#words[word + 8] = end - first;
    this.#writeLeaves(first, end);
    this.#table += tableBytesOf(groups, group, kind);
  }

  /** Operations of the bits from `lowest` to 7 above: those of one node first, which are turned over at the end. */
  #writeConditions(counts: number, flips: number, group: number, lowest: number): void {
    const { groups, nodes, layout } = this.#plan;
    const singles: number[] = [];
    const boxes: number[] = [];
    let flip = 0;
    const end = groups.groupOps[group + 1]!;
    for (let op = groups.groupOps[group]!; op < end; op++) {
      const bit = groups.opBits[op]! - lowest;
      if (bit < 0 || bit > 7) continue;
      const mask = nodes.places[groups.opNodes[op]!]! * layout.chunkRows;
      const isFirst = op === groups.groupOps[group] || groups.opBits[op - 1] !== groups.opBits[op];
      const isLast = op + 1 === end || groups.opBits[op + 1] !== groups.opBits[op];
      const isRight = groups.opInverted[op] === 1;
      if (isFirst && isLast) {
        singles.push(mask + (1 << bit));
        if (!isRight) flip |= 1 << bit;
      } else boxes.push(mask + bit + (isRight ? WANTS_RIGHT : 0) + (isLast ? IS_LAST : 0));
    }
    this.#words.set(singles, this.#next >> 2);
    this.#words.set(boxes, (this.#next >> 2) + singles.length);
    this.#next += 4 * (singles.length + boxes.length);
    this.#halves[counts >> 1] = singles.length;
    this.#halves[(counts >> 1) + 1] = boxes.length;
    this.#bytes[flips] = flip;
  }

  /** Where the sums of each number's column begin; a padding's go to the column after the last. */
  #writePlaces(group: number): void {
    const { groups, kind, sumColumns, layout } = this.#plan;
    const slots = groups.slotColumns.subarray(groups.groupSlots[group]!, groups.groupSlots[group + 1]!);
    const columns =
      kind === 'contributions' ? [...slots] : pairColumns(slots, this.#plan.question.columnCount);
    if (columns.length % 2 === 1) columns.push(sumColumns);
    for (const [i, column] of columns.entries())
      this.#words[(this.#next >> 2) + i] = column * layout.sumStride;
    this.#next += columns.length * 4;
  }

  #writeLeaves(first: number, end: number): void {
    const { groups, leafValues, shares, question } = this.#plan;
    const { expectation } = question;
    const rows = expectation.kind === 'interventional' ? expectation.background.rowCount : 1;
    const firstTerm = groups.leafTerms[first]!;
    const terms = this.#next + (end - first) * LEAF_BYTES;
    for (let leaf = first; leaf < end; leaf++) {
      const at = this.#next + (leaf - first) * LEAF_BYTES;
      this.#doubles[at >> 3] = leafValues[leaf]! / rows;
      this.#words[(at >> 2) + 2] = terms + (groups.leafTerms[leaf]! - firstTerm) * TERM_BYTES;
      this.#words[(at >> 2) + 3] = groups.leafTerms[leaf + 1]! - groups.leafTerms[leaf]!;
    }
    for (let term = firstTerm; term < groups.leafTerms[end]!; term++) {
      const at = terms + (term - firstTerm) * TERM_BYTES;
      this.#doubles[at >> 3] = shares === null ? 0 : shares[term]!;
      this.#halves[(at >> 1) + 4] = groups.termRequired[term]!;
      this.#halves[(at >> 1) + 5] = groups.termValues[term]!;
      this.#bytes[at + 12] = groups.termSlots[term]!;
    }
    this.#next = terms + (groups.leafTerms[end]! - firstTerm) * TERM_BYTES;
  }
}

function align(address: number): number {
  return Math.ceil(address / 16) * 16;
}

/** Columns of sums of the pairs of slots, in the order of `pairPlace`. */
function pairColumns(slots: Int32Array, columnCount: number): number[] {
  const columns: number[] = [];
  for (let i = 0; i < slots.length; i++) {
    for (let j = i + 1; j < slots.length; j++) columns.push(pairColumn(slots[i]!, slots[j]!, columnCount));
  }
  return columns;
}

/** Number of the unordered pair of different columns a and b: those of column 0 come first. */
function pairColumn(a: number, b: number, columnCount: number): number {
  const low = Math.min(a, b);
  return (low * (2 * columnCount - low - 1)) / 2 + Math.max(a, b) - low - 1;
}

import type { TreeEnsemble } from '../../core/trees/tree-ensemble.ts';
import type { BinPlan } from './bin-columns.ts';
import { bitsOf, writeSearches } from './bin-rows.ts';
import { type KernelLayout, PLACE_BYTES, STEP_BYTES, TREE_BYTES } from './kernel-layout.ts';
import type { TreePrograms } from './tree-program.ts';

const PAGE_BYTES = 65_536;

// What workers/kernels reads instead of a tree's number of steps.
const WALKED = -1;
const WALKED_WITH_SETS = -2;
/** In a place's column: it leads to a record. */
const IS_SET = 2 ** 15;
const WIDE_COLUMN_BYTES = 512;

/** An ensemble, its plans and where they go. */
export interface KernelPlan {
  readonly ensemble: TreeEnsemble;
  readonly bins: BinPlan;
  readonly programs: TreePrograms;
  readonly layout: KernelLayout;
}

/**
 * Packs an ensemble into linear memory for workers/kernels, whose files say what lies where in a search, a step, a place
 * and a tree.
 *
 * @throws {RangeError} the memory cannot be had
 */
export function packImage(plan: KernelPlan): WebAssembly.Memory {
  const { ensemble, bins, programs, layout } = plan;
  const memory = new WebAssembly.Memory({ initial: Math.ceil(layout.size / PAGE_BYTES) });
  const view = new DataView(memory.buffer);
  writeSearches(view, ensemble, bins, layout.binPlaces);
  for (const [i, set] of bins.tests.sets.entries()) new Uint8Array(memory.buffer).set(set, layout.sets[i]!);
  for (let tree = 0; tree < programs.isWalked.length; tree++) {
    const stepCount = programs.isWalked[tree] ? writePlaces(view, plan, tree) : writeSteps(view, plan, tree);
    writeLeaves(view, plan, tree);
    const at = layout.trees + tree * TREE_BYTES;
    const words = [
      layout.steps[tree]!,
      stepCount,
      layout.leaves[tree]!,
      ensemble.treeOutputs[tree]!,
      layout.names[tree]!,
    ];
    for (const [i, word] of words.entries()) view.setInt32(at + i * 4, word, true);
  }
  return memory;
}

/** What a node compares its column's bin with: a limit, or the address of a set. */
function limitOf({ bins, layout }: KernelPlan, node: number): number {
  const limit = bins.tests.limits[node]!;
  return bins.tests.isPoints[bins.tests.columns[node]!] ? layout.sets[limit]! : limit;
}

/** @returns number of steps */
function writeSteps(view: DataView, plan: KernelPlan, tree: number): number {
  const { programs, layout } = plan;
  const { tests } = plan.bins;
  const first = programs.stepOffsets[tree]!;
  const count = programs.stepOffsets[tree + 1]! - first;
  for (let i = 0; i < count; i++) {
    const at = layout.steps[tree]! + i * STEP_BYTES;
    const node = programs.nodes[first + i]!;
    const code = programs.codes[first + i]!;
    const column = tests.columns[node]!;
    view.setUint8(at, (code & 3) | (bitsOf([tests.isWide[column]!, tests.isPoints[column]!]) << 2));
    view.setUint8(at + 1, (code >> 2) & 63);
    view.setUint16(at + 2, code >> 8, true);
    view.setInt32(at + 4, layout.binPlaces.columnOffsets[column]!, true);
    view.setInt32(at + 8, limitOf(plan, node), true);
  }
  return count;
}

/** The root, then the sides of every node in the nodes' order; a leaf leads to itself. */
function writePlaces(view: DataView, plan: KernelPlan, tree: number): number {
  const { ensemble, programs, layout } = plan;
  const first = programs.stepOffsets[tree]!;
  const addressOf = (place: number) => layout.steps[tree]! + place * PLACE_BYTES;
  const sides = [programs.nodes[first]!];
  let leaf = 0;
  let hasSets = false;
  // Places and nodes come in the same order, so that the n-th node among the places is the n-th of the list.
  for (let place = 0, nodesBefore = 0; place < sides.length; place++) {
    const node = sides[place]!;
    if (node < 0) {
      writePlace(view, addressOf(place), { left: addressOf(place), limit: 32_767, column: 0 });
      view.setInt32(layout.names[tree]! + place * 4, leaf++, true);
      continue;
    }
    sides.push(ensemble.left[node]!, ensemble.right[node]!);
    const left = addressOf(1 + 2 * nodesBefore++);
    hasSets = writeNode(view, plan, node, addressOf(place), left) || hasSets;
  }
  return hasSets ? WALKED_WITH_SETS : WALKED;
}

interface Place {
  readonly left: number;
  readonly limit: number;
  readonly column: number;
}

function writePlace(view: DataView, at: number, { left, limit, column }: Place): void {
  view.setUint32(at, left, true);
  view.setInt16(at + 4, limit, true);
  view.setUint16(at + 6, column, true);
}

/** @returns whether the node has a set */
function writeNode(
  view: DataView,
  { bins, layout }: KernelPlan,
  node: number,
  at: number,
  left: number,
): boolean {
  const limit = bins.tests.limits[node]!;
  const columnNumber = bins.tests.columns[node]!;
  const column = layout.binPlaces.columnOffsets[columnNumber]! / WIDE_COLUMN_BYTES;
  if (!bins.tests.isPoints[columnNumber]) {
    writePlace(view, at, { left, limit, column });
    return false;
  }
  const record = layout.records + limit * PLACE_BYTES;
  view.setUint32(record, left, true);
  view.setUint32(record + 4, layout.sets[limit]!, true);
  writePlace(view, at, { left: record, limit: 0, column: column + IS_SET });
  return true;
}

/** weight x value, rounded as the ensemble's arithmetic rounds them before it adds. */
function writeLeaves(view: DataView, { ensemble, programs, layout }: KernelPlan, tree: number): void {
  const { leafWidth, leafValues, treeWeights, sums } = ensemble;
  const weight = treeWeights?.[tree] ?? 1;
  const isDouble = sums === 'float64';
  const first = programs.leafOffsets[tree]!;
  const count = programs.leafOffsets[tree + 1]! - first;
  for (let i = 0; i < count; i++) {
    for (let k = 0; k < leafWidth; k++) {
      const value = leafValues[programs.leaves[first + i]! * leafWidth + k]!;
      const place = i * leafWidth + k;
      if (isDouble) view.setFloat64(layout.leaves[tree]! + place * 8, weight * value, true);
      else view.setFloat32(layout.leaves[tree]! + place * 4, weight * Math.fround(value), true);
    }
  }
}

import { gaussLegendre } from '../../core/explain/gauss-legendre.ts';
import type { ShapQuestion } from '../../core/explain/shap-question.ts';
import type { BinPlan } from '../kernels/bin-columns.ts';
import { Arena, type BinPlaces, BLOCK_ROWS, placeBins, writeSearches } from '../kernels/bin-rows.ts';
import { leafValueOf, type QuadraturePlan, type QuadratureTree } from './quadrature-plan.ts';

const PAGE_BYTES = 65_536;
const TREE_BYTES = 16;
const NODE_BYTES = 96;
const TEST_BYTES = 20;

/** States of workers/kernels/shap-node-states.ts: the row goes left there, or right. */
const GOES_LEFT = 0;
const GOES_RIGHT = 16;

/** Where everything lies in linear memory. Addresses and sizes in bytes. */
export interface QuadratureLayout {
  readonly size: number;
  readonly binPlaces: BinPlaces;
  readonly sets: readonly number[];
  readonly trees: number;
  readonly nodes: number;
  readonly tests: number;
  /** Per number of pairs that occurs: two numbers for every node of the rule, one list after the other. */
  readonly rules: ReadonlyMap<number, number>;
  /** The same for every place whose feature comes twice on the path, in the places' order. */
  readonly ownRules: ReadonlyMap<number, number>;
  readonly states: number;
  readonly scratch: number;
  readonly work: number;
  readonly values: number;
  readonly bins: number;
  /** Contributions of a block: 256 numbers to a column. */
  readonly sums: number;
}

/** A question, its plans and where they go. */
export interface QuadratureImage {
  readonly question: ShapQuestion;
  readonly plan: QuadraturePlan;
  readonly bins: BinPlan;
  readonly layout: QuadratureLayout;
}

/** Lays the plans and the room to work in out. Sizes may exceed what memory can be had. */
export function layOutQuadrature(plan: QuadraturePlan, bins: BinPlan, columnCount: number): QuadratureLayout {
  const arena = new Arena();
  const { trees, nodes } = plan;
  const most = (sizeOf: (tree: QuadratureTree) => number) =>
    trees.reduce((size, tree) => Math.max(size, sizeOf(tree)), 0);
  const rules = new Map<number, number>();
  const ownRules = new Map<number, number>();
  for (const { pairs, start, end } of trees) {
    if (!rules.has(pairs)) rules.set(pairs, arena.take(pairs * 32));
    for (let place = start; place < end; place++) {
      if (plan.above[place]! >= 0) ownRules.set(place, arena.take(pairs * 32));
    }
  }
  const binPlaces = placeBins(bins, arena);
  return {
    ...{ binPlaces, rules, ownRules },
    sets: bins.tests.sets.map((set) => arena.take(set.length)),
    trees: arena.take(trees.length * TREE_BYTES),
    nodes: arena.take(nodes.length * NODE_BYTES),
    tests: arena.take(nodes.length * TEST_BYTES),
    states: arena.take(most(({ start, end }) => end - start) * BLOCK_ROWS),
    scratch: arena.take(BLOCK_ROWS),
    work: arena.take(most(({ start, end, pairs }) => (end - start) * pairs * 16)),
    values: arena.take(BLOCK_ROWS * 8),
    bins: arena.take(binPlaces.binStride),
    sums: arena.take(columnCount * BLOCK_ROWS * 8),
    size: arena.size,
  };
}

/**
 * Packs the plans into linear memory for workers/kernels/shap-quadrature-kernel.ts and shap-node-states.ts, which say
 * what lies where in a tree, a node and a test.
 *
 * @throws {RangeError} the memory cannot be had
 */
export function packQuadrature(image: QuadratureImage): WebAssembly.Memory {
  const { question, plan, bins, layout } = image;
  const memory = new WebAssembly.Memory({ initial: Math.ceil(layout.size / PAGE_BYTES) });
  writeSearches(new DataView(memory.buffer), question.ensemble, bins, layout.binPlaces);
  for (const [i, set] of bins.tests.sets.entries()) new Uint8Array(memory.buffer).set(set, layout.sets[i]!);
  const views = { words: new Int32Array(memory.buffer), numbers: new Float64Array(memory.buffer) };
  for (const [pairs, address] of layout.rules) writeRule(views, address, pairs, 1);
  for (const [i, tree] of plan.trees.entries()) {
    const { start, end, pairs } = tree;
    const nodes = layout.nodes + start * NODE_BYTES;
    const tests = layout.tests + start * TEST_BYTES;
    views.words.set([nodes, tests, end - start, pairs], (layout.trees + i * TREE_BYTES) / 4);
    for (let place = start; place < end; place++) {
      writeNode(views, image, tree, place);
      writeTest(views, image, start, place);
    }
  }
  return memory;
}

/** The same memory as 32-bit words (addresses / 4) and as float64 (addresses / 8). */
interface Views {
  readonly words: Int32Array;
  readonly numbers: Float64Array;
}

/** k and weight · z / g² for every node of the rule, where the feature's shares above multiply to z. */
function writeRule({ numbers }: Views, address: number, pairs: number, z: number): void {
  const { nodes, weights } = gaussLegendre(2 * pairs);
  const first = address / 8;
  for (let q = 0; q < nodes.length; q++) {
    const t = nodes[q]!;
    const g = z * (1 - t) + t;
    numbers[first + q] = (z * (1 - t)) / g;
    numbers[first + nodes.length + q] = ((weights[q]! / g) * z) / g;
  }
}

function writeNode(views: Views, image: QuadratureImage, tree: QuadratureTree, place: number): void {
  const { question, plan, layout } = image;
  const { ensemble, output, columnOf } = question;
  const { pairs } = tree;
  const { words, numbers } = views;
  const at = layout.nodes + place * NODE_BYTES;
  const share = plan.leftShares[place]!;
  const own = layout.ownRules.get(place);
  if (own !== undefined) writeRule(views, own, pairs, plan.sharesAbove[place]!);
  const rule = own ?? layout.rules.get(pairs)!;
  const left = plan.left[place]!;
  const right = plan.right[place]!;
  const leftValue = left < 0 ? leafValueOf(ensemble, tree.tree, ~left, output) : 0;
  const rightValue = right < 0 ? leafValueOf(ensemble, tree.tree, ~right, output) : 0;
  numbers.set([1, share - 1, 0, share, share, 0], at / 8);
  words[at / 4 + 12] = rule;
  words[at / 4 + 13] = rule + pairs * 16;
  words[at / 4 + 14] = layout.work + Math.max(0, left - tree.start) * pairs * 16;
  words[at / 4 + 15] = layout.work + Math.max(0, right - tree.start) * pairs * 16;
  numbers[at / 8 + 8] = left < 0 && right < 0 ? leftValue - rightValue : leftValue;
  numbers[at / 8 + 9] = rightValue;
  words[at / 4 + 20] = columnOf[ensemble.features[plan.nodes[place]!]!]! * BLOCK_ROWS * 8;
  words[at / 4 + 21] = Number(left < 0) | (Number(right < 0) << 1);
}

function writeTest(
  { words }: Views,
  { plan, bins, layout }: QuadratureImage,
  start: number,
  place: number,
): void {
  const at = (layout.tests + place * TEST_BYTES) / 4;
  const { columns, limits, isWide, isPoints } = bins.tests;
  const node = plan.nodes[place]!;
  const column = columns[node]!;
  const limit = limits[node]!;
  const above = plan.above[place]!;
  words[at] = Number(isWide[column]) | (Number(isPoints[column]) << 1);
  words[at + 1] = layout.binPlaces.columnOffsets[column]!;
  words[at + 2] = isPoints[column] ? layout.sets[limit]! : limit;
  words[at + 3] = above < 0 ? -1 : (above - start) * BLOCK_ROWS;
  words[at + 4] = plan.aboveIsRight[place] ? GOES_RIGHT : GOES_LEFT;
}

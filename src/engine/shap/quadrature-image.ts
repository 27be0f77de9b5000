import { gaussLegendre } from '../../core/explain/gauss-legendre.ts';
import type { ShapQuestion } from '../../core/explain/shap-question.ts';
import type { BinPlan } from '../kernels/bin-columns.ts';
import { Arena, type BinPlaces, BLOCK_ROWS, bitsOf, placeBins, writeSearches } from '../kernels/bin-rows.ts';
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
  const view = new DataView(memory.buffer);
  writeSearches(view, question.ensemble, bins, layout.binPlaces);
  for (const [i, set] of bins.tests.sets.entries()) new Uint8Array(memory.buffer).set(set, layout.sets[i]!);
  for (const [pairs, address] of layout.rules) writeRule(view, address, pairs, 1);
  for (const [i, tree] of plan.trees.entries()) {
    const { start, end, pairs } = tree;
    const words = [layout.nodes + start * NODE_BYTES, layout.tests + start * TEST_BYTES, end - start, pairs];
    for (const [k, word] of words.entries()) view.setInt32(layout.trees + i * TREE_BYTES + k * 4, word, true);
    for (let place = start; place < end; place++) {
      writeNode(view, image, tree, place);
      writeTest(view, image, start, place);
    }
  }
  return memory;
}

/** k and weight · z / g² for every node of the rule, where the feature's shares above multiply to z. */
function writeRule(view: DataView, address: number, pairs: number, z: number): void {
  const { nodes, weights } = gaussLegendre(2 * pairs);
  for (const [q, t] of nodes.entries()) {
    const g = z * (1 - t) + t;
    view.setFloat64(address + q * 8, (z * (1 - t)) / g, true);
    view.setFloat64(address + pairs * 16 + q * 8, ((weights[q]! / g) * z) / g, true);
  }
}

function writeNode(view: DataView, image: QuadratureImage, tree: QuadratureTree, place: number): void {
  const { question, plan, layout } = image;
  const { ensemble, output, columnOf } = question;
  const { start, pairs } = tree;
  const at = layout.nodes + place * NODE_BYTES;
  const share = plan.leftShares[place]!;
  const own = layout.ownRules.get(place);
  if (own !== undefined) writeRule(view, own, pairs, plan.sharesAbove[place]!);
  const rule = own ?? layout.rules.get(pairs)!;
  const left = plan.left[place]!;
  const right = plan.right[place]!;
  const leafValue = (side: number) => (side < 0 ? leafValueOf(ensemble, tree.tree, ~side, output) : 0);
  const addressOf = (side: number) => layout.work + Math.max(0, side - start) * pairs * 16;
  const leftValue = left < 0 && right < 0 ? leafValue(left) - leafValue(right) : leafValue(left);
  const byState = [1, share - 1, 0, share, share, 0];
  for (const [i, value] of byState.entries()) view.setFloat64(at + i * 8, value, true);
  const addresses = [rule, rule + pairs * 16, addressOf(left), addressOf(right)];
  for (const [i, address] of addresses.entries()) view.setUint32(at + 48 + i * 4, address, true);
  view.setFloat64(at + 64, leftValue, true);
  view.setFloat64(at + 72, leafValue(right), true);
  const column = columnOf[ensemble.features[plan.nodes[place]!]!]!;
  view.setUint32(at + 80, column * BLOCK_ROWS * 8, true);
  view.setUint32(at + 84, bitsOf([left < 0, right < 0]), true);
}

function writeTest(
  view: DataView,
  { plan, bins, layout }: QuadratureImage,
  start: number,
  place: number,
): void {
  const at = layout.tests + place * TEST_BYTES;
  const { columns, limits, isWide, isPoints } = bins.tests;
  const node = plan.nodes[place]!;
  const column = columns[node]!;
  const limit = limits[node]!;
  const above = plan.above[place]!;
  const words = [
    bitsOf([isWide[column]!, isPoints[column]!]),
    layout.binPlaces.columnOffsets[column]!,
    isPoints[column] ? layout.sets[limit]! : limit,
    above < 0 ? -1 : (above - start) * BLOCK_ROWS,
    plan.aboveIsRight[place] ? GOES_RIGHT : GOES_LEFT,
  ];
  for (const [i, word] of words.entries()) view.setInt32(at + i * 4, word, true);
}

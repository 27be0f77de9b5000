import { MAX_BITS } from '../../core/explain/pattern-groups.ts';
import { bitsOf, writeSearches } from '../kernels/bin-rows.ts';
import { NODE_BYTES, type TablePlan, WEIGHT_BYTES } from './table-plan.ts';

const PAGE_BYTES = 65_536;

/** What of a plan stays in linear memory whatever block of groups is in it: searches, sets, nodes and weights. */
export function packTables(plan: TablePlan): WebAssembly.Memory {
  const { question, bins, layout, kind } = plan;
  const memory = new WebAssembly.Memory({ initial: Math.ceil(layout.size / PAGE_BYTES) });
  const view = new DataView(memory.buffer);
  writeSearches(view, question.ensemble, bins, layout.binPlaces);
  for (const [i, set] of bins.tests.sets.entries()) new Uint8Array(memory.buffer).set(set, layout.sets[i]!);
  for (const [i, node] of plan.nodes.nodes.entries())
    writeNode(view, plan, node, layout.nodes + i * NODE_BYTES);
  const weights = new Float64Array(memory.buffer, layout.weights, ((MAX_BITS + 1) * WEIGHT_BYTES) / 8);
  if (kind === 'contributions') writeWeights(weights);
  else writePairWeights(weights);
  return memory;
}

function writeNode(view: DataView, { bins, layout }: TablePlan, node: number, at: number): void {
  const { columns, limits, isWide, isPoints } = bins.tests;
  const column = columns[node]!;
  const limit = limits[node]!;
  view.setInt32(at, bitsOf([isWide[column]!, isPoints[column]!]), true);
  view.setInt32(at + 4, layout.binPlaces.columnOffsets[column]!, true);
  view.setInt32(at + 8, isPoints[column] ? layout.sets[limit]! : limit, true);
}

/** For u terms, of every size b of a set: w(b - 1) and w(b), with w(a) = a! (u - 1 - a)! / u!. See shap-leaf.ts. */
function writeWeights(into: Float64Array): void {
  for (let terms = 1; terms <= MAX_BITS; terms++) {
    const first = (terms * WEIGHT_BYTES) / 8;
    for (let size = 0; size <= terms; size++) {
      into[first + size * 2] = coalitionWeight(size - 1, terms - 1);
      into[first + size * 2 + 1] = coalitionWeight(size, terms - 1);
    }
  }
}

/** For u terms, of every size b: w(b - 2) and w(b - 1), then w(b), with w(a) = a! (u - 2 - a)! / (2 (u - 1)!). See shap-pairs.ts. */
function writePairWeights(into: Float64Array): void {
  for (let terms = 2; terms <= MAX_BITS; terms++) {
    const first = (terms * WEIGHT_BYTES) / 8;
    const third = first + WEIGHT_BYTES / 16;
    for (let size = 0; size <= terms; size++) {
      into[first + size * 2] = coalitionWeight(size - 2, terms - 2) / 2;
      into[first + size * 2 + 1] = coalitionWeight(size - 1, terms - 2) / 2;
      into[third + size * 2] = coalitionWeight(size, terms - 2) / 2;
    }
  }
}

/** a! (m - a)! / (m + 1)! = 1 / ((m + 1) x (m over a)); 0 where a is not of 0 to m. */
function coalitionWeight(a: number, m: number): number {
  if (a < 0 || a > m) return 0;
  let choose = 1;
  for (let i = 1; i <= a; i++) choose = (choose * (m - a + i)) / i;
  return 1 / ((m + 1) * choose);
}

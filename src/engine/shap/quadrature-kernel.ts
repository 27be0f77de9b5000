import { ModelError } from '../../core/errors.ts';
import type { ShapQuestion } from '../../core/explain/shap-question.ts';
import { drain, inSlices, type Sliced } from '../../core/sliced.ts';
import type { FeatureBlock } from '../../core/trees/tree-ensemble.ts';
import { planBins } from '../kernels/bin-columns.ts';
import { type BinningExports, BLOCK_ROWS, binRows } from '../kernels/bin-rows.ts';
import { layOutQuadrature, packQuadrature, type QuadratureImage } from './quadrature-image.ts';
import { SHAP_QUADRATURE_KERNEL_BASE64 } from './quadrature-kernel-bytes.ts';
import { planQuadrature } from './quadrature-plan.ts';
import type { TreeExplainer } from './tree-explainer.ts';

/** What computes the contributions, for reports. The number changes with anything that could change a result. */
const QUADRATURE_KERNEL_NAME = 'Cutline SHAP quadrature kernel 1 (WebAssembly SIMD, float64)';

/** Most linear memory that one model may take. */
const MAX_BYTES = 512 * 2 ** 20;

/** Nodes x rows between two yields: about 40 ms. */
const VISITS_PER_TURN = 2 ** 21;

interface KernelExports extends BinningExports {
  explainTrees(
    trees: number,
    count: number,
    bins: number,
    rows: number,
    states: number,
    scratch: number,
    work: number,
    sums: number,
  ): void;
}

let compiled: WebAssembly.Module | null = null;

function kernelBytes(): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(SHAP_QUADRATURE_KERNEL_BASE64), (character) => character.charCodeAt(0));
}

/** Compiled once per thread. */
function kernelModule(): WebAssembly.Module {
  compiled ??= new WebAssembly.Module(kernelBytes());
  return compiled;
}

function planImage(question: ShapQuestion): QuadratureImage | string {
  const { ensemble, output, expectation, columnCount } = question;
  if (expectation.kind !== 'path-dependent')
    return 'It needs covers, and the question is about background rows.';
  if (ensemble.linearLeaves !== null) return 'Its leaves hold linear models.';
  if (compiled === null && !(typeof WebAssembly === 'object' && WebAssembly.validate(kernelBytes()))) {
    return 'There is no WebAssembly SIMD here.';
  }
  const bins = planBins(ensemble, false);
  if (typeof bins === 'string') return bins;
  const plan = planQuadrature(ensemble, output, expectation.covers);
  const layout = layOutQuadrature(plan, bins, columnCount);
  if (layout.size > MAX_BYTES) {
    return `It would take more than ${MAX_BYTES / 2 ** 20} MB of memory in each worker.`;
  }
  return { question, plan, bins, layout };
}

/**
 * Why the quadrature kernel cannot answer a question, as one sentence for the reader of a report; null when it can.
 *
 * O(nodes x depth).
 */
export function quadratureRefusal(question: ShapQuestion): string | null {
  const image = planImage(question);
  if (typeof image === 'string') return image;
  planned = new WeakRef(image);
  return null;
}

/** The last plan: a kernel is often made right after it was asked whether there can be one. */
let planned: WeakRef<QuadratureImage> | null = null;

function plannedOrPlan(question: ShapQuestion): QuadratureImage | string {
  const last = planned?.deref();
  planned = null;
  return last?.question === question ? last : planImage(question);
}

/**
 * Path-dependent SHAP by Gauss-Legendre quadrature, exact for paths of any length: no tables to build, so that the first
 * row is there at once. O(nodes x features of the longest path) per row.
 *
 * @throws {ModelError} `session-failed` with the sentence of {@link quadratureRefusal}, or when the memory cannot be had
 */
export function createQuadratureExplainer(question: ShapQuestion): TreeExplainer {
  const image = plannedOrPlan(question);
  if (typeof image === 'string') throw refused(image);
  let running: Running | null = startKernel(image);
  const explainSliced = (block: FeatureBlock) => {
    if (running === null) throw refused('It was released.');
    return explainBlock(running, block);
  };
  return {
    name: QUADRATURE_KERNEL_NAME,
    baseValue: image.plan.baseValue,
    explain: (block) => drain(explainSliced(block)),
    explainSliced,
    release() {
      running = null;
    },
  };
}

function refused(why: string): ModelError {
  return new ModelError('session-failed', `The quadrature kernel cannot explain this model. ${why}`, {
    advice: 'Explain with another method.',
  });
}

/** What is left of an image once its memory is filled. */
interface Running {
  readonly image: QuadratureImage;
  readonly memory: WebAssembly.Memory;
  readonly kernel: KernelExports;
  /** Rows between two yields, at most a block. Nothing in memory outlives them, so that answers may take turns. */
  readonly turnRows: number;
}

function startKernel(image: QuadratureImage): Running {
  const memory = packQuadrature(image);
  const instance = new WebAssembly.Instance(kernelModule(), { env: { memory } });
  const turnRows = Math.floor(VISITS_PER_TURN / Math.max(1, image.plan.nodes.length));
  return {
    image,
    memory,
    kernel: instance.exports as unknown as KernelExports,
    turnRows: Math.min(Math.max(turnRows, 1), BLOCK_ROWS),
  };
}

function* explainBlock(running: Running, block: FeatureBlock): Sliced<Float64Array> {
  const { question } = running.image;
  const { rowCount } = block;
  const out = new Float64Array(question.columnCount * rowCount);
  const explainRows = (start: number, end: number) => {
    const sums = sumTrees(running, block, start, end);
    for (let column = 0; column < question.columnCount; column++) {
      const first = column * BLOCK_ROWS;
      out.set(sums.subarray(first, first + end - start), column * rowCount + start);
    }
  };
  yield* inSlices(rowCount, explainRows, running.turnRows);
  return out;
}

/** @returns the contributions of the rows [start, end), 256 numbers to a column */
function sumTrees(running: Running, block: FeatureBlock, start: number, end: number): Float64Array {
  const { memory, kernel, image } = running;
  const { layout, plan, question } = image;
  const { trees, bins, states, scratch, work, sums } = layout;
  binRows(kernel, memory, layout.binPlaces, layout, block, [start, end]);
  const into = new Float64Array(memory.buffer, sums, question.columnCount * BLOCK_ROWS).fill(0);
  kernel.explainTrees(trees, plan.trees.length, bins, end - start, states, scratch, work, sums);
  return into;
}

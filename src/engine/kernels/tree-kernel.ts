import { ModelError } from '../../core/errors.ts';
import type { FeatureBlock, TreeEnsemble } from '../../core/trees/tree-ensemble.ts';
import { planBins } from './bin-columns.ts';
import { type BinningExports, BLOCK_ROWS, binRows } from './bin-rows.ts';
import { type KernelPlan, packImage } from './kernel-image.ts';
import { CHUNK_ROWS, type KernelLayout, layOut, MAX_WALKED_COLUMNS } from './kernel-layout.ts';
import { TREE_KERNEL_BASE64 } from './tree-kernel-bytes.ts';
import { planTrees } from './tree-program.ts';

/** What computes the margins, for reports. The number changes with anything that could change a result. */
export const KERNEL_NAME = 'Cutline tree kernel 1 (WebAssembly SIMD)';

/** Most linear memory that one ensemble may take. */
const MAX_BYTES = 512 * 2 ** 20;

/** A tree ensemble ready to run in this thread. */
export interface TreeKernel {
  readonly name: string;
  /**
   * The margins of all rows of a block, equal bit for bit to those of `marginsOf` (core/trees/evaluate-trees.ts).
   *
   * @param out receives rowCount x outputCount margins, row by row
   * @throws {ModelError} `session-failed` after `release`
   */
  margins(block: FeatureBlock, out: Float64Array): void;
  /** Lets the memory go; the kernel is of no use afterwards. */
  release(): void;
}

interface KernelExports extends BinningExports {
  addTrees(
    trees: number,
    count: number,
    bins: number,
    slots: number,
    scratch: number,
    numbers: number,
    sums: number,
    width: number,
    single: number,
  ): void;
}

let compiled: WebAssembly.Module | null = null;

function kernelBytes(): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(TREE_KERNEL_BASE64), (character) => character.charCodeAt(0));
}

/** Compiled once per thread. */
function kernelModule(): WebAssembly.Module {
  compiled ??= new WebAssembly.Module(kernelBytes());
  return compiled;
}

/** The plan of an ensemble, or one sentence why there is none. */
function planKernel(ensemble: TreeEnsemble): KernelPlan | string {
  if (ensemble.linearLeaves !== null) return 'Its leaves hold linear models.';
  if (compiled === null && !(typeof WebAssembly === 'object' && WebAssembly.validate(kernelBytes()))) {
    return 'There is no WebAssembly SIMD here.';
  }
  const programs = planTrees(ensemble);
  const isAnyWalked = programs.isWalked.includes(true);
  const bins = planBins(ensemble, isAnyWalked);
  if (typeof bins === 'string') return bins;
  if (isAnyWalked && bins.columnCount > MAX_WALKED_COLUMNS) {
    return `Its large trees ask for more than ${MAX_WALKED_COLUMNS} features.`;
  }
  const layout = layOut(ensemble, bins, programs);
  if (layout.size > MAX_BYTES) {
    return `It would take more than ${MAX_BYTES / 2 ** 20} MB of memory in each worker.`;
  }
  return { ensemble, bins, programs, layout };
}

/**
 * Why the kernel cannot run an ensemble, as one sentence for the reader of a report; null when it can.
 *
 * O(nodes log nodes).
 */
export function kernelRefusal(ensemble: TreeEnsemble): string | null {
  const plan = planKernel(ensemble);
  if (typeof plan === 'string') return plan;
  planned = new WeakRef(plan);
  return null;
}

/** The last plan: a kernel is often made right after it was asked whether there can be one. */
let planned: WeakRef<KernelPlan> | null = null;

function plannedOrPlan(ensemble: TreeEnsemble): KernelPlan | string {
  const last = planned?.deref();
  planned = null;
  return last?.ensemble === ensemble ? last : planKernel(ensemble);
}

/**
 * Packs an ensemble into memory of its own and readies the kernel for it. Several kernels may live in one thread.
 *
 * @throws {ModelError} `session-failed` with the sentence of {@link kernelRefusal}, or when the memory cannot be had
 */
export function createTreeKernel(ensemble: TreeEnsemble): TreeKernel {
  const plan = plannedOrPlan(ensemble);
  if (typeof plan === 'string') throw refused(plan);
  let running: Running | null = startKernel(plan);
  return {
    name: KERNEL_NAME,
    margins(block, out) {
      if (running === null) throw refused('It was released.');
      for (let start = 0; start < block.rowCount; start += CHUNK_ROWS) {
        runChunk(running, block, start, Math.min(start + CHUNK_ROWS, block.rowCount), out);
      }
    },
    release() {
      running = null;
    },
  };
}

/** What is left of a plan once its memory is filled. */
interface Running {
  readonly ensemble: TreeEnsemble;
  readonly layout: KernelLayout;
  readonly memory: WebAssembly.Memory;
  readonly kernel: KernelExports;
}

function startKernel(plan: KernelPlan): Running {
  const { ensemble, layout } = plan;
  const memory = packImage(plan);
  const instance = new WebAssembly.Instance(kernelModule(), { env: { memory } });
  return { ensemble, layout, memory, kernel: instance.exports as unknown as KernelExports };
}

function refused(why: string): ModelError {
  return new ModelError('session-failed', `The tree kernel cannot run this model. ${why}`, {
    advice: 'Score with another engine.',
  });
}

function runChunk(
  running: Running,
  block: FeatureBlock,
  start: number,
  end: number,
  out: Float64Array,
): void {
  const { ensemble, layout, memory, kernel } = running;
  const { outputCount, leafWidth, roots } = ensemble;
  const blocks = Math.ceil((end - start) / BLOCK_ROWS);
  binRows(kernel, memory, layout.binPlaces, layout, block, [start, end]);
  const isSingle = ensemble.sums !== 'float64';
  const length = blocks * BLOCK_ROWS * outputCount;
  const sums = isSingle
    ? new Float32Array(memory.buffer, layout.sums, length)
    : new Float64Array(memory.buffer, layout.sums, length);
  beginSums(ensemble, sums);
  const { trees, slots, scratch, numbers } = layout;
  const sumStride = BLOCK_ROWS * outputCount * sums.BYTES_PER_ELEMENT;
  for (let i = 0; i < blocks; i++) {
    const bins = layout.bins + i * layout.binPlaces.binStride;
    const into = layout.sums + i * sumStride;
    kernel.addTrees(trees, roots.length, bins, slots, scratch, numbers, into, leafWidth, Number(isSingle));
  }
  finishSums(ensemble, sums, out.subarray(start * outputCount, end * outputCount));
}

type Sums = Float32Array | Float64Array;

function beginSums({ sums, baseValues, outputCount }: TreeEnsemble, into: Sums): void {
  into.fill(0);
  if (sums !== 'float32-from-base') return;
  for (let at = 0; at < into.length; at += BLOCK_ROWS) {
    into.fill(baseValues[(at / BLOCK_ROWS) % outputCount]!, at, at + BLOCK_ROWS);
  }
}

/** Adds the base value where it comes last, and turns blocks of outputs into rows. */
function finishSums({ sums, baseValues, outputCount }: TreeEnsemble, from: Sums, out: Float64Array): void {
  const rowCount = out.length / outputCount;
  const isSingle = sums !== 'float64';
  for (let k = 0; k < outputCount; k++) {
    const last = sums === 'float32-from-base' ? -0 : baseValues[k]!;
    const base = isSingle ? Math.fround(last) : last;
    for (let row = 0; row < rowCount; row++) {
      const at = ((row >> 8) * outputCount + k) * BLOCK_ROWS + (row & 255);
      const sum = from[at]! + base;
      out[row * outputCount + k] = isSingle ? Math.fround(sum) : sum;
    }
  }
}

import { createTreeKernel } from './kernels/tree-kernel.ts';
import type { Scorer } from './scorer.ts';
import { type ScorableTrees, treesScorer } from './trees-scorer.ts';

/**
 * Trees run by the WebAssembly kernel: the margins of the plain evaluation, bit for bit, and the same steps after them.
 *
 * @throws {ModelError} as `createTreeKernel`, when the kernel cannot run these trees here
 */
export function createKernelScorer(trees: ScorableTrees): Scorer {
  const { ensemble } = trees;
  const kernel = createTreeKernel(ensemble);
  const margins = (block: Parameters<typeof kernel.margins>[0]) => {
    const out = new Float64Array(block.rowCount * ensemble.outputCount);
    kernel.margins(block, out);
    return out;
  };
  return treesScorer(trees, kernel.name, margins, {
    mostRows: Number.POSITIVE_INFINITY,
    release: async () => kernel.release(),
  });
}

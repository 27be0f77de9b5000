import { inSlices, type Sliced } from '../../core/sliced.ts';
import { marginsOf } from '../../core/trees/evaluate-trees.ts';
import type { FeatureBlock, TreeEnsemble } from '../../core/trees/tree-ensemble.ts';
import { createTreeKernel, kernelRefusal, type TreeKernel } from '../kernels/tree-kernel.ts';

/** One margin of an ensemble in float64, whatever its own arithmetic is: what contributions must add up to. */
export interface Float64Margins {
  /** The margin of each row of a block, base value and tree weights included, never averaged. */
  of(block: FeatureBlock): Sliced<Float64Array>;
  release(): void;
}

/** With fewer rows in all, making a kernel costs more than the plain evaluation (0.04 ms a row of 150 trees). */
const KERNEL_ROWS = 1000;

/** Trees that the plain evaluation walks between two yields: about 40 ms. */
const WALKS_A_SLICE = 1 << 18;

/** Rows that the kernel evaluates between two yields: 500 trees take about 40 ms. */
const KERNEL_SLICE_ROWS = 4096;

/**
 * Readies the evaluation: the scoring kernel where there are many rows and it runs these trees, else the plain one. The two
 * agree bit for bit.
 *
 * @param totalRows rows of the whole job
 */
export function float64Margins(ensemble: TreeEnsemble, output: number, totalRows: number): Float64Margins {
  const exact: TreeEnsemble = { ...ensemble, sums: 'float64' };
  const { outputCount, roots } = exact;
  const kernel = totalRows >= KERNEL_ROWS ? kernelOrNull(exact) : null;
  const sliceRows =
    kernel === null ? Math.max(1, Math.floor(WALKS_A_SLICE / Math.max(1, roots.length))) : KERNEL_SLICE_ROWS;
  const evaluate = (rows: FeatureBlock, out: Float64Array) =>
    kernel === null ? marginsOf(exact, rows, out) : kernel.margins(rows, out);
  return {
    *of(block) {
      const margins = new Float64Array(block.rowCount);
      yield* inSlices(
        block.rowCount,
        (start, end) => {
          const columns = block.columns.map((column) => column.subarray(start, end));
          const out = new Float64Array((end - start) * outputCount);
          evaluate({ rowCount: end - start, columns }, out);
          for (let i = start; i < end; i++) margins[i] = out[(i - start) * outputCount + output]!;
        },
        sliceRows,
      );
      return margins;
    },
    release: () => kernel?.release(),
  };
}

/** A worker may lack the memory for a kernel: the plain evaluation gives the same bits. */
function kernelOrNull(ensemble: TreeEnsemble): TreeKernel | null {
  if (kernelRefusal(ensemble) !== null) return null;
  try {
    return createTreeKernel(ensemble);
  } catch {
    return null;
  }
}

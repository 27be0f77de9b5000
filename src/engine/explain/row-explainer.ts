import type { ExplanationGround } from '../../core/explain/explanation-ground.ts';
import { linearShap } from '../../core/explain/linear-shap.ts';
import { featureBlockOfRows } from '../../core/model/feature-block.ts';
import { inSlices, type Sliced } from '../../core/sliced.ts';
import type { FeatureBlock, TreeEnsemble } from '../../core/trees/tree-ensemble.ts';
import { createTreeExplainer } from '../shap/tree-explainer.ts';
import { type ExactApproach, exactApproach, shapQuestion } from './exact-approach.ts';
import type { ExplainedModel } from './explanation-approach.ts';
import { explainedValue } from './explanation-ground.ts';
import { float64Margins } from './float64-margins.ts';
import { linearQuestion } from './linear-question.ts';

/** Contributions of a block of rows, with the sign of the plan. */
export interface ExplainedBlock {
  /** featureCount x rowCount, column by column. */
  readonly values: Float64Array;
  /** Per row the explained value, computed apart from the contributions; NaN where the model has none. */
  readonly outputs: Float64Array;
}

/** Explains rows of one table by an exact method, in this thread. */
export interface RowExplainer {
  /** Rows a block takes at most. */
  readonly mostRows: number;
  /** @param rows table rows, at most `mostRows`; those of a row do not depend on the rows beside it */
  explain(rows: Uint32Array): Sliced<ExplainedBlock>;
  /** Lets the memory go; the explainer is of no use afterwards. */
  release(): void;
}

/** Contributions that are held at once: 32 MB. Many rows let tables that do not all fit be built once for many. */
const MOST_VALUES = 1 << 22;
const MOST_BLOCK_ROWS = 1 << 15;

/**
 * Readies the exact method of a ground.
 *
 * @param model     the one that the ground was made for
 * @param totalRows rows of the whole job: it decides between methods that are fast for few rows and for many
 * @throws {DataError} `invalid-argument` for a ground by sampling; what `createTreeExplainer` throws
 */
export function createRowExplainer(
  model: ExplainedModel,
  ground: ExplanationGround,
  totalRows: number,
): RowExplainer {
  const approach = exactApproach(model, ground);
  const { plan } = ground;
  const explainer =
    approach.method === 'linear'
      ? explainLinear(approach, ground)
      : explainTrees(approach, ground, totalRows);
  return {
    mostRows: Math.max(
      64,
      Math.min(MOST_BLOCK_ROWS, Math.floor(MOST_VALUES / Math.max(1, approach.columnCount))),
    ),
    *explain(rows) {
      const block = featureBlockOfRows(approach.bound, rows);
      const values = yield* explainer.contributions(block);
      const outputs = yield* explainer.outputs(block);
      // 0 − x, not −x: a column that does not contribute stays 0, not −0.
      if (plan.sign === -1) for (let i = 0; i < values.length; i++) values[i] = 0 - values[i]!;
      return { values, outputs: outputs.map((margin) => explainedValue(plan, margin)) };
    },
    release: explainer.release,
  };
}

/** The two halves of an explanation before the sign; both read a block of core features. */
interface SignlessExplainer {
  contributions(block: FeatureBlock): Sliced<Float64Array>;
  outputs(block: FeatureBlock): Sliced<Float64Array>;
  readonly release: () => void;
}

function explainTrees(
  approach: Extract<ExactApproach, { readonly ensemble: TreeEnsemble }>,
  ground: ExplanationGround,
  totalRows: number,
): SignlessExplainer {
  const explainer = createTreeExplainer(shapQuestion(approach, ground), totalRows);
  const margins = float64Margins(approach.ensemble, approach.output, totalRows);
  return {
    contributions: (block) => explainer.explainSliced(block),
    outputs: (block) => margins.of(block),
    release: () => {
      explainer.release();
      margins.release();
    },
  };
}

/** Rows of a linear model between two yields: 100 features take about 10 ms. */
const LINEAR_SLICE_ROWS = 1 << 14;

function explainLinear(
  approach: Extract<ExactApproach, { readonly method: 'linear' }>,
  { backgroundRows }: ExplanationGround,
): SignlessExplainer {
  const background = featureBlockOfRows(approach.bound, backgroundRows ?? new Uint32Array(0));
  const shap = linearShap(linearQuestion(approach, background));
  return {
    *contributions(block) {
      yield { done: 0, total: block.rowCount };
      return shap.explain(block);
    },
    *outputs(block) {
      const margins = new Float64Array(block.rowCount);
      yield* inSlices(
        block.rowCount,
        (start, end) => {
          for (let row = start; row < end; row++) margins[row] = linearMargin(approach, block, row);
        },
        LINEAR_SLICE_ROWS,
      );
      return margins;
    },
    release: () => undefined,
  };
}

/** intercept + Σ_j w_j x_j of one row, in float64. */
function linearMargin(
  { linear, output }: Extract<ExactApproach, { readonly method: 'linear' }>,
  { columns }: FeatureBlock,
  row: number,
): number {
  const { featureCount, coefficients, intercepts } = linear;
  let margin = intercepts[output]!;
  for (let j = 0; j < featureCount; j++)
    margin += coefficients[output * featureCount + j]! * columns[j]![row]!;
  return margin;
}

import { DataError } from '../../core/errors.ts';
import type { ExplanationGround } from '../../core/explain/explanation-ground.ts';
import { featureBlockOfRows } from '../../core/model/feature-block.ts';
import { type Sliced, stage } from '../../core/sliced.ts';
import { createInteractionExplainer } from '../shap/tree-explainer.ts';
import { exactApproach, shapQuestion } from './exact-approach.ts';
import { sumContributions } from './explain-rows.ts';
import type { ExplainedModel } from './explanation-approach.ts';
import { createRowExplainer } from './row-explainer.ts';

/** Interactions of rows that are held at once: 16 MB. */
const MOST_VALUES = 1 << 21;

/** Σ |φ_ij| over rows. */
export interface InteractionSums {
  readonly rowCount: number;
  /** featureCount x featureCount, row by row, symmetric. */
  readonly absolute: Float64Array;
}

/** Explains the pairs of features of rows of one table, in this thread. */
export interface PairExplainer {
  /** Sums of the sizes of all interactions over chosen rows, in their order. */
  sum(rows: Uint32Array): Sliced<InteractionSums>;
  /** Lets the memory go; the explainer is of no use afterwards. */
  release(): void;
}

/**
 * Readies the interactions of a ground. The features of a linear model do not interact: only its diagonal, the main
 * effects, is not 0.
 *
 * @param model     the one that the ground was made for
 * @param totalRows rows of the whole job: it decides between methods that are fast for few rows and for many
 * @throws {DataError} `invalid-argument` for a ground by sampling
 */
export function createPairExplainer(
  model: ExplainedModel,
  ground: ExplanationGround,
  totalRows: number,
): PairExplainer {
  refuseSampling(ground);
  const approach = exactApproach(model, ground);
  if (approach.method === 'linear') return linearPairs(model, ground, approach.columnCount);
  const explainer = createInteractionExplainer(shapQuestion(approach, ground), totalRows);
  const cells = approach.columnCount ** 2;
  const mostRows = Math.max(1, Math.floor(MOST_VALUES / cells));
  return {
    *sum(rows) {
      const absolute = new Float64Array(cells);
      for (let start = 0; start < rows.length; start += mostRows) {
        const end = Math.min(start + mostRows, rows.length);
        const block = featureBlockOfRows(approach.bound, rows.subarray(start, end));
        const values = yield* stage(explainer.explainSliced(block), start, end, rows.length);
        for (let i = 0; i < values.length; i++) absolute[i % cells]! += Math.abs(values[i]!);
      }
      return { rowCount: rows.length, absolute };
    },
    release: () => explainer.release(),
  };
}

function linearPairs(model: ExplainedModel, ground: ExplanationGround, columnCount: number): PairExplainer {
  const explainer = createRowExplainer(model, ground, 1);
  return {
    *sum(rows) {
      const main = yield* sumContributions(explainer, rows, columnCount, ground.plan.baseValue);
      const absolute = new Float64Array(columnCount * columnCount);
      for (let column = 0; column < columnCount; column++)
        absolute[column * (columnCount + 1)] = main.absolute[column]!;
      return { rowCount: main.rowCount, absolute };
    },
    release: () => explainer.release(),
  };
}

function refuseSampling({ plan }: ExplanationGround): void {
  if (plan.method !== 'sampling') return;
  throw new DataError('invalid-argument', 'Sampling does not tell the interactions of features.', {
    advice: 'Interactions are computed for tree models by an exact method.',
  });
}

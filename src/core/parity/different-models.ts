/** Telling two models from two forms of one: a conversion keeps what is inside, and the order of the rows nearly. */
import type { ModelSummary } from '../model/signature.ts';
import type { FormComparison } from './form-comparison.ts';

/** Even a wrong conversion ranks the rows nearly alike; models that were trained apart do not come this close. */
const RANKS_ALIKE = 0.99;

/**
 * Whether two models that differ are models of their own: no cause of a wrong conversion was found, what is inside
 * differs, and their ranks correlate below 0.99.
 */
export function areDifferentModels(
  { verdict, causes, rankCorrelation }: FormComparison,
  left: ModelSummary,
  right: ModelSummary | null,
): right is ModelSummary {
  const isUnexplained = verdict === 'differ' && causes.every(({ code }) => code === 'unknown');
  return right !== null && isUnexplained && rankCorrelation < RANKS_ALIKE && isMadeOtherwise(left, right);
}

function isMadeOtherwise(left: ModelSummary, right: ModelSummary): boolean {
  return left.core !== right.core || insideKey(left, right) !== insideKey(right, left);
}

/**
 * What a conversion leaves as it is, whatever it calls the features. Splits on categories may become several in ONNX, so
 * with them only the trees are counted.
 */
function insideKey({ trees, linear, operators }: ModelSummary, beside: ModelSummary): string {
  if (trees === null)
    return linear === undefined ? JSON.stringify(operators) : `${linear.coefficients.length}`;
  if (trees.categoricalSplits + (beside.trees?.categoricalSplits ?? 0) > 0) return `${trees.treeCount}`;
  const uses = trees.featureUse.map(({ splits }) => splits).filter((splits) => splits > 0);
  return JSON.stringify([trees.treeCount, trees.leafCount, uses.sort((a, b) => a - b)]);
}

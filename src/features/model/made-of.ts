import type { ModelSummary } from '../../core/model/signature.ts';
import { formatCountOf } from '../../design/format.ts';

/** "160 trees with 2,473 leaves"; what a model is made of. */
export function madeOf({ trees, linear, operators }: ModelSummary): string {
  if (trees !== null)
    return `${formatCountOf(trees.treeCount, 'tree')} with ${formatCountOf(trees.leafCount, 'leaf', 'leaves')}`;
  if (linear !== undefined)
    return `a linear model of ${formatCountOf(linear.coefficients.length, 'feature')}`;
  return `a graph of ${formatCountOf(
    operators.reduce((sum, { count }) => sum + count, 0),
    'operator',
  )}`;
}

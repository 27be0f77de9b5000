import type { TreeCovers } from '../../core/explain/shap-question.ts';
import { coverShares } from '../../core/explain/tree-covers.ts';
import { drain } from '../../core/sliced.ts';
import type { FeatureBlock, TreeEnsemble } from '../../core/trees/tree-ensemble.ts';
import { float64Margins } from './float64-margins.ts';

/**
 * The margin when nothing is known of a row, by covers: every split takes both branches, weighted by their shares.
 *
 *     base + Σ_t weight_t · E_t(root)      E(node) = share_left · E(left) + (1 − share_left) · E(right)
 *
 * O(nodes).
 */
export function pathDependentBase(ensemble: TreeEnsemble, output: number, covers: TreeCovers): number {
  const { left, right, roots, treeWeights, treeOutputs, leafValues, leafWidth, baseValues } = ensemble;
  const shares = coverShares(ensemble, covers).left;
  const expected = new Float64Array(left.length);
  const column = leafWidth > 1 ? output : 0;
  const expectedAt = (child: number) =>
    child < 0 ? leafValues[~child * leafWidth + column]! : expected[child]!;
  // Children have higher numbers than their parent.
  for (let node = left.length - 1; node >= 0; node--) {
    const share = shares[node]!;
    expected[node] = share * expectedAt(left[node]!) + (1 - share) * expectedAt(right[node]!);
  }
  let base = 0;
  for (let tree = 0; tree < roots.length; tree++) {
    if (leafWidth === 1 && treeOutputs[tree] !== output) continue;
    base += (treeWeights?.[tree] ?? 1) * expectedAt(roots[tree]!);
  }
  return base + baseValues[output]!;
}

/** The margin when nothing is known of a row, by a background: the mean of its margins. At least one row. */
export function interventionalBase(ensemble: TreeEnsemble, output: number, background: FeatureBlock): number {
  const margins = drain(float64Margins(ensemble, output, background.rowCount).of(background));
  return margins.reduce((sum, margin) => sum + margin, 0) / margins.length;
}

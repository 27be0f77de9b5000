import type { LinearQuestion } from '../../core/explain/linear-shap.ts';
import type { FeatureBlock } from '../../core/trees/tree-ensemble.ts';
import type { ExplanationApproach } from './explanation-approach.ts';

/** What is asked of linear SHAP with a background; the columns are the model's own features. */
export function linearQuestion(
  { linear, output, columnOf, columnCount }: Extract<ExplanationApproach, { readonly method: 'linear' }>,
  background: FeatureBlock,
): LinearQuestion {
  return { linear, output, background, columnOf, columnCount };
}

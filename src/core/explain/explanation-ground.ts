import type { TargetDefinition } from '../table/target.ts';
import type { ExplanationPlan } from './explanation.ts';
import type { TreeCovers } from './shap-question.ts';

/** Which rows a global explanation speaks of: every row of the table, or the judged ones (labelled rows of the split). */
export type ExplainedRows =
  | { readonly kind: 'all' }
  | { readonly kind: 'judged'; readonly target: TargetDefinition };

/**
 * What an explanation rests on beside the model and the table: made once, then handed to every worker that explains rows.
 */
export interface ExplanationGround {
  readonly plan: ExplanationPlan;
  /** The margin that is explained, from 0; 0 where the score is. */
  readonly output: number;
  /** Covers of the reference rows that were sent through the trees; null where the file's are used, or none. */
  readonly routedCovers: TreeCovers | null;
  /** Table rows that stand for absent features, ascending; null for path-dependent SHAP. */
  readonly backgroundRows: Uint32Array | null;
}

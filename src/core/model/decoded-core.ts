import type { TreeEnsemble } from '../trees/tree-ensemble.ts';
import type { PlannedFeature } from './planned-feature.ts';

/** A linear model over planned features: margin_k = intercept_k + Σ_j coefficient_kj · x_j. */
export interface LinearModel {
  readonly featureCount: number;
  readonly outputCount: number;
  /** outputCount x featureCount. */
  readonly coefficients: Float64Array;
  readonly intercepts: Float64Array;
  readonly link: 'identity' | 'logistic' | 'softmax';
  /** As in TreeEnsemble. */
  readonly classCount: number;
}

/** What a model is inside, where it could be told: what feeds its core, and the core itself. */
export interface DecodedCore {
  /** One per feature of the core, in its order. */
  readonly features: readonly PlannedFeature[];
  readonly core:
    | { readonly kind: 'trees'; readonly ensemble: TreeEnsemble }
    | { readonly kind: 'linear'; readonly linear: LinearModel };
  /** Of an ONNX file: the output that holds what the core returns; null in native files, and where each class has an output of its own. */
  readonly output: string | null;
}

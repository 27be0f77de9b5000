import type { FeatureBlock, TreeEnsemble } from '../trees/tree-ensemble.ts';

/** The trees behind the scores of one form, to find out why it differs from the other. */
export interface FormTrees {
  readonly ensemble: TreeEnsemble;
  /** One per feature of the ensemble, as shown to users. */
  readonly featureNames: readonly string[];
  /** The features of some table rows, in the order given: what `featureBlockOfRows` makes of the form's own mapping. */
  readonly blockOf: (rows: Uint32Array) => FeatureBlock;
}

/** One of two forms of a model that are laid side by side. */
export interface ComparedScores {
  /** As users know it: the model's name, or the column's. */
  readonly name: string;
  /** One per table row; NaN = no score. Read only. */
  readonly scores: Float64Array;
  /**
   * How the scores were computed: float64 (native LightGBM), float32 (ONNX Runtime, XGBoost), or `column`: read from a
   * file, whose digits and precision are then recognised from the values.
   */
  readonly precision: 'float64' | 'float32' | 'column';
  /** Null for a column, and for a model whose trees are not known. */
  readonly trees: FormTrees | null;
}

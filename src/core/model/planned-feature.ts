/**
 * How the features of a model's core (the trees, the linear model) come out of the columns that the model asks for: what
 * a scikit-learn pipeline does before its estimator, or what pandas does to categories before LightGBM sees them.
 */

/** One step on one value. Numbers are float64 in and out; `float32` steps round as ONNX Runtime does. */
export type FeatureStep =
  /** Text -> its position in `values` (as the table writes them); unknown or missing -> NaN. */
  | { readonly kind: 'category-code'; readonly values: readonly string[] }
  /**
   * Text -> its position in `values`, as pandas codes its categories: an unknown text, and a missing cell whatever the list
   * holds, -> NaN.
   */
  | { readonly kind: 'pandas-code'; readonly values: readonly string[] }
  /** Number -> its position in `values`; any other number and NaN -> NaN. True is 1 and false 0. */
  | { readonly kind: 'number-code'; readonly values: readonly number[] }
  /** Text -> 1 when it is `value`, else 0. A missing text is the empty text. */
  | { readonly kind: 'equals-text'; readonly value: string }
  /** Number -> 1 when it equals `value`, else 0. */
  | { readonly kind: 'equals-number'; readonly value: number }
  /** Text -> another text (SimpleImputer on strings). */
  | { readonly kind: 'replace-text'; readonly from: string; readonly to: string }
  /** Number -> `by` when it equals `replaced` (NaN matches NaN). */
  | { readonly kind: 'impute'; readonly replaced: number; readonly by: number }
  /** Number -> (number - offset) x factor, each step rounded to float32. */
  | { readonly kind: 'scale'; readonly offset: number; readonly factor: number }
  /** Number -> the nearest float32. */
  | { readonly kind: 'float32' };

/** One feature of the core. */
export interface PlannedFeature {
  /** As shown to users: `Age`, `Home=owner`. */
  readonly name: string;
  /** The model input and the column within it (`ModelFeature.input`, `.position`) that it is made of. */
  readonly input: string;
  readonly position: number;
  /** In order; empty when the column is taken as it is. */
  readonly steps: readonly FeatureStep[];
}

/**
 * The one representation of a tree ensemble: what every tree format is read into, what the plain evaluation and the
 * kernels run, and what explanations are computed from. Structure of arrays; nodes and leaves are numbered through all
 * trees.
 */

/** How a node compares the feature's value x. The row goes left when it holds, right when it does not. */
export const splitRule = {
  /** x <= threshold */
  lessOrEqual: 0,
  /** x < threshold */
  less: 1,
  /** x == threshold */
  equal: 2,
  /** trunc(x) is a member of the node's category set; negative values and values beyond the set's words are not. */
  inSet: 3,
  /** x is a whole number and a member of the node's category set. */
  inSetExactly: 4,
} as const;

/** What a node does with a value that counts as missing, before it compares. */
export const missingRule = {
  /** NaN is 0 and is compared like it (LightGBM's type None). */
  nanIsZero: 0,
  /** NaN goes to the default side. */
  nan: 1,
  /** NaN and |x| <= {@link ZERO_THRESHOLD} go to the default side (LightGBM's type Zero). */
  nanAndZero: 2,
} as const;

/** What LightGBM takes for zero: the float32 nearest to 1e-35, as a double (`kZeroThreshold`, LightGBM 4.6, meta.h). */
export const ZERO_THRESHOLD = 1.0000000180025095e-35;

/**
 * float32: feature values are rounded to float32 before any comparison, and thresholds were when the model was read
 * (XGBoost, ONNX of float inputs); a row's values differ from the table's by that rounding and nothing else.
 */
export type ComparisonPrecision = 'float32' | 'float64';

/**
 * In which arithmetic, and in which order, tree values are added up:
 * `float64`: 0, then the trees in order, then the base value (LightGBM).
 * `float32`: the same with every step rounded to float32 (ONNX Runtime).
 * `float32-from-base`: begins at the base value, every step rounded to float32 (XGBoost).
 */
export type SumPrecision = 'float64' | 'float32' | 'float32-from-base';

/** From the margins of a row (its sums) to what the model returns. With n margins, `logistic` and `exponential` act on each. */
export type Link =
  | { readonly kind: 'identity' }
  /** 1 / (1 + exp(-slope x margin)) */
  | { readonly kind: 'logistic'; readonly slope: number }
  | { readonly kind: 'softmax' }
  | { readonly kind: 'exponential' }
  /** sign(margin) x margin^2 (LightGBM reg_sqrt) */
  | { readonly kind: 'signed-square' };

/** Sets of categories as bits: category c of set s is bit c % 32 of words[boundaries[s] + floor(c / 32)]. */
export interface CategorySets {
  /** First word of each set, one entry more than there are sets. */
  readonly boundaries: Int32Array;
  readonly words: Uint32Array;
}

/** Leaves that hold linear models (LightGBM linear_tree): constant + Σ coefficient x value; a NaN value takes the leaf's plain value. */
export interface LinearLeaves {
  /** Per leaf. */
  readonly constants: Float64Array;
  /** First term of each leaf, one entry more than there are leaves. */
  readonly offsets: Int32Array;
  readonly features: Int32Array;
  readonly coefficients: Float64Array;
}

export interface TreeEnsemble {
  readonly featureCount: number;
  /** Margins per row: 1 for binary and regression, K for K classes. */
  readonly outputCount: number;
  /**
   * Classes the model tells apart: K, or 0 for a regression. With one output and two classes the output p is read as
   * [1 - p, p].
   */
  readonly classCount: number;
  readonly comparison: ComparisonPrecision;
  readonly sums: SumPrecision;

  /** Per tree: the number of its root node, or ~leaf for a tree of one leaf. */
  readonly roots: Int32Array;
  /** Per tree: the output that its leaves add to; 0 for all when `leafWidth` > 1. */
  readonly treeOutputs: Int32Array;
  /** Per tree: a factor on its leaf values (XGBoost dart); null = all 1. */
  readonly treeWeights: Float64Array | null;

  /** Per node: feature number, {@link splitRule}, {@link missingRule}. */
  readonly features: Int32Array;
  readonly rules: Uint8Array;
  readonly missing: Uint8Array;
  /** Per node: 1 when missing values go left. */
  readonly defaultLeft: Uint8Array;
  /** Per node: the threshold; for the set rules the number of the category set. */
  readonly thresholds: Float64Array;
  /** Per node: the number of the child node, or ~leaf (negative). Children have higher numbers than their parent. */
  readonly left: Int32Array;
  readonly right: Int32Array;
  readonly categorySets: CategorySets;

  /** Values per leaf: 1, or `outputCount` for leaves that hold one value per output. */
  readonly leafWidth: number;
  /** leafCount x leafWidth. */
  readonly leafValues: Float64Array;
  readonly linearLeaves: LinearLeaves | null;

  /** Training weight that reached each node and leaf; null when the file does not say (ONNX). */
  readonly covers: {
    readonly kind: 'count' | 'hessian';
    readonly nodes: Float64Array;
    readonly leaves: Float64Array;
  } | null;
  /** Per node the gain of its split, where the file says. */
  readonly gains: Float64Array | null;

  /** Per output, in margin space. */
  readonly baseValues: Float64Array;
  /** The margins are divided by this before the link (LightGBM average_output: its iterations); 1 = they are not. */
  readonly averageOver: number;
  readonly link: Link;
}

/**
 * Rows as the core of a model sees them: one array per feature, each with at least `rowCount` values, NaN = missing.
 * Columns of the table that need no preparation are views of it, not copies.
 */
export interface FeatureBlock {
  readonly rowCount: number;
  readonly columns: readonly Float64Array[];
}

/** Two forms of one model laid side by side: a native file and its ONNX conversion, or a model and a column of scores. */

/** Why two forms of a model differ. `unknown`: none of the known causes reproduces the difference. */
export type CauseCode =
  | 'base-score'
  | 'tree-weights'
  | 'averaging'
  | 'sigmoid'
  | 'zero-as-missing'
  | 'missing-as-zero'
  | 'float32-input'
  | 'feature-order'
  | 'class-order'
  | 'margin-not-probability'
  | 'rounded-scores'
  | 'unknown';

export interface LikelyCause {
  readonly code: CauseCode;
  /** One or two plain sentences: what was lost or changed, and by which sign it was recognised. */
  readonly explanation: string;
  /** What to do about it, as one sentence. */
  readonly advice: string;
  /** Largest |difference| that is left once the cause is put right on the compared rows; null when that cannot be computed. */
  readonly residual: number | null;
  /** Share of the differing rows that putting the cause right makes equal, in [0, 1]; null as above. */
  readonly explained: number | null;
}

export interface FormComparison {
  readonly left: string;
  readonly right: string;
  /** Rows with a score in both. */
  readonly rows: number;
  /** Rows with a score in one only. */
  readonly scoredInOne: number;
  /** Two scores count as equal within this. */
  readonly tolerance: number;
  /** Why this tolerance, as one sentence: the precision of both sides, the digits of a score column. */
  readonly toleranceReason: string;
  readonly maxDifference: number;
  /** Table row of the largest difference; -1 without rows. */
  readonly maxRow: number;
  readonly meanAbsoluteDifference: number;
  /** Rows whose scores differ by more than the tolerance. */
  readonly differing: number;
  /**
   * Spearman's rank correlation of both scores, ties sharing their mean rank, on up to 4,096 of the compared rows (most
   * of them differing); NaN when the forms are equal, or one gives all rows the same score.
   */
  readonly rankCorrelation: number;
  /** Rows flagged by one form only at the threshold; null without a threshold. */
  readonly decisions: {
    readonly threshold: number;
    readonly leftOnly: number;
    readonly rightOnly: number;
  } | null;
  /** equal: none differs; warn: some differ. */
  readonly verdict: 'equal' | 'differ';
  /** The likeliest first; empty when the forms are equal. */
  readonly causes: readonly LikelyCause[];
  /** Up to 2,000 rows for the picture, every differing kind among them: table row and both scores. */
  readonly points: {
    readonly rows: Uint32Array;
    readonly left: Float64Array;
    readonly right: Float64Array;
  };
  /** The rows that differ most, at most 20, the largest first. */
  readonly worst: readonly { readonly row: number; readonly left: number; readonly right: number }[];
}

import type { Sliced } from '../../core/sliced.ts';
import type { FeatureBlock } from '../../core/trees/tree-ensemble.ts';

/** Something that answers one `ShapQuestion` for any number of rows, in this thread. */
export interface TreeExplainer {
  /** What computes the contributions, for reports. The number in it changes with anything that could change a result. */
  readonly name: string;
  /** The expected margin: base + Σ of a row's contributions = its margin. */
  readonly baseValue: number;
  /**
   * Contributions of all rows of a block. Those of a row do not depend on the rows beside it.
   *
   * @returns columnCount x rowCount, column by column: those of column c begin at c x rowCount
   * @throws {ModelError} `session-failed` after `release`
   */
  explain(block: FeatureBlock): Float64Array;
  /** {@link explain} in slices of rows or of trees x rows, so that a long block can be cancelled: the same bits. */
  explainSliced(block: FeatureBlock): Sliced<Float64Array>;
  /** Lets the memory go; the explainer is of no use afterwards. */
  release(): void;
}

/** Like {@link TreeExplainer} for pairs of columns. */
export interface InteractionExplainer {
  readonly name: string;
  readonly baseValue: number;
  /**
   * Interactions of all rows of a block: symmetric, and a row of the matrix adds up to the column's contribution.
   *
   * @returns rowCount x columnCount x columnCount, row by row
   * @throws {ModelError} `session-failed` after `release`
   */
  explain(block: FeatureBlock): Float64Array;
  explainSliced(block: FeatureBlock): Sliced<Float64Array>;
  release(): void;
}

/** What exact SHAP of a tree ensemble is asked, whichever method answers: quadrature, pattern tables, or a kernel. */
import type { FeatureBlock, TreeEnsemble } from '../trees/tree-ensemble.ts';

/**
 * Training weight that reached each node and leaf: of the file, or of reference rows that were routed. Children add up to
 * their parent.
 */
export interface TreeCovers {
  readonly nodes: Float64Array;
  readonly leaves: Float64Array;
}

/** What stands for a feature that is not in the coalition. */
export type Expectation =
  /** Both branches of its splits, weighted by their share of the parent's cover; even shares below an empty parent. */
  | { readonly kind: 'path-dependent'; readonly covers: TreeCovers }
  /** Its values in the background rows, one row after the other, averaged. At least one row. */
  | { readonly kind: 'interventional'; readonly background: FeatureBlock };

/**
 * Contributions φ of columns to one margin of an ensemble, for each row of a block:
 *
 *     margin(x) = base + Σ_c φ_c(x)
 *
 * in float64 whatever the ensemble's own arithmetic is, base values and tree weights included, never averaged
 * (LightGBM's raw_score). Linear leaves are refused before a question is asked.
 */
export interface ShapQuestion {
  readonly ensemble: TreeEnsemble;
  /** The margin that is explained, from 0. */
  readonly output: number;
  readonly expectation: Expectation;
  /** Per feature of the ensemble, the column that its contributions are added to: one-hot levels share one. */
  readonly columnOf: Int32Array;
  readonly columnCount: number;
}

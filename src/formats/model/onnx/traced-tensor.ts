import type { FeatureStep } from '../../../core/model/planned-feature.ts';

/** Where the values of one column of a tensor come from: a column of a model input, and what is done to it. */
export interface ColumnOrigin {
  readonly input: string;
  /** Column within the input, from 0. */
  readonly position: number;
  /** What is done to the values on their way, in order; `replace-text` stands for values the graph rewrites. */
  readonly steps: readonly FeatureStep[];
  /** True when the steps are all that happens; false when something is done that no step says. */
  readonly isExact: boolean;
  /** True while the column still holds the input's own values (rewritten, imputed or scaled at most), not codes of them. */
  readonly isCopy: boolean;
  /** Of a column that says whether the input is one category: that category. */
  readonly category: string | null;
}

/** Per column of a tensor its origin, or null where it is computed from something else. */
export type ColumnMap = readonly (ColumnOrigin | null)[];

/** A tensor whose columns are known. */
export interface TracedTensor {
  readonly columns: ColumnMap;
  /** TensorProto.DataType of its elements. */
  readonly elementType: number;
  /**
   * `list` [N], `matrix` [N, F], `cube` [N, 1, F], `block` [N, A, B] with A x B columns, `unknown`: the columns are there,
   * the dimensions were not followed.
   */
  readonly shape: 'list' | 'matrix' | 'cube' | 'block' | 'unknown';
}

/** Wider tensors than this are never the concatenated inputs of a tabular model; bounds memory on made-up shapes. */
export const MAX_COLUMNS = 100_000;

/** Element types (TensorProto.DataType) whose values the features of a core can be made of: float32, string, float64. */
const plannable: ReadonlySet<number> = new Set([1, 8, 11]);

/**
 * A column of an input, as it comes in. Whole-number and boolean inputs are not exact: ONNX Runtime is not fed rows that
 * hold a fraction or nothing, which no step says.
 */
export function inputColumn(input: string, position: number, elementType: number): ColumnOrigin {
  const isExact = plannable.has(elementType);
  return { input, position, steps: [], isExact, isCopy: true, category: null };
}

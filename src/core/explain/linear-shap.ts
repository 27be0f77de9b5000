/** Exact SHAP of a linear model. */
import { DataError } from '../errors.ts';
import type { LinearModel } from '../model/decoded-core.ts';
import { addCompensated, compensatedTotal, runningSums } from '../stats/compensated-sum.ts';
import type { FeatureBlock } from '../trees/tree-ensemble.ts';

/** What linear SHAP is asked; the columns as in `ShapQuestion`. */
export interface LinearQuestion {
  readonly linear: LinearModel;
  /** The margin that is explained, from 0. Of two mirrored ones, that of the positive class. */
  readonly output: number;
  /** Rows whose mean stands for an absent feature. */
  readonly background: FeatureBlock;
  /** Per feature of the model, the column that its contributions are added to: one-hot levels share one. */
  readonly columnOf: Int32Array;
  readonly columnCount: number;
}

/** A question whose background was averaged, ready for rows. */
export interface LinearShap {
  /** The margin at the background's means, which is also the mean of its margins. NaN without a background row that has a margin. */
  readonly baseValue: number;
  /** Background rows that the means are taken over: those with a finite margin. */
  readonly backgroundRows: number;
  /** Contributions of the rows of a block, columnCount x rowCount, column by column. */
  explain(block: FeatureBlock): Float64Array;
}

/**
 * Exact Shapley values of one margin of a linear model, in float64, with absent features taken from the background:
 *
 *     φ_c = Σ_{j of column c} w_j (x_j − mean_j)      base = intercept + Σ_j w_j mean_j
 *
 * Interventional SHAP of a linear model has this closed form whether features are correlated or not, and one-hot levels
 * may be added up: the sum over a column's features is the Shapley value of the column as one player.
 *
 * A linear model has no rule for missing values: a NaN feature, whatever its coefficient, makes the margin of its row NaN.
 * So it makes φ of its column NaN, and the row still adds up to its (undefined) margin. Background rows without a finite
 * margin are left out of the means; with none left, base and φ are NaN. Missing values that the model's own steps fill
 * (an imputer, an encoder's category) are filled before they reach the features and are ordinary values here.
 *
 * @throws {DataError} `shape-mismatch` for a background or column list of another width than the model's;
 *   `invalid-argument` for an output that it does not have
 * Source: S. Lundberg, S.-I. Lee, "A Unified Approach to Interpreting Model Predictions", NIPS 2017, corollary 1.
 * O(rowCount · featureCount).
 */
export function linearShap(question: LinearQuestion): LinearShap {
  const { linear, output, columnOf, columnCount } = question;
  const { featureCount } = linear;
  if (output >= linear.outputCount) throw noOutput(linear.outputCount, output);
  refuseWidth(columnOf.length, featureCount);
  refuseWidth(question.background.columns.length, featureCount);
  const weights = linear.coefficients.subarray(output * featureCount, (output + 1) * featureCount);
  const intercept = linear.intercepts[output]!;
  const rows = rowsWithMargin(weights, question.background);
  const means = meansOf(question.background, rows);
  const base = runningSums(1);
  addCompensated(base, 0, intercept);
  for (let j = 0; j < featureCount; j++) addCompensated(base, 0, weights[j]! * means[j]!);
  return {
    baseValue: compensatedTotal(base, 0),
    backgroundRows: rows.length,
    explain: (block) => {
      refuseWidth(block.columns.length, featureCount);
      const { rowCount } = block;
      const values = new Float64Array(columnCount * rowCount);
      for (let j = 0; j < featureCount; j++) {
        const start = columnOf[j]! * rowCount;
        const column = block.columns[j]!;
        const weight = weights[j]!;
        const mean = means[j]!;
        for (let i = 0; i < rowCount; i++) values[start + i]! += weight * (column[i]! - mean);
      }
      return values;
    },
  };
}

/** Rows whose margin is finite. */
function rowsWithMargin(weights: Float64Array, { rowCount, columns }: FeatureBlock): number[] {
  return Array.from({ length: rowCount }, (_, i) => i).filter((i) => {
    let margin = 0;
    for (let j = 0; j < weights.length; j++) margin += weights[j]! * columns[j]![i]!;
    return Number.isFinite(margin);
  });
}

/** Per feature, the mean over the rows; NaN over none. */
function meansOf({ columns }: FeatureBlock, rows: readonly number[]): Float64Array {
  return Float64Array.from(columns, (column) => {
    const sum = runningSums(1);
    for (const row of rows) addCompensated(sum, 0, column[row]!);
    return compensatedTotal(sum, 0) / rows.length;
  });
}

function refuseWidth(found: number, expected: number): void {
  if (found === expected) return;
  throw new DataError('shape-mismatch', `The linear model takes ${expected} features, not ${found}.`);
}

function noOutput(outputCount: number, output: number): DataError {
  const margins = outputCount === 1 ? '1 margin' : `${outputCount} margins`;
  return new DataError(
    'invalid-argument',
    `The linear model has ${margins}, and no number ${output} (they count from 0).`,
  );
}

import { DataError } from '../errors.ts';
import type { CascadeArm } from './cascade.ts';
import { perRow } from './money-of.ts';
import type { LinearValue, ValueModel } from './value-model.ts';
import { scaleOf } from './value-model.ts';

/** The same judged rows with two scores. */
export interface CascadeRows {
  /** One per judged row, NaN = no score. */
  readonly fast: Float64Array;
  readonly accurate: Float64Array;
  /** 1 = positive, 0 = negative. */
  readonly labels: Uint8Array;
  /** One array per amount column, NaN = missing: counts as 0. */
  readonly amounts: readonly Float64Array[];
}

/** What one row brings, flagged and passed, in the sample's money. */
export interface RowValues {
  readonly flag: Float64Array;
  readonly pass: Float64Array;
}

/** @throws {DataError} `shape-mismatch` naming which of the two has other rows */
export function checkSameRows({ fast, accurate, labels, amounts }: CascadeRows): void {
  const same = [fast, accurate, ...amounts].every(({ length }) => length === labels.length);
  if (same) return;
  throw new DataError(
    'shape-mismatch',
    `A cascade needs both scores of the same rows: the fast ones are of ${fast.length} rows, the accurate ones of ` +
      `${accurate.length}, the labels of ${labels.length}.`,
    { advice: 'Score the same table with both models.' },
  );
}

/** Four values per row, benefit less cost; an amount that is missing or infinite counts as 0. O(n) */
export function rowValuesOf({ labels, amounts }: CascadeRows, { benefit, cost }: ValueModel): RowValues {
  const valueIn = (value: LinearValue, row: number) => {
    const amount = amounts[value.amount]?.[row] ?? 0;
    return value.constant + (Number.isFinite(amount) ? value.perAmount * amount : 0);
  };
  const positive = {
    flag: perRow(benefit.flagPositive, cost.flagPositive),
    pass: perRow(benefit.passPositive, cost.passPositive),
  };
  const negative = {
    flag: perRow(benefit.flagNegative, cost.flagNegative),
    pass: perRow(benefit.passNegative, cost.passNegative),
  };
  const flag = new Float64Array(labels.length);
  const pass = new Float64Array(labels.length);
  for (let row = 0; row < labels.length; row++) {
    const values = labels[row] === 1 ? positive : negative;
    flag[row] = valueIn(values.flag, row);
    pass[row] = valueIn(values.pass, row);
  }
  return { flag, pass };
}

/** Who is flagged, and what was paid for scoring each row. */
export interface ArmDecision {
  readonly isFlagged: (row: number) => boolean;
  readonly scoringCost: (row: number) => number;
}

/**
 * Figures of one way to decide the rows: precision, recall and F1 (NaN where undefined), the cost of scoring, and the net
 * value less that cost, both in the scale of the scenario. O(n)
 *
 * @param values null = no scenario: the net value is NaN, the scoring cost is of these rows
 */
export function armOf(
  labels: Uint8Array,
  { isFlagged, scoringCost }: ArmDecision,
  values: RowValues | null,
  model: ValueModel | null,
): CascadeArm {
  let flagged = 0;
  let caught = 0;
  let positives = 0;
  let value = 0;
  let spent = 0;
  for (let row = 0; row < labels.length; row++) {
    const flags = isFlagged(row);
    const label = labels[row]!;
    positives += label;
    flagged += flags ? 1 : 0;
    caught += flags ? label : 0;
    spent += scoringCost(row);
    if (values !== null) value += flags ? values.flag[row]! : values.pass[row]!;
  }
  const scale = model === null ? 1 : scaleOf(model, labels.length);
  return {
    flagged,
    precision: caught / flagged,
    recall: caught / positives,
    f1: (2 * caught) / (flagged + positives),
    net: model === null ? Number.NaN : scale * (value - spent) - model.fixedCost,
    scoringCost: scale * spent,
  };
}

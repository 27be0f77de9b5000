import { DataError } from '../errors.ts';
import type { RankedScores } from '../threshold/ranked-scores.ts';
import type { ValueCell } from './scenario.ts';

/** A value per row that is linear in one of the row's amounts: constant + perAmount x amount, in currency. */
export interface LinearValue {
  readonly constant: number;
  readonly perAmount: number;
  /** Which amount: index into the amount columns of the judged rows; 0 when there is none, -1 when it was not judged. */
  readonly amount: number;
}

/** One value for each cell of the confusion matrix: what is done with the row (flag, pass) and what it turns out to be. */
export type CellValues = Readonly<Record<ValueCell, LinearValue>>;

/**
 * What every scenario compiles to (DEFINITIONS "Money": four values per row). All parts are amounts of money >= 0 by
 * convention: a gain is a benefit, a payment or loss that counts against the decision is a cost.
 *
 *     scale = rowsPerYear / judged rows, 1 without rowsPerYear
 *     cost  = scale · sum of cost over all judged rows + fixedCost
 *     net   = scale · sum of benefit over all judged rows - cost        roi = net / cost
 *
 * `missed` is the loss on passed positives that is shown beside net and not part of it. Where both the benefit and the cost
 * of one cell depend on an amount, it is the same amount.
 */
export interface ValueModel {
  readonly benefit: CellValues;
  readonly cost: CellValues;
  readonly missed: LinearValue;
  /** Paid whatever is decided, flagging nobody included; in the same period as the scaled sums. */
  readonly fixedCost: number;
  /** Decisions a year, > 0; null = money is of the judged rows. */
  readonly rowsPerYear: number | null;
}

const nothing: LinearValue = { constant: 0, perAmount: 0, amount: 0 };

/** No money in any cell: spread it and set the cells that matter. */
export const noValues: CellValues = {
  flagPositive: nothing,
  flagNegative: nothing,
  passPositive: nothing,
  passNegative: nothing,
};

/** By how much sums over the judged rows are multiplied: decisions a year for each judged row, or 1 (also without rows). */
export function scaleOf({ rowsPerYear }: Pick<ValueModel, 'rowsPerYear'>, judgedRows: number): number {
  return rowsPerYear === null || judgedRows === 0 ? 1 : rowsPerYear / judgedRows;
}

/**
 * Refuses to answer money questions from rows that were ranked without amounts.
 * @throws {DataError} `invalid-scenario`
 */
export function checkAmounts(ranked: RankedScores, model: ValueModel): void {
  const values = [model.missed, ...Object.values(model.benefit), ...Object.values(model.cost)];
  if (values.every(({ perAmount, amount }) => perAmount === 0 || ranked.amounts[amount] !== undefined))
    return;
  throw new DataError(
    'invalid-scenario',
    'The scenario takes its amounts from a column that the rows were judged without.',
    { advice: 'Choose the amount column again, or give one constant amount for all rows.' },
  );
}

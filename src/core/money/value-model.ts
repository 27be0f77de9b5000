import { DataError } from '../errors.ts';
import type { RankedScores } from '../threshold/ranked-scores.ts';

/** A value per row that is linear in the row's amount: constant + perAmount x amount, in currency. */
export interface LinearValue {
  readonly constant: number;
  readonly perAmount: number;
}

/** One value for each cell of the confusion matrix: what is done with the row (flag, pass) and what it turns out to be. */
export interface CellValues {
  readonly flagPositive: LinearValue;
  readonly flagNegative: LinearValue;
  readonly passPositive: LinearValue;
  readonly passNegative: LinearValue;
}

/**
 * What every scenario compiles to (DEFINITIONS "Money": four values per row). All parts are amounts of money >= 0 by
 * convention: a gain is a benefit, a payment or loss that counts against the decision is a cost.
 *
 *     net = sum of benefit - sum of cost over all judged rows        roi = net / sum of cost
 *
 * `missed` is the loss on passed positives that is shown beside net and not part of it.
 */
export interface ValueModel {
  readonly benefit: CellValues;
  readonly cost: CellValues;
  readonly missed: LinearValue;
}

const nothing: LinearValue = { constant: 0, perAmount: 0 };

/** No money in any cell: spread it and set the cells that matter. */
export const noValues: CellValues = {
  flagPositive: nothing,
  flagNegative: nothing,
  passPositive: nothing,
  passNegative: nothing,
};

/** True when some value depends on the row's amount, so that the rows must have been ranked with an amount column. */
export function needsAmounts(model: ValueModel): boolean {
  const values = [model.missed, ...Object.values(model.benefit), ...Object.values(model.cost)];
  return values.some((value) => value.perAmount !== 0);
}

/**
 * Refuses to answer money questions from rows that were ranked without amounts.
 * @throws {DataError} `invalid-scenario`
 */
export function checkAmounts(ranked: RankedScores, model: ValueModel): void {
  if (ranked.amounts !== null || !needsAmounts(model)) return;
  throw new DataError(
    'invalid-scenario',
    'The scenario takes its amounts from a column, but the rows were judged without an amount column.',
    { advice: 'Choose the amount column again, or give one constant amount for all rows.' },
  );
}

import type { RankedScores } from '../threshold/ranked-scores.ts';
import type { CellValues, LinearValue, ValueModel } from './value-model.ts';

/**
 * Count, sum of amounts and sum of squared amounts of the four cells of the confusion matrix at one threshold: twelve
 * numbers, three a cell, at the offsets below. A plain array, so that a scan over a million thresholds allocates nothing.
 */
export type CellSums = Float64Array;

export const FLAG_POSITIVE = 0;
export const FLAG_NEGATIVE = 3;
export const PASS_POSITIVE = 6;
export const PASS_NEGATIVE = 9;

/** Room for one threshold's cell sums. */
export function emptyCellSums(): CellSums {
  return new Float64Array(12);
}

/**
 * Fills `sums` for the decision that flags the rows of the first `flagged` distinct thresholds (0 = nobody); rows
 * without a score are passed. Amounts are 0 when the rows were ranked without them. O(1).
 */
export function fillCellSums(sums: CellSums, ranked: RankedScores, flagged: number): CellSums {
  const at = flagged - 1;
  const tp = flagged > 0 ? ranked.tp[at]! : 0;
  const fp = flagged > 0 ? ranked.fp[at]! : 0;
  sums[FLAG_POSITIVE] = tp;
  sums[FLAG_NEGATIVE] = fp;
  sums[PASS_POSITIVE] = ranked.positives - tp;
  sums[PASS_NEGATIVE] = ranked.negatives - fp;
  const { amounts } = ranked;
  if (amounts === null) return sums;
  const positive = flagged > 0 ? amounts.positive[at]! : 0;
  const positiveSquared = flagged > 0 ? amounts.positiveSquared[at]! : 0;
  const negative = flagged > 0 ? amounts.negative[at]! : 0;
  const negativeSquared = flagged > 0 ? amounts.negativeSquared[at]! : 0;
  sums[FLAG_POSITIVE + 1] = positive;
  sums[FLAG_POSITIVE + 2] = positiveSquared;
  sums[FLAG_NEGATIVE + 1] = negative;
  sums[FLAG_NEGATIVE + 2] = negativeSquared;
  sums[PASS_POSITIVE + 1] = amounts.totalPositive - positive;
  sums[PASS_POSITIVE + 2] = amounts.totalPositiveSquared - positiveSquared;
  sums[PASS_NEGATIVE + 1] = amounts.totalNegative - negative;
  sums[PASS_NEGATIVE + 2] = amounts.totalNegativeSquared - negativeSquared;
  return sums;
}

/** Fills `sums` for flagging every judged row, rows without a score included. */
export function fillFlagAll(sums: CellSums, ranked: RankedScores): CellSums {
  sums.fill(0);
  sums[FLAG_POSITIVE] = ranked.positives;
  sums[FLAG_NEGATIVE] = ranked.negatives;
  if (ranked.amounts === null) return sums;
  sums[FLAG_POSITIVE + 1] = ranked.amounts.totalPositive;
  sums[FLAG_POSITIVE + 2] = ranked.amounts.totalPositiveSquared;
  sums[FLAG_NEGATIVE + 1] = ranked.amounts.totalNegative;
  sums[FLAG_NEGATIVE + 2] = ranked.amounts.totalNegativeSquared;
  return sums;
}

/** Sum of one cell's value over its rows: constant x count + perAmount x sum of amounts. */
export function cellTotal(sums: CellSums, cell: number, value: LinearValue): number {
  return value.constant * sums[cell]! + value.perAmount * sums[cell + 1]!;
}

/** Sum of the four cells' values: all benefit, or all cost, of a decision. */
export function totalOf(sums: CellSums, values: CellValues): number {
  return (
    cellTotal(sums, FLAG_POSITIVE, values.flagPositive) +
    cellTotal(sums, FLAG_NEGATIVE, values.flagNegative) +
    cellTotal(sums, PASS_POSITIVE, values.passPositive) +
    cellTotal(sums, PASS_NEGATIVE, values.passNegative)
  );
}

/** Net value of a decision: all benefit less all cost. The one formula behind curves, strategies and the decision bar. */
export function netOf(sums: CellSums, model: ValueModel): number {
  return totalOf(sums, model.benefit) - totalOf(sums, model.cost);
}

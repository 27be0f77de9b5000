import { inSlices, type Sliced, stage } from '../sliced.ts';
import { addCompensated, compensatedTotal, runningSums } from '../stats/compensated-sum.ts';
import { sortDescending } from '../threshold/sort-descending.ts';
import { perRow } from './money-of.ts';
import { type LinearValue, scaleOf, type ValueModel } from './value-model.ts';

/**
 * The probability of the positive outcome from which flagging pays (C16, Elkan):
 *
 *     flag when p·gain - (1 - p)·loss >= 0        t* = loss / (loss + gain)
 *     gain = C_FN - C_TP, what flagging a positive brings over passing it; loss = C_FP - C_TN, what flagging a negative costs
 *
 * @returns 0 when flagging always pays (loss <= 0 <= gain), Infinity when it never does (gain < 0 <= loss), NaN when it pays
 *   below a probability instead of above one (both below 0)
 * Source: C. Elkan, "The foundations of cost-sensitive learning", IJCAI 2001, theorem 1.
 */
export function elkanThreshold(gain: number, loss: number): number {
  if (gain < 0) return loss < 0 ? Number.NaN : Number.POSITIVE_INFINITY;
  return loss <= 0 ? 0 : loss / (loss + gain);
}

/** Judged rows one by one, in any one order. */
export interface ValuedRows {
  /** NaN = no score: passed. */
  readonly scores: Float64Array;
  /** 1 = positive, 0 = negative. */
  readonly labels: Uint8Array;
  /** One array per amount column; NaN = missing: counts as 0. */
  readonly amounts: readonly Float64Array[];
}

/** What comes of it when every row has its own threshold. */
export interface RowWiseThresholds {
  /** Lower and upper quartile of the rows' thresholds (the value at rank ceil(q·n)); NaN without one that is defined. */
  readonly middleHalf: readonly [number, number];
  /** Net value of flagging the rows whose score is at or above their own threshold, in the scale of the model. */
  readonly net: number;
}

/** Whether rows can have thresholds of their own: some value depends on an amount. */
export function variesByRow(model: ValueModel): boolean {
  const { flagPositive, flagNegative, passPositive, passNegative } = cellsOf(model);
  return [flagPositive, flagNegative, passPositive, passNegative].some(({ perAmount }) => perAmount !== 0);
}

/**
 * `elkanThreshold` of each row from its own amounts, whatever its outcome: it is not known when the row is decided.
 * @returns yields progress in rows. O(n)
 */
export function* rowWiseThresholds(rows: ValuedRows, model: ValueModel): Sliced<RowWiseThresholds> {
  const count = rows.scores.length;
  const cells = cellsOf(model);
  const own = new Float64Array(count);
  const sums = runningSums(1);
  const fill = inSlices(count, (start, end) => {
    for (let row = start; row < end; row++) {
      const flagPositive = valueAt(cells.flagPositive, rows, row);
      const flagNegative = valueAt(cells.flagNegative, rows, row);
      const passPositive = valueAt(cells.passPositive, rows, row);
      const passNegative = valueAt(cells.passNegative, rows, row);
      own[row] = elkanThreshold(flagPositive - passPositive, passNegative - flagNegative);
      const isFlagged = rows.scores[row]! >= own[row]!;
      const ofPositive = isFlagged ? flagPositive : passPositive;
      const ofNegative = isFlagged ? flagNegative : passNegative;
      addCompensated(sums, 0, rows.labels[row] === 1 ? ofPositive : ofNegative);
    }
  });
  yield* stage(fill, 0, 0.5 * count, count);
  const { order, scoredCount } = yield* stage(sortDescending(own), 0.5 * count, count, count);
  const quantile = (q: number) => own[order[scoredCount - Math.ceil(q * scoredCount)]!] ?? Number.NaN;
  return {
    middleHalf: [quantile(0.25), quantile(0.75)],
    net: scaleOf(model, count) * compensatedTotal(sums, 0) - model.fixedCost,
  };
}

/** What one row brings in each cell, benefit less cost. */
export function cellsOf({ benefit, cost }: ValueModel) {
  return {
    flagPositive: perRow(benefit.flagPositive, cost.flagPositive),
    flagNegative: perRow(benefit.flagNegative, cost.flagNegative),
    passPositive: perRow(benefit.passPositive, cost.passPositive),
    passNegative: perRow(benefit.passNegative, cost.passNegative),
  };
}

/** A value of one row; an amount that is missing or infinite counts as 0. */
export function valueAt(
  { constant, perAmount, amount }: LinearValue,
  { amounts }: ValuedRows,
  row: number,
): number {
  if (perAmount === 0) return constant;
  const value = amounts[amount]![row]!;
  return Number.isFinite(value) ? constant + perAmount * value : constant;
}

import { Z_95 } from '../stats/wilson-interval.ts';
import type { RankedScores } from '../threshold/ranked-scores.ts';
import {
  type CellSums,
  cellTotal,
  emptyCellSums,
  FLAG_NEGATIVE,
  FLAG_POSITIVE,
  fillCellSums,
  netOf,
  PASS_NEGATIVE,
  PASS_POSITIVE,
  totalOf,
} from './cell-sums.ts';
import type { MoneyAt } from './money-at.ts';
import type { LinearValue, ValueModel } from './value-model.ts';

/**
 * Money of the decision that flags the rows of the first `flagged` distinct thresholds (DEFINITIONS "Money").
 *
 *     prevented = sum of benefit    cost = sum of cost    net = prevented - cost    roi = net / cost
 *
 * `roi` is NaN when the cost is 0. Cells hold benefit - cost; `fn` also carries the missed loss, which net does not.
 * Rows whose amount is missing count with amount 0: they still cost a review. O(1).
 * @throws {DataError} none; call `checkAmounts` first when the model comes from a scenario
 */
export function moneyOf(ranked: RankedScores, flagged: number, model: ValueModel): MoneyAt {
  const sums = fillCellSums(emptyCellSums(), ranked, flagged);
  const { benefit, cost } = model;
  const prevented = totalOf(sums, benefit);
  const paid = totalOf(sums, cost);
  const missed = cellTotal(sums, PASS_POSITIVE, model.missed);
  const cell = (at: number, gain: LinearValue, loss: LinearValue) =>
    cellTotal(sums, at, gain) - cellTotal(sums, at, loss);
  return {
    prevented,
    cost: paid,
    missed,
    net: prevented - paid,
    roi: roiOf(prevented - paid, paid),
    netInterval: netIntervalOf(sums, model, ranked.rows),
    byCell: {
      tp: cell(FLAG_POSITIVE, benefit.flagPositive, cost.flagPositive),
      fp: cell(FLAG_NEGATIVE, benefit.flagNegative, cost.flagNegative),
      tn: cell(PASS_NEGATIVE, benefit.passNegative, cost.passNegative),
      fn: cell(PASS_POSITIVE, benefit.passPositive, cost.passPositive) - missed,
    },
  };
}

/** Return on what was spent: net / cost; NaN when nothing was spent. */
export function roiOf(net: number, cost: number): number {
  return cost === 0 ? Number.NaN : net / cost;
}

/**
 * 95 % normal interval of the net value at a fixed threshold, for sampling of rows.
 *
 * Net is a sum of one value v per judged row (v = 0 for most passed rows), hence n independent draws:
 *
 *     net ± z · sqrt(n · s²)      s² = (Σv² - net²/n) / (n - 1)
 *     Σv² over a cell with v = a + b·x:   a²·count + 2ab·Σx + b²·Σx²
 *
 * so counts, sums and sums of squares of the four cells suffice. A threshold that was chosen on the same rows
 * makes the truth look better than this interval says; the bootstrap (C13) is the remedy.
 * @returns [low, high]; [NaN, NaN] with fewer than two rows
 */
export function netIntervalOf(sums: CellSums, model: ValueModel, rows: number): readonly [number, number] {
  if (rows < 2) return [Number.NaN, Number.NaN];
  const { benefit, cost } = model;
  const net = netOf(sums, model);
  const squares =
    squaresOf(sums, FLAG_POSITIVE, benefit.flagPositive, cost.flagPositive) +
    squaresOf(sums, FLAG_NEGATIVE, benefit.flagNegative, cost.flagNegative) +
    squaresOf(sums, PASS_POSITIVE, benefit.passPositive, cost.passPositive) +
    squaresOf(sums, PASS_NEGATIVE, benefit.passNegative, cost.passNegative);
  // Rounding can leave a tiny negative variance when all rows carry the same value.
  const variance = Math.max(0, (squares - (net * net) / rows) / (rows - 1));
  const half = Z_95 * Math.sqrt(rows * variance);
  return [net - half, net + half];
}

/** Sum of (benefit - cost)² over the rows of one cell. */
function squaresOf(sums: CellSums, cell: number, gain: LinearValue, loss: LinearValue): number {
  const a = gain.constant - loss.constant;
  const b = gain.perAmount - loss.perAmount;
  return a * a * sums[cell]! + 2 * a * b * sums[cell + 1]! + b * b * sums[cell + 2]!;
}

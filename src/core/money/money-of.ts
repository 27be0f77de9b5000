import { Z_95 } from '../stats/wilson-interval.ts';
import type { RankedScores } from '../threshold/ranked-scores.ts';
import { type CellSums, MATRIX_CELLS, type MatrixSums, matrixSums, sumOver } from './cell-sums.ts';
import { flaggedValue, valueWhen } from './flagged-value.ts';
import type { MoneyAt } from './money-at.ts';
import { type LinearValue, scaleOf, type ValueModel } from './value-model.ts';

/**
 * Money of the decision that flags the rows of the first `flagged` distinct thresholds (DEFINITIONS "Money").
 *
 *     prevented = s·sum of benefit    cost = s·sum of cost + fixed    net = prevented - cost    roi = net / cost
 *     s = rowsPerYear / judged rows, 1 without rowsPerYear
 *
 * `roi` is NaN when the cost is 0. Cells hold s·(benefit - cost), without the fixed cost; `fn` also carries the missed
 * loss, which net does not. Flagging nobody costs the fixed cost too.
 * Rows whose amount is missing count with amount 0: they still cost a review. Call `checkAmounts` first. O(1)
 */
export function moneyOf(ranked: RankedScores, flagged: number, model: ValueModel): MoneyAt {
  const { benefit, cost: costs, fixedCost } = model;
  const scale = scaleOf(model, ranked.rows);
  const prevented = valueWhen(flaggedValue(ranked, benefit, scale), ranked, flagged);
  const paid = valueWhen(flaggedValue(ranked, costs, scale), ranked, flagged);
  const cost = paid + fixedCost;
  // As in the scan, where the fixed cost comes last.
  const net = prevented - paid - fixedCost;
  const cells = matrixSums(ranked, flagged);
  const missed = scale * sumOver(model.missed, cells.passPositive);
  const netOf = (cell: keyof MatrixSums) => scale * sumOver(perRow(benefit[cell], costs[cell]), cells[cell]);
  return {
    prevented,
    cost,
    missed,
    net,
    roi: roiOf(net, cost),
    netInterval: netIntervalOf(net, cells, model, ranked.rows),
    byCell: {
      tp: netOf('flagPositive'),
      fp: netOf('flagNegative'),
      tn: netOf('passNegative'),
      fn: netOf('passPositive') - missed,
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
 * Net is a sum of one value v per judged row (0 for most passed rows), hence of n independent draws:
 *
 *     net ± z · scale · sqrt(n · s²)      s² = Σ(v - m)² / (n - 1)      m = Σv / n
 *     over a cell of c rows with v = a + b·x:   b²·(Σx² - (Σx)²/c) + c·(a + b·Σx/c - m)²
 *
 * The fixed cost moves the interval and does not widen it; scaling to a year widens it as it stretches the sum: how few rows
 * were judged stays visible.
 *
 * Counts, sums and sums of squares of the four cells suffice. Within and between the cells, because Σv² - net²/n
 * loses all its digits when the rows carry almost the same value. A threshold that was chosen on the same rows
 * makes the truth look better than this interval says; the bootstrap (C13) is the remedy.
 * @returns [low, high]; [NaN, NaN] with fewer than two rows
 */
export function netIntervalOf(
  net: number,
  cells: MatrixSums,
  model: ValueModel,
  rows: number,
): readonly [number, number] {
  if (rows < 2) return [Number.NaN, Number.NaN];
  const values = MATRIX_CELLS.map((name) => perRow(model.benefit[name], model.cost[name]));
  const mean = MATRIX_CELLS.reduce((sum, name, i) => sum + sumOver(values[i]!, cells[name]), 0) / rows;
  const spread = MATRIX_CELLS.reduce((sum, name, i) => sum + spreadOver(values[i]!, cells[name], mean), 0);
  const half = Z_95 * scaleOf(model, rows) * Math.sqrt((rows * spread) / (rows - 1));
  return [net - half, net + half];
}

/** What one row of a cell brings: benefit less cost. */
export function perRow(gain: LinearValue, loss: LinearValue): LinearValue {
  return {
    constant: gain.constant - loss.constant,
    perAmount: gain.perAmount - loss.perAmount,
    amount: gain.perAmount === 0 ? loss.amount : gain.amount,
  };
}

/** Sum of (v - mean)² over the rows of a cell, v = a + b·x; `mean` is that of all rows. */
export function spreadOver(
  { constant: a, perAmount: b, amount }: LinearValue,
  cell: CellSums,
  mean: number,
): number {
  const { count, amounts } = cell;
  if (count === 0) return 0;
  const { sum, squared } = amounts[amount] ?? { sum: 0, squared: 0 };
  // Rounding can leave a tiny negative spread when all amounts are the same.
  const within = b * b * Math.max(0, squared - (sum * sum) / count);
  return within + count * (a + (b * sum) / count - mean) ** 2;
}

import { Z_95 } from '../stats/wilson-interval.ts';
import type { RankedScores } from '../threshold/ranked-scores.ts';
import { type CellSums, MATRIX_CELLS, type MatrixSums, matrixSums } from './cell-sums.ts';
import { flaggedValue, sumOver, valueWhen } from './flagged-value.ts';
import type { MoneyAt } from './money-at.ts';
import type { LinearValue, ValueModel } from './value-model.ts';

/**
 * Money of the decision that flags the rows of the first `flagged` distinct thresholds (DEFINITIONS "Money").
 *
 *     prevented = sum of benefit    cost = sum of cost    net = prevented - cost    roi = net / cost
 *
 * `roi` is NaN when the cost is 0. Cells hold benefit - cost; `fn` also carries the missed loss, which net does not.
 * Rows whose amount is missing count with amount 0: they still cost a review. Call `checkAmounts` first. O(1)
 */
export function moneyOf(ranked: RankedScores, flagged: number, model: ValueModel): MoneyAt {
  const { benefit, cost: costs } = model;
  const prevented = valueWhen(flaggedValue(ranked, benefit), ranked, flagged);
  const cost = valueWhen(flaggedValue(ranked, costs), ranked, flagged);
  const net = prevented - cost;
  const cells = matrixSums(ranked, flagged);
  const missed = sumOver(model.missed, cells.passPositive.count, cells.passPositive.amount);
  const netOf = (cell: keyof MatrixSums) =>
    sumOver(perRow(benefit[cell], costs[cell]), cells[cell].count, cells[cell].amount);
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
 *     net ± z · sqrt(n · s²)      s² = Σ(v - net/n)² / (n - 1)
 *     over a cell of c rows with v = a + b·x:   b²·(Σx² - (Σx)²/c) + c·(a + b·Σx/c - net/n)²
 *
 * so counts, sums and sums of squares of the four cells suffice. Within and between the cells, because Σv² - net²/n
 * loses all its digits when the rows carry almost the same value. A threshold that was chosen on the same rows
 * makes the truth look better than this interval says; the bootstrap (C13) is the remedy.
 * @returns [low, high]; [NaN, NaN] with fewer than two rows
 */
export function netIntervalOf(
  net: number,
  cells: MatrixSums,
  { benefit, cost }: ValueModel,
  rows: number,
): readonly [number, number] {
  if (rows < 2) return [Number.NaN, Number.NaN];
  const mean = net / rows;
  let spread = 0;
  for (const name of MATRIX_CELLS) spread += spreadOver(perRow(benefit[name], cost[name]), cells[name], mean);
  const half = Z_95 * Math.sqrt((rows * spread) / (rows - 1));
  return [net - half, net + half];
}

/** What one row of a cell brings: benefit less cost. */
function perRow(gain: LinearValue, loss: LinearValue): LinearValue {
  return { constant: gain.constant - loss.constant, perAmount: gain.perAmount - loss.perAmount };
}

/** Sum of (v - mean)² over the rows of a cell, v = a + b·x; `mean` is that of all rows. */
function spreadOver({ constant: a, perAmount: b }: LinearValue, cell: CellSums, mean: number): number {
  const { count, amount, squared } = cell;
  if (count === 0) return 0;
  // Rounding can leave a tiny negative spread when all amounts are the same.
  const within = b * b * Math.max(0, squared - (amount * amount) / count);
  return within + count * (a + (b * amount) / count - mean) ** 2;
}

import { inSlices, type Sliced } from '../sliced.ts';
import { addCompensated, compensatedTotal, runningSums } from '../stats/compensated-sum.ts';
import { Z_95 } from '../stats/wilson-interval.ts';
import { cellsOf, type ValuedRows, valueAt } from './elkan-threshold.ts';
import { scaleOf, type ValueModel } from './value-model.ts';

/**
 * Half width of the 95 % interval of the difference in net value between two fixed thresholds on the same rows.
 *
 *     1.96 · scale · sqrt(n · s²_d)      d = what a row brings under the one less under the other
 *
 * Only rows between the two are decided otherwise, d = 0 for all others: the difference is far surer than either net value,
 * whose own interval says nothing of it. That one of the thresholds was picked on these rows is not in it.
 *
 * @param first Infinity flags nobody
 * @returns 0 where no row lies between them; NaN with fewer than two rows. Yields progress in rows. O(n)
 */
export function* gapErrorSliced(
  rows: ValuedRows,
  model: ValueModel,
  first: number,
  second: number,
): Sliced<number> {
  const count = rows.scores.length;
  const cells = cellsOf(model);
  const sums = runningSums(2);
  const [from, to] = [Math.min(first, second), Math.max(first, second)];
  yield* inSlices(count, (start, end) => {
    for (let row = start; row < end; row++) {
      const score = rows.scores[row]!;
      if (!(score >= from && score < to)) continue;
      const isPositive = rows.labels[row] === 1;
      const flagged = isPositive ? cells.flagPositive : cells.flagNegative;
      const passed = isPositive ? cells.passPositive : cells.passNegative;
      const difference = valueAt(flagged, rows, row) - valueAt(passed, rows, row);
      addCompensated(sums, 0, difference);
      addCompensated(sums, 1, difference * difference);
    }
  });
  if (count < 2) return Number.NaN;
  const spread = Math.max(0, compensatedTotal(sums, 1) - compensatedTotal(sums, 0) ** 2 / count);
  return Z_95 * scaleOf(model, count) * Math.sqrt((count * spread) / (count - 1));
}

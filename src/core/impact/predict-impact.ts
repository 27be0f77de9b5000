import { DataError } from '../errors.ts';
import type { Scenario } from '../money/scenario.ts';
import { scaleOf } from '../money/value-model.ts';
import { inSlices, type Sliced } from '../sliced.ts';
import { Z_95 } from '../stats/wilson-interval.ts';
import type { PredictedImpact } from './impact-figures.ts';
import { ImpactTally, TALLY_SLICE_ROWS } from './impact-tally.ts';
import { MonthTallies } from './month-tallies.ts';
import { valuationOf } from './scenario-valuation.ts';

/** Judged rows as the impact reads them; all arrays are of one length. */
export interface ImpactRows {
  /** NaN = no score: never flagged, always counted. */
  readonly scores: Float64Array;
  /** 1 = positive, 0 = negative. */
  readonly labels: Uint8Array;
  readonly amountColumns: readonly string[];
  /** One for each of `amountColumns`; NaN = missing, counts as 0. */
  readonly amounts: readonly Float64Array[];
  /** Epoch ms, NaN = missing; null without a date column. */
  readonly dates: Float64Array | null;
}

/**
 * What flagging every row with `score >= threshold` brings on the judged rows, by the scenario.
 *
 *     total        = scale · sum over the judged rows, scale = rowsPerYear / judged rows, or 1
 *     spent        = scale · sum of costs + fixedCost (paid at every threshold)
 *     netInterval  = net ± 1.96 · scale · sqrt(n) · s      s = standard deviation of the net value per row (n - 1)
 *     perDecision  = mean (net / scaled rows) and s
 *
 * The interval holds for a threshold fixed beforehand. The months are those of the judged rows, each row with its share of the
 * fixed cost: scaled and summed, together with undated rows, they give the total.
 *
 * @param threshold Infinity flags nobody
 * @returns yields progress in rows. O(n)
 * @throws {DataError} `invalid-argument` (threshold is NaN) | `invalid-scenario`
 */
export function* predictImpact(
  rows: ImpactRows,
  scenario: Scenario,
  threshold: number,
): Sliced<PredictedImpact> {
  checkThreshold(threshold);
  const { scores, labels, dates } = rows;
  const count = scores.length;
  const valuation = valuationOf(scenario, rows.amountColumns, rows.amounts, count);
  const total = new ImpactTally(valuation);
  const months = new MonthTallies(() => new ImpactTally(valuation));
  let undated = 0;
  yield* inSlices(
    count,
    (start, end) => {
      for (let row = start; row < end; row++) {
        const isFlagged = scores[row]! >= threshold;
        const isPositive = labels[row] === 1;
        total.add(row, isFlagged, isPositive, Number.NaN);
        if (dates === null) continue;
        const month = months.at(dates[row]!);
        if (month === null) undated++;
        else month.add(row, isFlagged, isPositive, Number.NaN);
      }
    },
    TALLY_SLICE_ROWS,
  );
  const scale = scaleOf(scenario, count);
  const money = total.money(scale);
  const deviation = total.deviation();
  const half = Z_95 * scale * Math.sqrt(count) * deviation;
  return {
    threshold,
    total: money,
    netInterval: [money.net - half, money.net + half],
    isYearly: scenario.rowsPerYear !== null,
    spending: total.spending(scale),
    months: months.ascending().map(({ month, tally }) => ({ month, ...tally.money() })),
    undated,
    perDecision: { mean: money.net / money.rows, deviation, rows: count, fixedCost: valuation.fixedCost },
  };
}

/** @throws {DataError} `invalid-argument` for NaN */
export function checkThreshold(threshold: number): void {
  if (!Number.isNaN(threshold)) return;
  throw new DataError('invalid-argument', 'The threshold is not a number.', {
    advice: 'Choose a threshold between 0 and 1.',
  });
}

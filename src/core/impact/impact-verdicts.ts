import type { RealisedFigures, RealisedMonth } from './impact-figures.ts';
import { monthNumberOf } from './month.ts';

/** Below this share of known outcomes a month is said to be open, and takes part in no verdict. */
const LEAST_KNOWN_SHARE = 0.5;

/** Where a month's net value stands to the band of its promise; 'open': most of its outcomes are not known yet. */
export type MonthStanding = 'inside' | 'below' | 'above' | 'open';

/**
 * Where the net value of known decisions stands to the band that was promised for as many.
 * @returns 'open' when fewer than half of the decisions have an outcome, or the promise has no band
 */
export function standingOf({ rows, known, net, promised }: RealisedFigures): MonthStanding {
  const hasBand = !Number.isNaN(promised.low) && !Number.isNaN(promised.high);
  if (!hasBand || known === 0 || known < LEAST_KNOWN_SHARE * rows) return 'open';
  if (net < promised.low) return 'below';
  return net > promised.high ? 'above' : 'inside';
}

/** Two judged months in a row whose ROI is below the floor. */
export interface FloorAlert {
  /** The first such pair, and the latest; the same when there is one. */
  readonly first: readonly [string, string];
  readonly latest: readonly [string, string];
  /** All months in the run that the latest pair ends, at least two. */
  readonly run: readonly string[];
  /** No judged month came after it. */
  readonly isLasting: boolean;
}

/**
 * Months in a row whose ROI is below the floor. A month that is open, or in which nothing was spent, neither counts nor breaks
 * the run: it says nothing yet. Nor does a calendar month without a decision.
 *
 * @param months ascending
 * @param floor net value for each unit spent
 * @returns null when no two judged months in a row are below it
 */
export function floorAlert(months: readonly RealisedMonth[], floor: number): FloorAlert | null {
  const judged = months.filter((month) => standingOf(month) !== 'open' && !Number.isNaN(month.roi));
  let first: FloorAlert['first'] | null = null;
  let latest: readonly string[] = [];
  let run: string[] = [];
  for (const { month, roi } of judged) {
    run = roi < floor ? [...run, month] : [];
    if (run.length < 2) continue;
    first ??= [run[0]!, run[1]!];
    latest = run;
  }
  if (first === null) return null;
  return {
    first,
    latest: [latest.at(-2)!, latest.at(-1)!],
    run: latest,
    isLasting: judged.at(-1)?.month === latest.at(-1),
  };
}

/**
 * Months until a one-off investment has come back: investment / monthly net value.
 * @returns Infinity when the net value is not above 0 ("never"); 0 for no investment; NaN when the net value is not defined
 */
export function payBackMonths(investment: number, monthlyNet: number): number {
  if (Number.isNaN(monthlyNet)) return Number.NaN;
  if (investment <= 0) return 0;
  return monthlyNet > 0 ? investment / monthlyNet : Number.POSITIVE_INFINITY;
}

/**
 * Mean net value of a calendar month, over all months from the first to the last; a month without a decision brings 0.
 * @param months ascending
 * @returns NaN without months
 */
export function meanMonthlyNet(months: readonly { readonly month: string; readonly net: number }[]): number {
  const first = months[0];
  const last = months.at(-1);
  if (first === undefined || last === undefined) return Number.NaN;
  const count = monthNumberOf(last.month) - monthNumberOf(first.month) + 1;
  return months.reduce((sum, { net }) => sum + net, 0) / count;
}

/**
 * The month at whose end the net value since the first month reached the investment; null when it has not.
 * Open months count with what is known of them.
 */
export function paidBackIn(
  months: readonly { readonly month: string; readonly net: number }[],
  investment: number,
): string | null {
  let sum = 0;
  for (const { month, net } of months) {
    sum += net;
    if (sum >= investment) return month;
  }
  return null;
}

/** What the months say of floor and pay-back, and what keeps them from saying more. */
import type { ImpactChoice } from '../../contracts/saved-state.ts';
import type {
  ImpactMoney,
  PredictedImpact,
  RealisedImpact,
  RealisedMonth,
} from '../../core/impact/impact-figures.ts';
import {
  floorAlert,
  meanMonthlyNet,
  paidBackIn,
  payBackMonths,
  standingOf,
} from '../../core/impact/impact-verdicts.ts';
import { formatMoney, formatRatio, formatValue } from '../../design/format.ts';
import { countedText, countText, moneyText, monthsListed, periodText } from './impact-format.ts';
import type { ImpactView } from './impact-view.ts';

/** A run of more months is said by its ends. */
const LISTED_MONTHS = 3;

/** Two judged months in a row below the ROI floor, in words; null when there are none. */
export function alertOf(months: readonly RealisedMonth[], floor: number): ImpactView['alert'] {
  const alert = floorAlert(months, floor);
  if (alert === null) return null;
  const { first, latest, run, isLasting } = alert;
  const low = formatRatio(floor);
  const row = `${countedText(run.length, 'month')} in a row`;
  const which = run.length > LISTED_MONTHS ? periodText(run[0]!, run.at(-1)!) : monthsListed(run);
  const isOnly = first[0] === run[0];
  const before = isOnly ? '' : ` It was so before, first in ${monthsListed(first)}.`;
  const sentence = isLasting
    ? `ROI has been below its floor of ${low} for ${row}: ${which}.${before}`
    : `ROI was below its floor of ${low} for ${row}: ${which}. The month after was no longer below it.${before}`;
  return { months: isLasting ? run : latest, sentence };
}

const ASK_INVESTMENT = 'State what the model cost to build to see when that is earned back.';

/**
 * When a one-off investment comes back at the promised net value.
 * @param promise of new rows: where it differs from `perDecision`, the judged rows chose the threshold
 */
export function predictedPayBack(
  { total, months, isYearly, perDecision }: PredictedImpact,
  promise: PredictedImpact['perDecision'],
  { investment }: ImpactChoice,
  currency: string,
): string {
  if (investment === null) return ASK_INVESTMENT;
  const shift = promise.mean - perDecision.mean;
  const onNewRows = <T extends ImpactMoney>(money: T): T => ({
    ...money,
    net: money.net + shift * money.rows,
  });
  const monthly = isYearly ? onNewRows(total).net / 12 : meanMonthlyNet(months.map(onNewRows));
  return payBackText(investment, monthly, currency, 'the promised net value');
}

/** When a one-off investment came back, or how far it is. */
export function realisedPayBack(
  realised: RealisedImpact,
  { investment }: ImpactChoice,
  currency: string,
): string {
  if (investment === null) return ASK_INVESTMENT;
  const { months } = realised;
  const invested = moneyText(investment, currency);
  const done = paidBackIn(months, investment);
  if (done !== null) {
    const at = months.findIndex(({ month }) => month === done) + 1;
    return `The investment of ${invested} would have been earned back by the end of ${monthsListed([done])}, after ${countedText(at, 'month')} of decisions.`;
  }
  const judged = months.filter((month) => standingOf(month) !== 'open');
  const rest = payBackText(
    investment - months.reduce((sum, { net }) => sum + net, 0),
    meanMonthlyNet(judged),
    currency,
    'the mean net value of the months so far',
  );
  if (months.length === 0) return rest;
  const sofar = months.reduce((sum, { net }) => sum + net, 0);
  return `Not yet: ${moneyText(sofar, currency)} of ${invested} so far. ${rest}`;
}

function payBackText(rest: number, monthly: number, currency: string, at: string): string {
  const months = payBackMonths(rest, monthly);
  if (Number.isNaN(months))
    return 'For a pay-back the page needs a net value a month: give the scenario its rows a year, or the table a date column.';
  if (months === Number.POSITIVE_INFINITY)
    return `Never at ${at}, ${moneyText(monthly, currency)} a month: it is not above 0.`;
  const count = months < 10 ? formatValue(Math.ceil(months * 10) / 10) : countText(Math.ceil(months));
  return `${moneyText(rest, currency)} is earned back in ${count}\u00A0${count === '1' ? 'month' : 'months'} at ${at}, ${formatMoney(monthly)} a month.`;
}

/** Months that take part in no verdict, in words; null when all do. */
export function waitingNote(months: readonly RealisedMonth[]): string | null {
  const open = months.filter((month) => standingOf(month) === 'open').map(({ month }) => month);
  if (open.length === 0) return null;
  return `Most outcomes of ${monthsListed(open)} are not known yet: ${open.length === 1 ? 'it takes' : 'they take'} no part in band and alert.`;
}

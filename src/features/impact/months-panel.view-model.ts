/** The months as marks, as a table and in words. */
import { moneyAxis } from '../../charts/axis-ticks.ts';
import type { HoverRow } from '../../charts/HoverBox.tsx';
import type { TableTwin } from '../../charts/table-twin.ts';
import {
  formatCount,
  formatCountOf,
  formatList,
  formatMoney,
  formatMoneyExact,
  formatRatio,
} from '../../design/format.ts';
import type { ImpactViewMonth } from './impact-view.ts';
import { type MonthMark, monthName } from './month-places.ts';

const noBreakSpace = '\u00A0';

export function monthMarks(months: readonly ImpactViewMonth[], roiFloor: number): readonly MonthMark[] {
  const short = shortMoney(months.map(({ net }) => net));
  return months.map(({ month, kind, net, spent, promised, standing }) => ({
    month,
    kind,
    net,
    netText: Number.isNaN(net) ? '' : short(net),
    promised,
    floor: roiFloor * spent,
    standing,
  }));
}

/** Amounts side by side in one unit, with three digits for the largest: "125 k", "99 k". */
function shortMoney(amounts: readonly number[]): (amount: number) => string {
  const largest = Math.max(0, ...amounts.filter(Number.isFinite).map(Math.abs));
  const step = 10 ** (Math.floor(Math.log10(largest)) - 2);
  const { unit, formatTick } = moneyAxis({ domain: [0, largest], ticks: [], step });
  return (amount) => (unit === '' ? formatMoney(amount) : `${formatTick(amount)}${noBreakSpace}${unit}`);
}

/** The exact values of one month, for the pointer. */
export function monthHover(months: readonly ImpactViewMonth[], month: string): readonly HoverRow[] {
  const found = months.find((one) => one.month === month);
  if (found === undefined) return [];
  const { kind, rows, known, net, roi, promised } = found;
  return [
    { label: monthName(month, 'long'), value: kind, ink: null },
    {
      label: 'decisions',
      value: known === rows ? formatCount(rows) : `${formatCount(known)} of ${formatCount(rows)} known`,
      ink: null,
    },
    { label: 'net value', value: formatMoneyExact(Math.round(net)), ink: null },
    ...(kind === 'predicted'
      ? []
      : [{ label: 'promised', value: formatMoneyExact(Math.round(promised.net)), ink: null }]),
    {
      label: `95${noBreakSpace}% band`,
      value: `${formatMoney(promised.low)} to ${formatMoney(promised.high)}`,
      ink: null,
    },
    { label: 'ROI', value: formatRatio(roi), ink: null },
  ];
}

/**
 * The same numbers for keyboard, screen reader and file.
 * @param scale what the months are of, where the totals are of something else; else null
 */
export function monthsTwin(months: readonly ImpactViewMonth[], scale: string | null): TableTwin {
  const note = scale === null ? '' : `; ${scale}`;
  const column = (name: string, of: (month: ImpactViewMonth) => number, format = formatMoneyExact) => ({
    name,
    values: months.map(of),
    format: (value: number) => format(value),
  });
  return {
    columns: [
      { name: 'Month', values: months.map(({ month }) => month) },
      { name: 'Figures', values: months.map(({ kind }) => kind + note) },
      column('Decisions', ({ rows }) => rows, formatCount),
      column('Outcome known', ({ known }) => known, formatCount),
      column('Prevented', ({ prevented }) => prevented),
      column('Spent', ({ spent }) => spent),
      column('Missed', ({ missed }) => missed),
      column('Net value', ({ net }) => net),
      column('ROI', ({ roi }) => roi, formatRatio),
      column('Promised', ({ promised }) => promised.net),
      column('Band low', ({ promised }) => promised.low),
      column('Band high', ({ promised }) => promised.high),
    ],
  };
}

/** What stands around the picture. */
export interface MonthsWords {
  readonly title: string;
  readonly caption: string;
  /** For those who do not see the picture. */
  readonly message: string;
  /** Months below their band: "Hollow: below the band, July and November 2024."; null when there is none. */
  readonly low: string | null;
  /** What a dashed mark means; null when there is none. */
  readonly open: string | null;
}

/** @param scale what the months are of, where the totals are of something else; else null */
export function monthsWords(months: readonly ImpactViewMonth[], scale: string | null): MonthsWords {
  const realised = months.filter(({ kind }) => kind === 'realised');
  const isPredicted = realised.length === 0;
  const low = realised
    .filter(({ standing }) => standing === 'below')
    .map(({ month }) => monthName(month, 'long'));
  const open = realised.filter(({ standing }) => standing === 'open').length;
  const lowText =
    low.length === 0
      ? null
      : `Hollow: below the band, ${listed(low)}. An alert needs two months in a row under the ROI floor.`;
  return {
    title: isPredicted
      ? 'Net value of each month, as predicted'
      : 'Net value of each month, against the promise',
    caption: [
      isPredicted
        ? formatCountOf(countOf(months), 'judged row')
        : formatCountOf(countOf(realised), 'decision with a known outcome', 'decisions with a known outcome'),
      scale,
      isPredicted ? 'diamonds: predicted, from the judged rows of the month' : null,
      !isPredicted && realised.length < months.length ? 'round: what happened; diamond: predicted' : null,
      'band: what as many decisions give in 95 of 100 months',
    ]
      .filter((part) => part !== null)
      .join('; '),
    message: [
      isPredicted
        ? `Predicted net value of ${formatCountOf(months.length, 'month')}.`
        : reachText(realised.length, realised.length - open, low.length, months.length - realised.length),
      ...(lowText === null ? [] : [lowText]),
    ].join(' '),
    low: lowText,
    open: open === 0 ? null : 'Dashed: too few outcomes are known yet to judge the month.',
  };
}

function countOf(months: readonly ImpactViewMonth[]): number {
  return months.reduce((sum, { known }) => sum + known, 0);
}

/** "Net value of 12 months against the promised band. 9 of 10 reach the band. 2 months more are predicted." */
function reachText(realised: number, judged: number, low: number, predicted: number): string {
  const against = `Net value of ${formatCountOf(realised, 'month')} against the promised band.`;
  const reach = ` ${formatCount(judged - low)} of ${formatCount(judged)} reach the band.`;
  const more =
    predicted === 0
      ? ''
      : ` ${formatCountOf(predicted, 'month')} more ${predicted === 1 ? 'is' : 'are'} predicted.`;
  return against + reach + more;
}

/** "July 2024", "July and November 2024", at most six by name. */
function listed(names: readonly string[]): string {
  const most = 6;
  if (names.length > most)
    return `${names.slice(0, most - 1).join(', ')} and ${formatCount(names.length - most + 1)} more`;
  return formatList(names);
}

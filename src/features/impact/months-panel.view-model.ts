/** The months as marks, as a table and in words. */
import { moneyAxis } from '../../charts/axis-ticks.ts';
import type { HoverRow } from '../../charts/HoverBox.tsx';
import type { TableTwin } from '../../charts/table-twin.ts';
import {
  formatCount,
  formatCountOf,
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
    { label: 'promised', value: formatMoneyExact(Math.round(promised.net)), ink: null },
    {
      label: `95${noBreakSpace}% band`,
      value: `${formatMoney(promised.low)} to ${formatMoney(promised.high)}`,
      ink: null,
    },
    { label: 'ROI', value: formatRatio(roi), ink: null },
  ];
}

/** The same numbers for keyboard, screen reader and file. */
export function monthsTwin(months: readonly ImpactViewMonth[]): TableTwin {
  const column = (name: string, of: (month: ImpactViewMonth) => number, format = formatMoneyExact) => ({
    name,
    values: months.map(of),
    format: (value: number) => format(value),
  });
  return {
    columns: [
      { name: 'Month', values: months.map(({ month }) => month) },
      { name: 'Figures', values: months.map(({ kind }) => kind) },
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

export function monthsWords(months: readonly ImpactViewMonth[]): MonthsWords {
  const realised = months.filter(({ kind }) => kind === 'realised');
  const predicted = months.length - realised.length;
  const decisions = months.reduce((sum, { known }) => sum + known, 0);
  const low = months
    .filter(({ standing }) => standing === 'below')
    .map(({ month }) => monthName(month, 'long'));
  const open = months.filter(({ standing }) => standing === 'open').length;
  const judged = months.length - open;
  const lowText =
    low.length === 0
      ? null
      : `Hollow: below the band, ${listed(low)}.${predicted === months.length ? '' : ' An alert needs two months in a row under the ROI floor.'}`;
  const openText = open === 0 ? null : 'Dashed: too few outcomes are known yet to judge the month.';
  return {
    title:
      realised.length === 0
        ? 'Net value of each month, as predicted'
        : 'Net value kept each month, against the promise',
    caption: [
      formatCountOf(
        decisions,
        realised.length === 0 ? 'judged row' : 'decision with a known outcome',
        realised.length === 0 ? undefined : 'decisions with a known outcome',
      ),
      realised.length > 0 && predicted > 0 ? 'round: what happened; diamond: predicted' : null,
      realised.length === 0 ? 'diamonds: predicted, from the judged rows of the month' : null,
      `band: what as many decisions give in 95 of 100 months`,
    ]
      .filter((part) => part !== null)
      .join('; '),
    message: `Net value of ${formatCountOf(months.length, 'month')} against the promised band. ${formatCount(judged - low.length)} of ${formatCount(judged)} reach the band.${lowText === null ? '' : ` ${lowText}`}`,
    low: lowText,
    open: openText,
  };
}

/** "July 2024", "July and November 2024", at most six by name. */
function listed(names: readonly string[]): string {
  const most = 6;
  if (names.length > most)
    return `${names.slice(0, most - 1).join(', ')} and ${formatCount(names.length - most + 1)} more`;
  if (names.length < 2) return names.join('');
  return `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}

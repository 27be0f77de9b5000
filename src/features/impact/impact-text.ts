/** The page as plain text, for a mail or a minute: numbers as on screen, one subject a line. */
import { formatMoney, formatRatio, formatThreshold, formatValue } from '../../design/format.ts';
import type { ImpactInput } from './impact.view-model.ts';
import { countText, moneyRange, moneyText, monthsListed } from './impact-format.ts';
import type { ImpactView, ImpactViewMonth } from './impact-view.ts';

export function impactText(
  view: Omit<ImpactView, 'text'>,
  { scenario, realised, predicted }: ImpactInput,
): string {
  const currency = realised?.currency ?? scenario.currency;
  const { flow } = view;
  const parts = [
    [view.head],
    [view.answer.map(({ text }) => text).join(''), ...(view.basis === null ? [] : [view.basis])],
    view.alert === null ? [] : [view.alert.sentence],
    view.cards.map(({ name, exact, sentence }) => `${name}: ${exact}. ${sentence}`),
    [
      'Where the money went',
      `${flow.prevented.label}: ${moneyText(flow.prevented.amount, currency)}`,
      ...flow.spending.map(({ label, amount }) => `${label}: ${formatMoney(-amount)}`),
      `Net value: ${moneyText(flow.net, currency)}`,
    ],
    view.months.length === 0
      ? []
      : [
          ['Month by month', ...(view.monthsScale === null ? [] : [view.monthsScale])].join(', '),
          ...view.months.map((month) => monthLine(month, currency)),
        ],
    [view.payBack],
    view.notes,
    [`Threshold ${thresholdOf(realised?.threshold ?? predicted.threshold)}, scenario ${scenario.name}.`],
  ];
  return parts
    .filter((part) => part.length > 0)
    .map((part) => part.join('\n'))
    .join('\n\n');
}

/** Six digits are enough to find it again, not to set it. */
function thresholdOf(threshold: number): string {
  return Number.isFinite(threshold) ? formatValue(threshold) : formatThreshold(threshold);
}

/** "March 2024: net value 125 k EUR, promised 112 to 171 k EUR, below the band; ROI 1.65; 1,010 decisions" */
function monthLine(
  { month, kind, net, promised, standing, roi, known, rows }: ImpactViewMonth,
  currency: string,
): string {
  const name = monthsListed([month]);
  const decisions =
    known === rows
      ? `${countText(rows)} decisions`
      : `outcome known of ${countText(known)} of ${countText(rows)} decisions`;
  const band =
    kind === 'predicted' || Number.isNaN(promised.low)
      ? ''
      : `, promised ${moneyRange(promised.low, promised.high, currency)}`;
  const verdict = standing === 'open' ? '' : `, ${standing === 'inside' ? 'inside' : standing} the band`;
  const start = kind === 'predicted' ? 'predicted net value' : 'net value';
  const ratio = Number.isNaN(roi) ? '' : `; ROI ${formatRatio(roi)}`;
  return `${name}: ${start} ${moneyText(net, currency)}${band}${verdict}${ratio}; ${decisions}`;
}

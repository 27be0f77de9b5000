import type { TableTwin } from '../../charts/table-twin.ts';
import { formatChange, formatMoney, formatMoneyExact } from '../../design/format.ts';
import type { ImpactView } from './impact-view.ts';
import type { WaterfallStep } from './waterfall-places.ts';

type Flow = ImpactView['flow'];

/** The steps with their signs: what was prevented up, each cost down, and what is left. */
export function waterfallSteps({ prevented, spending, net }: Flow): readonly WaterfallStep[] {
  const step = (label: string, amount: number, kind: WaterfallStep['kind']): WaterfallStep => ({
    label,
    amount,
    text: formatChange(amount, formatMoney),
    kind,
  });
  return [
    step(prevented.label, prevented.amount, 'gain'),
    ...spending.map(({ label, amount }) => step(label, -amount, 'cost')),
    step('Net value', net, 'net'),
  ];
}

export function waterfallTitle(isPredicted: boolean): string {
  return isPredicted ? 'Where the money would go' : 'Where the money went';
}

export function waterfallTwin(flow: Flow): TableTwin {
  const steps = waterfallSteps(flow);
  return {
    columns: [
      { name: 'Step', values: steps.map(({ label }) => label) },
      {
        name: 'Amount',
        values: steps.map(({ amount }) => amount),
        format: (amount) => formatChange(amount, formatMoneyExact),
      },
    ],
  };
}

/** "Prevented losses 2.46 M, less reviews 268 k and fixed cost 120 k, leave 1.53 M." */
export function waterfallMessage({ prevented, spending, net }: Flow): string {
  const costs = spending.map(({ label, amount }) => `${label} ${formatMoney(amount)}`);
  const less = costs.length === 0 ? '' : `, less ${costs.join(', ')}`;
  return `${prevented.label} ${formatMoney(prevented.amount)}${less}: net value ${formatMoney(net)}.`;
}

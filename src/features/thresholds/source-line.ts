import type { Scenario } from '../../core/money/scenario.ts';
import { formatMoneyExact, formatValue } from '../../design/format.ts';

export interface SourceLineInput {
  readonly table: string;
  /** Model file or score column. */
  readonly scoredBy: string;
  /** "1,336 test rows". */
  readonly rows: string;
  readonly scenario: Scenario | null;
}

/**
 * What a saved picture was computed from, so that it can be traced where it is pasted:
 * "credit_data.csv, 1,336 test rows; model.onnx; review of risky loans: amount at risk Amount, loss rate 0.8, review cost 50".
 */
export function sourceLine({ table, scoredBy, rows, scenario }: SourceLineInput): string {
  const parts = [[table, rows].filter(Boolean).join(', '), scoredBy];
  if (scenario !== null) parts.push(scenarioText(scenario));
  return parts.filter(Boolean).join('; ');
}

function scenarioText({ name, amount, lossRate, reviewCost, currency }: Scenario): string {
  const source = 'column' in amount ? amount.column : formatMoneyExact(amount.constant);
  const terms = [
    `amount at risk ${source}`,
    `loss rate ${formatValue(lossRate)}`,
    `review cost ${formatValue(reviewCost)}`,
    ...(currency === '' ? [] : [`in ${currency}`]),
  ];
  return `${name.toLowerCase()}: ${terms.join(', ')}`;
}

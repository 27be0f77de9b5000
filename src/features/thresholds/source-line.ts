import type { Scenario } from '../../core/money/scenario.ts';
import { scenarioName } from './saved-scenarios.ts';
import { scenarioText } from './scenario-list.ts';

export interface SourceLineInput {
  readonly table: string;
  /** Model file or score column. */
  readonly scoredBy: string;
  /** "1,336 test rows". */
  readonly rows: string;
  readonly scenario: Scenario | null;
  readonly versus: Scenario | null;
}

/**
 * What a saved picture was computed from, so that it can be traced where it is pasted:
 * "credit_data.csv, 1,336 test rows; model.onnx; Review of risky loans: loss rate 0.8, review cost 50, amount at risk Amount".
 */
export function sourceLine({ table, scoredBy, rows, scenario, versus }: SourceLineInput): string {
  const parts = [[table, rows].filter(Boolean).join(', '), scoredBy];
  if (scenario !== null) parts.push(inFull(scenario));
  if (versus !== null) parts.push(inFull(versus));
  return parts.filter(Boolean).join('; ');
}

function inFull(scenario: Scenario): string {
  const currency = scenario.currency === '' ? '' : `, in ${scenario.currency}`;
  return `${scenarioName(scenario)}: ${scenarioText(scenario)}${currency}`;
}

import type { Scenario, ValueCell } from '../../core/money/scenario.ts';
import {
  type AssumptionName,
  assumptionsOf,
  assumptionValue,
  scenarioTemplates,
} from '../../core/money/scenario-templates.ts';
import { formatCount, formatMoneyExact, formatValue } from '../../design/format.ts';
import { isSameScenario, scenarioName } from './saved-scenarios.ts';

/** A scenario's terms in one line: "loss rate 0.8, review cost 50, amount at risk Amount". */
export function scenarioText(scenario: Scenario): string {
  const { template, fixedCost, rowsPerYear } = scenario;
  return [
    ...assumptionsOf(template)
      .filter(({ name, isOptional, start }) => !isOptional || assumptionValue(scenario, name) !== start)
      .map(
        ({ name, label }) =>
          `${lowerFirst(label)} ${formatValue(assumptionValue(scenario, name))}${timesColumn(scenario, name)}`,
      ),
    ...amountTerms(scenario),
    ...(fixedCost === 0 ? [] : [`fixed cost ${formatMoneyExact(fixedCost)}`]),
    ...(rowsPerYear === null ? [] : [`${formatCount(rowsPerYear)} decisions a year`]),
  ].join(', ');
}

/** The four-value form takes its money from its own columns: its amount is only remembered. */
function amountTerms({ template, amount }: Scenario): readonly string[] {
  if (template === 'fourValues') return [];
  const source = 'column' in amount ? amount.column : formatMoneyExact(amount.constant);
  return [`${lowerFirst(scenarioTemplates[template].amount.label)} ${source}`];
}

function timesColumn(scenario: Scenario, name: AssumptionName): string {
  if (scenario.template !== 'fourValues') return '';
  const column = scenario.columns[name as ValueCell];
  return column === null ? '' : ` × ${column}`;
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}

/** Id of the choice of no second scenario. */
export const NOTHING_BESIDE = 'none';

export interface BesideOptions {
  readonly options: readonly { readonly id: string; readonly label: string; readonly detail?: string }[];
  /** Id of the option in force. */
  readonly value: string;
  /** The scenario of an option; null for none. */
  readonly scenarioOf: (id: string) => Scenario | null;
}

/**
 * What can stand beside the scenario in force: every kept one that differs from it, and the present second one when it is
 * not kept. The kept form of a changed scenario is among them.
 */
export function besideOptions(
  scenario: Scenario,
  saved: readonly Scenario[],
  versus: Scenario | null,
): BesideOptions {
  const kept = saved.filter((other) => !isSameScenario(other, scenario));
  const isKept = versus === null || kept.some((other) => isSameScenario(other, versus));
  const offered = isKept ? kept : [...kept, versus];
  const chosen = versus === null ? -1 : offered.findIndex((other) => isSameScenario(other, versus));
  const options = offered.map((other, index) => ({
    id: String(index),
    label: scenarioName(other),
    ...(other.name === scenario.name
      ? { detail: 'as saved' }
      : !isKept && other === versus
        ? { detail: 'not saved' }
        : {}),
  }));
  return {
    options: [{ id: NOTHING_BESIDE, label: 'None' }, ...options],
    value: chosen < 0 ? NOTHING_BESIDE : String(chosen),
    scenarioOf: (id) => offered[Number(id)] ?? null,
  };
}

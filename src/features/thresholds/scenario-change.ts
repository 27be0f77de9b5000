import type { AmountSource, Scenario, ValueCell } from '../../core/money/scenario.ts';
import { type AssumptionName, assumptionsOf, assumptionValue } from '../../core/money/scenario-templates.ts';
import { formatCount, formatValue } from '../../design/format.ts';
import { moneyTextExact } from './display-text.ts';
import { templateWords } from './words.ts';

/** One term in which a scenario differs from another. */
export interface ScenarioChange {
  /** The same term has the same name in every change of it. */
  readonly term: string;
  /** The new value, as it stands after "With": "500 a review". */
  readonly phrase: string;
}

/**
 * In which terms the second scenario differs, name aside.
 *
 * @returns empty when they say the same; one change, 'template', when they are of different templates
 */
export function scenarioChanges(before: Scenario, after: Scenario): readonly ScenarioChange[] {
  if (before.template !== after.template) return [{ term: 'template', phrase: 'this template' }];
  const changes: ScenarioChange[] = assumptionsOf(after.template)
    .filter(({ name }) => !Object.is(assumptionValue(before, name), assumptionValue(after, name)))
    .map(({ name, label }) => ({ term: name, phrase: assumptionPhrase(after, name, label) }));
  if (amountKey(before.amount) !== amountKey(after.amount))
    changes.push({ term: 'amount', phrase: amountPhrase(after) });
  for (const cell of changedColumns(before, after))
    changes.push({ term: `columns ${cell}`, phrase: 'these columns' });
  if (before.fixedCost !== after.fixedCost)
    changes.push({ term: 'fixedCost', phrase: `a fixed cost of ${money(after, after.fixedCost)}` });
  if (before.rowsPerYear !== after.rowsPerYear)
    changes.push({ term: 'rowsPerYear', phrase: scalePhrase(after) });
  return changes;
}

/** Names the source of an amount: equal for the same column or the same constant. */
function amountKey(amount: AmountSource): string {
  return 'column' in amount ? `column ${amount.column}` : `constant ${amount.constant}`;
}

/** The cells of the four-value form that take another column; empty for other templates. */
function changedColumns(before: Scenario, after: Scenario): readonly ValueCell[] {
  if (before.template !== 'fourValues' || after.template !== 'fourValues') return [];
  const cells = Object.keys(after.columns) as ValueCell[];
  return cells.filter((cell) => before.columns[cell] !== after.columns[cell]);
}

function assumptionPhrase(scenario: Scenario, name: AssumptionName, label: string): string {
  const value = assumptionValue(scenario, name);
  const amount = money(scenario, value);
  switch (name) {
    case 'reviewCost':
      return `${amount} a review`;
    case 'campaignCost':
      return `${amount} a contact`;
    case 'frictionCost':
      return `${amount} for each ${templateWords[scenario.template].negative} one held up`;
    case 'chargebackCost':
      return `a chargeback fee of ${amount}`;
    case 'lossRate':
      return `a loss rate of ${formatValue(value)}`;
    case 'saveRate':
      return `a save rate of ${formatValue(value)}`;
    default:
      return `${amount} for “${label.charAt(0).toLowerCase()}${label.slice(1)}”`;
  }
}

function amountPhrase(scenario: Scenario): string {
  const { amount } = scenario;
  return 'column' in amount ? `amounts from ${amount.column}` : `${money(scenario, amount.constant)} a row`;
}

function scalePhrase({ rowsPerYear }: Scenario): string {
  return rowsPerYear === null ? 'money of these rows' : `${formatCount(rowsPerYear)} decisions a year`;
}

function money({ currency }: Scenario, amount: number): string {
  return moneyTextExact(amount, currency);
}

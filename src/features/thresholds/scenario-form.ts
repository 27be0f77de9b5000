import type { AmountSource, Scenario, ScenarioTemplate } from '../../core/money/scenario.ts';
import {
  assumptionsOf,
  assumptionValue,
  defaultScenario,
  scenarioTemplates,
} from '../../core/money/scenario-templates.ts';
import type { Roles } from '../../core/table/roles.ts';
import type { ColumnSummary } from '../../core/table/summary.ts';

/** Id of the choice "the same amount for every row" in the list of amount columns; no column can have an empty name. */
export const CONSTANT_AMOUNT = '';

/**
 * Why a typed value cannot be used, as a sentence, or null when it can.
 *
 * @param value NaN for an emptied field
 * @param most 1 for a share, any other greatest value for money
 */
export function numberError(value: number, most: number): string | null {
  if (Number.isNaN(value)) return 'Type a number.';
  if (most === 1) return value >= 0 && value <= 1 ? null : 'A share, from 0 to 1.';
  return value >= 0 && value <= most ? null : 'A cost cannot be negative.';
}

/** Why a currency cannot be used, or null: three letters of ISO 4217, or nothing. */
export function currencyError(code: string): string | null {
  return /^([A-Z]{3})?$/u.test(code) ? null : 'Three letters, such as EUR, or nothing.';
}

/**
 * The scenario with another source of the amount. A constant starts at the mean of the column it replaces, in whole
 * units from 100 on, else at the template's.
 *
 * @param meanAmount mean amount of the judged rows; NaN when they were judged without one
 */
export function withAmountChoice(scenario: Scenario, choice: string, meanAmount: number): Scenario {
  if (choice !== CONSTANT_AMOUNT) return { ...scenario, amount: { column: choice } };
  if ('constant' in scenario.amount) return scenario;
  return { ...scenario, amount: { constant: startingAmount(scenario.template, meanAmount) } };
}

function startingAmount(template: ScenarioTemplate, meanAmount: number): number {
  if (!(meanAmount > 0 && Number.isFinite(meanAmount))) return scenarioTemplates[template].amount.start;
  return Number(meanAmount.toFixed(meanAmount >= 100 ? 0 : 2));
}

/**
 * The scenario under another template: its name and starting values, with what the user said of currency and amount. An
 * amount that only came with the old template goes with it. The old name told of the old template ("Review of risky
 * loans"): it stays with the saved scenario, and with undo.
 */
export function withTemplate(scenario: Scenario, template: ScenarioTemplate): Scenario {
  if (template === scenario.template) return scenario;
  const old = scenarioTemplates[scenario.template];
  const fresh = defaultScenario(template, null);
  const { amount } = scenario;
  return {
    ...fresh,
    currency: scenario.currency,
    amount: 'constant' in amount && amount.constant === old.amount.start ? fresh.amount : amount,
  };
}

/**
 * Whether the amount is the one that the template begins with: nobody has said it, so it is said to be assumed. Once any
 * number was set, all of them are taken as looked at.
 */
export function isAssumedAmount(scenario: Scenario): boolean {
  const { template, amount } = scenario;
  return (
    'constant' in amount &&
    amount.constant === scenarioTemplates[template].amount.start &&
    assumptionsOf(template).every(({ name, start }) => assumptionValue(scenario, name) === start)
  );
}

/** What stands at an assumed amount, and why it had to be assumed; null when the amount is not. */
export function assumedAmountNote(scenario: Scenario, columns: readonly string[]): string | null {
  if (!isAssumedAmount(scenario)) return null;
  return columns.length === 0
    ? 'Assumed: the table has no amount column. Change it to yours.'
    : 'Assumed. Change it, or choose the column that holds the amounts.';
}

/** The choice that stands for an amount source. */
export function amountChoice(amount: AmountSource): string {
  return 'column' in amount ? amount.column : CONSTANT_AMOUNT;
}

/**
 * Columns that can be the amount: numbers that are neither label, split, id nor score, in file order; the one with the
 * amount role first.
 */
export function amountColumns(columns: readonly ColumnSummary[], roles: Roles): readonly string[] {
  const names = columns
    .filter((column) => column.kind === 'number' && canBeAmount(roles[column.name]))
    .map((column) => column.name);
  const isAmount = (name: string) => roles[name] === 'amount';
  return [...names.filter(isAmount), ...names.filter((name) => !isAmount(name))];
}

function canBeAmount(role: Roles[string] | undefined): boolean {
  return role === undefined || role === 'amount' || role === 'ignore';
}

/** The column with the amount role, or null. */
export function amountRoleColumn(roles: Roles): string | null {
  return Object.keys(roles).find((name) => roles[name] === 'amount') ?? null;
}

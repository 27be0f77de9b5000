import { LENDING_DEFAULTS } from '../../core/money/parse-scenario.ts';
import type { AmountSource, LendingScenario } from '../../core/money/scenario.ts';
import type { Roles } from '../../core/table/roles.ts';
import type { ColumnSummary } from '../../core/table/summary.ts';

/** The number fields of the lending editor. */
export type ScenarioField = 'constant' | 'lossRate' | 'reviewCost';

/** Id of the choice "the same amount for every row" in the list of amount columns; no column can have an empty name. */
export const CONSTANT_AMOUNT = '';

/**
 * Why a typed value cannot be used, as a sentence, or null when it can.
 *
 * @param value NaN for an emptied field
 */
export function fieldError(field: ScenarioField, value: number): string | null {
  if (Number.isNaN(value)) return 'Type a number.';
  if (field === 'lossRate') return value >= 0 && value <= 1 ? null : 'A share of the amount, from 0 to 1.';
  return value >= 0 && Number.isFinite(value) ? null : 'A cost cannot be negative.';
}

/** Why a currency cannot be used, or null: three letters of ISO 4217, or nothing. */
export function currencyError(code: string): string | null {
  return /^([A-Z]{3})?$/u.test(code) ? null : 'Three letters, such as EUR, or nothing.';
}

/** The scenario with one number changed. */
export function withField(scenario: LendingScenario, field: ScenarioField, value: number): LendingScenario {
  return field === 'constant'
    ? { ...scenario, amount: { constant: value } }
    : { ...scenario, [field]: value };
}

/**
 * The scenario with another source of the amount. A constant starts at the mean of the column it replaces, in whole
 * units from 100 on, else at the default.
 *
 * @param meanAmount mean amount of the judged rows; NaN when they were judged without one
 */
export function withAmountChoice(
  scenario: LendingScenario,
  choice: string,
  meanAmount: number,
): LendingScenario {
  if (choice !== CONSTANT_AMOUNT) return { ...scenario, amount: { column: choice } };
  if ('constant' in scenario.amount) return scenario;
  return { ...scenario, amount: { constant: startingAmount(meanAmount) } };
}

function startingAmount(meanAmount: number): number {
  if (!(meanAmount > 0 && Number.isFinite(meanAmount))) return LENDING_DEFAULTS.amount;
  return Number(meanAmount.toFixed(meanAmount >= 100 ? 0 : 2));
}

/**
 * Whether the amount is the one we begin with when the table has none: nobody has said it, so it is said to be assumed.
 */
export function isAssumedAmount(amount: AmountSource): boolean {
  return 'constant' in amount && amount.constant === LENDING_DEFAULTS.amount;
}

/** What stands at an assumed amount, and why it had to be assumed; null when the amount is not. */
export function assumedAmountNote(amount: AmountSource, columns: readonly string[]): string | null {
  if (!isAssumedAmount(amount)) return null;
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

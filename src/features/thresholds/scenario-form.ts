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

/** The scenario with another source of the amount; a constant starts at the default. */
export function withAmountChoice(scenario: LendingScenario, choice: string): LendingScenario {
  const amount: AmountSource =
    choice === CONSTANT_AMOUNT ? { constant: LENDING_DEFAULTS.amount } : { column: choice };
  return { ...scenario, amount };
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

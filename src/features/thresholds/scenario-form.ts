import type {
  AmountSource,
  FourValueScenario,
  Scenario,
  ScenarioTemplate,
  ValueCell,
} from '../../core/money/scenario.ts';
import {
  type Assumption,
  assumptionsOf,
  assumptionValue,
  defaultScenario,
  scenarioTemplates,
} from '../../core/money/scenario-templates.ts';
import type { Roles } from '../../core/table/roles.ts';
import type { ColumnSummary } from '../../core/table/summary.ts';

/** Id of the choice "the same amount for every row" in the list of amount columns; no column can have an empty name. */
export const CONSTANT_AMOUNT = '';

/** What a number of the form may be. */
export type NumberKind =
  /** From 0 to 1. */
  | 'share'
  /** Between 0 and 1, neither of them. */
  | 'openShare'
  /** 0 or more. */
  | 'cost'
  /** Any number: a gain above 0, a loss below. */
  | 'value'
  /** More than 0, or nothing. */
  | 'volume';

/** The kind of a template's number, by the values that it may take. */
export function numberKind({ least, most }: Pick<Assumption, 'least' | 'most'>): NumberKind {
  if (most === 1) return 'share';
  return least < 0 ? 'value' : 'cost';
}

/**
 * Why a typed value cannot be used, as a sentence, or null when it can.
 *
 * @param value NaN for an emptied field, which only a volume may be
 */
export function numberError(value: number, kind: NumberKind): string | null {
  if (Number.isNaN(value)) return kind === 'volume' ? null : 'Type a number.';
  if (!Number.isFinite(value)) return 'Type a smaller number.';
  switch (kind) {
    case 'share':
      return value >= 0 && value <= 1 ? null : 'A share, from 0 to 1.';
    case 'openShare':
      return value > 0 && value < 1 ? null : 'A share between 0 and 1.';
    case 'cost':
      return value >= 0 ? null : 'A cost cannot be negative.';
    case 'volume':
      return value > 0 ? null : 'More than 0, or nothing for money of these rows.';
    case 'value':
      return null;
  }
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
 * The scenario under another template: its name and starting values, with what the user said of currency, amount, fixed
 * cost and scale. An
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
    fixedCost: scenario.fixedCost,
    rowsPerYear: scenario.rowsPerYear,
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
    template !== 'fourValues' &&
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

/** Id of the choice "the number for each row" in the list of a cell's columns; no column can have an empty name. */
export const NO_COLUMN = '';

/** The scenario with one of its four values taken from another column, times its number; `NO_COLUMN` for the number alone. */
export function withCellColumn(
  scenario: FourValueScenario,
  cell: ValueCell,
  choice: string,
): FourValueScenario {
  return {
    ...scenario,
    columns: { ...scenario.columns, [cell]: choice === NO_COLUMN ? null : choice },
  };
}

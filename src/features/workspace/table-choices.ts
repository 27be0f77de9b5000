/**
 * What is chosen about a table: guessed when it is opened, changed in place by the user. Pure functions from choices
 * to changed choices; the session does the rest.
 */
import type { TableJoin, ViewState } from '../../contracts/saved-state.ts';
import { guessSplit, targetOfColumn } from '../../core/table/guess-roles.ts';
import type { ColumnRole, Roles } from '../../core/table/roles.ts';
import type { ColumnSummary, TableSummary } from '../../core/table/summary.ts';
import type { SplitDefinition, TargetDefinition } from '../../core/table/target.ts';

export type TableChoices = Pick<ViewState, 'roles' | 'target' | 'split' | 'scoreColumn'>;

/**
 * The first choices for a table that was just opened: its guessed roles (one column each), the target with its bad
 * values, the held-out part of the split. No scenario: what a missed bad row costs is for the user to say.
 * @param hasModel with a model the scores come from it, and a guessed score column is only kept out of the features
 */
export function guessedChoices(table: TableSummary, hasModel: boolean): TableChoices {
  const roles: Record<string, ColumnRole> = {};
  const taken = new Set<ColumnRole>();
  for (const { name, guessedRole } of table.columns) {
    if (guessedRole === null || taken.has(guessedRole)) continue;
    roles[name] = guessedRole;
    if (guessedRole !== 'ignore') taken.add(guessedRole);
  }
  const named = (role: ColumnRole): ColumnSummary | undefined =>
    table.columns.find((column) => roles[column.name] === role);
  const target = named('target');
  const split = named('split');
  return {
    roles,
    target: target === undefined ? null : targetOf(target),
    split: split === undefined ? null : heldOutSplit(split),
    scoreColumn: hasModel ? null : (named('score')?.name ?? null),
  };
}

/** A column as target, with its bad values as far as they can be guessed. */
function targetOf(column: ColumnSummary): TargetDefinition {
  return targetOfColumn(column) ?? { column: column.name, positive: [], excluded: [] };
}

/** The held-out part of a column as split, or null when no value is named like one. */
export function heldOutSplit(column: ColumnSummary): SplitDefinition | null {
  return guessSplit([{ ...column, guessedRole: 'split' }]);
}

/**
 * The choices after a column was given a role (null = it is a feature). The role is taken from the column that had it,
 * and target, split and score column follow.
 */
export function withRole(
  choices: ViewState,
  table: TableSummary,
  columnName: string,
  role: ColumnRole | null,
): Partial<ViewState> {
  const column = table.columns.find(({ name }) => name === columnName);
  if (column === undefined) return {};
  const roles = rolesWith(choices.roles, columnName, role);
  const change: { -readonly [K in keyof ViewState]?: ViewState[K] } = { roles };
  if (role === 'target') change.target = targetOf(column);
  else if (choices.target?.column === columnName) change.target = null;
  if (role === 'split') change.split = heldOutSplit(column);
  else if (choices.split?.column === columnName) change.split = null;
  if (role === 'score' && (choices.model === null || choices.scoreColumn !== null))
    change.scoreColumn = columnName;
  else if (choices.scoreColumn === columnName) change.scoreColumn = null;
  if (role === 'amount' && choices.scenario !== null)
    change.scenario = { ...choices.scenario, amount: { column: columnName } };
  return change;
}

/** The column whose values are the money of the scenario; null without a scenario, or with a constant amount. */
function amountColumnOf(choices: ViewState): string | null {
  const amount = choices.scenario?.amount;
  return amount !== undefined && 'column' in amount ? amount.column : null;
}

/** Roles with one changed; a role that only one column may have is taken from the column that had it. */
export function rolesWith(roles: Roles, column: string, role: ColumnRole | null): Roles {
  const others = Object.entries(roles).filter(
    ([name, held]) => name !== column && (held !== role || role === 'ignore'),
  );
  return Object.fromEntries(role === null ? others : [...others, [column, role]]);
}

/**
 * Choices made for one table carried over to another that is used in its place: roles, target, split and money column
 * whose columns it has; guesses for the rest.
 */
export function carriedChoices(choices: ViewState, table: TableSummary): Partial<ViewState> {
  const has = (name: string): boolean => table.columns.some((column) => column.name === name);
  const guessed = guessedChoices(table, choices.model !== null);
  const kept = Object.entries(choices.roles).filter(([name]) => has(name));
  const takenRoles = new Set(kept.map(([, role]) => role));
  const added = Object.entries(guessed.roles).filter(
    ([name, role]) => !(name in choices.roles) && !takenRoles.has(role),
  );
  const amount = amountColumnOf(choices);
  return {
    roles: Object.fromEntries([...kept, ...added]),
    readings: Object.fromEntries(Object.entries(choices.readings).filter(([name]) => has(name))),
    joins: choices.joins.filter(({ leftKey }) => has(leftKey)),
    target: choices.target !== null && has(choices.target.column) ? choices.target : guessed.target,
    split: choices.split !== null && has(choices.split.column) ? choices.split : guessed.split,
    scoreColumn:
      choices.scoreColumn !== null && !has(choices.scoreColumn) ? guessed.scoreColumn : choices.scoreColumn,
    besideForm:
      choices.besideForm?.kind === 'column' && !has(choices.besideForm.column) ? null : choices.besideForm,
    scenario: amount !== null && !has(amount) ? null : choices.scenario,
  };
}

/** The choices without a join, and without what was said of its columns. */
export function withoutJoin(choices: ViewState, join: TableJoin): ViewState {
  const names = new Set(join.columns.map(({ as }) => as));
  return { ...prunedChoices(choices, names), joins: choices.joins.filter((other) => other !== join) };
}

/** The choices with a join added, or (by its place) changed; what was said of columns that it no longer brings goes. */
export function withJoin(choices: ViewState, join: TableJoin, index: number | null): ViewState {
  const before = index === null ? undefined : choices.joins[index];
  if (before === undefined) return { ...choices, joins: [...choices.joins, join] };
  const kept = new Set(join.columns.map(({ as }) => as));
  const gone = new Set(before.columns.map(({ as }) => as).filter((name) => !kept.has(name)));
  const joins = choices.joins.map((other) => (other === before ? join : other));
  return { ...prunedChoices(choices, gone), joins };
}

/**
 * What to say when a join went, or no longer brings a column, and the money column of the scenario, or of the amount
 * role, went with it; null when the amount is as before.
 */
export function amountLostText(before: ViewState, after: ViewState): string | null {
  const left = new Set(after.joins.flatMap(({ columns }) => columns.map(({ as }) => as)));
  const gone = before.joins
    .flatMap(({ columns }) => columns.map(({ as }) => as))
    .filter((as) => !left.has(as));
  const amount = gone.find((name) => name === amountColumnOf(before) || before.roles[name] === 'amount');
  if (amount === undefined) return null;
  return after.joins.length < before.joins.length
    ? `The amount was “${amount}” of the removed join; choose another amount.`
    : `The amount was “${amount}”, which the changed join does not bring; choose another amount.`;
}

/** The choices without what was said of some columns, which are gone with the join that brought them. */
function prunedChoices(choices: ViewState, gone: ReadonlySet<string>): ViewState {
  const amount = amountColumnOf(choices);
  const isGone = (column: string | undefined | null): boolean =>
    column !== undefined && column !== null && gone.has(column);
  const columnOf = Object.entries(choices.mapping.columnOf).filter(([, column]) => !gone.has(column));
  return {
    ...choices,
    roles: Object.fromEntries(Object.entries(choices.roles).filter(([name]) => !gone.has(name))),
    mapping: { ...choices.mapping, columnOf: Object.fromEntries(columnOf) },
    target: isGone(choices.target?.column) ? null : choices.target,
    split: isGone(choices.split?.column) ? null : choices.split,
    scoreColumn: isGone(choices.scoreColumn) ? null : choices.scoreColumn,
    besideForm:
      choices.besideForm?.kind === 'column' && gone.has(choices.besideForm.column)
        ? null
        : choices.besideForm,
    scenario: isGone(amount) ? null : choices.scenario,
  };
}

/** Columns that feed no model input by themselves: every role but `amount`, sorted so that equal choices are equal. */
export function roledColumns(roles: Roles): string[] {
  return Object.keys(roles)
    .filter((name) => roles[name] !== 'amount')
    .sort();
}

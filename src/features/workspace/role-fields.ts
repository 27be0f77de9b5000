/** The guesses that are confirmed once, as fields with their possible answers. */
import type { ViewState } from '../../contracts/saved-state.ts';
import type { ColumnRole } from '../../core/table/roles.ts';
import type { ColumnSummary, TableSummary } from '../../core/table/summary.ts';
import { formatCount, formatCountOf } from '../../design/format.ts';
import type { SelectOption } from '../../design/Select.tsx';
import { splitColumns } from './split-choices.ts';
import { heldOutSplit } from './table-choices.ts';

/** The answer "no column": not a possible column name of a table (those never hold this control character). */
export const NONE = '\u0000none';

export interface RoleField {
  readonly role: ColumnRole;
  readonly label: string;
  readonly value: string | null;
  readonly options: readonly SelectOption<string>[];
}

/** A label column may have some levels, never hundreds. */
const MOST_TARGET_VALUES = 50;

/** Target, id, amount and date with the columns that could have the role (the one that has it included). */
export function roleFields(table: TableSummary, choices: ViewState): readonly RoleField[] {
  // Not the column with the role: a link may name a target that the table lacks, and then any column can be chosen.
  const targetColumn = table.columns.find(({ name }) => name === choices.target?.column)?.name ?? null;
  const field = (role: ColumnRole, label: string, fits: (column: ColumnSummary) => boolean): RoleField => {
    const held = table.columns.find(({ name }) => choices.roles[name] === role);
    const columns = table.columns.filter((column) => column === held || fits(column));
    const none = { id: NONE, label: 'none' };
    return {
      role,
      label,
      value: role === 'target' ? targetColumn : (held?.name ?? NONE),
      options: [...columns.map(columnOption), ...(role === 'target' ? [] : [none])],
    };
  };
  const mostlyDistinct = table.rowCount * 0.9;
  return [
    field('target', 'Target', ({ distinct, kind }) => distinct <= MOST_TARGET_VALUES && kind !== 'date'),
    field('id', 'Id', ({ distinct, kind }) => distinct >= mostlyDistinct && kind !== 'date'),
    field('amount', 'Amount', ({ kind }) => kind === 'number'),
    field('date', 'Date', ({ kind }) => kind === 'date'),
  ];
}

function columnOption({ name, kind, distinct }: ColumnSummary): SelectOption<string> {
  return { id: name, label: name, detail: `${kind}, ${formatCount(distinct)} distinct` };
}

/** Columns to split by, with "none" for judging all rows. */
export function splitOptions(table: TableSummary, choices: ViewState): readonly SelectOption<string>[] {
  return [{ id: NONE, label: 'all rows' }, ...splitColumns(table, choices).map(columnOption)];
}

/** Values of the chosen split column, with their rows. */
export function splitValueOptions(table: TableSummary, column: string): readonly SelectOption<string>[] {
  const values = table.columns.find(({ name }) => name === column)?.topValues ?? [];
  return values.map(({ value, count }) => ({
    id: value,
    label: `${value === '' ? '(empty)' : value}, ${formatCountOf(count, 'row')}`,
  }));
}

/** The choices after a split column was chosen: its held-out value if it has one, else its first. */
export function withSplitColumn(choices: ViewState, table: TableSummary, column: string): Partial<ViewState> {
  const summary = table.columns.find(({ name }) => name === column);
  const first = summary?.topValues[0];
  if (summary === undefined || first === undefined) return { split: null };
  const roles = choices.roles[column] === undefined ? withSplitRole(choices.roles, column) : choices.roles;
  return { roles, split: heldOutSplit(summary) ?? { column, value: first.value } };
}

function withSplitRole(roles: ViewState['roles'], column: string): ViewState['roles'] {
  const others = Object.entries(roles).filter(([, role]) => role !== 'split');
  return Object.fromEntries([...others, [column, 'split'] as const]);
}

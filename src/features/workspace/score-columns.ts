/** Already-scored tables: which columns can be a score, and what choosing one changes. */
import type { ViewState } from '../../contracts/saved-state.ts';
import type { ColumnSummary, TableSummary } from '../../core/table/summary.ts';
import { rolesWith } from './table-choices.ts';

/**
 * Columns that can be a score: numbers in [0, 1] with more than two values, and any column that was given the role or
 * is chosen already (the worker then says what is wrong with it). The guessed one comes first.
 */
export function scoreColumns(table: TableSummary, choices: ViewState): readonly ColumnSummary[] {
  const isNamed = ({ name }: ColumnSummary): boolean =>
    choices.roles[name] === 'score' || choices.scoreColumn === name;
  const inRange = ({ kind, min, max, distinct }: ColumnSummary): boolean =>
    kind === 'number' && min !== null && max !== null && min >= 0 && max <= 1 && distinct > 2;
  const isFree = ({ name }: ColumnSummary): boolean => {
    const role = choices.roles[name];
    return role === undefined || role === 'score' || role === 'ignore';
  };
  const found = table.columns.filter((column) => isNamed(column) || (inRange(column) && isFree(column)));
  return [...found.filter(isNamed), ...found.filter((column) => !isNamed(column))];
}

/** The choices after a score column was chosen instead of a model, or (null) the model again. */
export function withScoreColumn(choices: ViewState, columnName: string | null): Partial<ViewState> {
  // The threshold belonged to other scores.
  const changed = { scoreColumn: columnName, threshold: null, pinned: null };
  return columnName === null ? changed : { ...changed, roles: rolesWith(choices.roles, columnName, 'score') };
}

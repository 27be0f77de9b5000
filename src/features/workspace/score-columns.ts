/** Already-scored tables: which columns can be a score, and what choosing one changes. */
import type { ViewState } from '../../contracts/saved-state.ts';
import { isNamedScore } from '../../core/table/guess-roles.ts';
import type { ColumnSummary, TableSummary } from '../../core/table/summary.ts';
import { formatValue } from '../../design/format.ts';
import { rolesWith } from './table-choices.ts';

/**
 * Columns that can be a score: numbers in [0, 1] with more than two values, and any column that was given the role or
 * is chosen already (see {@link scoreProblem} for what is wrong with it). The guessed one comes first.
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

/** Why a column cannot be used as scores, and what to convert; null when it can. */
export function scoreProblem({ name, kind, distinct, min, max }: ColumnSummary): string | null {
  if (distinct === 0) return `“${name}” has no score in any row.`;
  if (kind !== 'number')
    return `“${name}” cannot be used as scores: it holds ${kind === 'date' ? 'dates' : 'texts'}, not numbers.`;
  if (min === null || max === null || (min >= 0 && max <= 1)) return null;
  const range = `“${name}” cannot be used as scores: it runs from ${formatValue(min)} to ${formatValue(max)}, and a score is a probability in [0, 1].`;
  return `${range} ${conversionOf(min, max)}`;
}

function conversionOf(min: number, max: number): string {
  if (min < 0) return 'If these are log-odds, convert them: 1 / (1 + exp(−x)).';
  if (max <= 100) return 'If these are percents, divide them by 100.';
  return 'Convert points to the probability of the bad outcome by the formula of their scale.';
}

/** What is wrong with the first column that is named like scores but holds none; null without such a column. */
export function unusableScores(table: TableSummary, choices: ViewState): string | null {
  const column = table.columns.find(
    ({ name, kind, distinct }) =>
      kind === 'number' && distinct > 2 && choices.roles[name] === undefined && isNamedScore(name),
  );
  return column === undefined ? null : scoreProblem(column);
}

/**
 * The column whose scores can be used in place of a model that does not fit: the first one that is named like scores,
 * or has the role, and holds probabilities; null without one. A mere number in [0, 1] is not taken for a score here.
 */
export function readyScores(table: TableSummary, choices: ViewState): ColumnSummary | null {
  const isMeant = ({ name }: ColumnSummary): boolean => choices.roles[name] === 'score' || isNamedScore(name);
  return (
    scoreColumns(table, choices).find((column) => isMeant(column) && scoreProblem(column) === null) ?? null
  );
}

/** The choices after a score column was chosen instead of a model, or (null) the model again. */
export function withScoreColumn(choices: ViewState, columnName: string | null): Partial<ViewState> {
  // The threshold belonged to other scores.
  const changed = { scoreColumn: columnName, threshold: null, pinned: null };
  return columnName === null ? changed : { ...changed, roles: rolesWith(choices.roles, columnName, 'score') };
}

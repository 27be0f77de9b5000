/** Which rows are judged: all, or those with one value of a split column. */
import type { ViewState } from '../../contracts/saved-state.ts';
import type { ColumnSummary, TableSummary } from '../../core/table/summary.ts';

/** More values than this name something else than parts of a data set. */
const MOST_SPLIT_VALUES = 20;

/** Columns by which rows can be split: a few values each, the column with the split role first; never the target. */
export function splitColumns(table: TableSummary, choices: ViewState): readonly ColumnSummary[] {
  const usable = table.columns.filter(
    ({ name, distinct, topValues }) =>
      choices.target?.column !== name &&
      distinct >= 1 &&
      distinct <= MOST_SPLIT_VALUES &&
      topValues.length > 0,
  );
  const isSplit = (column: ColumnSummary): boolean => choices.roles[column.name] === 'split';
  return [...usable.filter(isSplit), ...usable.filter((column) => !isSplit(column))];
}

/** Rows of the table inside the split; all rows without one; NaN when the column does not list the value. */
export function rowsInSplit(table: TableSummary, split: ViewState['split']): number {
  if (split === null) return table.rowCount;
  const column = table.columns.find(({ name }) => name === split.column);
  return column?.topValues.find(({ value }) => value === split.value)?.count ?? Number.NaN;
}

/** What is wrong with judging the chosen rows, or null: training rows make any model look better than it is. */
export function splitWarning(table: TableSummary, choices: ViewState): string | null {
  const { split, roles } = choices;
  if (split !== null && Number.isNaN(rowsInSplit(table, split)))
    return `No row of “${split.column}” is “${split.value}”. Choose the rows to judge again.`;
  if (split !== null && /^train/i.test(split.value.trim()))
    return `“${split.column}” says that these rows trained a model: judged on them, it looks better than it is.`;
  const seen = table.columns.find(
    ({ name, guessedRole }) =>
      roles[name] === 'split' || (guessedRole === 'split' && roles[name] === undefined),
  );
  if (split !== null || seen === undefined) return null;
  return `“${seen.name}” looks like a split, but all rows are judged: rows that a model was trained on make it look better than it is.`;
}

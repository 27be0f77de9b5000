import type { ColumnSummary, TableSummary } from '../../core/table/summary.ts';
import { sameValue } from '../../design/same-value.ts';

/** Objects inside a column's summary: the column, a list, a counted value. */
const DEPTH = 3;

/**
 * The new summary with the old objects of the columns that did not change, so that only rows of changed columns are
 * drawn again.
 */
export function stableSummary(before: TableSummary | null, next: TableSummary): TableSummary {
  if (before === null) return next;
  const old = new Map(before.columns.map((column) => [column.name, column]));
  const columns = next.columns.map((column): ColumnSummary => {
    const same = old.get(column.name);
    return same !== undefined && sameValue(same, column, DEPTH) ? same : column;
  });
  return { ...next, columns };
}

/** Cohorts of the background: columns of few values, and their values. */
import type { ExplainBackground } from '../../contracts/saved-state.ts';
import { MISSING_VALUE } from '../../core/table/label-values.ts';
import type { ColumnSummary, TableSummary, ValueCount } from '../../core/table/summary.ts';

type Cohort = Extract<ExplainBackground, { kind: 'cohort' }>;

/** Columns whose values are all known and few enough to choose from, but for the one that tells the judged rows apart. */
export function cohortColumns(table: TableSummary, splitColumn: string | null): readonly string[] {
  return table.columns
    .filter((column) => column.name !== splitColumn && isListed(column))
    .map(({ name }) => name);
}

function isListed({ distinct, topValues }: ColumnSummary): boolean {
  return distinct >= 2 && topValues.length === distinct;
}

/** The values of a column with their counts, the most frequent first; `(missing)` last, where cells are empty. */
export function cohortValues(table: TableSummary, columnName: string): readonly ValueCount[] {
  const column = table.columns.find(({ name }) => name === columnName);
  if (column === undefined) return [];
  const empty = column.missing > 0 ? [{ value: MISSING_VALUE, count: column.missing }] : [];
  return [...column.topValues, ...empty];
}

/** The values to choose from: those of the column, then those that the cohort names and the column does not have. */
export function listedValues({ column, values }: Cohort, table: TableSummary): readonly ValueCount[] {
  const known = cohortValues(table, column);
  const unknown = values.filter((value) => !known.some((one) => one.value === value));
  return [...known, ...unknown.map((value) => ({ value, count: 0 }))];
}

/** A cohort to begin with: the most frequent value of the column. */
export function firstCohort(table: TableSummary, column: string): Cohort {
  return {
    kind: 'cohort',
    column,
    values: cohortValues(table, column)
      .slice(0, 1)
      .map(({ value }) => value),
  };
}

/** The cohort with a value taken in or out; null when none would be left. Values stand in the order of the column. */
export function withValue(cohort: Cohort, table: TableSummary, value: string, isIn: boolean): Cohort | null {
  const wanted = new Set(cohort.values);
  if (isIn) wanted.add(value);
  else wanted.delete(value);
  if (wanted.size === 0) return null;
  const known = cohortValues(table, cohort.column).map((one) => one.value);
  const values = [...known, ...cohort.values].filter((one) => wanted.delete(one));
  return { ...cohort, values };
}

/** Which columns the column table lists, in which order. */
import type { ColumnKind } from '../../core/table/column.ts';
import type { Roles } from '../../core/table/roles.ts';
import type { ColumnSummary } from '../../core/table/summary.ts';

export type ColumnFilter = 'all' | ColumnKind | 'role' | 'feature' | 'missing' | 'joined' | 'changed';
export type ColumnSort = 'file' | 'name' | 'missing' | 'distinct';

export interface ColumnQuery {
  /** Part of the name, in any case. */
  readonly text: string;
  readonly filter: ColumnFilter;
  readonly sort: ColumnSort;
  /** Largest (or last by name) first. */
  readonly isDescending: boolean;
}

export const allColumns: ColumnQuery = { text: '', filter: 'all', sort: 'file', isDescending: false };

export interface ColumnFacts {
  readonly roles: Roles;
  /** Names of the columns that come from other tables. */
  readonly joined: ReadonlySet<string>;
  /** Names of the columns that are read otherwise than the file was. */
  readonly changed: ReadonlySet<string>;
}

/** The columns that the query asks for. Equal ones keep the file's order, also from the largest. */
export function listedColumns(
  columns: readonly ColumnSummary[],
  query: ColumnQuery,
  facts: ColumnFacts,
): readonly ColumnSummary[] {
  const text = query.text.trim().toLowerCase();
  const found = columns.filter(
    (column) => column.name.toLowerCase().includes(text) && passes(column, query.filter, facts),
  );
  const compare = comparisons[query.sort];
  if (compare === null) return found;
  return found.toSorted((a, b) => (query.isDescending ? compare(b, a) : compare(a, b)));
}

function passes(
  column: ColumnSummary,
  filter: ColumnFilter,
  { roles, joined, changed }: ColumnFacts,
): boolean {
  switch (filter) {
    case 'all':
      return true;
    case 'role':
      return roles[column.name] !== undefined;
    case 'feature':
      return roles[column.name] === undefined || roles[column.name] === 'amount';
    case 'missing':
      return column.missing > 0;
    case 'joined':
      return joined.has(column.name);
    case 'changed':
      return changed.has(column.name);
    default:
      return column.kind === filter;
  }
}

/** Built once: a comparison by locale takes microseconds each otherwise. */
const collator = new Intl.Collator(undefined, { numeric: true });

const comparisons: Readonly<Record<ColumnSort, ((a: ColumnSummary, b: ColumnSummary) => number) | null>> = {
  file: null,
  name: (a, b) => collator.compare(a.name, b.name),
  missing: (a, b) => a.missing - b.missing,
  distinct: (a, b) => a.distinct - b.distinct,
};

/** The query after a header was pressed: names from A, counts from the largest, then the other way, then the file's order. */
export function sortedBy(query: ColumnQuery, sort: ColumnSort): ColumnQuery {
  const first = sort !== 'name';
  if (query.sort !== sort) return { ...query, sort, isDescending: first };
  if (query.isDescending === first) return { ...query, isDescending: !first };
  return { ...query, sort: 'file', isDescending: false };
}

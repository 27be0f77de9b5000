import { ArrowDown, ArrowUp } from 'lucide-react';
import type { ReactNode } from 'react';
import { classNames } from '../../design/class-names.ts';
import { type ColumnQuery, type ColumnSort, sortedBy } from './column-table-view.ts';

interface SortHeaderProps {
  readonly sort: ColumnSort;
  readonly query: ColumnQuery;
  readonly onSort: (query: ColumnQuery) => void;
  readonly children: ReactNode;
  readonly numeric?: boolean;
  readonly className?: string;
}

/** A column's name that sorts by it: once, the other way, back to the file's order. */
export function SortHeader({ sort, query, onSort, children, numeric = false, className }: SortHeaderProps) {
  const isSorted = query.sort === sort;
  const Arrow = query.isDescending ? ArrowDown : ArrowUp;
  return (
    <th
      scope="col"
      aria-sort={isSorted ? (query.isDescending ? 'descending' : 'ascending') : 'none'}
      className={classNames(
        'sticky top-0 z-1 border-b border-line bg-surface px-2 py-1 align-bottom text-caption font-medium whitespace-nowrap text-text-3',
        numeric ? 'text-right' : 'text-left',
        className,
      )}
    >
      <button
        type="button"
        onClick={() => onSort(sortedBy(query, sort))}
        className={classNames(
          '-my-1 inline-flex h-6 cursor-default items-center gap-1 rounded-badge font-medium hover:text-text',
          isSorted && 'text-text',
        )}
      >
        {children}
        {isSorted && <Arrow size={12} strokeWidth={1.75} aria-hidden="true" />}
      </button>
    </th>
  );
}

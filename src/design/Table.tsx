import type { ReactNode } from 'react';
import { classNames } from './class-names.ts';

export interface TableProps {
  /** Names the table for screen readers. */
  readonly label: string;
  readonly children: ReactNode;
  /** With a height limit (a class such as max-h-80) the body scrolls under a sticky header. */
  readonly className?: string;
}

/** A plain table in the type of the mockups; scrolls sideways rather than breaking the page. */
export function Table({ label, children, className }: TableProps) {
  return (
    <div
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard (WCAG 2.1.1)
      tabIndex={0}
      className={classNames('overflow-auto -outline-offset-2', className)}
    >
      <table aria-label={label} className="w-full border-collapse text-table">
        {children}
      </table>
    </div>
  );
}

export interface CellProps {
  readonly children?: ReactNode;
  /** Right-aligned tabular figures. */
  readonly numeric?: boolean;
  readonly className?: string;
  readonly title?: string;
}

/** A column's name. */
export function HeaderCell({ children, numeric = false, className, title }: CellProps) {
  return (
    <th
      scope="col"
      title={title}
      className={classNames(
        'sticky top-0 z-1 border-b border-line bg-surface px-2 py-1 align-bottom text-caption font-medium whitespace-nowrap text-text-3',
        numeric ? 'text-right' : 'text-left',
        className,
      )}
    >
      {children}
    </th>
  );
}

/** A value. */
export function Cell({ children, numeric = false, className, title }: CellProps) {
  return (
    <td
      title={title}
      className={classNames(
        'h-[27px] border-b border-line px-2 py-1 whitespace-nowrap',
        numeric && 'text-right',
        className,
      )}
    >
      {children}
    </td>
  );
}

/** The value that names its row. */
export function RowHeaderCell({ children, className, title }: CellProps) {
  return (
    <th
      scope="row"
      title={title}
      className={classNames(
        'h-[27px] border-b border-line px-2 py-1 text-left font-medium whitespace-nowrap',
        className,
      )}
    >
      {children}
    </th>
  );
}

export interface RowProps {
  readonly children: ReactNode;
  /** The row that is in force: accent ground and edge. */
  readonly isCurrent?: boolean;
  readonly className?: string;
}

/** A row of the body. */
export function Row({ children, isCurrent = false, className }: RowProps) {
  return (
    <tr
      aria-current={isCurrent || undefined}
      className={classNames(
        'last:*:border-b-0',
        isCurrent && '*:bg-accent-soft *:first:shadow-[inset_2px_0_var(--accent)]',
        className,
      )}
    >
      {children}
    </tr>
  );
}

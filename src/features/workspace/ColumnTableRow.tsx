import { Link2, SlidersHorizontal } from 'lucide-react';
import { memo } from 'react';
import { MiniHistogram } from '../../charts/MiniHistogram.tsx';
import type { ColumnKind } from '../../core/table/column.ts';
import type { ColumnSummary } from '../../core/table/summary.ts';
import { classNames } from '../../design/class-names.ts';
import { Cell, RowHeaderCell } from '../../design/Table.tsx';
import { useWorkspace } from '../../state/workspace-store.ts';
import { ChoiceCell, type OpenChoice } from './ChoiceList.tsx';
import { changeKind, changeRole } from './change-column.ts';
import { KIND_OPTIONS, ROLE_OPTIONS, type RoleChoice } from './column-options.ts';
import { columnRow } from './column-row.ts';

/** px; every row has it, so that rows out of sight need not be rendered to know their place. */
export const COLUMN_ROW_HEIGHT = 33;

export interface ColumnTableRowProps {
  readonly column: ColumnSummary;
  /** "sum of amount from payments.csv" for a joined column; null for one of the table's own. */
  readonly source: string | null;
  readonly rowCount: number;
  /** Place in the list, from 0. */
  readonly index: number;
  readonly open: OpenChoice;
  readonly onSettings: (trigger: HTMLElement, column: string) => void;
}

/** One column. Drawn again only when its own facts, role or reading change. */
export const ColumnTableRow = memo(function ColumnTableRow(props: ColumnTableRowProps) {
  const { column, source, rowCount, index, open, onSettings } = props;
  const role = useWorkspace((state) => state.choices.roles[column.name]);
  const isChanged = useWorkspace((state) => state.choices.readings[column.name] !== undefined);
  const row = columnRow(column, rowCount);
  return (
    <tr aria-rowindex={index + 2}>
      <RowHeaderCell
        className="h-[33px] max-w-40 max-wide:max-w-[88px] max-wide:px-1 min-[1600px]:max-w-64"
        title={nameTitle(column.name, source)}
      >
        <span className="flex items-center gap-1.5">
          <span className="truncate">{column.name}</span>
          {source !== null && (
            <Link2
              size={14}
              strokeWidth={1.75}
              role="img"
              aria-label={source}
              className="shrink-0 text-accent-ink"
            />
          )}
        </span>
      </RowHeaderCell>
      <Cell className="max-wide:px-0">
        {source === null ? (
          <ChoiceCell
            open={open}
            label={`Type of ${column.name}`}
            className="w-[92px]"
            options={KIND_OPTIONS}
            value={column.kind}
            onChoose={(kind) => changeKind(column.name, kind as ColumnKind)}
          />
        ) : (
          <span className="px-1.5 text-text-2">{column.kind}</span>
        )}
      </Cell>
      <Cell className="max-wide:px-0">
        <ChoiceCell
          open={open}
          label={`Role of ${column.name}`}
          className={classNames('w-[82px]', role === undefined ? 'text-text-3' : 'font-medium text-text')}
          options={ROLE_OPTIONS}
          value={role ?? 'feature'}
          onChoose={(choice) => changeRole(column.name, choice as RoleChoice)}
        />
      </Cell>
      <Cell
        numeric
        title={row.missingTitle}
        className={classNames('max-wide:px-1', row.hasUnparsable && 'text-warn')}
      >
        {row.missing}
        {row.missingShare !== '' && (
          <span className="text-text-3 max-wide:hidden"> ({row.missingShare})</span>
        )}
      </Cell>
      <Cell numeric className="max-wide:hidden">
        {row.distinct}
      </Cell>
      <Cell
        className="max-w-[250px] truncate px-1 text-caption text-text-2 max-wide:hidden min-[1600px]:max-w-80"
        title={row.spreadTitle}
      >
        {row.spread}
      </Cell>
      <Cell className="max-wide:hidden">
        {row.bars.length > 0 && <MiniHistogram counts={row.bars} width={52} label={row.barsLabel} />}
      </Cell>
      <Cell className="w-8 pr-0 pl-0">
        <button
          type="button"
          aria-haspopup="dialog"
          aria-label={`Settings of ${column.name}`}
          title={isChanged ? 'Read differently from the file' : 'How this column is read'}
          onClick={(event) => onSettings(event.currentTarget, column.name)}
          className={classNames(
            'grid size-6 cursor-default place-items-center rounded-control hover:bg-sunk hover:text-text',
            isChanged ? 'bg-accent-soft text-accent-ink' : 'text-text-3',
          )}
        >
          <SlidersHorizontal size={14} strokeWidth={1.75} aria-hidden="true" />
        </button>
      </Cell>
    </tr>
  );
});

function nameTitle(name: string, source: string | null): string {
  return source === null ? name : `${name}: ${source}`;
}

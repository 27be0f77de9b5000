import { memo, type RefObject, useEffect, useMemo, useRef, useState } from 'react';
import { MiniHistogram } from '../../charts/MiniHistogram.tsx';
import type { ColumnKind } from '../../core/table/column.ts';
import type { ColumnRole } from '../../core/table/roles.ts';
import type { ColumnSummary, TableSummary } from '../../core/table/summary.ts';
import { classNames } from '../../design/class-names.ts';
import { formatCount } from '../../design/format.ts';
import { Panel } from '../../design/Panel.tsx';
import type { SelectOption } from '../../design/Select.tsx';
import { Cell, HeaderCell, RowHeaderCell } from '../../design/Table.tsx';
import { TextField } from '../../design/TextField.tsx';
import { useWorkspace } from '../../state/workspace-store.ts';
import { ChoiceCell, type OpenChoice, useChoiceList } from './ChoiceList.tsx';
import { columnRow } from './column-row.ts';
import { withRole } from './table-choices.ts';
import { visibleRows } from './visible-rows.ts';

/** px; every row has it, so that rows out of sight need not be rendered to know their place. */
const ROW_HEIGHT = 33;

/** Up to here all rows are rendered in the page; more get a scrolling box that renders what is in sight. */
const MOST_PLAIN_ROWS = 40;

/** px of the scrolling box: about 17 rows. */
const BOX_HEIGHT = 560;

const KIND_OPTIONS: readonly SelectOption<ColumnKind>[] = [
  { id: 'number', label: 'number' },
  { id: 'category', label: 'category', detail: 'few distinct values' },
  { id: 'date', label: 'date' },
  { id: 'text', label: 'text', detail: 'many distinct values' },
];

type RoleChoice = ColumnRole | 'feature';

const ROLE_OPTIONS: readonly SelectOption<RoleChoice>[] = [
  { id: 'feature', label: 'feature', detail: 'may feed the model' },
  { id: 'target', label: 'target', detail: 'how the row turned out' },
  { id: 'split', label: 'split', detail: 'training and test rows' },
  { id: 'id', label: 'id', detail: 'names the row' },
  { id: 'amount', label: 'amount', detail: 'money; stays a feature' },
  { id: 'score', label: 'score', detail: 'a score in [0, 1]' },
  { id: 'date', label: 'date', detail: 'when it happened' },
  { id: 'ignore', label: 'ignore', detail: 'not used' },
];

/** All columns with what is in them; type and role are changed in place. Quick with hundreds of columns. */
export function ColumnTable({ table }: { readonly table: TableSummary }) {
  const [wanted, setWanted] = useState('');
  const columns = useMemo(
    () => table.columns.filter(({ name }) => name.toLowerCase().includes(wanted.trim().toLowerCase())),
    [table, wanted],
  );
  const box = useRef<HTMLElement>(null);
  const { open, list } = useChoiceList();
  const inBox = columns.length > MOST_PLAIN_ROWS;
  const { start, end } = useVisibleRows(box, inBox, columns.length);
  return (
    <Panel
      title="Columns"
      caption={`${formatCount(table.columns.length)} columns, counted over all ${formatCount(table.rowCount)} rows; change type and role in place`}
      menu={
        table.columns.length > MOST_PLAIN_ROWS && (
          <TextField
            label="Find a column"
            hideLabel
            placeholder="Find a column"
            value={wanted}
            onChange={setWanted}
          />
        )
      }
      ruled
    >
      <section
        ref={box}
        aria-label="Columns of the table"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard (WCAG 2.1.1)
        tabIndex={0}
        className="overflow-auto -outline-offset-2"
        style={inBox ? { maxHeight: BOX_HEIGHT } : undefined}
      >
        <table
          aria-label="Columns of the table"
          aria-rowcount={columns.length + 1}
          className="w-full border-collapse text-table"
        >
          <thead>
            <tr aria-rowindex={1}>
              <HeaderCell>Column</HeaderCell>
              <HeaderCell>Type</HeaderCell>
              <HeaderCell>Role</HeaderCell>
              <HeaderCell numeric>Missing</HeaderCell>
              <HeaderCell numeric className="max-wide:hidden">
                Distinct
              </HeaderCell>
              <HeaderCell className="max-wide:hidden">
                Smallest · median · largest, or most frequent
              </HeaderCell>
              <HeaderCell className="max-wide:hidden">Distribution</HeaderCell>
            </tr>
          </thead>
          <tbody>
            <Spacer rows={start} />
            {columns.slice(start, end).map((column, i) => (
              <ColumnTableRow key={column.name} column={column} table={table} index={start + i} open={open} />
            ))}
            <Spacer rows={columns.length - end} />
          </tbody>
        </table>
      </section>
      {list}
      {columns.length === 0 && (
        <p className="py-2 text-table text-text-3">No column has “{wanted}” in its name.</p>
      )}
    </Panel>
  );
}

function Spacer({ rows }: { readonly rows: number }) {
  return rows === 0 ? null : (
    <tr>
      <td colSpan={7} style={{ height: rows * ROW_HEIGHT }} />
    </tr>
  );
}

interface ColumnTableRowProps {
  readonly column: ColumnSummary;
  readonly table: TableSummary;
  readonly index: number;
  readonly open: OpenChoice;
}

const ColumnTableRow = memo(function ColumnTableRow({ column, table, index, open }: ColumnTableRowProps) {
  const role = useWorkspace((state) => state.choices.roles[column.name]);
  const row = columnRow(column, table.rowCount);
  return (
    <tr aria-rowindex={index + 2}>
      <RowHeaderCell className="h-[33px] max-w-56 truncate max-wide:max-w-24" title={column.name}>
        {column.name}
      </RowHeaderCell>
      <Cell>
        <ChoiceCell
          open={open}
          label={`Type of ${column.name}`}
          className="w-24 max-wide:w-[90px]"
          options={KIND_OPTIONS}
          value={column.kind}
          onChoose={(kind) => changeKind(column.name, kind as ColumnKind)}
        />
      </Cell>
      <Cell>
        <ChoiceCell
          open={open}
          label={`Role of ${column.name}`}
          className={classNames(
            'w-24 max-wide:w-[80px]',
            role === undefined ? 'text-text-3' : 'font-medium text-text',
          )}
          options={ROLE_OPTIONS}
          value={role ?? 'feature'}
          onChoose={(choice) => changeRole(table, column.name, choice as RoleChoice)}
        />
      </Cell>
      <Cell numeric title={row.missingTitle} className={row.hasUnparsable ? 'text-warn' : ''}>
        {row.missing}
        {row.missingShare !== '' && (
          <span className="text-text-3 max-wide:hidden"> ({row.missingShare})</span>
        )}
      </Cell>
      <Cell numeric className="max-wide:hidden">
        {row.distinct}
      </Cell>
      <Cell className="max-w-64 truncate text-text-2 max-wide:hidden" title={row.spreadTitle}>
        {row.spread}
      </Cell>
      <Cell className="max-wide:hidden">
        {row.bars.length > 0 && <MiniHistogram counts={row.bars} label={row.barsLabel} />}
      </Cell>
    </tr>
  );
});

function changeKind(column: string, kind: ColumnKind): void {
  const { choices, kindsAsRead, choose } = useWorkspace.getState();
  const { [column]: _before, ...others } = choices.kinds;
  choose({ kinds: kindsAsRead[column] === kind ? others : { ...others, [column]: kind } });
}

function changeRole(table: TableSummary, column: string, choice: RoleChoice): void {
  const { choices, choose } = useWorkspace.getState();
  choose(withRole(choices, table, column, choice === 'feature' ? null : choice));
}

/** The rows in sight of the scrolling box; all of them when there is no box. */
function useVisibleRows(
  box: RefObject<HTMLElement | null>,
  inBox: boolean,
  rowCount: number,
): { readonly start: number; readonly end: number } {
  const [scrollTop, setScrollTop] = useState(0);
  useEffect(() => {
    const element = box.current;
    if (element === null || !inBox) return;
    // Rounded to whole rows: a scroll within one row renders nothing anew.
    const onScroll = (): void => setScrollTop(Math.floor(element.scrollTop / ROW_HEIGHT) * ROW_HEIGHT);
    onScroll();
    element.addEventListener('scroll', onScroll, { passive: true });
    return () => element.removeEventListener('scroll', onScroll);
  }, [box, inBox]);
  return inBox ? visibleRows(scrollTop, BOX_HEIGHT, ROW_HEIGHT, rowCount) : { start: 0, end: rowCount };
}

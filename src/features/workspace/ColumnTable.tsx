import { useMemo, useRef, useState } from 'react';
import type { TableSummary } from '../../core/table/summary.ts';
import { formatCount } from '../../design/format.ts';
import { Panel } from '../../design/Panel.tsx';
import { HeaderCell } from '../../design/Table.tsx';
import { useWorkspace } from '../../state/workspace-store.ts';
import { useChoiceList } from './ChoiceList.tsx';
import { ColumnSearch } from './ColumnSearch.tsx';
import { useColumnSettings } from './ColumnSettings.tsx';
import { COLUMN_ROW_HEIGHT, ColumnTableRow } from './ColumnTableRow.tsx';
import { allColumns, type ColumnQuery, listedColumns } from './column-table-view.ts';
import { joinedSources } from './join-draft.ts';
import { SortHeader } from './SortHeader.tsx';
import { useVisibleRows } from './use-visible-rows.ts';

/** Up to here all rows are rendered in the page; more get a scrolling box that renders what is in sight. */
const MOST_PLAIN_ROWS = 40;

/** A table of fewer columns is seen at a glance and needs neither search nor filter. */
const FEWEST_SEARCHED = 12;

/** px of the scrolling box: about 17 rows. */
const BOX_HEIGHT = 560;

const SIZE = { rowHeight: COLUMN_ROW_HEIGHT, boxHeight: BOX_HEIGHT };

/** All columns with what is in them; type, missing values and role are changed in place. Quick with hundreds of columns. */
export function ColumnTable({ table }: { readonly table: TableSummary }) {
  const [query, setQuery] = useState<ColumnQuery>(allColumns);
  const roles = useWorkspace((state) => state.choices.roles);
  const readings = useWorkspace((state) => state.choices.readings);
  const joins = useWorkspace((state) => state.choices.joins);
  const sources = useMemo(() => joinedSources(joins), [joins]);
  const columns = useMemo(() => {
    const facts = { roles, joined: new Set(sources.keys()), changed: new Set(Object.keys(readings)) };
    return listedColumns(table.columns, query, facts);
  }, [table, query, roles, readings, sources]);
  const box = useRef<HTMLElement>(null);
  const { open, list } = useChoiceList();
  const settings = useColumnSettings();
  const inBox = columns.length > MOST_PLAIN_ROWS;
  const { start, end } = useVisibleRows(box, inBox, columns.length, SIZE);
  const sort = { query, onSort: setQuery };
  return (
    <Panel
      title="Columns"
      caption={`${formatCount(table.columns.length)} columns, counted over all ${formatCount(table.rowCount)} rows; change type, missing values and role in place`}
      ruled
    >
      {table.columns.length >= FEWEST_SEARCHED && (
        <div className="mb-1.5 min-[1360px]:absolute min-[1360px]:top-2 min-[1360px]:right-0">
          <ColumnSearch query={query} onQuery={setQuery} open={open} shown={columns.length} />
        </div>
      )}
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
              <SortHeader sort="name" className="max-wide:px-1" {...sort}>
                Column
              </SortHeader>
              <HeaderCell className="max-wide:px-1.5">Type</HeaderCell>
              <HeaderCell className="max-wide:px-1.5">Role</HeaderCell>
              <SortHeader sort="missing" numeric className="max-wide:px-1" {...sort}>
                Missing
              </SortHeader>
              <SortHeader sort="distinct" numeric className="max-wide:hidden" {...sort}>
                Distinct
              </SortHeader>
              <HeaderCell className="px-1 max-wide:hidden" title="or the most frequent values">
                Smallest · quartiles · largest
              </HeaderCell>
              <HeaderCell className="max-wide:hidden">Distribution</HeaderCell>
              <HeaderCell className="max-wide:px-0">
                <span className="sr-only">Settings</span>
              </HeaderCell>
            </tr>
          </thead>
          <tbody>
            <Spacer rows={start} />
            {columns.slice(start, end).map((column, i) => (
              <ColumnTableRow
                key={column.name}
                column={column}
                source={sources.get(column.name) ?? null}
                rowCount={table.rowCount}
                index={start + i}
                open={open}
                onSettings={settings.open}
              />
            ))}
            <Spacer rows={columns.length - end} />
          </tbody>
        </table>
      </section>
      {list}
      {settings.popover}
      {columns.length === 0 && (
        <p className="py-2 text-table text-text-3">
          No column fits{query.text.trim() === '' ? '' : ` “${query.text.trim()}”`}
          {query.filter === 'all' ? '' : ' among those that are shown'}.
        </p>
      )}
    </Panel>
  );
}

function Spacer({ rows }: { readonly rows: number }) {
  return rows === 0 ? null : (
    <tr>
      <td colSpan={8} style={{ height: rows * COLUMN_ROW_HEIGHT }} />
    </tr>
  );
}

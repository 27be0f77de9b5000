import { fileHashOf } from '../../contracts/table-id.ts';
import type { TableSummary } from '../../core/table/summary.ts';
import { Disclosure } from '../../design/Disclosure.tsx';
import { FileButton } from '../../design/FileDrop.tsx';
import { formatBytes, formatCount } from '../../design/format.ts';
import { Notice } from '../../design/Notice.tsx';
import { useWorkspace } from '../../state/workspace-store.ts';
import { DemoTruth } from './DemoTruth.tsx';
import { Fact } from './Fact.tsx';
import { OpenList } from './OpenList.tsx';
import { openFiles } from './open-files.ts';
import { closeTable, switchTable } from './open-tables.ts';

/** The open tables, with what was read of the current one, from where, and what the reader noticed. */
export function DataPanel() {
  const tables = useWorkspace((state) => state.tables);
  const base = useWorkspace((state) => state.base);
  const table = useWorkspace((state) => state.table.value);
  return (
    <section aria-labelledby="data-title" className="grid gap-2">
      <h2 id="data-title">{tables.length === 1 ? 'Table' : 'Tables'}</h2>
      <OpenList
        label="Open tables"
        items={tables.map(({ id, name, rowCount, columns }) => ({
          id,
          name,
          detail: `${formatCount(rowCount)} rows × ${formatCount(columns.length)} columns`,
        }))}
        currentId={base?.id ?? null}
        onSwitch={switchTable}
        onClose={closeTable}
      >
        {table !== null && <TableFacts table={table} />}
      </OpenList>
      <div>
        <FileButton multiple onFiles={(files) => void openFiles(files)}>
          Open another table
        </FileButton>
      </div>
      <DemoTruth />
    </section>
  );
}

function TableFacts({ table }: { readonly table: TableSummary }) {
  const hash = fileHashOf(table.id);
  // How many rows a join matched is said where the join is.
  const notices = table.notices.filter(({ code }) => code !== 'join-unmatched');
  return (
    <>
      <Disclosure title="About this file">
        <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-4 gap-y-1 py-1 text-table">
          <Fact name="Size">{formatBytes(table.byteLength)}</Fact>
          <Fact name="Fingerprint">
            <span title={hash}>{hash.slice(0, 12)}…</span>
          </Fact>
        </dl>
      </Disclosure>
      {notices.map((notice) => (
        <Notice key={notice.code + notice.message} tone="info">
          {notice.message}
        </Notice>
      ))}
    </>
  );
}

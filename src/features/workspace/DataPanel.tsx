import { fileHashOf } from '../../contracts/table-id.ts';
import type { TableSummary } from '../../core/table/summary.ts';
import { FileButton } from '../../design/FileDrop.tsx';
import { formatBytes, formatCount } from '../../design/format.ts';
import { Notice } from '../../design/Notice.tsx';
import { Fact } from './ModelPanel.tsx';
import { openFiles } from './open-files.ts';

/** What was read, from where, and what the reader noticed. */
export function DataPanel({ table }: { readonly table: TableSummary }) {
  const hash = fileHashOf(table.id);
  return (
    <section aria-labelledby="data-title" className="grid gap-2">
      <h2 id="data-title">Table</h2>
      <p className="text-table font-medium [overflow-wrap:anywhere]">{table.name}</p>
      <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-4 gap-y-1 text-table">
        <Fact name="Rows">{formatCount(table.rowCount)}</Fact>
        <Fact name="Columns">{formatCount(table.columns.length)}</Fact>
        <Fact name="Size">{formatBytes(table.byteLength)}</Fact>
        <Fact name="SHA-256">
          <span title={hash}>{hash.slice(0, 12)}…</span>
        </Fact>
      </dl>
      {table.notices.map((notice) => (
        <Notice key={notice.code + notice.message} tone="info">
          {notice.message}
        </Notice>
      ))}
      <div>
        <FileButton onFiles={(files) => void openFiles(files)}>Open another table</FileButton>
      </div>
    </section>
  );
}

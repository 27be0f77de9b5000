import { X } from 'lucide-react';
import { useState } from 'react';
import { forgetKept } from '../../compute/kept.ts';
import { Button } from '../../design/Button.tsx';
import { Disclosure } from '../../design/Disclosure.tsx';
import { Notice } from '../../design/Notice.tsx';
import { useWorkspace } from '../../state/workspace-store.ts';
import { openKept } from './bring-back.ts';
import { KeptLine } from './KeptLine.tsx';
import { type KeptRow, keptRows, rowsNotOpen } from './kept-view.ts';
import { useKeptData } from './use-kept-data.ts';

/** So many lines are shown; the rest folds out. */
const SHOWN_AT_FIRST = 6;

/** The files that this browser keeps, to be opened again without looking for them. Absent when it keeps none. */
export function RecentFiles() {
  const kept = useKeptData();
  const [showsAll, setShowsAll] = useState(false);
  if (kept === undefined) return null;
  const rows = keptRows(kept, Date.now());
  if (rows.length === 0) return null;
  const shown = showsAll ? rows : rows.slice(0, SHOWN_AT_FIRST);
  return (
    <section aria-labelledby="recent-title" className="grid gap-2">
      <h2 id="recent-title">Recently opened on this machine</h2>
      <ul aria-labelledby="recent-title" className="grid">
        {shown.map((row) => (
          <RecentLine key={row.id} row={row} />
        ))}
      </ul>
      {rows.length > shown.length && (
        <div>
          <Button kind="quiet" onPress={() => setShowsAll(true)}>
            Show all {rows.length}
          </Button>
        </div>
      )}
      <KeptLine />
    </section>
  );
}

/** As {@link RecentFiles}, folded, beside what is open: a table that is opened becomes the current one, a model too. */
export function OtherKeptFiles() {
  const kept = useKeptData();
  const tables = useWorkspace((state) => state.tables);
  const models = useWorkspace((state) => state.models);
  if (kept === undefined) return null;
  const rows = rowsNotOpen(keptRows(kept, Date.now()), [...tables, ...models]);
  if (rows.length === 0) return null;
  return (
    <Disclosure title="Recently opened on this machine">
      <ul aria-label="Recently opened on this machine" className="-mr-1 grid max-h-80 overflow-auto">
        {rows.map((row) => (
          <RecentLine key={row.id} row={row} />
        ))}
      </ul>
    </Disclosure>
  );
}

function RecentLine({ row }: { readonly row: KeptRow }) {
  const [isGone, setGone] = useState(false);
  const open = async (): Promise<void> => {
    const isThere = await openKept(row);
    setGone(!isThere);
  };
  return (
    <li className="grid border-b border-line last:border-b-0">
      <div className="flex items-center gap-1 py-0.5">
        <button
          type="button"
          onClick={() => void open()}
          className="min-w-0 flex-1 cursor-default rounded-control px-2 py-1 text-left text-table hover:bg-sunk"
        >
          <span className="block truncate font-medium" title={row.name}>
            {row.name}
          </span>
          <span className="block text-caption text-text-3">
            {row.what} · {row.size} · {row.used}
          </span>
        </button>
        <Button kind="icon" label={`Forget ${row.name}`} onPress={() => void forgetKept([row.id])}>
          <X size={14} strokeWidth={1.75} aria-hidden="true" />
        </Button>
      </div>
      {isGone && (
        <Notice tone="warn" onDismiss={() => void forgetKept([row.id])}>
          {row.name} is not kept here any more, or was damaged. Open the file again.
        </Notice>
      )}
    </li>
  );
}

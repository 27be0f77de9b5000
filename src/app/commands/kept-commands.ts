/** The files that this browser keeps, as commands: opened without looking for them on the disk. */
import type { KeptData } from '../../contracts/tasks.ts';
import { openKept } from '../../features/workspace/bring-back.ts';
import { type KeptRow, keptRows, rowsNotOpen } from '../../features/workspace/kept-view.ts';
import type { Command } from '../../state/offered-commands.ts';
import { useWorkspace } from '../../state/workspace-store.ts';

/** So many of the kept files are commands, the most recently used. */
const MOST_KEPT = 20;

/**
 * "Open loans.csv" for each kept file that is not open, the most recently used first; none before it is known what is
 * kept.
 * @param go to the page where the file lands
 */
export function keptCommands(kept: KeptData | undefined, go: (path: string) => void): readonly Command[] {
  if (kept === undefined) return [];
  const { tables, models } = useWorkspace.getState();
  return rowsNotOpen(keptRows(kept, Date.now()), [...tables, ...models])
    .slice(0, MOST_KEPT)
    .map((row) => ({
      id: `kept ${row.id}`,
      group: 'Open',
      label: `Open ${row.name}`,
      detail: row.what,
      words: `recent recently opened kept files ${row.kind}`,
      run: () => {
        go('/');
        void open(row);
      },
    }));
}

async function open(row: KeptRow): Promise<void> {
  if (await openKept(row)) return;
  const message = `${row.name} is not kept here any more, or was damaged. Open the file again.`;
  useWorkspace.getState().notify({ code: 'not-kept', message });
}

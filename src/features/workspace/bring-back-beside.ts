/** After a reload the tables that were open beside the current one come back by themselves, and quietly. */
import { restoreTable } from '../../compute/tables.ts';
import { asCutlineError } from '../../contracts/error-data.ts';
import type { TableSummary } from '../../core/table/summary.ts';
import { useWorkspace, type WorkspaceState } from '../../state/workspace-store.ts';
import { type BesideTable, rememberBeside, rememberedBeside } from './beside-memory.ts';
import { letGo } from './load-file.ts';
import { addParkedTable, isConfirmedAt } from './open-tables.ts';

/**
 * Remembers from now on which tables are open beside the current one, and brings those back that the tab remembers, as
 * soon as a current one is there. What this browser does not keep is dropped without asking: nothing on screen needs it.
 * Answers a function that stops it.
 * @param isReopened the address names what to open; a start from nothing brings nothing back
 * @param restore a kept table by its id; null when it is not kept
 */
export function followBeside(
  isReopened: boolean,
  restore: (id: string) => Promise<TableSummary | null> = (id) => restoreTable(id),
): () => void {
  let waiting = isReopened ? rememberedBeside() : [];
  let isBringing = false;
  let isStopped = false;
  const bring = async (): Promise<void> => {
    isBringing = true;
    for (const wanted of [...waiting]) {
      const table = await restored(wanted, restore);
      if (isStopped) return;
      waiting = waiting.filter((other) => other !== wanted);
      if (table !== null) place(table, wanted);
    }
    rememberBeside(besideTables(useWorkspace.getState()));
  };
  const unsubscribe = useWorkspace.subscribe((state, before) => {
    if (state.base === null) return;
    if (state.base !== before.base || state.tables !== before.tables || state.parked !== before.parked)
      rememberBeside([...besideTables(state), ...waiting.filter(({ id }) => !isOpen(id))]);
    if (!isBringing && waiting.length > 0) void bring();
  });
  return () => {
    isStopped = true;
    unsubscribe();
  };
}

function isOpen(id: string): boolean {
  return useWorkspace.getState().tables.some((table) => table.id === id);
}

async function restored(
  { id }: BesideTable,
  restore: (id: string) => Promise<TableSummary | null>,
): Promise<TableSummary | null> {
  if (isOpen(id)) return useWorkspace.getState().tables.find((table) => table.id === id) ?? null;
  try {
    return await restore(id);
  } catch (thrown) {
    asCutlineError(thrown);
    return null;
  }
}

/** A table that was closed meanwhile with all others is not wanted any more; one that became current needs nothing. */
function place(table: TableSummary, { choices, isConfirmed }: BesideTable): void {
  const { base } = useWorkspace.getState();
  if (base === null) letGo(table.id);
  else if (base.id !== table.id) addParkedTable(table, choices, isConfirmed);
}

function besideTables({ tables, base, parked }: WorkspaceState): readonly BesideTable[] {
  return tables
    .filter(({ id }) => id !== base?.id)
    .map(({ id, name }) => ({
      id,
      name,
      choices: parked[id] ?? null,
      isConfirmed: isConfirmedAt(id),
    }));
}

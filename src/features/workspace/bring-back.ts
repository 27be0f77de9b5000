/** Files that this browser keeps come back by themselves: after a reload, from a link, from the list of recent files. */
import { create } from 'zustand';
import { keptData } from '../../compute/kept.ts';
import { tableIdOf } from '../../compute/table-id-of.ts';
import { asCutlineError } from '../../contracts/error-data.ts';
import type { ViewState } from '../../contracts/saved-state.ts';
import { fileHashOf } from '../../contracts/table-id.ts';
import type { KeptFile } from '../../contracts/tasks.ts';
import { useWorkspace } from '../../state/workspace-store.ts';
import { loadKeptModel, loadKeptTable } from './load-file.ts';
import {
  absentModels,
  choicesForNewModel,
  choicesForWantedTable,
  missingFiles,
  openTableOf,
} from './open-decision.ts';
import { openAsNew } from './open-files.ts';
import { addModel, adoptModel, switchModel } from './open-models.ts';
import { addTable, adoptTable, switchTable } from './open-tables.ts';

/** True while the storage is searched: the page then asks for no file. */
export const useBringBack = create<{ readonly isSearching: boolean }>()(() => ({ isSearching: false }));

let search = 0;

/** Ends a search that is under way: what it finds later is of no use. */
export function stopBringingBack(): void {
  search++;
  useBringBack.setState({ isSearching: false });
}

/**
 * Brings back all files that the choices name and that are not open: the models, the joined tables, then the current
 * table, so that it is shown with its joins at once. What is not kept is left for the page to ask for.
 */
export async function bringBackNamed(): Promise<void> {
  const own = ++search;
  const isCurrent = (): boolean => own === search;
  useBringBack.setState({ isSearching: true });
  const kept = await keptTables();
  const { choices } = useWorkspace.getState();
  if (isCurrent())
    await Promise.all([bringModels(choices, isCurrent), bringTables(choices, kept, isCurrent)]);
  if (isCurrent()) useBringBack.setState({ isSearching: false });
}

/** Without storage there is nothing to bring back, and nothing to complain of. */
async function keptTables(): Promise<readonly KeptFile[]> {
  try {
    return (await keptData()).tables;
  } catch (thrown) {
    asCutlineError(thrown);
    return [];
  }
}

async function bringModels(choices: ViewState, isCurrent: () => boolean): Promise<void> {
  const named = [...(choices.model === null ? [] : [choices.model]), ...choices.otherModels];
  for (const { id, name } of named) {
    if (useWorkspace.getState().models.some((model) => model.id === id)) continue;
    const model = await loadKeptModel(id, name);
    if (model === null) continue;
    if (!isCurrent()) return;
    if (useWorkspace.getState().choices.model?.id === id) adoptModel(model, {});
    else addModel(model);
  }
}

async function bringTables(
  choices: ViewState,
  kept: readonly KeptFile[],
  isCurrent: () => boolean,
): Promise<void> {
  for (const { table } of choices.joins) {
    if (openTableOf(useWorkspace.getState().tables, table.id) !== undefined) continue;
    const joined = await loadKeptTable(keptIdOf(kept, table.id), table.name);
    if (!isCurrent()) return;
    if (joined !== null) addTable(joined);
  }
  const { base } = useWorkspace.getState();
  if (choices.table === null || base !== null) return;
  const wanted = await tableIdOf(fileHashOf(choices.table.id), choices.columns);
  const table = await loadKeptTable(keptIdOf(kept, wanted), choices.table.name);
  if (table !== null && isCurrent())
    adoptTable(table, { choices: choicesForWantedTable(useWorkspace.getState().choices, table) });
}

/** The id under which a table is kept: its own, or that of the whole file, which holds its columns too. */
function keptIdOf(kept: readonly KeptFile[], tableId: string): string {
  const whole = fileHashOf(tableId);
  const isKept = (wanted: string): boolean => kept.some(({ id }) => id === wanted);
  return !isKept(tableId) && isKept(whole) ? whole : tableId;
}

/** Brings back what new choices name that is not open, when there is any. */
export function bringBackMissing(): void {
  const { choices, base, tables, models } = useWorkspace.getState();
  const missing = [...missingFiles(choices, { base, tables, models }), ...absentModels(choices, models)];
  if (missing.length > 0) void bringBackNamed();
}

/** Opens a kept file from the list of recent files as if it had been dropped. Answers false when it is kept no longer. */
export async function openKept(file: {
  readonly id: string;
  readonly name: string;
  readonly kind: 'table' | 'model';
}): Promise<boolean> {
  if (file.kind === 'table') {
    if (useWorkspace.getState().tables.some(({ id }) => id === file.id)) switchTable(file.id);
    else {
      const table = await loadKeptTable(file.id, file.name);
      if (table === null) return false;
      openAsNew(table);
    }
    return true;
  }
  if (useWorkspace.getState().models.some(({ id }) => id === file.id)) switchModel(file.id);
  else {
    const model = await loadKeptModel(file.id, file.name);
    if (model === null) return false;
    adoptModel(model, { choices: choicesForNewModel(useWorkspace.getState().choices, model) });
  }
  return true;
}

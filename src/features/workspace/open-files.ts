/** Opening the user's own files: read, decide, adopt. All that could be read are open at once; one of each kind is current. */

import { releaseModel } from '../../compute/models.ts';
import type { ViewState } from '../../contracts/saved-state.ts';
import { fileHashOf } from '../../contracts/table-id.ts';
import type { ModelSummary } from '../../core/model/signature.ts';
import type { TableSummary } from '../../core/table/summary.ts';
import { useWorkspace } from '../../state/workspace-store.ts';
import { headOf } from './file-head.ts';
import { type FileKind, fileKindOf } from './file-kind.ts';
import { useFileOffers } from './file-offer.ts';
import { clearRefusals, endFetching, letGo, loadModel, loadTable } from './load-file.ts';
import {
  choicesForNewModel,
  choicesForNewTable,
  choicesForOtherTable,
  choicesForWantedTable,
  openDecision,
} from './open-decision.ts';
import { addModel, adoptModel } from './open-models.ts';
import { addTable, adoptTable } from './open-tables.ts';

export interface OpenOptions {
  /** Files are opened beside what is current, which stays so. */
  readonly beside?: boolean;
}

/**
 * Opens dropped or chosen files, tables and models told apart by content. The first new table and the first new model
 * become the current ones, the others are listed. Settles when all are open or refused; refusals show in their slots.
 */
export async function openFiles(files: readonly File[], { beside = false }: OpenOptions = {}): Promise<void> {
  endFetching();
  clearRefusals();
  const sorted = await Promise.all(files.map(async (file) => ({ file, kind: await kindOf(file) })));
  const of = (kind: FileKind): File[] => sorted.filter((item) => item.kind === kind).map(({ file }) => file);
  await Promise.all([openTables(of('table'), beside), openModels(of('model'))]);
}

/** Opens a file with some of its columns only, because it would not fit whole. */
export async function openColumnsOf(file: File, columns: readonly string[]): Promise<void> {
  clearRefusals();
  const table = await loadTable(file, columns);
  if (table !== null) placeTable(table, false);
}

/** A file that cannot be read (a folder, a file moved away) goes on as a table, whose reader says what is wrong. */
async function kindOf(file: File): Promise<FileKind> {
  try {
    return fileKindOf(await headOf(file), file.name);
  } catch {
    return 'table';
  }
}

async function openTables(files: readonly File[], beside: boolean): Promise<void> {
  let stays = beside;
  for (const loading of files.map((file) => loadTable(file))) {
    const table = await loading;
    if (table === null) continue;
    placeTable(table, stays);
    stays = true;
  }
}

/** @param beside the current table, if there is one, stays current */
function placeTable(table: TableSummary, beside: boolean): void {
  const { choices, base } = useWorkspace.getState();
  const hash = fileHashOf(table.id);
  const others = choices.joins.map((join) => fileHashOf(join.table.id));
  const decision = openDecision(hash, choices.table?.id ?? null, base !== null, others);
  if (decision === 'offer') useFileOffers.setState({ table });
  else if (decision === 'restore' && (base === null || base.id === table.id))
    adoptTable(table, { choices: choicesForWantedTable(choices, table) });
  else if (decision === 'beside' || (beside && base !== null)) addTable(table);
  else adoptTable(table, { choices: firstChoices(table), confirmed: false });
}

/** The guesses for a table that becomes the current one. */
function firstChoices(table: TableSummary): ViewState {
  const { choices, model } = useWorkspace.getState();
  const hasModel = model.value !== null || model.loading !== null;
  return choicesForNewTable(choices, table, hasModel);
}

async function openModels(files: readonly File[]): Promise<void> {
  let isFirst = true;
  for (const loading of files.map((file) => loadModel(file))) {
    const model = await loading;
    if (model === null) continue;
    placeModel(model, isFirst);
    isFirst = false;
  }
}

function placeModel(model: ModelSummary, becomesCurrent: boolean): void {
  const { choices, model: slot } = useWorkspace.getState();
  const others = choices.otherModels.map(({ id }) => id);
  const isOpen = slot.value !== null;
  const decision = openDecision(model.id, choices.model?.id ?? null, isOpen, others);
  if (decision === 'offer') useFileOffers.setState({ model });
  else if (decision === 'restore') adoptModel(model, {});
  else if (decision === 'beside' || (isOpen && !becomesCurrent)) addModel(model);
  else adoptModel(model, { choices: choicesForNewModel(choices, model) });
}

/** Uses the file that waits in place of the one that the link asks for. */
export function takeOfferedFile(kind: FileKind): void {
  const offers = useFileOffers.getState();
  const { choices } = useWorkspace.getState();
  if (kind === 'table' && offers.table !== null)
    adoptTable(offers.table, { choices: choicesForOtherTable(choices, offers.table), confirmed: false });
  if (kind === 'model' && offers.model !== null) {
    // The model that was asked for is not open and does not stay beside it.
    adoptModel(offers.model, { choices: choicesForNewModel({ ...choices, model: null }, offers.model) });
  }
}

/** Lets the file that waits go; the link goes on asking for its own. */
export function refuseOfferedFile(kind: FileKind): void {
  const { table, model } = useFileOffers.getState();
  if (kind === 'table' && table !== null) letGo(table.id);
  if (kind === 'model' && model !== null && !useWorkspace.getState().models.some(({ id }) => id === model.id))
    releaseModel(model.id).catch(() => undefined);
  useFileOffers.setState({ [kind]: null });
}

/** Opens a table that was brought back as if it had been dropped, unless it is open already. */
export function openAsNew(table: TableSummary): void {
  if (useWorkspace.getState().tables.some(({ id }) => id === table.id)) return;
  adoptTable(table, { choices: firstChoices(table), confirmed: false });
}

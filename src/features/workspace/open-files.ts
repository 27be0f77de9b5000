/** Opening the user's own files: read, decide, adopt. A new table or model takes the old one's place only when it was read. */

import { fileHashOf } from '../../contracts/table-id.ts';
import type { ModelSummary } from '../../core/model/signature.ts';
import type { TableSummary } from '../../core/table/summary.ts';
import { idleScoring, useWorkspace } from '../../state/workspace-store.ts';
import { type FileKind, fileKindOf, HEAD_BYTES } from './file-kind.ts';
import { useFileOffers } from './file-offer.ts';
import { endFetching, letGo, loadModel, loadTable } from './load-file.ts';
import {
  choicesForNewModel,
  choicesForNewTable,
  choicesForOtherTable,
  openDecision,
} from './open-decision.ts';

/**
 * Opens dropped or chosen files: one table, one model, or both at once, told apart by content. Further files of a kind
 * are named in a notice and left alone. Settles when all are open or refused; refusals show in their slots.
 */
export async function openFiles(files: readonly File[]): Promise<void> {
  endFetching();
  const sorted = await Promise.all(files.map(async (file) => ({ file, kind: await kindOf(file) })));
  const of = (kind: FileKind): File[] => sorted.filter((item) => item.kind === kind).map(({ file }) => file);
  const [table, ...moreTables] = of('table');
  const [model, ...moreModels] = of('model');
  for (const extra of [...moreTables, ...moreModels])
    useWorkspace.getState().notify({
      code: 'one-at-a-time',
      message: `${extra.name} was not opened: Cutline takes one table and one model at a time.`,
    });
  await Promise.all([table && openTableFile(table), model && openModelFile(model)]);
}

/** A file that cannot be read (a folder, a file moved away) goes on as a table, whose reader says what is wrong. */
async function kindOf(file: File): Promise<FileKind> {
  try {
    return fileKindOf(new Uint8Array(await file.slice(0, HEAD_BYTES).arrayBuffer()), file.name);
  } catch {
    return 'table';
  }
}

async function openTableFile(file: File): Promise<void> {
  const summary = await loadTable(file);
  if (summary === null) return;
  const { choices, table, model } = useWorkspace.getState();
  const decision = openDecision(fileHashOf(summary.id), choices.table?.id ?? null, table.value !== null);
  if (decision === 'offer') return useFileOffers.setState({ table: summary });
  if (decision === 'restore') return adoptTable(summary, {});
  const hasModel = model.value !== null || model.loading !== null;
  adoptTable(summary, { choices: choicesForNewTable(choices, summary, hasModel), confirmed: false });
}

async function openModelFile(file: File): Promise<void> {
  const summary = await loadModel(file);
  if (summary === null) return;
  const { choices, model } = useWorkspace.getState();
  const decision = openDecision(summary.id, choices.model?.id ?? null, model.value !== null);
  if (decision === 'offer') return useFileOffers.setState({ model: summary });
  if (decision === 'restore') return adoptModel(summary, {});
  adoptModel(summary, { choices: choicesForNewModel(choices, summary) });
}

/** Uses the file that waits in place of the one that the link asks for. */
export function takeOfferedFile(kind: FileKind): void {
  const offers = useFileOffers.getState();
  const { choices } = useWorkspace.getState();
  if (kind === 'table' && offers.table !== null)
    adoptTable(offers.table, { choices: choicesForOtherTable(choices, offers.table), confirmed: false });
  if (kind === 'model' && offers.model !== null)
    adoptModel(offers.model, { choices: choicesForNewModel(choices, offers.model) });
}

/** Lets the file that waits go; the link goes on asking for its own. */
export function refuseOfferedFile(kind: FileKind): void {
  const { table } = useFileOffers.getState();
  if (kind === 'table' && table !== null) letGo(table.id);
  useFileOffers.setState({ [kind]: null });
}

/**
 * Puts a table that was read in the place of the one before, which is freed, together with what changes because of it.
 * One step, so that no page ever sees the new table with the old choices.
 */
export function adoptTable(
  summary: TableSummary,
  change: Partial<Pick<ReturnType<typeof useWorkspace.getState>, 'choices' | 'confirmed'>>,
): void {
  const { table, scoring } = useWorkspace.getState();
  scoring.cancel?.();
  const kindsAsRead = Object.fromEntries(summary.columns.map(({ name, kind }) => [name, kind]));
  useWorkspace.setState({
    ...change,
    kindsAsRead,
    table: { value: summary, loading: null, error: null },
    scoring: idleScoring,
  });
  useFileOffers.setState({ table: null });
  if (table.value !== null && table.value.id !== summary.id) letGo(table.value.id);
}

/** As {@link adoptTable}, for a model. */
export function adoptModel(
  summary: ModelSummary,
  change: Partial<Pick<ReturnType<typeof useWorkspace.getState>, 'choices'>>,
): void {
  useWorkspace.getState().scoring.cancel?.();
  useWorkspace.setState({
    ...change,
    model: { value: summary, loading: null, error: null },
    scoring: idleScoring,
  });
  useFileOffers.setState({ model: null });
}

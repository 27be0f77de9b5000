/** What becomes of a file that was read: pure decisions over what the session holds and what a link asks for. */
import type { ViewState } from '../../contracts/saved-state.ts';
import { fileHashOf } from '../../contracts/table-id.ts';
import type { ModelSummary } from '../../core/model/signature.ts';
import type { TableSummary } from '../../core/table/summary.ts';
import { initialChoices, type WorkspaceState } from '../../state/workspace-store.ts';
import { carriedChoices, guessedChoices } from './table-choices.ts';

/**
 * - `restore`: the file the link asks for, or the open one again: all choices stay
 * - `offer`: a link asks for another file: say so, and let the user decide
 * - `replace`: a new file: start from guesses
 */
export type OpenDecision = 'restore' | 'offer' | 'replace';

/**
 * @param wantedHash content hash that the choices name, or null
 * @param isOpen whether that file is open, so that a different one is a deliberate change and not the wrong answer to a link
 */
export function openDecision(fileHash: string, wantedHash: string | null, isOpen: boolean): OpenDecision {
  if (wantedHash === null) return 'replace';
  if (wantedHash === fileHash) return 'restore';
  return isOpen ? 'replace' : 'offer';
}

/** A new table: everything that was said about another one is forgotten, the model stays. */
export function choicesForNewTable(choices: ViewState, table: TableSummary, hasModel: boolean): ViewState {
  return {
    ...initialChoices,
    strategies: choices.strategies,
    table: named(table),
    model: choices.model,
    ...guessedChoices(table, hasModel),
  };
}

/** Another table in the place of the one that a link asks for: what fits is kept. */
export function choicesForOtherTable(choices: ViewState, table: TableSummary): ViewState {
  return { ...choices, demo: null, table: named(table), ...carriedChoices(choices, table) };
}

/** A new model: scores come from it, by names; the threshold belonged to other scores. */
export function choicesForNewModel(choices: ViewState, model: ModelSummary): ViewState {
  return {
    ...choices,
    demo: null,
    model: { id: model.id, name: model.name },
    scoreColumn: null,
    mapping: initialChoices.mapping,
    threshold: null,
    pinned: null,
  };
}

function named(table: TableSummary): { id: string; name: string } {
  return { id: fileHashOf(table.id), name: table.name };
}

/** The files that the choices name and that are not open: what a link still needs. */
export function missingFiles(
  choices: ViewState,
  open: { readonly table: TableSummary | null; readonly model: ModelSummary | null },
): readonly { readonly kind: 'table' | 'model'; readonly id: string; readonly name: string }[] {
  if (choices.demo !== null) return [];
  const missing: { kind: 'table' | 'model'; id: string; name: string }[] = [];
  if (choices.table !== null && open.table === null) missing.push({ kind: 'table', ...choices.table });
  if (choices.model !== null && open.model === null && choices.scoreColumn === null)
    missing.push({ kind: 'model', ...choices.model });
  return missing;
}

/** Whether the session waits for files that a link names: an analysis page then asks for them, and is where they land. */
export function needsFiles({
  choices,
  table,
  model,
}: Pick<WorkspaceState, 'choices' | 'table' | 'model'>): boolean {
  return missingFiles(choices, { table: table.value, model: model.value }).length > 0;
}

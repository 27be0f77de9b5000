/** What a link asks for in a browser that does not have it: the files that it cannot do without, and those beside them. */
import type { ViewState } from '../../contracts/saved-state.ts';
import type { WorkspaceState } from '../../state/workspace-store.ts';
import { absentModels, missingFiles, type NamedFile } from './open-decision.ts';

export interface NeededFiles {
  /** Nothing can be shown without these. */
  readonly needed: readonly NamedFile[];
  /** Further models of the link: the page goes on without them, but not as it stood. */
  readonly beside: readonly NamedFile[];
}

/** Nothing is asked for once all needed files are open: the panels then say themselves what is absent beside them. */
export function neededFiles(
  choices: ViewState,
  open: Pick<WorkspaceState, 'base' | 'tables' | 'models'>,
): NeededFiles {
  const needed = missingFiles(choices, open);
  const beside = needed.length === 0 ? [] : absentModels(choices, open.models);
  return { needed, beside: beside.map(({ id, name }) => ({ kind: 'model', id, name })) };
}

/** "This page needs loans.csv and model.txt, and to compare challenger.onnx. Drop them here to go on exactly where it stood." */
export function neededText({ needed, beside }: NeededFiles): string {
  const also = beside.length === 0 ? '' : `, and to compare ${namesText(beside)}`;
  const them = needed.length + beside.length === 1 ? 'it' : 'them';
  return `This page needs ${namesText(needed)}${also}. Drop ${them} here to go on exactly where it stood.`;
}

function namesText(files: readonly NamedFile[]): string {
  const names = files.map(({ name }) => name);
  const last = names.pop() ?? '';
  return names.length === 0 ? last : `${names.join(', ')} and ${last}`;
}

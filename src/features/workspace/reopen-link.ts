/** Reopening what a link names: a demo by itself, own files when they are dropped again. */
import { fileHashOf } from '../../contracts/table-id.ts';
import type { DecodedFragment } from '../../state/fragment-codec.ts';
import { useWorkspace, type WorkspaceState } from '../../state/workspace-store.ts';
import { useFileOffers } from './file-offer.ts';
import { cancelLoading, letGo } from './load-file.ts';
import { openDemo } from './open-demo.ts';
import { forgetScores } from './scoring-session.ts';
import { scoreOnceReady } from './watch-session.ts';

/**
 * Puts a link's state in force. Choices of a link count as confirmed. When its files are open already, only the
 * choices change; else what is open is closed and a demo opens by itself, while own files are asked for on the page
 * (see `missingFiles`). Parts of the link that cannot be used become notices.
 */
export function reopenLink({ state, notices }: DecodedFragment): void {
  for (const notice of notices) useWorkspace.getState().notify(notice);
  const confirmed = state.target !== null;
  scoreOnceReady();
  if (filesAreOpen(useWorkspace.getState(), state)) {
    useWorkspace.setState({ choices: state, confirmed });
    return;
  }
  closeAll();
  useWorkspace.setState({ choices: state, confirmed });
  if (state.demo !== null) void openDemo(state.demo, state);
}

/** Whether the files that a link names are the ones that are open. */
export function filesAreOpen(
  open: Pick<WorkspaceState, 'table' | 'model'>,
  linked: DecodedFragment['state'],
): boolean {
  if (linked.table === null || open.table.value === null) return false;
  if (fileHashOf(open.table.value.id) !== linked.table.id) return false;
  return linked.scoreColumn !== null || linked.model === null || open.model.value?.id === linked.model.id;
}

/** Back to first run; notices stay, for they speak of the link that is about to open. */
function closeAll(): void {
  const { table, notices, reset } = useWorkspace.getState();
  const offered = useFileOffers.getState().table;
  cancelLoading();
  forgetScores();
  useFileOffers.setState({ table: null, model: null });
  reset();
  useWorkspace.setState({ notices });
  for (const open of [table.value, offered]) if (open !== null) letGo(open.id);
}

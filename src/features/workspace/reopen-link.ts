/** Reopening what a link names: a demo by itself, own files from the browser's storage, or when they are dropped again. */

import { releaseModel } from '../../compute/models.ts';
import { fileHashOf } from '../../contracts/table-id.ts';
import type { DecodedFragment } from '../../state/fragment-codec.ts';
import { useWorkspace, type WorkspaceState } from '../../state/workspace-store.ts';
import { bringBackMissing, bringBackNamed, stopBringingBack } from './bring-back.ts';
import { derivedIdsOf } from './derived-tables.ts';
import { useFileOffers } from './file-offer.ts';
import { cancelLoading, letGo } from './load-file.ts';
import { someColumnsOf } from './open-decision.ts';
import { openDemo } from './open-demo.ts';
import { forgetScoresOf } from './remembered-scores.ts';
import { forgetScores } from './scoring-session.ts';
import { scoreOnceReady } from './watch-session.ts';

/**
 * Puts a link's state in force. Choices of a link count as confirmed. When its files are open already, only the
 * choices change; else what is open is closed; a demo opens by itself, own files come back from the browser's storage or
 * are asked for on the page (see `missingFiles`). Parts of the link that cannot be used become notices.
 */
export function reopenLink({ state, notices }: DecodedFragment): void {
  for (const notice of notices) useWorkspace.getState().notify(notice);
  const confirmed = state.target !== null;
  const areOpen = filesAreOpen(useWorkspace.getState(), state);
  if (!areOpen) closeAll();
  useWorkspace.setState({ choices: state, confirmed });
  scoreOnceReady();
  if (areOpen) {
    bringBackMissing();
    return;
  }
  if (state.demo !== null) void openDemo(state.demo, state);
  else void bringBackNamed();
}

/** Whether the files that a link names are the ones that are open. */
export function filesAreOpen(
  open: Pick<WorkspaceState, 'base' | 'model'>,
  linked: DecodedFragment['state'],
): boolean {
  if (linked.table === null || open.base === null) return false;
  if (fileHashOf(open.base.id) !== fileHashOf(linked.table.id)) return false;
  if (JSON.stringify(someColumnsOf(open.base)) !== JSON.stringify(linked.columns)) return false;
  return linked.scoreColumn !== null || linked.model === null || open.model.value?.id === linked.model.id;
}

/** Back to first run; notices stay, for they speak of the link that is about to open. */
function closeAll(): void {
  const { tables, models, notices, reset } = useWorkspace.getState();
  const offered = useFileOffers.getState().table;
  stopBringingBack();
  cancelLoading();
  forgetScores();
  useFileOffers.setState({ table: null, model: null });
  reset();
  useWorkspace.setState({ notices });
  for (const { id } of offered === null ? tables : [...tables, offered]) {
    forgetScoresOf(id);
    for (const tableId of [...derivedIdsOf(id), id]) letGo(tableId);
  }
  for (const { id } of models) releaseModel(id).catch(() => undefined);
}

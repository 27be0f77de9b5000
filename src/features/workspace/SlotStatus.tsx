import type { ReactNode } from 'react';
import type { ErrorCode } from '../../core/errors.ts';
import { Button } from '../../design/Button.tsx';
import { ErrorPanel } from '../../design/ErrorPanel.tsx';
import { type Slot, useWorkspace } from '../../state/workspace-store.ts';
import { errorText } from './error-text.ts';
import { JobProgress } from './JobProgress.tsx';
import { useTooLarge } from './too-large.ts';
import { matchAgain } from './watch-session.ts';

/** What is being opened, and what was refused: over the page, while all that is open stays as it is. */
export function SlotStatus() {
  const table = useWorkspace((state) => state.table);
  const model = useWorkspace((state) => state.model);
  const setTable = useWorkspace((state) => state.setTable);
  const setModel = useWorkspace((state) => state.setModel);
  const tooLarge = useTooLarge((state) => state.file);
  const parts: ReactNode[] = [];
  for (const [what, loading] of [
    ['table', table.loading],
    ['model', model.loading],
  ] as const)
    if (loading !== null)
      parts.push(
        <JobProgress
          key={`${what} loading`}
          label={`Reading ${loading.name}`}
          progress={loading.progress}
          startedAtMs={loading.startedAtMs}
          onCancel={loading.cancel}
        />,
      );
  if (table.error !== null)
    parts.push(
      <ErrorPanel
        key="table error"
        title={refusalTitle(table, 'The table was not opened', 'The table stays as it was')}
        {...errorText(table.error)}
        actions={
          <>
            {table.error.code === 'too-large' && tooLarge !== null && (
              <Button kind="primary" onPress={() => useTooLarge.setState({ isChoosing: true })}>
                Choose columns
              </Button>
            )}
            <Button onPress={() => setTable({ error: null })}>Dismiss</Button>
          </>
        }
      />,
    );
  if (model.error !== null)
    parts.push(
      <ErrorPanel
        key="model error"
        title={refusalTitle(model, 'The model was not opened', 'The model does not run on this table')}
        {...errorText(model.error)}
        actions={
          <>
            {model.value !== null && helpsToRepeat(model.error.code) && (
              <Button onPress={matchAgain}>Try again</Button>
            )}
            <Button onPress={() => setModel({ error: null })}>Dismiss</Button>
          </>
        }
      />,
    );
  return parts.length === 0 ? null : <div className="mb-4 grid max-w-[1040px] gap-3">{parts}</div>;
}

/** Only what failed by accident may come out otherwise; a missing column stays missing. */
function helpsToRepeat(code: ErrorCode): boolean {
  return code === 'worker-crashed' || code === 'out-of-memory' || code === 'unexpected';
}

function refusalTitle(slot: Slot<unknown>, closed: string, open: string): string {
  const file = slot.error?.place.file;
  if (file !== undefined) return `${file} was not opened`;
  return slot.value === null ? closed : open;
}

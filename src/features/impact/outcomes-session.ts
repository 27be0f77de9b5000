/** The file of outcomes of this session: being read, being checked, or in force. It is no part of a link: files are not. */
import { create } from 'zustand';
import { closeOutcomes, openOutcomes } from '../../compute/outcomes.ts';
import { asCutlineError } from '../../contracts/error-data.ts';
import { baseIdOf } from '../../contracts/table-id.ts';
import type { Progress } from '../../contracts/tasks.ts';
import type { AnyCutlineError } from '../../core/errors.ts';
import type { OutcomesReading } from '../../core/impact/impact-figures.ts';
import type { TableSummary } from '../../core/table/summary.ts';
import { useWorkspace } from '../../state/workspace-store.ts';

interface OutcomesState {
  readonly loading: {
    readonly name: string;
    readonly progress: Progress | null;
    /** Epoch ms. */
    readonly startedAtMs: number;
    readonly cancel: () => void;
  } | null;
  readonly error: AnyCutlineError | null;
  /** The dialog is open over it: read and not yet confirmed how, or in force and looked at again. */
  readonly toCheck: TableSummary | null;
  readonly inForce: {
    /** The base of the table of decisions: changed readings keep the outcomes, another table does not. */
    readonly decisionsId: string;
    readonly summary: TableSummary;
    readonly reading: OutcomesReading;
  } | null;
}

const nothing: OutcomesState = { loading: null, error: null, toCheck: null, inForce: null };

export const useOutcomes = create<OutcomesState>()(() => nothing);

/**
 * Opens a file of outcomes in a worker; then its reading is to be checked. What is in force stays until that is confirmed: a
 * file that cannot be read, or is cancelled while it is read or in the dialog, takes nothing away.
 */
export async function addOutcomes(file: File): Promise<void> {
  useOutcomes.getState().loading?.cancel();
  const stop = new AbortController();
  const loading = { name: file.name, progress: null, startedAtMs: Date.now(), cancel: () => stop.abort() };
  useOutcomes.setState({ loading, error: null });
  const isCurrent = () => !stop.signal.aborted;
  const onProgress = (progress: Progress) => {
    if (isCurrent()) useOutcomes.setState({ loading: { ...loading, progress } });
  };
  try {
    const summary = await openOutcomes(file, { signal: stop.signal, onProgress });
    if (isCurrent()) {
      const { toCheck } = useOutcomes.getState();
      useOutcomes.setState({ loading: null, toCheck: summary });
      close(toCheck);
    } else close(summary);
  } catch (thrown) {
    const error = asCutlineError(thrown);
    if (error.code === 'canceled') {
      // A later file may be on its way already.
      if (useOutcomes.getState().loading?.cancel === loading.cancel) useOutcomes.setState({ loading: null });
    } else if (isCurrent()) useOutcomes.setState({ loading: null, error });
  }
}

/** Takes a reading as it was checked, for the decisions of a table, in place of what was in force. */
export function confirmOutcomes(tableId: string, summary: TableSummary, reading: OutcomesReading): void {
  const { inForce } = useOutcomes.getState();
  useOutcomes.setState({ toCheck: null, inForce: { decisionsId: baseIdOf(tableId), summary, reading } });
  close(inForce?.summary ?? null);
}

/** Opens the dialog over the file that is in force. */
export function checkAgain(): void {
  const { inForce } = useOutcomes.getState();
  if (inForce !== null) useOutcomes.setState({ toCheck: inForce.summary });
}

/** Closes the dialog; a file that was never confirmed goes with it, and what was in force stays. */
export function leaveCheck(): void {
  const { toCheck } = useOutcomes.getState();
  useOutcomes.setState({ toCheck: null });
  close(toCheck);
}

/** Takes the file off the page and out of memory; one that is being read is no longer wanted either. */
export function removeOutcomes(): void {
  const { loading, toCheck, inForce } = useOutcomes.getState();
  loading?.cancel();
  useOutcomes.setState(nothing);
  close(toCheck);
  if (inForce?.summary.id !== toCheck?.id) close(inForce?.summary ?? null);
}

function close(outcomes: TableSummary | null): void {
  if (outcomes !== null) void closeOutcomes(outcomes.id, isHeld);
}

/** A table that is open in the workspace too, or that is still in force, or in the dialog, must not be closed. */
function isHeld(tableId: string): boolean {
  const { toCheck, inForce } = useOutcomes.getState();
  const isOpen = useWorkspace.getState().tables.some(({ id }) => id === tableId);
  return isOpen || toCheck?.id === tableId || inForce?.summary.id === tableId;
}

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
  /** Read, and not yet confirmed how: the dialog is open. */
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
 * Opens a file of outcomes in a worker; then its reading is to be checked. What was in force stays until the new file has
 * been read: one that cannot be read, or is cancelled, takes nothing away.
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
    const summary = await openOutcomes(file, isInSession, { signal: stop.signal, onProgress });
    if (isCurrent()) useOutcomes.setState({ loading: null, toCheck: summary, inForce: null });
  } catch (thrown) {
    const error = asCutlineError(thrown);
    if (error.code === 'canceled') {
      // A later file may be on its way already.
      if (useOutcomes.getState().loading?.cancel === loading.cancel) useOutcomes.setState({ loading: null });
    } else if (isCurrent()) useOutcomes.setState({ loading: null, error });
  }
}

/** Takes a reading as it was checked, for the decisions of a table. */
export function confirmOutcomes(tableId: string, summary: TableSummary, reading: OutcomesReading): void {
  useOutcomes.setState({ toCheck: null, inForce: { decisionsId: baseIdOf(tableId), summary, reading } });
}

/** Opens the dialog over the file that is in force. */
export function checkAgain(): void {
  const { inForce } = useOutcomes.getState();
  if (inForce !== null) useOutcomes.setState({ toCheck: inForce.summary });
}

/** Closes the dialog; a file that was never confirmed goes with it. */
export function leaveCheck(): void {
  useOutcomes.setState({ toCheck: null });
  if (useOutcomes.getState().inForce === null) void closeOutcomes(isInSession);
}

/** Takes the file off the page and out of memory. */
export function removeOutcomes(): void {
  useOutcomes.setState(nothing);
  void closeOutcomes(isInSession);
}

/** A table that is open in the workspace too must not be closed with the outcomes. */
function isInSession(tableId: string): boolean {
  return useWorkspace.getState().tables.some(({ id }) => id === tableId);
}

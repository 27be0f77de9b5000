/** Reading files into the workers, with progress, cancel and errors shown in their slot. Nothing open is touched. */

import { keptData } from '../../compute/kept.ts';
import { openModel, restoreModel } from '../../compute/models.ts';
import { ingestTable, releaseTable, restoreTable } from '../../compute/tables.ts';
import { asCutlineError } from '../../contracts/error-data.ts';
import type { Progress } from '../../contracts/tasks.ts';
import type { ModelSummary } from '../../core/model/signature.ts';
import type { Notice, TableSummary } from '../../core/table/summary.ts';
import { type Slot, useWorkspace } from '../../state/workspace-store.ts';
import { useTooLarge } from './too-large.ts';

/** A slot reads one file at a time; further ones wait their turn. */
interface SlotJobs<T> {
  current: AbortController | null;
  /** Ends when everything asked for so far has been read. */
  turn: Promise<unknown>;
  /** Jobs asked for before the last `cancelLoading` never start. */
  generation: number;
  readonly slot: () => Slot<T>;
  readonly show: (change: Partial<Slot<T>>) => void;
}

const tableJobs: SlotJobs<TableSummary> = {
  current: null,
  turn: Promise.resolve(),
  generation: 0,
  slot: () => useWorkspace.getState().table,
  show: (change) => useWorkspace.getState().setTable(change),
};

const modelJobs: SlotJobs<ModelSummary> = {
  current: null,
  turn: Promise.resolve(),
  generation: 0,
  slot: () => useWorkspace.getState().model,
  show: (change) => useWorkspace.getState().setModel(change),
};

/**
 * Reads a table, after those that were asked for before. Answers null when it was refused (the slot then shows why) or
 * canceled. What was open stays open; the caller decides what becomes of the answer.
 * @param columns only these of the file's columns; null = all
 */
export function loadTable(
  file: File,
  columns: readonly string[] | null = null,
): Promise<TableSummary | null> {
  return inTurn(tableJobs, file.name, async (signal, onProgress) => {
    try {
      return await ingestTable(file, { columns, signal, onProgress, onNotice: sayNotKept });
    } catch (thrown) {
      if (asCutlineError(thrown).code === 'too-large') useTooLarge.setState({ file });
      throw thrown;
    }
  });
}

/** As {@link loadTable}, for a model. */
export function loadModel(file: File): Promise<ModelSummary | null> {
  return inTurn(modelJobs, file.name, (signal) => openModel(file, { signal }));
}

/** Brings a table back from the browser's storage; null when it is not kept there, or was canceled. */
export function loadKeptTable(id: string, name: string): Promise<TableSummary | null> {
  return inTurn(tableJobs, name, (signal, onProgress) => restoreTable(id, { signal, onProgress }));
}

/** As {@link loadKeptTable}, for a model. */
export function loadKeptModel(id: string, name: string): Promise<ModelSummary | null> {
  return inTurn(modelJobs, name, (signal) => restoreModel(id, { signal }));
}

/** A browser without storage for us, as in a private window, keeps nothing, which is what its user chose. */
function sayNotKept(notice: Notice): void {
  keptData().then(
    ({ limitBytes }) => limitBytes > 0 && useWorkspace.getState().notify(notice),
    () => undefined,
  );
}

let fetching: AbortController | null = null;

/** Begins fetching a demo's files; whatever is opened later ends it (its signal aborts). */
export function beginFetching(): AbortController {
  fetching?.abort();
  fetching = new AbortController();
  return fetching;
}

/** Ends the fetching of a demo, if there is one. */
export function endFetching(): void {
  fetching?.abort();
  fetching = null;
}

/** Stops what is being fetched and read, and what waits to be; the slots are left as they were before. */
export function cancelLoading(): void {
  endFetching();
  for (const jobs of [tableJobs, modelJobs]) {
    jobs.generation++;
    jobs.current?.abort();
  }
}

/** Frees a table that is no longer shown. It may fail only when its worker died, and then it is free already. */
export function letGo(tableId: string): void {
  releaseTable(tableId).catch(() => undefined);
}

/** Forgets the refusals of files that were opened before. */
export function clearRefusals(): void {
  for (const { show, slot } of [tableJobs, modelJobs]) if (slot().error !== null) show({ error: null });
  useTooLarge.setState({ file: null });
}

function inTurn<T>(
  jobs: SlotJobs<T>,
  name: string,
  read: (signal: AbortSignal, onProgress: (progress: Progress) => void) => Promise<T | null>,
): Promise<T | null> {
  const { generation } = jobs;
  const loading = jobs.turn.then(() => (generation === jobs.generation ? load(jobs, name, read) : null));
  jobs.turn = loading;
  return loading;
}

async function load<T>(
  jobs: SlotJobs<T>,
  name: string,
  read: (signal: AbortSignal, onProgress: (progress: Progress) => void) => Promise<T | null>,
): Promise<T | null> {
  const job = new AbortController();
  jobs.current = job;
  const startedAtMs = Date.now();
  const cancel = (): void => job.abort();
  const showProgress = (progress: Progress | null): void =>
    jobs.show({ loading: { name, progress, startedAtMs, cancel } });
  showProgress(null);
  try {
    const value = await read(job.signal, showProgress);
    jobs.show({ loading: null });
    return value;
  } catch (thrown) {
    jobs.show({ loading: null });
    refuse(jobs, name, thrown);
    return null;
  } finally {
    jobs.current = null;
  }
}

/** The first refusal of several files has the slot; the others are named in a notice. */
function refuse<T>(jobs: SlotJobs<T>, name: string, thrown: unknown): void {
  const error = asCutlineError(thrown);
  if (error.code === 'canceled') return;
  if (jobs.slot().error === null) jobs.show({ error });
  else
    useWorkspace
      .getState()
      .notify({ code: 'file-refused', message: `${name} was not opened either. ${error.message}` });
}

/** Reading a file into the workers, with progress, cancel and errors shown in its slot. Nothing open is touched. */

import { openModel } from '../../compute/models.ts';
import { ingestTable, releaseTable } from '../../compute/tables.ts';
import { asCutlineError } from '../../contracts/error-data.ts';
import type { Progress } from '../../contracts/tasks.ts';
import type { ModelSummary } from '../../core/model/signature.ts';
import type { TableSummary } from '../../core/table/summary.ts';
import { type Slot, useWorkspace } from '../../state/workspace-store.ts';

/** A slot that has one job at a time: starting another cancels the one before. */
interface SlotJobs<T> {
  current: AbortController | null;
  readonly show: (change: Partial<Slot<T>>) => void;
}

const tableJobs: SlotJobs<TableSummary> = {
  current: null,
  show: (change) => useWorkspace.getState().setTable(change),
};

const modelJobs: SlotJobs<ModelSummary> = {
  current: null,
  show: (change) => useWorkspace.getState().setModel(change),
};

/**
 * Reads a table. Answers null when it was refused (the slot then shows why), canceled, or overtaken by another file.
 * The table that was open stays open; the caller decides what becomes of it.
 */
export async function loadTable(file: File): Promise<TableSummary | null> {
  return load(tableJobs, file.name, (signal, onProgress) => ingestTable(file, { signal, onProgress }));
}

/** As {@link loadTable}, for a model. */
export async function loadModel(file: File): Promise<ModelSummary | null> {
  return load(modelJobs, file.name, (signal) => openModel(file, { signal }));
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

/** Stops what is being fetched and read; the slots are left as they were before. */
export function cancelLoading(): void {
  endFetching();
  tableJobs.current?.abort();
  modelJobs.current?.abort();
}

/** Frees a table that is no longer shown. It may fail only when its worker died, and then it is free already. */
export function letGo(tableId: string): void {
  releaseTable(tableId).catch(() => undefined);
}

async function load<T>(
  jobs: SlotJobs<T>,
  name: string,
  read: (signal: AbortSignal, onProgress: (progress: Progress) => void) => Promise<T>,
): Promise<T | null> {
  jobs.current?.abort();
  const job = new AbortController();
  jobs.current = job;
  const startedAtMs = Date.now();
  const cancel = (): void => job.abort();
  const showProgress = (progress: Progress | null): void => {
    if (jobs.current === job) jobs.show({ loading: { name, progress, startedAtMs, cancel } });
  };
  jobs.show({ error: null });
  showProgress(null);
  try {
    const value = await read(job.signal, showProgress);
    if (jobs.current !== job) return null;
    jobs.show({ loading: null });
    return value;
  } catch (thrown) {
    if (jobs.current !== job) return null;
    const error = asCutlineError(thrown);
    jobs.show({ loading: null, error: error.code === 'canceled' ? null : error });
    return null;
  } finally {
    if (jobs.current === job) jobs.current = null;
  }
}

/** Keeping tables in the browser's storage: behind everything else, long after their reading was answered. */
import type { Notice } from '../core/table/summary.ts';

/** Runs the task that keeps a table, until the signal aborts. */
type Keep = (signal: AbortSignal) => Promise<{ readonly notice: Notice | null }>;

export class Keeping {
  readonly #jobs = new Map<string, AbortController>();

  /**
   * Starts keeping a table; a table that is being kept already is left to that.
   * @param onNotice told when it could not be kept
   */
  start(tableId: string, keep: Keep, onNotice: (notice: Notice) => void): void {
    if (this.#jobs.has(tableId)) return;
    const job = new AbortController();
    this.#jobs.set(tableId, job);
    const { signal } = job;
    // A worker that died of something else is replaced: once more. The second failure is the answer.
    keep(signal)
      .catch((error: unknown) => (signal.aborted ? Promise.reject(error) : keep(signal)))
      .then(({ notice }) => (notice === null ? askToPersist() : onNotice(notice)))
      .catch(() => {
        if (!signal.aborted) onNotice(interrupted());
      })
      .finally(() => this.#end(tableId, job));
  }

  /** Ends the keeping of tables that were released or forgotten; what was written of them is deleted. */
  stop(tableIds: readonly string[] | 'all'): void {
    for (const [id, job] of this.#jobs) if (tableIds === 'all' || tableIds.includes(id)) job.abort();
  }

  #end(tableId: string, job: AbortController): void {
    if (this.#jobs.get(tableId) === job) this.#jobs.delete(tableId);
  }
}

let asked = false;

/** Asks the browser once not to clear this site's storage by itself when the disk runs low; it decides alone. */
async function askToPersist(): Promise<void> {
  if (asked) return;
  asked = true;
  await navigator.storage.persist?.();
}

function interrupted(): Notice {
  return {
    code: 'table-not-kept',
    message:
      'The table could not be kept in this browser (its worker stopped): it stays open until the page is closed, and is asked for again after a reload.',
  };
}

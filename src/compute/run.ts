/**
 * The one job API of the page (STYLE rule 21): `compute.run(task, args, { signal, onProgress, priority })`.
 * A job finds what it needs in its worker, whether that worker is new, restarted after a crash, or has dropped it.
 */
import type { TaskArgs, TaskName, TaskResult } from '../contracts/tasks.ts';
import { CanceledError, DataError } from '../core/errors.ts';
import { Holdings, keyOf, type Need, needsOf } from './holdings.ts';
import { defaultPoolOptions, Pool, type PoolOptions, type WorkerSlot } from './pool.ts';
import { type RunOptions, type WorkerClient, WorkerReplaced } from './worker-client.ts';

export type { RunOptions } from './worker-client.ts';

/** Twice replaced by hard stops of other jobs is bad luck; more often is a loop. */
const MAX_ATTEMPTS = 3;

export class Compute {
  readonly pool: Pool;
  readonly #holdings = new Holdings();

  constructor(options: PoolOptions = defaultPoolOptions()) {
    this.pool = new Pool(options);
  }

  /**
   * Runs a task in the home worker.
   * @throws {CanceledError} once `signal` aborts, within 300 ms
   * @throws {ModelError} `worker-crashed` when the worker dies; the next call finds a new one with everything back
   * @throws the task's own errors, class, code, place and advice kept
   */
  run<T extends TaskName>(task: T, args: TaskArgs<T>, options: RunOptions = {}): Promise<TaskResult<T>> {
    return this.runOn('home', task, args, options);
  }

  /** As `run`, in the worker of a given slot. */
  async runOn<T extends TaskName>(
    slot: WorkerSlot,
    task: T,
    args: TaskArgs<T>,
    options: RunOptions = {},
  ): Promise<TaskResult<T>> {
    const needs = needsOf(task, args);
    for (let attempt = 1; ; attempt++) {
      const client = this.pool.client(slot);
      try {
        await canceledBy(options.signal, this.#provideAll(client, slot, needs));
        const result = await client.run(task, args, options);
        this.#holdings.learn(client, task, args, result);
        return result;
      } catch (error) {
        if (attempt >= MAX_ATTEMPTS || !worthAnotherTry(error, client, needs)) throw error;
      }
    }
  }

  /** Drops a table from every worker and from the page. Its kept scores stay in the browser's storage. */
  async releaseTable(tableId: string): Promise<void> {
    this.#holdings.forgetTable(tableId);
    const key = keyOf({ kind: 'table', id: tableId });
    const holding = this.pool.living().filter((client) => client.held.delete(key));
    // Releasing fails only when the worker dies meanwhile, and a dead worker holds nothing.
    await Promise.allSettled(holding.map((client) => client.run('table/release', { tableId })));
  }

  /** Ends all workers; the next job starts new ones. */
  stop(): void {
    this.pool.stop();
  }

  async #provideAll(client: WorkerClient, slot: WorkerSlot, needs: readonly Need[]): Promise<void> {
    for (const need of needs) await this.#holdings.provide(client, slot, need);
  }
}

/** A worker may have dropped what it was given (it keeps few judgements): give it again. */
function worthAnotherTry(error: unknown, client: WorkerClient, needs: readonly Need[]): boolean {
  if (error instanceof WorkerReplaced) return true;
  if (!(error instanceof DataError) || error.code !== 'unknown-handle') return false;
  const dropped = needs.filter((need) => client.held.delete(keyOf(need)));
  return dropped.length > 0;
}

/** What is given to a worker is shared by all jobs, so one canceled job stops waiting for it but does not stop it. */
function canceledBy<R>(signal: AbortSignal | undefined, work: Promise<R>): Promise<R> {
  if (signal === undefined) return work;
  if (signal.aborted) return Promise.reject(new CanceledError());
  return new Promise<R>((resolve, reject) => {
    const onAbort = () => reject(new CanceledError());
    signal.addEventListener('abort', onAbort, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', onAbort));
  });
}

let compute: Compute | null = null;

/** The page's workers, started at first use. */
export function defaultCompute(): Compute {
  compute ??= new Compute();
  return compute;
}

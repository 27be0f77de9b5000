/**
 * The one job API of the page (STYLE rule 21): `compute.run(task, args, { signal, onProgress, priority })`.
 * A job finds what it needs in its worker, whether that worker is new, restarted after a crash, or has dropped it.
 */

import { baseIdOf } from '../contracts/table-id.ts';
import type { TaskArgs, TaskName, TaskResult } from '../contracts/tasks.ts';
import { CanceledError, DataError } from '../core/errors.ts';
import type { ExplanationGround } from '../core/explain/explanation-ground.ts';
import type { Notice } from '../core/table/summary.ts';
import { Holdings } from './holdings.ts';
import { Keeping } from './keeping.ts';
import { tellKeptChange } from './kept-changes.ts';
import { keyOf, type Need, needsOf } from './needs.ts';
import { defaultPoolOptions, Pool, type PoolOptions, type WorkerSlot } from './pool.ts';
import { type RunOptions, type WorkerClient, WorkerReplaced } from './worker-client.ts';

export type { RunOptions } from './worker-client.ts';

/** Twice replaced by hard stops of other jobs is bad luck; more often is a loop. */
const MAX_ATTEMPTS = 3;

export class Compute {
  readonly pool: Pool;
  readonly keeping = new Keeping();
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
        tellKeptChange(task);
        return result;
      } catch (error) {
        if (attempt >= MAX_ATTEMPTS || !worthAnotherTry(error, client, needs)) throw error;
      }
    }
  }

  /**
   * How the changed and joined columns of an open table were made, by name (`ReadTable.made`).
   * @throws {DataError} `unknown-handle`: without this, scores could be taken for those of other columns
   */
  madeOf(tableId: string): Readonly<Record<string, string>> {
    return this.#holdings.madeOf(tableId);
  }

  /** Keeps an open base table in this browser's storage, behind everything else. */
  keepTable(tableId: string, onNotice: (notice: Notice) => void): void {
    const keep = (signal: AbortSignal) =>
      this.run('table/keep', { tableId }, { signal, priority: 'background' });
    this.keeping.start(tableId, keep, onNotice);
  }

  /** Drops a table and what was derived from it from every worker and from the page. What the storage keeps stays there. */
  async releaseTable(tableId: string): Promise<void> {
    this.keeping.stop([tableId]);
    this.#holdings.forgetTable(tableId);
    const isDoomed = (id: string) => id === tableId || baseIdOf(id) === tableId;
    await this.#release('table', isDoomed, (client) => client.run('table/release', { tableId }));
  }

  /** Drops a model from every worker and from the page. */
  async releaseModel(modelId: string): Promise<void> {
    this.#holdings.forgetModel(modelId);
    const isDoomed = (id: string) => id === modelId;
    await this.#release('model', isDoomed, (client) => client.run('model/release', { modelId }));
  }

  /** The bytes of an open model, with the name that the file had. @throws {DataError} `unknown-handle` */
  modelBytes(modelId: string): Pick<TaskArgs<'model/open'>, 'bytes' | 'name'> {
    return this.#holdings.modelBytes(modelId);
  }

  /** The ground of an explanation that was prepared before; null when it was not, or was let go. */
  groundOf(groundId: string): ExplanationGround | null {
    return this.#holdings.groundOf(groundId);
  }

  /** Ends all workers; the next job starts new ones. */
  stop(): void {
    this.keeping.stop('all');
    this.pool.stop();
  }

  async #release(
    kind: Need['kind'],
    isDoomed: (id: string) => boolean,
    release: (client: WorkerClient) => Promise<null>,
  ): Promise<void> {
    const holding = this.pool.living().filter((client) => {
      const keys = [...client.held.keys()].filter((key) => {
        const id = key.slice(kind.length + 1);
        return key === keyOf({ kind, id }) && isDoomed(id);
      });
      for (const key of keys) client.held.delete(key);
      return keys.length > 0;
    });
    // Releasing fails only when the worker dies meanwhile, and a dead worker holds nothing.
    await Promise.allSettled(holding.map(release));
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

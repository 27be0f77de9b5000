/**
 * Runs registered tasks inside a worker: one job per call, any number interleaved at their slices, errors as data,
 * large results moved instead of copied.
 */
import { type ProxyMethods, releaseProxy, transfer } from 'comlink';
import { toErrorData } from '../src/contracts/error-data.ts';
import type { Progress, TaskArgs, TaskName, TaskResult } from '../src/contracts/tasks.ts';
import type { JobCall, JobOutcome, WorkerEndpoint } from '../src/contracts/worker-protocol.ts';
import { Job } from './job.ts';
import { Turns } from './turns.ts';

/** A result whose buffers leave the worker with it: freshly allocated, never read here again. */
export class Moved<R> {
  readonly result: R;
  readonly buffers: readonly ArrayBuffer[];

  constructor(result: R, buffers: readonly ArrayBuffer[]) {
    this.result = result;
    this.buffers = buffers;
  }
}

type Reply<R> = R | Moved<R>;

export type TaskHandler<T extends TaskName> = (
  args: TaskArgs<T>,
  job: Job,
) => Reply<TaskResult<T>> | Promise<Reply<TaskResult<T>>>;

/** One handler for every task of the protocol. */
export type TaskHandlers = { readonly [T in TaskName]: TaskHandler<T> };

type ProgressListener = ((progress: Progress) => void) & Partial<ProxyMethods>;

export class Runtime implements WorkerEndpoint {
  readonly #handlers: TaskHandlers;
  readonly #lock: Promise<boolean>;
  readonly #turns = new Turns();
  readonly #jobs = new Map<number, Job>();

  /** @param lock resolves once the worker holds its alive lock (true), or there are no locks (false) */
  constructor(handlers: TaskHandlers, lock: Promise<boolean>) {
    this.#handlers = handlers;
    this.#lock = lock;
  }

  ready(): Promise<boolean> {
    return this.#lock;
  }

  /** Never rejects: what the handler throws is answered as data. */
  async run(call: JobCall, onProgress: ProgressListener | null): Promise<JobOutcome> {
    const job = new Job(this.#turns, call.priority, onProgress);
    this.#jobs.set(call.jobId, job);
    try {
      // Without its lock a worker's death would go unseen, and whoever waits for its answer would wait for long.
      await this.#lock;
      job.check();
      const handler = this.#handlers[call.task] as TaskHandler<TaskName>;
      const reply = await handler(call.args, job);
      job.check();
      if (!(reply instanceof Moved)) return { ok: true, result: reply };
      return transfer({ ok: true, result: reply.result }, [...reply.buffers]);
    } catch (error) {
      return { ok: false, error: toErrorData(error) };
    } finally {
      this.#jobs.delete(call.jobId);
      onProgress?.[releaseProxy]?.();
    }
  }

  cancel(jobId: number): void {
    this.#jobs.get(jobId)?.cancel();
  }

  /** Ends the runtime's message channel (tests). */
  close(): void {
    this.#turns.close();
  }
}

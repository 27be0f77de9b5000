/**
 * One worker as the page sees it: calls go through comlink, and what comlink lacks is added here: jobs that settle
 * once, errors that keep their class, cancel with a hard stop, and death that is noticed.
 */
import { proxy, type Remote, releaseProxy, wrap } from 'comlink';
import { fromErrorData, toErrorData } from '../contracts/error-data.ts';
import type { Progress, TaskArgs, TaskName, TaskResult } from '../contracts/tasks.ts';
import { aliveLockName, type JobPriority, type WorkerEndpoint } from '../contracts/worker-protocol.ts';
import { CanceledError, ModelError } from '../core/errors.ts';

export interface RunOptions {
  /** Aborting rejects the job with a CanceledError; the signal itself never crosses to the worker. */
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: Progress) => void) | undefined;
  readonly priority?: JobPriority | undefined;
}

/** A job lost its worker through no fault of its own (another job had to be stopped hard): run it again. */
export class WorkerReplaced extends Error {
  override readonly name = 'WorkerReplaced';
}

interface PendingJob {
  readonly task: TaskName;
  readonly reject: (error: Error) => void;
}

/** A worker answers a cancel at its next slice (about 50 ms); 200 ms leaves room for one slow slice and stays under 300 ms. */
const CANCEL_GRACE_MS = 200;

/** Loading the worker takes well under a second; on a slow line its code may take a while to come. */
const START_LIMIT_MS = 60_000;

/** Tasks whose slices may be long (a file format, an ONNX session): only these are worth a worker's life. */
const HARD_STOPPED: ReadonlySet<TaskName> = new Set<TaskName>([
  'table/outline',
  'table/ingest',
  'table/derive',
  'model/open',
  'model/bind',
  'model/engine',
  'model/gate',
  'model/score',
  'model/check',
  'model/latency',
  'scores/csv',
  'explain/engine',
  'explain/prepare',
  'explain/rows',
  'explain/sums',
  'explain/interactions',
  'judgement/open',
]);

let lastJobId = 0;

export class WorkerClient {
  /** What this very worker holds or is being given, by `kind:id`; gone with the worker. */
  readonly held = new Map<string, Promise<void>>();
  readonly #worker: Worker;
  readonly #endpoint: Remote<WorkerEndpoint>;
  readonly #pending = new Map<number, PendingJob>();
  readonly #watching = new AbortController();
  #started = false;
  #dead = false;

  constructor(worker: Worker, name: string) {
    this.#worker = worker;
    this.#endpoint = wrap<WorkerEndpoint>(worker);
    worker.addEventListener('error', (event) => {
      event.preventDefault();
      this.#crash(
        event.message === '' || event.message === undefined ? 'it could not be started' : event.message,
      );
    });
    worker.addEventListener('messageerror', () => this.#crash('a message could not be read'));
    // Rejects only when the watch is called off, or never starts because the worker died first.
    this.#watchLock(name).catch(() => undefined);
  }

  get dead(): boolean {
    return this.#dead;
  }

  /**
   * Runs one job and settles exactly once.
   * @throws {CanceledError} when the signal aborts: at the worker's next slice, or after the grace time by force
   * @throws {ModelError} `worker-crashed` when the worker dies under the job
   * @throws {WorkerReplaced} when the worker had to be stopped for another job
   */
  run<T extends TaskName>(task: T, args: TaskArgs<T>, options: RunOptions = {}): Promise<TaskResult<T>> {
    const { signal, onProgress, priority = 'normal' } = options;
    if (signal?.aborted) return Promise.reject(new CanceledError());
    if (this.#dead) return Promise.reject(new WorkerReplaced());
    const jobId = ++lastJobId;
    return new Promise<TaskResult<T>>((resolve, reject) => {
      const onAbort = () => this.#cancel(jobId, task);
      const settled = () => {
        this.#pending.delete(jobId);
        signal?.removeEventListener('abort', onAbort);
      };
      const fail = (error: Error) => {
        settled();
        reject(error);
      };
      this.#pending.set(jobId, { task, reject: fail });
      signal?.addEventListener('abort', onAbort, { once: true });
      const listener =
        onProgress === undefined
          ? null
          : proxy((progress: Progress) => {
              // A message that was on its way when the job was canceled must not move a bar that is gone.
              if (this.#pending.has(jobId)) onProgress(progress);
            });
      this.#endpoint.run({ jobId, task, args, priority }, listener).then(
        (outcome) => {
          if (!this.#pending.has(jobId)) return;
          if (!outcome.ok) return fail(fromErrorData(outcome.error));
          settled();
          resolve(outcome.result as TaskResult<T>);
        },
        (error: unknown) => fail(fromErrorData(toErrorData(error))),
      );
    });
  }

  /** Ends the worker; jobs still under way reject as the function says. Safe to call twice. */
  stop(errorOf: (task: TaskName) => Error = () => new WorkerReplaced()): void {
    if (this.#dead) return;
    this.#dead = true;
    this.#watching.abort();
    this.#endpoint[releaseProxy]();
    this.#worker.terminate();
    for (const job of [...this.#pending.values()]) job.reject(errorOf(job.task));
    this.held.clear();
  }

  #cancel(jobId: number, task: TaskName): void {
    const job = this.#pending.get(jobId);
    if (job === undefined) return;
    void this.#endpoint.cancel(jobId);
    // A worker that is still loading runs nothing yet: it will find the cancel right behind the job.
    if (!HARD_STOPPED.has(task) || !this.#started) {
      job.reject(new CanceledError());
      return;
    }
    setTimeout(() => {
      if (!this.#pending.has(jobId)) return;
      job.reject(new CanceledError());
      this.stop();
    }, CANCEL_GRACE_MS);
  }

  #crash(why: string): void {
    this.stop((task) => workerCrashed(task, why));
  }

  /** A worker that is out of memory or closed itself sends no event; its lock falls free all the same. */
  async #watchLock(name: string): Promise<void> {
    const late = setTimeout(() => this.#crash('it did not start'), START_LIMIT_MS);
    const holdsLock = await this.#endpoint.ready();
    this.#started = true;
    clearTimeout(late);
    if (!holdsLock) return;
    await navigator.locks.request(aliveLockName(name), { signal: this.#watching.signal }, () => {
      this.#crash('it ended without a word');
    });
  }
}

const STEP_OF: Record<TaskName, string> = {
  'table/outline': 'looking into the table',
  'table/ingest': 'reading the table',
  'table/keep': 'keeping the table',
  'table/restore': 'bringing back the table',
  'table/attach': 'handing over the table',
  'table/derive': 'changing and joining columns',
  'table/release': 'closing the table',
  'model/open': 'opening the model',
  'model/restore': 'bringing back the model',
  'model/release': 'closing the model',
  'model/bind': 'matching the model to the table',
  'model/engine': 'starting the model',
  'model/gate': 'comparing the scoring engines',
  'model/score': 'scoring',
  'model/check': 'checking the model',
  'model/latency': 'timing the model',
  'model/write-onnx': 'writing the model as ONNX',
  'explain/engine': 'starting the explanation',
  'explain/prepare': 'preparing the explanation',
  'explain/attach': 'handing over the explanation',
  'explain/rows': 'explaining rows',
  'explain/sums': 'explaining all rows',
  'explain/interactions': 'explaining interactions',
  'explain/put': 'keeping the explanation',
  'explain/outcome': 'weighing the errors of sampling',
  'explain/restore': 'bringing back the explanation',
  'scores/compare': 'comparing two forms of the model',
  'scores/put': 'keeping the scores',
  'scores/restore': 'bringing back the scores',
  'scores/csv': 'writing the scores',
  'kept/list': 'listing the kept data',
  'kept/forget': 'forgetting the kept data',
  'judgement/open': 'sorting the scores',
  'judgement/scenario': 'computing the net value',
  'judgement/at': 'answering for the threshold',
  'judgement/step': 'stepping the threshold',
  'judgement/uncertainty': 'resampling the rows',
  'judgement/ranking': 'computing gains and lift',
  'judgement/calibration': 'checking the calibration',
  'judgement/tornado': 'moving the assumptions',
  'judgement/heat-map': 'filling the heat map',
  'judgement/theory': 'comparing theory and data',
  'judgement/bands': 'judging the bands',
  'judgement/cascade': 'judging the cascade',
  'judgement/policy': 'writing the policy',
  'impact/predicted': 'adding up the impact',
  'impact/realised': 'joining the outcomes',
};

function workerCrashed(task: TaskName, why: string): ModelError {
  return new ModelError('worker-crashed', `The background worker stopped while ${STEP_OF[task]}: ${why}.`, {
    advice: 'A new worker has taken its place and nothing that was open is lost: try again.',
  });
}

/**
 * For browser tests: a page whose workers can be counted and killed. Workers are the real ones; only their constructor
 * is watched, so the product carries no hook.
 */

import type { PoolOptions } from '../pool.ts';
import { Compute } from '../run.ts';

/** A message that comlink in the worker cannot decode: its listener throws, as any bug of ours would. */
const POISON = { type: 'APPLY', id: 'poison', path: [], argumentList: [{ type: 'HANDLER', name: 'none' }] };

export class WatchedWorkers {
  readonly started: Worker[] = [];
  /** While true, every new worker throws as soon as it listens. */
  poisoning = false;
  readonly #original = globalThis.Worker;
  readonly #computes: Compute[] = [];

  constructor() {
    const { started } = this;
    const isPoisoning = () => this.poisoning;
    globalThis.Worker = class extends this.#original {
      constructor(url: string | URL, options?: WorkerOptions) {
        super(url, options);
        started.push(this);
        if (isPoisoning()) this.postMessage(POISON);
      }
    };
  }

  /** A page's workers, isolated as this page is unless said otherwise. */
  compute(options: Partial<PoolOptions> = {}): Compute {
    const compute = new Compute({ shared: crossOriginIsolated, scoringWorkers: 2, ...options });
    this.#computes.push(compute);
    return compute;
  }

  /** Makes a worker's own code throw outside any job: the browser sends `error` to the page. */
  throwIn(worker: Worker): void {
    worker.postMessage(POISON);
  }

  /** Ends a worker as a lack of memory does: no event, no answer. */
  kill(worker: Worker): void {
    worker.terminate();
  }

  restore(): void {
    for (const compute of this.#computes) compute.stop();
    globalThis.Worker = this.#original;
  }
}

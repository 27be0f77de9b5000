/**
 * The page's workers. The home worker holds tables, scores and judgements and answers every question; scoring workers
 * only score chunks, so that a model that hangs or crashes never takes the tables with it. All start lazily, and a
 * dead one is replaced at its next use.
 */
import { WorkerClient } from './worker-client.ts';

export type WorkerSlot = 'home' | number;

export interface PoolOptions {
  /** Columns over SharedArrayBuffers; only possible where the page is cross-origin isolated. */
  readonly shared: boolean;
  /** Workers for scoring chunks; without shared columns the home worker does the scoring and this is ignored. */
  readonly scoringWorkers: number;
}

/** More than four workers gain little on a laptop and each costs an ONNX session (about 30 MB). */
const MAX_SCORING_WORKERS = 4;

export function defaultPoolOptions(): PoolOptions {
  return {
    shared: globalThis.crossOriginIsolated === true,
    scoringWorkers: Math.max(1, Math.min(MAX_SCORING_WORKERS, navigator.hardwareConcurrency || 1)),
  };
}

export class Pool {
  readonly options: PoolOptions;
  readonly #clients = new Map<WorkerSlot, WorkerClient>();

  constructor(options: PoolOptions) {
    this.options = options;
  }

  /** The living worker of a slot, started now if there is none. */
  client(slot: WorkerSlot): WorkerClient {
    const living = this.#clients.get(slot);
    if (living !== undefined && !living.dead) return living;
    const client = startWorker(slot);
    this.#clients.set(slot, client);
    return client;
  }

  /** Slots that score chunks side by side. */
  scoringSlots(): readonly WorkerSlot[] {
    if (!this.options.shared) return ['home'];
    return Array.from({ length: this.options.scoringWorkers }, (_, index) => index);
  }

  /** Workers that live now (a worker that never started holds nothing). */
  living(): readonly WorkerClient[] {
    return [...this.#clients.values()].filter((client) => !client.dead);
  }

  stop(): void {
    for (const client of this.#clients.values()) client.stop();
    this.#clients.clear();
  }
}

function startWorker(slot: WorkerSlot): WorkerClient {
  const name = `${slot === 'home' ? 'home' : `scoring-${slot}`}-${crypto.randomUUID()}`;
  const worker = new Worker(new URL('../../workers/cutline.worker.ts', import.meta.url), {
    type: 'module',
    name,
  });
  return new WorkerClient(worker, name);
}

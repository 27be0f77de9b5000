import { CanceledError } from '../core/errors.ts';

interface Waiting {
  readonly start: () => void;
}

/**
 * A lane in which one request runs at a time, for answers that a moving slider or a typed number asks for.
 *
 * A request that waits and is aborted is dropped without ever being sent; the newest of those still wanted goes next.
 * A request that runs and is aborted is given up at once, but holds the lane until its worker is done with it: its
 * jobs are too short to be cut, and would pile up in the worker otherwise. A slider (or React Query for it) aborts the
 * request it has moved on from, so of one slider's requests at most one runs and one waits, while requests of two
 * observers (current and pinned threshold) never cancel each other.
 */
export class LatestWins {
  #running = false;
  readonly #waiting: Waiting[] = [];

  /**
   * Runs `job` when the lane is free.
   * @throws {CanceledError} as soon as the signal aborts
   */
  run<R>(job: () => Promise<R>, signal?: AbortSignal): Promise<R> {
    if (signal?.aborted) return Promise.reject(new CanceledError());
    return new Promise<R>((resolve, reject) => {
      const waiting: Waiting = {
        start: () => {
          this.#running = true;
          // A promise is made here so that a job that throws at once frees the lane like any other.
          new Promise<R>((answer) => answer(job())).then(resolve, reject).finally(() => {
            signal?.removeEventListener('abort', giveUp);
            this.#next();
          });
        },
      };
      const giveUp = () => {
        const index = this.#waiting.indexOf(waiting);
        if (index !== -1) this.#waiting.splice(index, 1);
        reject(new CanceledError());
      };
      signal?.addEventListener('abort', giveUp, { once: true });
      if (this.#running) this.#waiting.push(waiting);
      else waiting.start();
    });
  }

  #next(): void {
    this.#running = false;
    this.#waiting.pop()?.start();
  }
}

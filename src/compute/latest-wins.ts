import { CanceledError } from '../core/errors.ts';

interface Waiting {
  readonly start: () => void;
}

/**
 * A lane in which one request runs at a time, for answers that a moving slider asks for.
 *
 * A request that waits and is aborted is dropped without ever being sent; the newest of those still wanted goes next.
 * A slider (or React Query for it) aborts the request it has moved on from, so of one slider's requests at most one
 * runs and one waits, while requests of two observers (current and pinned threshold) never cancel each other.
 */
export class LatestWins {
  #running = false;
  readonly #waiting: Waiting[] = [];

  /**
   * Runs `job` when the lane is free.
   * @throws {CanceledError} when the signal aborts before the job has started
   */
  run<R>(job: () => Promise<R>, signal?: AbortSignal): Promise<R> {
    if (signal?.aborted) return Promise.reject(new CanceledError());
    return new Promise<R>((resolve, reject) => {
      const waiting: Waiting = {
        start: () => {
          signal?.removeEventListener('abort', drop);
          this.#running = true;
          // A promise is made here so that a job that throws at once frees the lane like any other.
          new Promise<R>((answer) => answer(job())).then(resolve, reject).finally(() => this.#next());
        },
      };
      const drop = () => {
        const index = this.#waiting.indexOf(waiting);
        if (index === -1) return;
        this.#waiting.splice(index, 1);
        reject(new CanceledError());
      };
      if (!this.#running) return waiting.start();
      this.#waiting.push(waiting);
      signal?.addEventListener('abort', drop, { once: true });
    });
  }

  #next(): void {
    this.#running = false;
    this.#waiting.pop()?.start();
  }
}

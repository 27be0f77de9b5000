import type { Progress } from '../src/contracts/tasks.ts';
import type { JobPriority } from '../src/contracts/worker-protocol.ts';
import { CanceledError } from '../src/core/errors.ts';
import type { Turns } from './turns.ts';

/** A bar that moves twenty times a second looks smooth; more messages only wake the page. */
const PROGRESS_INTERVAL_MS = 50;

/** A running job as its handler sees it. */
export class Job {
  readonly #turns: Turns;
  readonly #priority: JobPriority;
  readonly #listener: ((progress: Progress) => void) | null;
  #canceled = false;
  #lastProgressMs = Number.NEGATIVE_INFINITY;

  constructor(turns: Turns, priority: JobPriority, listener: ((progress: Progress) => void) | null) {
    this.#turns = turns;
    this.#priority = priority;
    this.#listener = listener;
  }

  /** Asks the job to end at its next slice. */
  cancel(): void {
    this.#canceled = true;
  }

  /** @throws {CanceledError} when the job was canceled */
  check(): void {
    if (this.#canceled) throw new CanceledError();
  }

  /** Reports progress to the page, at most every 50 ms, the last step always. */
  progress(progress: Progress): void {
    const nowMs = performance.now();
    const due = progress.done >= progress.total || nowMs - this.#lastProgressMs >= PROGRESS_INTERVAL_MS;
    if (this.#listener === null || !due) return;
    this.#lastProgressMs = nowMs;
    this.#listener(progress);
  }

  /**
   * Ends a slice: lets messages and more urgent jobs in.
   * @throws {CanceledError} when the job was canceled meanwhile
   */
  async turn(): Promise<void> {
    this.check();
    await this.#turns.next(this.#priority);
    this.check();
  }

  /**
   * Runs a sliced kernel to its end, a turn after each slice, and answers what it returns. When the job is canceled
   * the kernel is closed, so that its `finally` blocks run.
   * @throws {CanceledError} at the slice after the cancel; and whatever the kernel throws
   */
  async drain<S, R>(
    slices: Generator<S, R, void> | AsyncGenerator<S, R, void>,
    progressOf?: (slice: S) => Progress,
  ): Promise<R> {
    let finished = false;
    try {
      for (;;) {
        const step = await slices.next();
        if (step.done) {
          finished = true;
          return step.value;
        }
        if (progressOf !== undefined) this.progress(progressOf(step.value));
        await this.turn();
      }
    } finally {
      // The value is discarded: return() only closes the generator.
      if (!finished) await slices.return(undefined as R);
    }
  }
}

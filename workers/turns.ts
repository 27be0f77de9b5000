import type { JobPriority } from '../src/contracts/worker-protocol.ts';

const RANK: Record<JobPriority, number> = { urgent: 0, normal: 1, background: 2 };

interface Waiting {
  readonly rank: number;
  readonly grant: () => void;
}

/**
 * Who may run the next slice. Between two slices the worker yields a macrotask (a MessageChannel message), because only
 * then do cancel messages and short questions get in: a microtask would run before any message (measured, STYLE rule
 * 22). Of the jobs that wait, the highest priority goes first, then the one that waits longest.
 */
export class Turns {
  readonly #channel = new MessageChannel();
  readonly #waiting: Waiting[] = [];

  constructor() {
    this.#channel.port1.onmessage = () => this.#grantNext();
  }

  /** Resolves in a later macrotask, when it is this job's turn. */
  next(priority: JobPriority): Promise<void> {
    return new Promise((grant) => {
      this.#waiting.push({ rank: RANK[priority], grant });
      this.#channel.port2.postMessage(null);
    });
  }

  /** Frees the channel, so that a process (a test) can end. */
  close(): void {
    this.#channel.port1.close();
  }

  #grantNext(): void {
    let best = 0;
    for (let i = 1; i < this.#waiting.length; i++)
      if (this.#waiting[i]!.rank < this.#waiting[best]!.rank) best = i;
    this.#waiting.splice(best, 1)[0]?.grant();
  }
}

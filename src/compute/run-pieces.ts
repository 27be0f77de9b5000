import type { WorkerSlot } from './pool.ts';

/** One piece of a job: its number, the worker that takes it, and the signal that stops it. */
export interface Piece {
  readonly index: number;
  readonly slot: WorkerSlot;
  readonly signal: AbortSignal;
}

/**
 * Runs numbered pieces of one job on some workers, from one queue, so that a slow worker does not hold up the others. A
 * worker that comes too late is never started.
 *
 * @param signal ends the whole job
 * @returns what each piece gave, in the order of the pieces
 * @throws the first error of a piece, at which the others are stopped
 */
export async function runPieces<R>(
  slots: readonly WorkerSlot[],
  count: number,
  signal: AbortSignal | undefined,
  run: (piece: Piece) => Promise<R>,
): Promise<readonly R[]> {
  const stop = new AbortController();
  const both = signal === undefined ? stop.signal : AbortSignal.any([signal, stop.signal]);
  const results = new Array<R>(count);
  const failures: unknown[] = [];
  let next = 0;
  const work = async (slot: WorkerSlot) => {
    try {
      while (next < count) {
        const index = next++;
        results[index] = await run({ index, slot, signal: both });
      }
    } catch (error) {
      // The first error stops the others, whose own CanceledErrors say nothing.
      failures.push(error);
      stop.abort();
    }
  };
  await Promise.all(slots.map(work));
  if (failures.length > 0) throw failures[0];
  return results;
}

import { setImmediate as turn } from 'node:timers/promises';

/** Runs slices to their end, with a turn of the event loop after each: a signal to stop is heard there, and a timer runs. */
export async function toEnd<S, R>(slices: Generator<S, R, void> | AsyncGenerator<S, R, void>): Promise<R> {
  let step = await slices.next();
  while (step.done !== true) {
    await turn();
    step = await slices.next();
  }
  return step.value;
}

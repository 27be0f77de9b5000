/** Runs slices to their end in one go: nobody else waits for a turn here. */
export async function toEnd<S, R>(slices: Generator<S, R, void> | AsyncGenerator<S, R, void>): Promise<R> {
  let step = await slices.next();
  while (step.done !== true) step = await slices.next();
  return step.value;
}

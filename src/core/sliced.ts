/**
 * Long work in slices: a kernel is a generator that hands back control about every 50 ms of rows, so that its runner
 * can report progress and notice a cancel. Core has no clock: a slice is a number of rows, not of milliseconds.
 */

/** How far a sliced kernel is, in rows of its input; `done` never falls. */
export interface SliceProgress {
  readonly done: number;
  readonly total: number;
}

export type Sliced<T> = Generator<SliceProgress, T, void>;

/** Rows handled between two yields: the dearest of our passes takes up to 160 ns a row (measured on 2 shared cores), so about 40 ms. */
export const SLICE_ROWS = 1 << 18;

/**
 * Runs a sliced kernel to its end in one go: what tests, the command line and small inputs do.
 * Same result as any other way of running it. Errors of the kernel pass through.
 */
export function drain<T>(sliced: Sliced<T>): T {
  for (;;) {
    const step = sliced.next();
    if (step.done === true) return step.value;
  }
}

/**
 * Runs a kernel as one stage of a longer one: its progress is mapped onto [from, to] of `total` rows.
 * A kernel over no rows reports the start of its stage.
 */
export function* stage<T>(inner: Sliced<T>, from: number, to: number, total: number): Sliced<T> {
  for (;;) {
    const step = inner.next();
    if (step.done === true) return step.value;
    const share = step.value.total > 0 ? step.value.done / step.value.total : 0;
    yield { done: Math.floor(from + (to - from) * share), total };
  }
}

/**
 * Calls `kernel(start, end)` on half-open runs of at most `sliceRows` rows covering [0, rowCount), with a yield after each.
 *
 * @param sliceRows fewer for a kernel that is dearer by the row than most
 */
export function* inSlices(
  rowCount: number,
  kernel: (start: number, end: number) => void,
  sliceRows = SLICE_ROWS,
): Sliced<void> {
  for (let start = 0; start < rowCount; start += sliceRows) {
    const end = Math.min(start + sliceRows, rowCount);
    kernel(start, end);
    yield { done: end, total: rowCount };
  }
}

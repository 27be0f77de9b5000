/** A key step on the threshold slider: to the next distinct decision, or past at least 1 % of the rows. */
export interface ThresholdMove {
  readonly direction: 1 | -1;
  readonly size: 'decision' | 'percent';
}

export interface StepperDoors {
  /** Asks the worker for the threshold one step away; the same threshold at the end of the scores. */
  readonly step: (threshold: number, move: ThresholdMove) => Promise<number>;
  readonly current: () => number;
  readonly set: (threshold: number) => void;
}

/** Steps that may wait behind the one that runs: answers take a few ms, so this many are gone before a key is up. */
const MOST_WAITING = 4;

/**
 * Turns key steps into thresholds, in order: a step starts where the one before it ended. While one runs a few
 * more wait and the rest is dropped, so that quick presses all count and a held key does not run on after it was let go. A threshold that was set otherwise meanwhile (a
 * drag, a typed number) wins: the late answer is dropped. A failed step leaves the threshold where it was.
 *
 * @returns the function that takes a move; it resolves when the move has been carried out or dropped
 */
export function createThresholdStepper(doors: StepperDoors): (move: ThresholdMove) => Promise<void> {
  let last: Promise<void> = Promise.resolve();
  let waiting = 0;

  async function carryOut(move: ThresholdMove): Promise<void> {
    const start = doors.current();
    const next = await doors.step(start, move);
    if (doors.current() === start && next !== start) doors.set(next);
  }

  return (move) => {
    if (waiting > MOST_WAITING) return Promise.resolve();
    waiting++;
    last = last
      .then(() => carryOut(move))
      // The decision at the old threshold still stands on the screen, and a dead worker reports itself there.
      .catch(() => undefined)
      .finally(() => {
        waiting--;
      });
    return last;
  };
}

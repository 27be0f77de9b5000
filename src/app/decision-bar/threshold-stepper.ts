import type { SliderMove } from './slider-keys.ts';

export interface StepRequest {
  readonly threshold: number;
  readonly direction: 1 | -1;
  readonly size: 'decision' | 'percent';
}

export interface StepperDoors {
  /** Asks the worker for the next threshold. */
  readonly step: (request: StepRequest) => Promise<number>;
  readonly current: () => number;
  readonly set: (threshold: number) => void;
}

type StepMove = Extract<SliderMove, { kind: 'step' }>;

/**
 * Turns slider moves into thresholds, in order: a step starts where the one before it ended. While one runs at most
 * one more waits, so that a held key never runs on after it was let go. A threshold that was set otherwise meanwhile
 * (drag, typed number) wins: the late answer is dropped. A failed step leaves the threshold where it was.
 *
 * @returns the function that takes a move; it resolves when the move has been carried out or dropped
 */
export function createThresholdStepper(doors: StepperDoors): (move: SliderMove) => Promise<void> {
  let running: Promise<void> | null = null;
  let waiting = false;

  async function carryOut(move: StepMove): Promise<void> {
    const start = doors.current();
    let threshold = start;
    for (let i = 0; i < move.times; i++) {
      const next = await doors.step({ threshold, direction: move.direction, size: move.size });
      if (next === threshold) break;
      threshold = next;
    }
    if (doors.current() === start && threshold !== start) doors.set(threshold);
  }

  return async (move) => {
    if (move.kind === 'to') {
      doors.set(move.threshold);
      return;
    }
    if (running !== null) {
      if (waiting) return;
      waiting = true;
      try {
        await running;
      } finally {
        waiting = false;
      }
    }
    const mine = carryOut(move).catch(() => undefined);
    running = mine;
    await mine;
    if (running === mine) running = null;
  };
}

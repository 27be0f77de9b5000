import { describe, expect, it } from 'vitest';
import { createThresholdStepper, type ThresholdMove } from './threshold-stepper.ts';

const up: ThresholdMove = { direction: 1, size: 'decision' };
const down: ThresholdMove = { direction: -1, size: 'decision' };

/** A worker that answers when told to, over the scores 0, 1, 2 ... 9. */
function bench(start: number) {
  let threshold = start;
  const asked: number[] = [];
  const open: { readonly answer: () => void; readonly fail: () => void }[] = [];
  const step = createThresholdStepper({
    step: (from, move) =>
      new Promise((resolve, reject) => {
        asked.push(from);
        open.push({
          answer: () => resolve(Math.min(Math.max(from + move.direction, 0), 9)),
          fail: () => reject(new Error('the worker is gone')),
        });
      }),
    current: () => threshold,
    set: (next) => {
      threshold = next;
    },
  });
  return {
    step,
    asked,
    open,
    get threshold() {
      return threshold;
    },
    drag: (to: number) => {
      threshold = to;
    },
  };
}

async function settle(): Promise<void> {
  for (let i = 0; i < 10; i++) await Promise.resolve();
}

describe('createThresholdStepper', () => {
  it('takes the threshold that the worker answers', async () => {
    const b = bench(4);
    const done = b.step(up);
    await settle();
    b.open[0]!.answer();
    await done;
    expect(b.threshold).toBe(5);
  });

  it('starts a step where the one before it ended', async () => {
    const b = bench(4);
    const first = b.step(up);
    const second = b.step(up);
    await settle();
    b.open[0]!.answer();
    await first;
    await settle();
    b.open[1]!.answer();
    await second;
    expect(b.asked).toEqual([4, 5]);
    expect(b.threshold).toBe(6);
  });

  it('lets four wait and drops the rest of a held key', async () => {
    const b = bench(0);
    const moves = Array.from({ length: 9 }, () => b.step(up));
    for (let i = 0; i < 5; i++) {
      await settle();
      b.open[i]!.answer();
    }
    await Promise.all(moves);
    expect(b.asked).toEqual([0, 1, 2, 3, 4]);
    expect(b.threshold).toBe(5);
    const later = b.step(up);
    await settle();
    b.open[5]!.answer();
    await later;
    expect(b.threshold).toBe(6);
  });

  it('drops an answer that a drag has overtaken', async () => {
    const b = bench(4);
    const done = b.step(up);
    await settle();
    b.drag(8);
    b.open[0]!.answer();
    await done;
    expect(b.threshold).toBe(8);
  });

  it('stays at the end of the scores', async () => {
    const b = bench(0);
    const done = b.step(down);
    await settle();
    b.open[0]!.answer();
    await done;
    expect(b.threshold).toBe(0);
  });

  it('stays where it was when a step fails, and goes on with the next', async () => {
    const b = bench(4);
    const failed = b.step(up);
    await settle();
    b.open[0]!.fail();
    await failed;
    expect(b.threshold).toBe(4);
    const next = b.step(down);
    await settle();
    b.open[1]!.answer();
    await next;
    expect(b.threshold).toBe(3);
  });
});

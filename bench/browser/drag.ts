import { setTimeout as wait } from 'node:timers/promises';
import type { Page } from '@playwright/test';
import { readProbe } from './probe.ts';

/** Where the finger goes, in px of the page: pressed at `grip`, then to and fro at that height. */
export interface DragLine {
  readonly grip: { readonly x: number; readonly y: number };
  readonly left: number;
  readonly right: number;
}

export interface DragFigures {
  /** Time between two frames, ms. */
  readonly intervals: readonly number[];
  /** Main-thread tasks over 50 ms, ms. */
  readonly longTasks: readonly number[];
  /** Question to answer of `judgement/at`, ms. */
  readonly answers: readonly number[];
  readonly moves: number;
}

export const DRAG_MS = 3000;

/** A mouse reports about 125 times a second. */
const MOVE_EVERY_MS = 8;

/**
 * Presses, goes from left to right and back with real mouse moves for three seconds, and lets go. A move does not wait until the
 * page has taken the one before, as a hand does not: the browser hands the page the latest of them once a frame.
 */
async function moveMouse(page: Page, { grip, left, right }: DragLine): Promise<number> {
  await page.mouse.move(grip.x, grip.y);
  await page.mouse.down();
  const start = performance.now();
  const moves: Promise<void>[] = [];
  for (let elapsed = 0; elapsed < DRAG_MS; elapsed = performance.now() - start) {
    const share = 1 - Math.abs(1 - (2 * elapsed) / DRAG_MS);
    moves.push(page.mouse.move(left + share * (right - left), grip.y));
    await wait(Math.max(1, moves.length * MOVE_EVERY_MS - elapsed));
  }
  await Promise.all(moves);
  await page.mouse.up();
  return moves.length;
}

/** One drag in the page in front, measured inside it. */
export async function drag(page: Page, line: DragLine): Promise<DragFigures> {
  await page.bringToFront();
  await page.evaluate(() => window.bench.start());
  const moves = await moveMouse(page, line);
  await page.evaluate(() => window.bench.stop());
  const { frames, longTasks, calls } = await readProbe(page);
  return {
    intervals: frames.slice(1).map((at, i) => at - frames[i]!),
    longTasks,
    answers: calls
      .filter(({ task, answered }) => task === 'judgement/at' && !Number.isNaN(answered))
      .map(({ asked, answered }) => answered - asked),
    moves,
  };
}

export interface MainThreadTask {
  /** From start to end, ms. */
  readonly wallMs: number;
  /** Processor time, ms: without the time in which the machine ran something else. NaN for the few that the trace has none of. */
  readonly cpuMs: number;
}

interface TraceEvent {
  readonly name: string;
  readonly pid: number;
  readonly tid: number;
  readonly ts: number;
  readonly dur?: number;
  readonly tdur?: number;
}

/** The same drag under Chromium's tracing, which knows every task of the page's main thread, also those under 50 ms. */
export async function tasksOfDrag(page: Page, line: DragLine): Promise<readonly MainThreadTask[]> {
  const browser = page.context().browser();
  if (browser === null) throw new Error('the page has no browser');
  await page.bringToFront();
  await browser.startTracing(page, {
    categories: ['blink.user_timing', 'disabled-by-default-devtools.timeline'],
  });
  await page.evaluate(() => performance.mark('drag-start'));
  await moveMouse(page, line);
  await page.evaluate(() => performance.mark('drag-end'));
  const trace = JSON.parse((await browser.stopTracing()).toString()) as { traceEvents: TraceEvent[] };
  return tasksBetweenMarks(trace.traceEvents);
}

function tasksBetweenMarks(events: readonly TraceEvent[]): readonly MainThreadTask[] {
  const start = events.find(({ name }) => name === 'drag-start');
  const end = events.find(({ name }) => name === 'drag-end');
  if (start === undefined || end === undefined) throw new Error('the trace does not hold the drag');
  const { pid, tid } = start;
  return events
    .filter((event) => event.pid === pid && event.tid === tid && event.ts >= start.ts && event.ts <= end.ts)
    .filter(({ name, dur }) => name === 'RunTask' && dur !== undefined)
    .map(({ dur = 0, tdur = Number.NaN }) => ({ wallMs: dur / 1000, cpuMs: tdur / 1000 }));
}

/** Scoring in the page with its pool of workers, and how soon a cancel is done. */
import { setTimeout as wait } from 'node:timers/promises';
import type { Browser, Locator, Page } from '@playwright/test';
import type { BenchRow } from '../row.ts';
import { installProbe, readProbe, type WorkerCall } from './probe.ts';
import { rendererSeconds } from './processes.ts';
import { largest, median } from './statistics.ts';

const ROUNDS = 3;
const LIMIT_MS = 180_000;
/** Pressed this long after the first progress, when all workers are in the middle of it. */
const CANCEL_AFTER_MS = 100;
const QUIET_WATCH_MS = 500;

export interface ScoringFiles {
  readonly table: string;
  readonly model: string;
  readonly rowCount: number;
  /** "200,000 rows x 30, 100 trees x 31 leaves". */
  readonly what: string;
}

interface Cancel {
  /** From letting go of the button to the frame without the progress bar, ms. */
  readonly shownMs: number;
  /** From the same to the last answer (or end) of a scoring worker, ms. */
  readonly quietMs: number;
  readonly ended: number;
  /** Processor seconds per second of all renderers in the half second after. */
  readonly cores: number;
}

interface Run {
  readonly seconds: number;
  readonly workers: number;
  readonly longTasks: readonly number[];
  /** What the page itself says. */
  readonly said: string;
}

/** Three rounds, each in a fresh browser context: open, score and cancel, score to the end. */
export async function measureScoring(
  browser: Browser,
  origin: string,
  files: ScoringFiles,
): Promise<BenchRow[]> {
  const cancels: Cancel[] = [];
  const runs: Run[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'en-US' });
    try {
      await installProbe(context);
      const page = await context.newPage();
      await openToScore(page, origin, files);
      cancels.push(await cancelOnce(browser, page));
      runs.push(await scoreAll(page));
    } finally {
      await context.close();
    }
  }
  return [...runRows(runs, files), ...cancelRows(cancels)];
}

async function openToScore(page: Page, origin: string, files: ScoringFiles): Promise<void> {
  await page.goto(origin);
  await page.locator('input[type=file]').first().setInputFiles([files.table, files.model]);
  await page.getByRole('button', { name: /^Confirm this order/ }).click({ timeout: LIMIT_MS });
  await scoreButton(page).waitFor({ timeout: LIMIT_MS });
}

function scoreButton(page: Page) {
  return page.getByRole('button', { name: /^Score [\d,]+ rows$/ });
}

async function cancelOnce(browser: Browser, page: Page): Promise<Cancel> {
  await page.evaluate(() => window.bench.start());
  await scoreButton(page).click();
  await page.getByText(/[\d,]+ of [\d,]+ rows/).waitFor({ timeout: LIMIT_MS });
  await wait(CANCEL_AFTER_MS);
  const shown = page.evaluate(
    (limitMs) => window.bench.whenShown(() => document.querySelector('[role=progressbar]') === null, limitMs),
    LIMIT_MS,
  );
  await press(page, page.getByRole('button', { name: 'Cancel' }));
  const shownAt = await shown;
  const { released, ended, calls } = await untilAnswered(page);
  await scoreButton(page).waitFor({ timeout: LIMIT_MS });
  const before = await rendererSeconds(browser);
  await wait(QUIET_WATCH_MS);
  const cores = (1000 * ((await rendererSeconds(browser)) - before)) / QUIET_WATCH_MS;
  const quietAt = largest(scoringCalls(calls).map(({ answered }) => answered));
  return { shownMs: shownAt - released, quietMs: quietAt - released, ended, cores };
}

/** A press without Playwright's wait for a stable element: on a quiet machine the run would end meanwhile. */
async function press(page: Page, button: Locator): Promise<void> {
  const box = await button.boundingBox({ timeout: LIMIT_MS });
  if (box === null) throw new Error('There is no Cancel button to press: the run has ended.');
  await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
}

async function untilAnswered(page: Page) {
  await page.waitForFunction(
    () => window.bench.calls.every(({ task, answered }) => task !== 'model/score' || !Number.isNaN(answered)),
    undefined,
    { timeout: LIMIT_MS },
  );
  return readProbe(page);
}

function scoringCalls(calls: readonly WorkerCall[]): readonly WorkerCall[] {
  return calls.filter(({ task }) => task === 'model/score');
}

async function scoreAll(page: Page): Promise<Run> {
  await page.evaluate(() => window.bench.start());
  await scoreButton(page).click();
  const done = page.getByText(/^Scored by/);
  await done.waitFor({ timeout: LIMIT_MS });
  await page.evaluate(() => window.bench.stop());
  const { released, calls, longTasks } = await readProbe(page);
  const chunks = scoringCalls(calls);
  return {
    seconds: (largest(chunks.map(({ answered }) => answered)) - released) / 1000,
    workers: new Set(chunks.map(({ worker }) => worker)).size,
    longTasks,
    said: (await done.textContent()) ?? '',
  };
}

function runRows(runs: readonly Run[], { rowCount, what }: ScoringFiles): BenchRow[] {
  const said = runs.map((run) => /[\d.,]+\s*\S?\s*rows\/s/.exec(run.said)?.[0] ?? '?').join('; ');
  const longTasks = runs.flatMap((run) => run.longTasks);
  return [
    {
      name: 'score in the page',
      value: rowCount / median(runs.map(({ seconds }) => seconds)),
      unit: 'rows/s',
      note: `${what}, ${runs[0]?.workers} workers; button to last chunk, median of ${ROUNDS}; the page says ${said}`,
    },
    {
      name: 'score in the page: long tasks',
      value: longTasks.length,
      unit: 'tasks',
      note: `of the main thread over 50 ms on the clock in ${ROUNDS} runs; longest ${largest(longTasks).toFixed(0)} ms`,
    },
  ];
}

function cancelRows(cancels: readonly Cancel[]): BenchRow[] {
  const each = (of: (cancel: Cancel) => number, digits = 0) =>
    cancels.map((cancel) => of(cancel).toFixed(digits)).join(', ');
  return [
    {
      name: 'cancel shown',
      value: largest(cancels.map(({ shownMs }) => shownMs)),
      unit: 'ms',
      note: `aim: at most 300; button let go to the frame without the progress; largest of ${each(({ shownMs }) => shownMs)}`,
    },
    {
      name: 'cancel, workers quiet',
      value: largest(cancels.map(({ quietMs }) => quietMs)),
      unit: 'ms',
      note: `last scoring worker answered or was ended (${each(({ ended }) => ended)} ended); largest of ${each(({ quietMs }) => quietMs)}`,
    },
    {
      name: 'cancel, processor after',
      value: largest(cancels.map(({ cores }) => cores)),
      unit: 'cores',
      note: `busy in the ${QUIET_WATCH_MS} ms after; a worker still scoring would be 1; ${each(({ cores }) => cores, 2)}`,
    },
  ];
}

/** A million judged rows that hold their scores: opening, dragging the threshold, changing the review cost. */
import type { Browser, Locator, Page } from '@playwright/test';
import type { BenchRow } from '../row.ts';
import { DRAG_MS, type DragFigures, type DragLine, drag, tasksOfDrag } from './drag.ts';
import { installProbe, readProbe, watchWorkers } from './probe.ts';
import { rendererMemory } from './processes.ts';
import { largest, median, quantile } from './statistics.ts';

const ROUNDS = 3;
const LIMIT_MS = 120_000;
const REVIEW_COSTS = ['120', '340', '500'];
const viewport = { width: 1440, height: 900 };

export interface ScoredFile {
  readonly path: string;
  /** "1,000,000 judged rows of 1,020,000". */
  readonly what: string;
}

/** The figures of one run over a file of scored rows; about one minute for a million. */
export async function measureThresholdsPage(
  browser: Browser,
  origin: string,
  file: ScoredFile,
): Promise<BenchRow[]> {
  const rows: BenchRow[] = [];
  const opened: number[] = [];
  for (let round = 1; round < ROUNDS; round++) {
    const context = await browser.newContext({ viewport, locale: 'en-US' });
    opened.push(await openScored(await context.newPage(), origin, file));
    await context.close();
  }
  const context = await browser.newContext({ viewport, locale: 'en-US' });
  try {
    await installProbe(context);
    const page = await context.newPage();
    opened.push(await openScored(page, origin, file));
    const how = `${file.what}; file given to figures shown, two buttons pressed on the way; median of ${ROUNDS}`;
    rows.push({ name: 'open a scored table', value: median(opened) / 1000, unit: 's', note: how });
    rows.push(await setScenario(page, file.what));
    const empty = await context.newPage();
    await empty.goto(`${origin}/health`);
    rows.push(...(await measureDrags(page, empty)));
    await page.bringToFront();
    rows.push(await measureReviewCost(page, file.what));
    rows.push(...(await memoryRows(browser, file.what)));
    return rows;
  } finally {
    await context.close();
  }
}

async function openScored(page: Page, origin: string, file: ScoredFile): Promise<number> {
  await page.goto(origin);
  await page.getByRole('button', { name: /open the demo/i }).waitFor();
  const start = performance.now();
  await page.locator('input[type=file]').first().setInputFiles(file.path);
  await page.getByRole('button', { name: /^Use the scores in/ }).click({ timeout: LIMIT_MS });
  await page.getByRole('button', { name: 'Find the threshold' }).click({ timeout: LIMIT_MS });
  await page.getByText(/you flag/).waitFor({ timeout: LIMIT_MS });
  return performance.now() - start;
}

/** Amounts come into play with the scenario, so the rows are sorted once more. */
async function setScenario(page: Page, what: string): Promise<BenchRow> {
  const start = performance.now();
  await page.getByRole('button', { name: 'Set a lending scenario' }).click();
  await netValuePicture(page).waitFor({ timeout: LIMIT_MS });
  const note = `${what}; once; button to net value picture, the page's old answer stays meanwhile`;
  return { name: 'set a scenario', value: performance.now() - start, unit: 'ms', note };
}

function netValuePicture(page: Page): Locator {
  return page.getByRole('region', { name: 'Net value by threshold' }).getByRole('img').first();
}

async function boxOf(target: Locator) {
  const box = await target.boundingBox();
  if (box === null) throw new Error('what is dragged has no box');
  return box;
}

/** The slider takes a press anywhere on its track. */
export async function sliderLine(page: Page): Promise<DragLine> {
  const { x, y, width, height } = await boxOf(page.getByRole('slider', { name: 'Threshold' }));
  return { grip: { x: x + 12, y: y + height / 2 }, left: x + 12, right: x + width - 12 };
}

/** A picture is dragged by its marker, wherever that stands now. */
async function markerLine(page: Page): Promise<DragLine> {
  const picture = await boxOf(netValuePicture(page));
  const marker = await boxOf(netValuePicture(page).locator('[data-threshold-handle]'));
  const grip = { x: marker.x + marker.width / 2, y: marker.y + marker.height / 2 };
  return { grip, left: picture.x + 60, right: picture.x + picture.width - 60 };
}

/** The slider, the main picture's marker and the empty page take turns, so that a busy moment hits all alike. */
async function measureDrags(page: Page, empty: Page): Promise<BenchRow[]> {
  const slider = await sliderLine(page);
  const workerTimes = await watchWorkers(page);
  const drags: Record<'slider' | 'marker' | 'empty', DragFigures[]> = { slider: [], marker: [], empty: [] };
  for (let round = 0; round < ROUNDS; round++) {
    drags.empty.push(await drag(empty, slider));
    drags.slider.push(await drag(page, slider));
    drags.marker.push(await drag(page, await markerLine(page)));
  }
  const all = [...drags.slider, ...drags.marker];
  const answers = all.flatMap((one) => one.answers);
  const inside = await workerTimes();
  const asked = `${answers.length} answers in ${all.length} drags; judgement/at, message out to message in`;
  return [
    ...frameRows('drag the slider', drags.slider),
    ...frameRows("drag the picture's marker", drags.marker),
    ...frameRows('empty page, same moves', drags.empty),
    ...(await taskRows('drag the slider', page, slider)),
    ...(await taskRows("drag the picture's marker", page, await markerLine(page))),
    ...(await taskRows('empty page, same moves', empty, slider)),
    { name: 'worker answer p50', value: quantile(answers, 0.5), unit: 'ms', note: asked },
    { name: 'worker answer p95', value: quantile(answers, 0.95), unit: 'ms', note: 'aim: at most 10' },
    { name: 'worker answer max', value: largest(answers), unit: 'ms', note: '' },
    {
      name: 'worker answer p95, best drag',
      value: Math.min(...all.map((one) => quantile(one.answers, 0.95))),
      unit: 'ms',
      note: `the least disturbed of the ${all.length} drags, for runs on a busy machine`,
    },
    {
      name: 'worker answer p95, inside the worker',
      value: quantile(inside, 0.95),
      unit: 'ms',
      note: 'message arrived to answer sent; the rest of the figure above is the way, and the page busy drawing',
    },
  ];
}

function frameRows(name: string, drags: readonly DragFigures[]): BenchRow[] {
  const intervals = drags.flatMap((one) => one.intervals);
  const longTasks = drags.flatMap((one) => one.longTasks);
  const moves = drags.map((one) => one.moves).join(', ');
  const note = `${drags.length} drags of ${DRAG_MS / 1000} s, ${intervals.length} frames, mouse moves ${moves}`;
  const late = intervals.filter((ms) => ms > 20).length / intervals.length;
  return [
    { name: `${name}: frame p50`, value: quantile(intervals, 0.5), unit: 'ms', note },
    { name: `${name}: frame p95`, value: quantile(intervals, 0.95), unit: 'ms', note: '16.7 is every frame' },
    { name: `${name}: frame max`, value: largest(intervals), unit: 'ms', note: '' },
    { name: `${name}: frames over 20 ms`, value: 100 * late, unit: '%', note: 'share of all frames' },
    {
      name: `${name}: long tasks`,
      value: longTasks.length,
      unit: 'tasks',
      note: `over 50 ms on the clock, as the browser reports them; longest ${largest(longTasks).toFixed(0)} ms`,
    },
  ];
}

async function taskRows(name: string, page: Page, line: DragLine): Promise<BenchRow[]> {
  const tasks = await tasksOfDrag(page, line);
  const cpu = tasks.map(({ cpuMs }) => cpuMs).filter((ms) => !Number.isNaN(ms));
  const note = `one more drag, traced, ${tasks.length} tasks of the main thread`;
  return [
    { name: `${name}: longest task`, value: largest(tasks.map(({ wallMs }) => wallMs)), unit: 'ms', note },
    {
      name: `${name}: longest task, processor time`,
      value: largest(cpu),
      unit: 'ms',
      note: 'the same tasks without the time the machine gave to others; aim: at most 50',
    },
    {
      name: `${name}: main thread busy`,
      value: (100 * cpu.reduce((sum, ms) => sum + ms, 0)) / DRAG_MS,
      unit: '%',
      note: 'processor time of its tasks in the drag',
    },
  ];
}

/** From Enter in the field to the frame with the new net value curve. */
async function measureReviewCost(page: Page, what: string): Promise<BenchRow> {
  const field = page.getByRole('textbox', { name: 'Review cost' });
  const times: number[] = [];
  for (const cost of REVIEW_COSTS) {
    await field.fill(cost);
    const shown = netValuePicture(page).evaluate((picture, limitMs) => {
      const drawn = () =>
        [...picture.querySelectorAll('path.recharts-line-curve')]
          .map((path) => path.getAttribute('d'))
          .join();
      const before = drawn();
      return window.bench.whenShown(() => drawn() !== before, limitMs);
    }, LIMIT_MS);
    await field.press('Enter');
    const at = await shown;
    times.push(at - (await readProbe(page)).entered);
  }
  const note = `${what}; Enter to the frame with the new curve; ${times.map((ms) => ms.toFixed(0)).join(', ')}`;
  return { name: 'change the review cost', value: median(times), unit: 'ms', note };
}

async function memoryRows(browser: Browser, what: string): Promise<BenchRow[]> {
  const memory = await rendererMemory(browser);
  if (memory === null) return [];
  return [
    {
      name: 'memory of the page',
      value: memory.now,
      unit: 'MB',
      note: `resident, page and workers; ${what}`,
    },
    { name: 'memory of the page, peak', value: memory.peak, unit: 'MB', note: 'while the file was opened' },
  ];
}

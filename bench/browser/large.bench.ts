/**
 * Five million rows of 30 columns in Chromium: a table that holds its scores, from the file to the Thresholds page, a drag of
 * the slider there, and the memory of it all. One round (a file of 1.3 GB is made first). Alone: `npm run bench large`.
 */
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Page } from '@playwright/test';
import { chromiumArgs, ensureChromium } from '../../scripts/chromium.ts';
import type { BenchRow } from '../row.ts';
import { startAppServer } from './app-server.ts';
import { drag } from './drag.ts';
import { writeWideScoredCsv } from './generate.ts';
import { installProbe } from './probe.ts';
import { rendererMemory } from './processes.ts';
import { largest, quantile } from './statistics.ts';
import { sliderLine } from './thresholds-page.ts';

const ROWS = 5_000_000;
const COLUMNS = 30;
const SEED = 50_30;
const LIMIT_MS = 600_000;

/** @returns the figures of docs/bench.md, "large" */
export async function run(): Promise<readonly BenchRow[]> {
  const folder = await mkdtemp(join(tmpdir(), 'cutline-bench-large-'));
  const server = await startAppServer();
  const browser = await chromium.launch({ executablePath: ensureChromium(), args: [...chromiumArgs] });
  try {
    const path = join(folder, 'large.csv');
    await writeWideScoredCsv(path, ROWS, COLUMNS, SEED);
    const megabytes = (await stat(path)).size / 1e6;
    const what = `${ROWS.toLocaleString('en')} rows x ${COLUMNS}, CSV of ${megabytes.toFixed(0)} MB; once`;
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'en-US' });
    await installProbe(context);
    const page = await context.newPage();
    await page.goto(server.origin);
    const opened = await openLarge(page, path);
    const slider = await sliderLine(page);
    const moved = await drag(page, slider);
    const again = await drag(page, slider);
    const intervals = [...moved.intervals, ...again.intervals];
    const answers = [...moved.answers, ...again.answers];
    const longTasks = [...moved.longTasks, ...again.longTasks];
    const memory = await rendererMemory(browser);
    return [
      {
        name: 'read the table',
        value: opened.readMs / 1000,
        unit: 's',
        note: `${what}; file given to column table`,
      },
      {
        name: 'judge it',
        value: opened.judgedMs / 1000,
        unit: 's',
        note: 'button to figures: sorted, metrics, curves',
      },
      {
        name: 'drag the slider: frame p50',
        value: quantile(intervals, 0.5),
        unit: 'ms',
        note: '2 drags of 3 s',
      },
      { name: 'drag the slider: frame p95', value: quantile(intervals, 0.95), unit: 'ms', note: '' },
      {
        name: 'drag the slider: long tasks',
        value: longTasks.length,
        unit: 'tasks',
        note: `over 50 ms on the clock; longest ${largest(longTasks).toFixed(0)} ms`,
      },
      {
        name: 'worker answer p95',
        value: quantile(answers, 0.95),
        unit: 'ms',
        note: 'message out to message in',
      },
      ...(memory === null
        ? []
        : [
            { name: 'memory of the page', value: memory.now, unit: 'MB', note: 'resident, page and workers' },
            { name: 'memory of the page, most', value: memory.peak, unit: 'MB', note: 'since it was opened' },
          ]),
    ];
  } finally {
    await browser.close();
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

async function openLarge(page: Page, path: string): Promise<{ readMs: number; judgedMs: number }> {
  await page
    .getByRole('button', { name: /open the demo/i })
    .first()
    .waitFor();
  const start = performance.now();
  await page.locator('input[type=file]').first().setInputFiles(path);
  const use = page.getByRole('button', { name: /^Use the scores in/ });
  await use.waitFor({ timeout: LIMIT_MS });
  const read = performance.now();
  await use.click();
  await page.getByRole('button', { name: 'Find the threshold' }).click({ timeout: LIMIT_MS });
  await page.getByText(/you flag/).waitFor({ timeout: LIMIT_MS });
  return { readMs: read - start, judgedMs: performance.now() - read };
}

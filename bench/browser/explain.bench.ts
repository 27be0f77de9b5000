/**
 * Global importance of a million rows on the Explain page, from the press on its entry to the last row: 100 trees of 31
 * leaves as a LightGBM file, path-dependent, then against 1,000 background rows. One round. Alone: `npm run bench explain`.
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, chromium, type Page } from '@playwright/test';
import { chromiumArgs, ensureChromium } from '../../scripts/chromium.ts';
import type { BenchRow } from '../row.ts';
import { makeForestData } from '../shap/forest-data.ts';
import { growForest } from '../shap/grow-forest.ts';
import { lightgbmText } from '../shap/lightgbm-text.ts';
import { startAppServer } from './app-server.ts';
import { writeLines } from './generate.ts';
import { installProbe, readProbe } from './probe.ts';
import { rendererMemory } from './processes.ts';
import { largest, quantile } from './statistics.ts';

const ROWS = 1_000_000;
const TRAINING_ROWS = 12_000;
const forest = { name: '100x31', trees: 100, leaves: 31, depth: 8, features: 30 };
const SEED = 2026;
const LIMIT_MS = 600_000;

/** @returns the figures of docs/bench.md, "explain" */
export async function run(): Promise<readonly BenchRow[]> {
  const folder = await mkdtemp(join(tmpdir(), 'cutline-bench-explain-'));
  const files = await writeFiles(folder);
  const server = await startAppServer();
  const browser = await chromium.launch({ executablePath: ensureChromium(), args: [...chromiumArgs] });
  try {
    const before = load('load of the machine before');
    const page = await openScored(browser, server.origin, files);
    const rows = await explainTwice(page);
    const memory = await rendererMemory(browser);
    const note = 'page and workers, the table of a million rows among it; now, and at its peak';
    const resident = memory === null ? [] : [memory.now, memory.peak];
    return [
      before,
      ...rows,
      ...resident.map((value): BenchRow => ({ name: 'resident memory', value, unit: 'MB', note })),
      load('load of the machine after'),
    ];
  } finally {
    await browser.close();
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

function load(name: string): BenchRow {
  const note = 'runnable processes over the last minute; the bench alone makes about 2';
  return { name, value: loadavg()[0] ?? Number.NaN, unit: '', note };
}

async function writeFiles(folder: string): Promise<readonly string[]> {
  const { features } = forest;
  const model = join(folder, 'forest.txt');
  const trees = growForest(forest, makeForestData(TRAINING_ROWS, features, SEED), SEED);
  await writeFile(model, lightgbmText(trees, features));
  const { columns, labels } = makeForestData(ROWS, features, SEED + 1);
  const table = join(folder, 'applications.csv');
  const names = columns.map((_, j) => `x${j}`);
  const cell = (value: number) => (Number.isNaN(value) ? '' : value.toPrecision(7));
  await writeLines(table, [...names, 'default'].join(','), ROWS, (row) =>
    [...columns.map((column) => cell(column[row]!)), labels[row]].join(','),
  );
  return [table, model];
}

async function openScored(browser: Browser, origin: string, files: readonly string[]): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'en-US' });
  await installProbe(context);
  const page = await context.newPage();
  await page.goto(origin);
  await page
    .locator('input[type=file]')
    .first()
    .setInputFiles([...files]);
  await page.getByRole('button', { name: /^Score [\d,]+ rows$/ }).click({ timeout: LIMIT_MS });
  await page.getByRole('button', { name: 'Find the threshold' }).waitFor({ timeout: LIMIT_MS });
  return page;
}

async function explainTwice(page: Page): Promise<BenchRow[]> {
  const pages = page.getByRole('navigation', { name: 'Pages' });
  const pathDependent = await watchRun(page, () => pages.getByRole('link', { name: 'Explain' }).click());
  const controls = page.getByRole('region', { name: 'How it is explained' });
  await controls.getByRole('button', { name: 'Method' }).click();
  await page.getByRole('option', { name: 'Interventional' }).click();
  // Done with the size that is offered first, so that what follows is a run of its own.
  await page.waitForFunction(
    () => {
      const text = document.querySelector('main')?.textContent ?? '';
      const isRunning = document.querySelector('main [role=progressbar]') !== null;
      return !isRunning && text.includes('Over all') && text.includes('interventional SHAP');
    },
    undefined,
    { timeout: LIMIT_MS },
  );
  const choose = () => controls.getByText('1,000', { exact: true }).click();
  const interventional = await watchRun(page, choose);
  return [...figures('path-dependent', pathDependent), ...figures('interventional, 1,000', interventional)];
}

interface Watched {
  /** From the press to the first bars over some of the rows, and to the bars over all, s. */
  readonly firstSeconds: number;
  readonly seconds: number;
  readonly intervals: readonly number[];
  readonly longTasks: readonly number[];
  /** What the page itself says. */
  readonly said: string;
}

async function watchRun(page: Page, start: () => Promise<void>): Promise<Watched> {
  await page.evaluate(() => window.bench.start());
  const shown = page.evaluate(async (limitMs) => {
    const says = (text: RegExp) => () => text.test(document.querySelector('main')?.textContent ?? '');
    const first = await window.bench.whenShown(says(/So far, over [\d,]+ of/), limitMs);
    const all = await window.bench.whenShown(says(/rows explained, .*rows\/s/), limitMs);
    return { first, all };
  }, LIMIT_MS);
  await start();
  const { first, all } = await shown;
  await page.evaluate(() => window.bench.stop());
  const { released, frames, longTasks } = await readProbe(page);
  const said = await page
    .getByText(/rows explained, .*rows\/s/)
    .first()
    .textContent();
  return {
    firstSeconds: (first - released) / 1000,
    seconds: (all - released) / 1000,
    intervals: frames.slice(1).map((at, i) => at - frames[i]!),
    longTasks,
    said: said ?? '',
  };
}

function figures(name: string, run: Watched): BenchRow[] {
  const what = `${ROWS.toLocaleString('en')} rows x ${forest.features}, ${forest.trees} trees x ${forest.leaves} leaves`;
  const { firstSeconds, seconds, intervals, longTasks, said } = run;
  return [
    {
      name: `${name}: first bars`,
      value: firstSeconds,
      unit: 's',
      note: `press to figures over some rows; ${what}`,
    },
    {
      name: `${name}: all rows`,
      value: seconds,
      unit: 's',
      note: `press to figures over all; the page says ${said}`,
    },
    { name: `${name}: frame p50`, value: quantile(intervals, 0.5), unit: 'ms', note: 'while it runs' },
    { name: `${name}: frame p95`, value: quantile(intervals, 0.95), unit: 'ms', note: '' },
    {
      name: `${name}: long tasks`,
      value: longTasks.length,
      unit: 'tasks',
      note: `of the main thread over 50 ms on the clock; longest ${largest(longTasks).toFixed(0)} ms`,
    },
  ];
}

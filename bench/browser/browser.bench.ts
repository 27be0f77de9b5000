/**
 * The app in Chromium, from `npm start` to figures: a scored table of a million rows (opening, dragging the threshold
 * beside an empty page, a new review cost) and scoring with a forest of 100 trees (speed, cancel). Real server, real mouse
 * moves, generated files. Alone: `npx tsx bench/browser/browser.bench.ts`.
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from '@playwright/test';
import { chromiumArgs, ensureChromium } from '../../scripts/chromium.ts';
import type { BenchRow } from '../row.ts';
import { randomForestOnnx } from '../scoring/random-forest-onnx.ts';
import { startAppServer } from './app-server.ts';
import { rowsForJudged, writeFeaturesCsv, writeScoredCsv } from './generate.ts';
import { measureScoring, type ScoringFiles } from './scoring-page.ts';
import { measureThresholdsPage, type ScoredFile } from './thresholds-page.ts';

const JUDGED_ROWS = 1_000_000;
const SCORED_ROWS = 400_000;
const FEATURES = 30;
const forest = { trees: 100, leaves: 31, features: FEATURES };
const SEED = 20_26;

/** @returns the figures of docs/bench.md, "browser" */
export async function run(): Promise<readonly BenchRow[]> {
  const before = load('load of the machine before');
  const folder = await mkdtemp(join(tmpdir(), 'cutline-bench-browser-'));
  const server = await startAppServer();
  const browser = await chromium.launch({ executablePath: ensureChromium(), args: [...chromiumArgs] });
  try {
    const page = await measureThresholdsPage(browser, server.origin, await scoredFile(folder));
    const scoring = await measureScoring(browser, server.origin, await scoringFiles(folder));
    return [before, ...page, ...scoring, load('load of the machine after')];
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

async function scoredFile(folder: string): Promise<ScoredFile> {
  const path = join(folder, 'scored.csv');
  const rowCount = rowsForJudged(JUDGED_ROWS);
  await writeScoredCsv(path, rowCount, SEED);
  return {
    path,
    what: `${JUDGED_ROWS.toLocaleString('en')} judged rows of ${rowCount.toLocaleString('en')}`,
  };
}

async function scoringFiles(folder: string): Promise<ScoringFiles> {
  const table = join(folder, 'features.csv');
  const model = join(folder, 'forest.onnx');
  await writeFeaturesCsv(table, SCORED_ROWS, FEATURES, SEED);
  await writeFile(model, randomForestOnnx(forest, SEED));
  const what = `${SCORED_ROWS.toLocaleString('en')} rows x ${FEATURES}, ${forest.trees} trees x ${forest.leaves} leaves`;
  return { table, model, rowCount: SCORED_ROWS, what };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const { name, value, unit, note } of await run())
    process.stdout.write(
      `${name.padEnd(52)} ${value.toPrecision(4).padStart(10)} ${unit.padEnd(7)} ${note}\n`,
    );
}

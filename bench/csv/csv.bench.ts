/**
 * Our CSV reader against papaparse: 1 M rows x 30 columns, the same file, each run in a process of its own, the readers taking
 * turns, median of three. The ratio that is claimed is to papaparse with typed cells (dynamicTyping), for that is the question
 * ours answers; papaparse that only cuts strings is shown too. Alone: `npx tsx bench/csv/csv.bench.ts`.
 */
import { execFile } from 'node:child_process';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { BenchRow } from '../row.ts';
import { writeMixedCsv, writeNumericCsv } from './generate.ts';

interface Run {
  readonly rows: number;
  readonly seconds: number;
  readonly growthBytes: number;
}

const ROUNDS = 3;
const readOnce = fileURLToPath(new URL('./read-once.ts', import.meta.url));

/**
 * @param rowCount 1e6 for the figures that are claimed
 * @returns seconds, ratio and peak growth of the process (maximum resident size less the size before reading)
 */
export async function run(rowCount = 1_000_000): Promise<BenchRow[]> {
  const folder = await mkdtemp(join(tmpdir(), 'cutline-bench-csv-'));
  try {
    const mixed = join(folder, 'mixed.csv');
    await writeMixedCsv(mixed, rowCount);
    const rows = await compare(mixed, rowCount);
    await rm(mixed);
    const numeric = join(folder, 'numeric.csv');
    await writeNumericCsv(numeric, rowCount);
    return [...rows, ...(await measureNumeric(numeric, rowCount))];
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function compare(path: string, rowCount: number): Promise<BenchRow[]> {
  const ours: Run[] = [];
  const typed: Run[] = [];
  const strings: Run[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    ours.push(await readInChild('cutline', path, rowCount));
    typed.push(await readInChild('papaparse-typed', path, rowCount));
    strings.push(await readInChild('papaparse-strings', path, rowCount));
  }
  const size = `${rowCount} rows x 30 mixed columns, ${megabytes((await stat(path)).size)} MB`;
  const seconds = (runs: readonly Run[]) => median(runs.map((one) => one.seconds));
  return [
    { name: 'csv read', value: seconds(ours), unit: 's', note: `${size}, into typed columns` },
    {
      name: 'csv read, papaparse typed',
      value: seconds(typed),
      unit: 's',
      note: 'dynamicTyping, rows dropped',
    },
    {
      name: 'csv read, papaparse strings',
      value: seconds(strings),
      unit: 's',
      note: 'no typing, rows dropped',
    },
    {
      name: 'csv read, ratio to papaparse typed',
      value: seconds(ours) / seconds(typed),
      unit: 'x',
      note: 'aim: at most 0.5',
    },
    {
      name: 'csv read, ratio to papaparse strings',
      value: seconds(ours) / seconds(strings),
      unit: 'x',
      note: 'papaparse only cuts; ours also types and keeps',
    },
    { name: 'csv read, speed', value: rowCount / seconds(ours), unit: 'rows/s', note: size },
    growth('csv read, peak growth', ours, 'largest of three runs'),
    growth('csv read, peak growth of papaparse', typed, 'it keeps nothing'),
  ];
}

async function measureNumeric(path: string, rowCount: number): Promise<BenchRow[]> {
  const runs: Run[] = [];
  for (let round = 0; round < ROUNDS; round++) runs.push(await readInChild('cutline', path, rowCount));
  const size = `${rowCount} rows x 30 numbers, ${megabytes((await stat(path)).size)} MB`;
  return [
    {
      name: 'csv read, numbers only',
      value: median(runs.map(({ seconds }) => seconds)),
      unit: 's',
      note: size,
    },
    growth('csv read, numbers only, peak growth', runs, 'aim: at most 550 MB; the columns alone are 240 MB'),
  ];
}

function growth(name: string, runs: readonly Run[], note: string): BenchRow {
  const value = Math.max(...runs.map(({ growthBytes }) => growthBytes));
  return { name, value: megabytes(value), unit: 'MB', note };
}

async function readInChild(reader: string, path: string, rowCount: number): Promise<Run> {
  const args = ['--import', 'tsx', readOnce, reader, path];
  const { stdout } = await promisify(execFile)(process.execPath, args, { timeout: 600_000 });
  const result: Run = JSON.parse(stdout);
  if (result.rows !== rowCount) throw new Error(`${reader} read ${result.rows} of ${rowCount} rows`);
  return result;
}

/** 10^6 bytes. */
function megabytes(bytes: number): number {
  return Math.round(bytes / 1e6);
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1]!;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const { name, value, unit, note } of await run()) {
    console.log(`${name.padEnd(44)} ${value.toPrecision(4).padStart(10)} ${unit.padEnd(7)} ${note}`);
  }
}

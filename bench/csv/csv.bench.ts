/**
 * Our CSV reader against papaparse: 1 M rows x 30 columns, the same file, each run in a process of its own, the readers taking
 * turns, median of three. Alone: `npx tsx bench/csv/csv.bench.ts`.
 */
import { execFile } from 'node:child_process';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { writeMixedCsv, writeNumericCsv } from './generate.ts';

/** One measured figure, as bench/run.ts prints it. */
export interface BenchRow {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  readonly note: string;
}

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
  const runs: Record<'cutline' | 'papaparse' | 'papaparse-columns', Run[]> = {
    cutline: [],
    papaparse: [],
    'papaparse-columns': [],
  };
  for (let round = 0; round < ROUNDS; round++) {
    runs.cutline.push(await readInChild('cutline', path, rowCount));
    runs.papaparse.push(await readInChild('papaparse', path, rowCount));
  }
  runs['papaparse-columns'].push(await readInChild('papaparse-columns', path, rowCount));
  const size = `${rowCount} rows x 30 mixed columns, ${megabytes((await stat(path)).size)} MB`;
  const ours = median(runs.cutline.map(({ seconds }) => seconds));
  const theirs = median(runs.papaparse.map(({ seconds }) => seconds));
  return [
    { name: 'csv read', value: ours, unit: 's', note: `${size}, into typed columns` },
    {
      name: 'csv read, papaparse',
      value: theirs,
      unit: 's',
      note: 'same file, rows of strings counted and dropped',
    },
    { name: 'csv read, ratio to papaparse', value: ours / theirs, unit: 'x', note: 'aim: at most 0.5' },
    {
      name: 'csv read, papaparse into number arrays',
      value: runs['papaparse-columns'][0]!.seconds,
      unit: 's',
      note: 'one run',
    },
    { name: 'csv read, speed', value: rowCount / ours, unit: 'rows/s', note: size },
    growth('csv read, peak growth', runs.cutline, 'largest of three runs'),
    growth('csv read, peak growth of papaparse', runs.papaparse, 'it keeps nothing'),
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

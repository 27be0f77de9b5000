/**
 * One table of 1 M rows x 30 columns in every format: seconds to open it and the growth of the process. Each read is a process
 * of its own, the formats take turns, median of three. Alone: `npx tsx bench/formats/formats.bench.ts`.
 */
import { execFile } from 'node:child_process';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { BenchRow } from '../row.ts';
import { writeFormats } from './generate.ts';

interface Run {
  readonly rows: number;
  readonly seconds: number;
  readonly growthBytes: number;
}

const ROUNDS = 3;
const readOnce = fileURLToPath(new URL('./read-once.ts', import.meta.url));

/**
 * @param rowCount 1e6 for the figures that are claimed
 * @returns for each format the median seconds, their ratio to CSV, and the largest peak growth
 */
export async function run(rowCount = 1_000_000): Promise<BenchRow[]> {
  const folder = await mkdtemp(join(tmpdir(), 'cutline-bench-formats-'));
  try {
    const files = await writeFormats(folder, rowCount);
    const runs = new Map<string, Run[]>(files.map(([name]) => [name, []]));
    for (let round = 0; round < ROUNDS; round++) {
      for (const [name, path] of files) runs.get(name)!.push(await readInChild(path, rowCount));
    }
    const rows: BenchRow[] = [];
    const csv = median(runs.get('csv')!);
    for (const [name, path] of files) {
      const note = `${rowCount} rows x 30 mixed columns, ${megabytes((await stat(path)).size)} MB`;
      const seconds = median(runs.get(name)!);
      rows.push({ name: `${name} open`, value: seconds, unit: 's', note });
      rows.push({
        name: `${name} open, ratio to csv`,
        value: seconds / csv,
        unit: 'x',
        note: 'the same run',
      });
      const growth = Math.max(...runs.get(name)!.map(({ growthBytes }) => growthBytes));
      rows.push({
        name: `${name} peak growth`,
        value: megabytes(growth),
        unit: 'MB',
        note: 'largest of three runs',
      });
    }
    return rows;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function readInChild(path: string, rowCount: number): Promise<Run> {
  const args = ['--import', 'tsx', readOnce, path];
  const { stdout } = await promisify(execFile)(process.execPath, args, { timeout: 600_000 });
  const result: Run = JSON.parse(stdout);
  if (result.rows !== rowCount) throw new Error(`${path}: read ${result.rows} of ${rowCount} rows`);
  return result;
}

/** 10^6 bytes. */
function megabytes(bytes: number): number {
  return Math.round(bytes / 1e6);
}

function median(runs: readonly Run[]): number {
  return runs.map(({ seconds }) => seconds).toSorted((a, b) => a - b)[runs.length >> 1]!;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const { name, value, unit, note } of await run(Number(process.argv[2] ?? 1_000_000))) {
    console.log(`${name.padEnd(32)} ${value.toPrecision(4).padStart(10)} ${unit.padEnd(4)} ${note}`);
  }
}

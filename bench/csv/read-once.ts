/** Child process of csv.bench.ts: reads one file with one reader and prints seconds, rows and the growth of the process. */
import { createReadStream, openAsBlob } from 'node:fs';
import Papa from 'papaparse';
import { openTable } from '../../src/formats/data/open-table.ts';

type Reader = (path: string) => Promise<number>;

async function readWithCutline(path: string): Promise<number> {
  const read = await openTable(await openAsBlob(path), { name: 'bench.csv' });
  return read.table.rowCount;
}

/** papaparse's fastest use: rows of strings by chunk, counted and dropped. */
function readWithPapaparse(path: string): Promise<number> {
  return new Promise((resolve, reject) => {
    let rows = -1;
    Papa.parse<string[]>(createReadStream(path), {
      skipEmptyLines: true,
      chunk: ({ data }) => {
        rows += data.length;
      },
      complete: () => resolve(rows),
      error: reject,
    });
  });
}

/** The same, with the numeric cells turned into float64 columns: nearer to what our reader gives. */
function readWithPapaparseToColumns(path: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const columns: number[][] = [];
    Papa.parse<string[]>(createReadStream(path), {
      skipEmptyLines: true,
      chunk: ({ data }) => {
        for (const row of data) {
          for (let i = 0; i < row.length; i++) {
            columns[i] ??= [];
            columns[i]!.push(Number(row[i]));
          }
        }
      },
      complete: () => resolve(Float64Array.from(columns[0]!).length - 1),
      error: reject,
    });
  });
}

const READERS: Readonly<Record<string, Reader>> = {
  cutline: readWithCutline,
  papaparse: readWithPapaparse,
  'papaparse-columns': readWithPapaparseToColumns,
};

async function main(): Promise<void> {
  const [name = '', path = ''] = process.argv.slice(2);
  const reader = READERS[name];
  if (reader === undefined) throw new Error(`no reader "${name}"`);
  const before = process.memoryUsage.rss();
  const start = performance.now();
  const rows = await reader(path);
  const seconds = (performance.now() - start) / 1000;
  // maxRSS is in kilobytes on every platform (libuv).
  const growthBytes = process.resourceUsage().maxRSS * 1024 - before;
  process.stdout.write(JSON.stringify({ rows, seconds, growthBytes }));
}

await main();

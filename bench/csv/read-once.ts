/** Child process of csv.bench.ts: reads one file with one reader and prints seconds, rows and the growth of the process. */
import { createReadStream, openAsBlob } from 'node:fs';
import Papa from 'papaparse';
import { openTable } from '../../src/formats/data/open-table.ts';

type Reader = (path: string) => Promise<number>;

async function readWithCutline(path: string): Promise<number> {
  const read = await openTable(await openAsBlob(path), { name: 'bench.csv' });
  return read.table.rowCount;
}

/** papaparse streaming rows by chunk; they are counted and dropped, which spares it the memory and the time to keep them. */
function readWithPapaparse(path: string, dynamicTyping: boolean): Promise<number> {
  return new Promise((resolve, reject) => {
    let rows = -1;
    Papa.parse<unknown[]>(createReadStream(path), {
      skipEmptyLines: true,
      dynamicTyping,
      chunk: ({ data }) => {
        rows += data.length;
      },
      complete: () => resolve(rows),
      error: reject,
    });
  });
}

const READERS: Readonly<Record<string, Reader>> = {
  cutline: readWithCutline,
  'papaparse-typed': (path) => readWithPapaparse(path, true),
  'papaparse-strings': (path) => readWithPapaparse(path, false),
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

/** Child process of formats.bench.ts: opens one file and prints seconds, rows and the growth of the process. */
import { openAsBlob } from 'node:fs';
import { openTable } from '../../src/formats/data/open-table.ts';

async function main(): Promise<void> {
  const [path = ''] = process.argv.slice(2);
  const before = process.memoryUsage.rss();
  const start = performance.now();
  const { table } = await openTable(await openAsBlob(path), { name: 'bench' });
  const seconds = (performance.now() - start) / 1000;
  // maxRSS is in kilobytes on every platform (libuv).
  const growthBytes = process.resourceUsage().maxRSS * 1024 - before;
  process.stdout.write(JSON.stringify({ rows: table.rowCount, seconds, growthBytes }));
}

await main();

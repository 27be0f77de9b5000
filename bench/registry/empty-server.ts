/** A server over an empty registry, as a process of its own whose memory can be asked for. Started by registry.bench.ts. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { buildApp } from '../../server/app.ts';
import { openRegistryStore } from '../../server/store/open-registry-store.ts';

const [folder = ''] = process.argv.slice(2);
const distDir = join(folder, 'dist');
await mkdir(distDir, { recursive: true });
await writeFile(join(distDir, 'index.html'), '<title>Cutline</title>');
const store = await openRegistryStore({ dataDir: join(folder, 'data') });
const app = await buildApp({ distDir, version: '0', store });
const origin = await app.listen({ host: '127.0.0.1', port: 0 });

process.on('message', () => {
  // In kilobytes on every system Node runs on.
  process.send?.({ peakBytes: process.resourceUsage().maxRSS * 1024, nowBytes: process.memoryUsage.rss() });
});
process.once('disconnect', () => void app.close().then(() => store.close()));
process.send?.({ origin });

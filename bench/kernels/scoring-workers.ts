import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Worker as NodeWorker } from 'node:worker_threads';
import { chromium, type Page } from '@playwright/test';
import { build, preview } from 'vite';
import { chromiumArgs, ensureChromium } from '../../scripts/chromium.ts';
import { freePort } from '../../scripts/free-port.ts';
import type { ScoringAnswer, ScoringJob, ScoringSetup } from './timed-scoring.ts';

/** Two workers, each with model, table and scorers of its own. */
export interface ScoringWorkers {
  readonly platform: 'Node' | 'Chromium';
  /** Runs a job in worker 0 or 1. */
  run(worker: number, job: ScoringJob): Promise<ScoringAnswer>;
  stop(): Promise<void>;
}

export const WORKERS = 2;

export async function startNodeWorkers(setup: ScoringSetup): Promise<ScoringWorkers> {
  const entry = new URL('./node-worker.ts', import.meta.url).href;
  // tsx hooks the main thread only; a worker has to register it itself before it can load TypeScript.
  const boot = `import('tsx/esm/api').then(({ register }) => { register(); return import(${JSON.stringify(entry)}); })`;
  const workers: NodeWorker[] = [];
  for (let i = 0; i < WORKERS; i++) {
    const worker = new NodeWorker(boot, { eval: true, workerData: setup });
    await once(worker, 'message');
    workers.push(worker);
  }
  return {
    platform: 'Node',
    run: async (at, job) => {
      workers[at]!.postMessage(job);
      const [answer] = (await once(workers[at]!, 'message')) as [ScoringAnswer];
      return answer;
    },
    stop: async () => {
      await Promise.all(workers.map((worker) => worker.terminate()));
    },
  };
}

declare global {
  interface Window {
    kernelBench: Worker[];
  }
}

const root = join(import.meta.dirname, '..', '..');
const vite = { root, configFile: false, publicDir: false, logLevel: 'error' } as const;

/** Builds the page's worker as the app's are built, and starts two of it in an empty page. */
export async function startPageWorkers(setup: ScoringSetup): Promise<ScoringWorkers> {
  const ends: (() => Promise<unknown>)[] = [];
  const stop = async () => {
    for (const end of ends.reverse()) await end();
  };
  try {
    const page = await openEmptyPage(ends);
    await page.evaluate(startInPage, { setup, count: WORKERS });
    return { platform: 'Chromium', run: (at, job) => page.evaluate(runInPage, { at, job }), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** @param ends receives what has to be ended, in order of its beginning */
async function openEmptyPage(ends: (() => Promise<unknown>)[]): Promise<Page> {
  const outDir = await mkdtemp(join(tmpdir(), 'cutline-bench-kernels-'));
  ends.push(() => rm(outDir, { recursive: true, force: true }));
  const input = join(import.meta.dirname, 'page-worker.ts');
  const output = { entryFileNames: 'worker.js' };
  await build({ ...vite, build: { outDir, target: 'es2023', rolldownOptions: { input, output } } });
  const port = await freePort();
  const server = await preview({ ...vite, build: { outDir }, preview: { host: '127.0.0.1', port } });
  ends.push(() => server.close());
  const browser = await chromium.launch({ executablePath: ensureChromium(), args: [...chromiumArgs] });
  ends.push(() => browser.close());
  const page = await browser.newPage();
  await page.route('**/empty', (route) =>
    route.fulfill({ contentType: 'text/html', body: '<!doctype html>' }),
  );
  await page.goto(`http://127.0.0.1:${port}/empty`);
  return page;
}

/** Runs in the page. */
async function startInPage({ setup, count }: { setup: ScoringSetup; count: number }): Promise<void> {
  window.kernelBench = Array.from({ length: count }, () => new Worker('/worker.js', { type: 'module' }));
  for (const worker of window.kernelBench) {
    await new Promise((resolve, reject) => {
      worker.onmessage = resolve;
      worker.onerror = (event) => reject(new Error(event.message));
      worker.postMessage(setup);
    });
  }
}

/** Runs in the page. */
function runInPage({ at, job }: { at: number; job: ScoringJob }): Promise<ScoringAnswer> {
  return new Promise((resolve) => {
    const worker = window.kernelBench[at]!;
    worker.onmessage = ({ data }: MessageEvent<ScoringAnswer>) => resolve(data);
    worker.postMessage(job);
  });
}

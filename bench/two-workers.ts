import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Worker as NodeWorker } from 'node:worker_threads';
import { chromium, type Page } from '@playwright/test';
import { build, preview } from 'vite';
import { chromiumArgs, ensureChromium } from '../scripts/chromium.ts';
import { freePort } from '../scripts/free-port.ts';

/** Two workers of a bench, each with everything of its own that the setup says. */
export interface TwoWorkers<Job, Answer> {
  readonly platform: 'Node' | 'Chromium';
  /** Runs a job in worker 0 or 1. */
  run(worker: number, job: Job): Promise<Answer>;
  stop(): Promise<void>;
}

export const WORKERS = 2;

/**
 * Starts two workers of Node.
 *
 * @param entry module of a worker that gets the setup as `workerData`, posts a message when it is ready and answers every
 *   message with one
 */
export async function startNodeWorkers<Setup, Job, Answer>(
  entry: URL,
  setup: Setup,
): Promise<TwoWorkers<Job, Answer>> {
  // tsx hooks the main thread only; a worker has to register it itself before it can load TypeScript.
  const boot = `import('tsx/esm/api').then(({ register }) => { register(); return import(${JSON.stringify(entry.href)}); })`;
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
      const [answer] = (await once(workers[at]!, 'message')) as [Answer];
      return answer;
    },
    stop: async () => {
      await Promise.all(workers.map((worker) => worker.terminate()));
    },
  };
}

declare global {
  interface Window {
    benchWorkers: Worker[];
  }
}

const root = join(import.meta.dirname, '..');
const vite = { root, configFile: false, publicDir: false, logLevel: 'error' } as const;

/**
 * Builds a worker as the app's are built, and starts two of it in an empty page of Chromium.
 *
 * @param entry module of a worker whose first message is the setup; it answers every message with one
 */
export async function startPageWorkers<Setup, Job, Answer>(
  entry: URL,
  setup: Setup,
): Promise<TwoWorkers<Job, Answer>> {
  const ends: (() => Promise<unknown>)[] = [];
  const stop = async () => {
    for (const end of ends.reverse()) await end();
  };
  try {
    const page = await openEmptyPage(entry, ends);
    await page.evaluate(startInPage, { setup: setup as unknown, count: WORKERS });
    const run = async (at: number, job: Job) =>
      (await page.evaluate(runInPage, { at, job: job as unknown })) as Answer;
    return { platform: 'Chromium', run, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** @param ends receives what has to be ended, in order of its beginning */
async function openEmptyPage(entry: URL, ends: (() => Promise<unknown>)[]): Promise<Page> {
  const outDir = await mkdtemp(join(tmpdir(), 'cutline-bench-worker-'));
  ends.push(() => rm(outDir, { recursive: true, force: true }));
  const output = { entryFileNames: 'worker.js' };
  const rolldownOptions = { input: entry.pathname, output };
  await build({ ...vite, build: { outDir, target: 'es2023', rolldownOptions } });
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
async function startInPage({ setup, count }: { setup: unknown; count: number }): Promise<void> {
  window.benchWorkers = Array.from({ length: count }, () => new Worker('/worker.js', { type: 'module' }));
  for (const worker of window.benchWorkers) {
    await new Promise((resolve, reject) => {
      worker.onmessage = resolve;
      worker.onerror = (event) => reject(new Error(event.message));
      worker.postMessage(setup);
    });
  }
}

/** Runs in the page. */
function runInPage({ at, job }: { at: number; job: unknown }): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const worker = window.benchWorkers[at]!;
    worker.onmessage = ({ data }) => resolve(data);
    worker.onerror = (event) => reject(new Error(event.message));
    worker.postMessage(job);
  });
}

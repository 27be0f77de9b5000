import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { playwright } from '@vitest/browser-playwright';
import { defineConfig } from 'vitest/config';
import type { BrowserCommandContext } from 'vitest/node';

/**
 * Contract tests with real workers in a real browser (STYLE rule 35), twice: cross-origin isolated (columns shared,
 * a pool that scores) and not (one worker does everything). CUTLINE_CHROMIUM names the browser, else /usr/bin/chromium.
 */
const isolation = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
};

const chromium = playwright({
  launchOptions: {
    executablePath: process.env.CUTLINE_CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--no-first-run'],
  },
});

/** What Node makes of the demo: the document of `review` and the CSV of its scores, to compare a browser's with. */
async function reviewDemo(): Promise<{ document: string; csv: string }> {
  const folder = await mkdtemp(join(tmpdir(), 'cutline-review-'));
  const csv = join(folder, 'scores.csv');
  const demo = 'public/demo/credit';
  const options = [
    '--data',
    `${demo}/credit_data.csv`,
    '--target',
    'Status',
    '--positive',
    'bad',
    '--scores',
    csv,
  ];
  options.push('--model', `${demo}/sklearn_gradient_boosting_raw_pipeline.onnx`, '--split', 'split=test');
  const command = ['--import', 'tsx', 'cli/main.ts', ...options];
  const { stdout } = await promisify(execFile)(process.execPath, command, { cwd: import.meta.dirname });
  const result = { document: stdout, csv: await readFile(csv, 'utf8') };
  await rm(folder, { recursive: true });
  return result;
}

/** By page: both projects run at once. */
const requested = new WeakMap<BrowserCommandContext['page'], Set<string>>();

/** Addresses that a page and its workers asked for since the last call; the first call begins to listen. */
async function takeRequests({ page }: BrowserCommandContext): Promise<string[]> {
  const known = requested.get(page);
  const urls = known ?? new Set<string>();
  if (known === undefined) page.on('request', (request) => urls.add(request.url()));
  requested.set(page, urls);
  const taken = [...urls];
  urls.clear();
  return taken;
}

function project(name: string, headers: Record<string, string>) {
  return {
    worker: { format: 'es' as const },
    // All that workers import, named: a package found in mid-run is optimised then, and reloads the test under way.
    optimizeDeps: {
      include: [
        'onnxruntime-web/wasm',
        'comlink',
        'fflate',
        'yaml',
        '@bufbuild/protobuf/wire',
        '@tanstack/react-query',
        'fast-check',
        'zustand',
        'zustand/react/shallow',
      ],
    },
    server: { headers },
    test: {
      name,
      include: ['{src,workers}/**/*.browser.test.ts'],
      testTimeout: 60_000,
      browser: {
        enabled: true,
        headless: true,
        screenshotFailures: false,
        commands: { reviewDemo, takeRequests },
        provider: chromium,
        instances: [{ browser: 'chromium' as const, name: `${name}, in chromium` }],
      },
    },
  };
}

export default defineConfig({
  test: { projects: [project('isolated', isolation), project('not isolated', {})] },
});

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defineConfig } from '@playwright/test';
import { chromiumArgs, ensureChromium } from './scripts/chromium.ts';
import { freePort } from './scripts/free-port.ts';

// The real server on a loopback port of its own, so that tests and an app in use do not meet. Workers read this file
// again: the environment hands them the port that was chosen first.
const port = process.env.CUTLINE_E2E_PORT ?? String(await freePort());
process.env.CUTLINE_E2E_PORT = port;

/** A registry of its own, empty: never the one of whoever works here. Gone with the process that made it, after its server. */
function temporaryRegistry(): string {
  const folder = mkdtempSync(join(tmpdir(), 'cutline-e2e-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
const dataDir = process.env.CUTLINE_E2E_DATA ?? temporaryRegistry();
process.env.CUTLINE_E2E_DATA = dataDir;
const origin = `http://127.0.0.1:${port}`;

export default defineConfig({
  testDir: 'e2e',
  outputDir: 'test-results/e2e',
  // Two cores: the app's own workers need the second one.
  workers: 1,
  retries: 0,
  forbidOnly: true,
  timeout: 120_000,
  expect: { timeout: 20_000 },
  reporter: 'list',
  use: {
    baseURL: origin,
    browserName: 'chromium',
    launchOptions: { executablePath: ensureChromium(), args: [...chromiumArgs] },
    viewport: { width: 1440, height: 900 },
    locale: 'en-US',
    timezoneId: 'UTC',
    trace: 'retain-on-failure',
    screenshot: 'only-on-failure',
  },
  webServer: {
    command: 'node --import tsx scripts/start.ts',
    url: `${origin}/health`,
    env: { PORT: port, HOST: '127.0.0.1', CUTLINE_DATA: dataDir },
    reuseExistingServer: false,
    timeout: 240_000,
    gracefulShutdown: { signal: 'SIGTERM', timeout: 15_000 },
  },
});

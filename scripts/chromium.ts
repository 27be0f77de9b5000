/**
 * Finds a Chromium that runs, or installs one, and says where it is. As a program it prints the path:
 * `tsx scripts/chromium.ts`.
 */
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium } from '@playwright/test';

/** Arguments for every Chromium that our tests start: in a container, without a graphics card, without calls home. */
export const chromiumArgs: readonly string[] = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-background-networking',
  '--no-first-run',
];

const systemPaths = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** True when the program at `path` answers `--version`. */
function runs(path: string): boolean {
  return spawnSync(path, ['--version'], { stdio: 'ignore', timeout: 30_000 }).status === 0;
}

/**
 * The first Chromium that runs: CUTLINE_CHROMIUM, the system's, Playwright's own; null when there is none.
 * A CUTLINE_CHROMIUM that does not run is not passed over.
 * @throws {Error} CUTLINE_CHROMIUM is set and does not run
 */
export function findChromium(env: Readonly<Record<string, string | undefined>> = process.env): string | null {
  const named = env.CUTLINE_CHROMIUM;
  if (named) {
    if (runs(named)) return named;
    throw new Error(`CUTLINE_CHROMIUM=${named} does not run. Give the path of a Chromium, or unset it.`);
  }
  return [...systemPaths, chromium.executablePath()].find(runs) ?? null;
}

/** Runs a command with its output on stderr, since stdout is for the path alone. */
function attempt(command: string, args: readonly string[]): boolean {
  return spawnSync(command, args, { stdio: ['ignore', 2, 2], timeout: 900_000 }).status === 0;
}

function installFromDebian(): boolean {
  const isRoot = process.getuid?.() === 0;
  if (process.platform !== 'linux' || !isRoot) return false;
  const install = ['install', '-y', '--no-install-recommends', 'chromium'];
  return attempt('apt-get', ['update']) && attempt('apt-get', install);
}

function installFromPlaywright(): boolean {
  const cli = join(
    dirname(createRequire(import.meta.url).resolve('@playwright/test/package.json')),
    'cli.js',
  );
  return attempt(process.execPath, [cli, 'install', 'chromium']);
}

/**
 * A Chromium that runs, installed when there is none: from Debian when we are root there, else Playwright's own.
 * @throws {Error} none is there and none can be installed
 */
export function ensureChromium(): string {
  const found = findChromium();
  if (found !== null) return found;
  for (const install of [installFromDebian, installFromPlaywright]) {
    const installed = install() ? findChromium() : null;
    if (installed !== null) return installed;
  }
  throw new Error(
    'No Chromium runs here and none could be installed. Install one and set CUTLINE_CHROMIUM to its path.',
  );
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  process.stdout.write(`${ensureChromium()}\n`);
}

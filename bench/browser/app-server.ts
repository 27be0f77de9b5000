import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const root = join(import.meta.dirname, '..', '..');

/** A stale build is made anew first, on a busy machine in a minute. */
const START_LIMIT_MS = 240_000;

export interface AppServer {
  /** Without a slash at the end. */
  readonly origin: string;
  stop(): Promise<void>;
}

/**
 * What `npm start` runs, on a free loopback port and with an empty registry: builds the app when its sources have changed, and serves it.
 * @throws {Error} when it does not say where it is within four minutes
 */
export async function startAppServer(): Promise<AppServer> {
  const dataDir = await mkdtemp(join(tmpdir(), 'cutline-bench-registry-'));
  const child = spawn(process.execPath, ['--import', 'tsx', 'scripts/start.ts'], {
    cwd: root,
    env: { ...process.env, HOST: '127.0.0.1', PORT: '0', CUTLINE_DATA: dataDir },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  try {
    return { origin: await originOf(child), stop: () => stop(child, dataDir) };
  } catch (error) {
    await stop(child, dataDir);
    throw error;
  }
}

async function originOf(child: ChildProcess): Promise<string> {
  if (child.stdout === null) throw new Error('the server has no stdout');
  const lines = createInterface({ input: child.stdout });
  const [line] = (await once(lines, 'line', { signal: AbortSignal.timeout(START_LIMIT_MS) })) as [string];
  const origin = /http:\/\/127\.0\.0\.1:\d+/.exec(line)?.[0];
  if (origin === undefined) throw new Error(`the server said "${line}" instead of where it is`);
  return origin;
}

async function stop(child: ChildProcess, dataDir: string): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) {
    const ended = once(child, 'exit');
    child.kill('SIGTERM');
    await ended;
  }
  await rm(dataDir, { recursive: true, force: true });
}

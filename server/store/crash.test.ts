/** A process that writes is killed (SIGKILL), at named moments and at random ones; what it was promised must be there. */
import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Ack, lossOf } from './crash-acks.ts';
import type { FailpointName } from './failpoint.ts';
import { openRegistryStore } from './open-registry-store.ts';
import { verifyRegistry } from './verify-registry.ts';

/** Each round on a folder of its own, so that the making of one is interrupted too: 200 kills in the slow lane. */
const rounds = process.env.CUTLINE_LANE === 'slow' ? 20 : 1;
const killsPerRound = process.env.CUTLINE_LANE === 'slow' ? 10 : 7;
const workload = fileURLToPath(new URL('crash-workload.ts', import.meta.url));
const projectDir = fileURLToPath(new URL('../..', import.meta.url));
const failpoints: readonly FailpointName[] = [
  'blob-temp-written',
  'blob-before-rename',
  'blob-renamed',
  'before-commit',
  'after-commit',
];

let dir: string;

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'cutline-crash-'));
});

afterEach(() => rmSync(dir, { recursive: true }));

/** Whole lines only: the last may have been cut off by the kill. */
function ackOf(line: string): Ack | null {
  try {
    return JSON.parse(line) as Ack;
  } catch {
    return null;
  }
}

/** Writes until the failpoint, or until `acksBeforeKill` writes were acknowledged. */
async function writeAndDie(
  dataDir: string,
  seed: number,
  failpoint: FailpointName | 'none',
  count: number,
): Promise<Ack[]> {
  const args = ['--import', 'tsx', workload, dataDir, String(seed), failpoint, String(count)];
  const child = spawn(process.execPath, args, { cwd: projectDir, stdio: ['ignore', 'pipe', 'pipe'] });
  const errors: string[] = [];
  child.stderr.on('data', (chunk: Buffer) => errors.push(chunk.toString()));
  const acks: Ack[] = [];
  const ended = new Promise<string | null>((resolve) =>
    child.once('exit', (_code, signal) => resolve(signal)),
  );
  for await (const line of createInterface({ input: child.stdout })) {
    const ack = ackOf(line);
    if (ack !== null) acks.push(ack);
    if (failpoint === 'none' && acks.length === count) child.kill('SIGKILL');
  }
  expect(await ended, errors.join('')).toBe('SIGKILL');
  return acks;
}

async function expectAllThere(dataDir: string, acks: readonly Ack[], where: string): Promise<number> {
  const store = await openRegistryStore({ dataDir });
  expect(lossOf(store, acks), where).toEqual([]);
  await store.close();
  const { faults, audit } = await verifyRegistry(dataDir);
  expect(faults, where).toEqual([]);
  return audit.events;
}

describe('a killed process', () => {
  const all = Array.from({ length: rounds }, (_, round) => round);

  it.each(all)('leaves every acknowledged write and nothing half done, round %d', async (round) => {
    const dataDir = join(dir, 'data');
    const acks: Ack[] = [];
    let events = 0;
    for (let index = 0; index < killsPerRound; index += 1) {
      const kill = round * killsPerRound + index;
      const failpoint = failpoints[kill % 7] ?? 'none';
      const count = 1 + ((kill * 37) % 60);
      acks.push(...(await writeAndDie(dataDir, kill + 1, failpoint, count)));
      events = await expectAllThere(dataDir, acks, `kill ${kill}: ${failpoint} ${count}`);
    }
    expect(acks.length).toBeGreaterThan(20);
    expect(events).toBeGreaterThanOrEqual(acks.length);
  });
});

/** Runs a command with a disk of 6 MiB over `disk`, which only that command sees and which goes with it. */
function onSmallDisk(disk: string, command: readonly string[]) {
  const mounted = 'mount -t tmpfs -o size=6m tmpfs "$1" && shift && exec "$@"';
  const args = ['-c', 'exec unshare -rm sh -c "$0" sh "$@"', mounted, disk, ...command];
  return spawnSync('sh', args, { cwd: projectDir, encoding: 'utf8' });
}

function canMount(): boolean {
  const probe = mkdtempSync(join(tmpdir(), 'cutline-mount-'));
  const { status } = onSmallDisk(probe, ['true']);
  rmSync(probe, { recursive: true });
  return status === 0;
}

describe('a real disk that is full', () => {
  it.skipIf(!canMount())('refuses, keeps what it acknowledged, and starts again', () => {
    const disk = join(dir, 'disk');
    mkdirSync(disk);
    const command = [process.execPath, '--import', 'tsx', workload, join(disk, 'data'), '1', 'fill'];
    const { stdout, stderr } = onSmallDisk(disk, command);
    expect(stderr).toBe('');
    const told = JSON.parse(stdout) as { acks: number; lost: string[]; faults: string[] };
    expect(told).toMatchObject({ lost: [], faults: [] });
    expect(told.acks).toBeGreaterThan(50);
  });
});

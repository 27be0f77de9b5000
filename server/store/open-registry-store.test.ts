/** Starting on a data folder: who may, what is put in order, what is refused. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { blobPath } from './blob-store.ts';
import { dataDirFrom } from './data-folder.ts';
import { SqlDatabase } from './database.ts';
import { openRegistryStore } from './open-registry-store.ts';
import { allOfIt, analyst, chunksOf, sha256Of, textOf, uploaded } from './sample-store.ts';

const projectDir = fileURLToPath(new URL('../..', import.meta.url));
const hour = 60 * 60 * 1000;
const labels = { description: '', tags: {} };
let dataDir: string;

beforeEach(() => {
  dataDir = join(mkdtempSync(join(tmpdir(), 'cutline-open-')), 'deep', 'data');
});

afterEach(() => rmSync(join(dataDir, '..', '..'), { recursive: true }));

describe('a data folder', () => {
  it('is CUTLINE_DATA, else .cutline of the working folder', () => {
    expect(dataDirFrom({ CUTLINE_DATA: '/srv/cutline' })).toBe('/srv/cutline');
    expect(dataDirFrom({ CUTLINE_DATA: '' })).toBe(join(process.cwd(), '.cutline'));
    expect(dataDirFrom({})).toBe(join(process.cwd(), '.cutline'));
  });

  it('is made, kept over a restart, and let go of at close', async () => {
    const store = await openRegistryStore({ dataDir });
    store.models.create(analyst, { name: 'pd', ...labels });
    const file = await uploaded(store, 'a', 'abc');
    const version = store.versions.create(analyst, 'pd', { ...labels, artifacts: [file] });
    await store.close();
    await store.close();
    // What was committed is in the database itself: its log is empty.
    expect(statSync(join(dataDir, 'registry.db-wal')).size).toBe(0);
    const again = await openRegistryStore({ dataDir });
    expect(again.versions.get('pd', 1)).toEqual(version);
    expect(await textOf(await again.blobs.open(file.sha256))).toBe('abc');
    expect(again.readiness()).toMatchObject({ writable: true, floorBytes: 256 * 1024 * 1024 });
    expect(again.readiness().freeBytes).toBeGreaterThan(0);
    await again.close();
  });

  it('is not writable once its folder is gone', async () => {
    const store = await openRegistryStore({ dataDir });
    rmSync(dataDir, { recursive: true });
    expect(store.readiness()).toMatchObject({ writable: false, freeBytes: 0 });
    await store.close();
  });

  it('waits at close for an upload under way', async () => {
    const store = await openRegistryStore({ dataDir });
    const upload = store.blobs.put(analyst, sha256Of('slow'), chunksOf('slow', 1), { maxBytes: 10 });
    await store.close();
    await expect(upload).resolves.toEqual({ size: 4, created: true });
  });

  it('is refused to a second server, with the number of the first', async () => {
    const store = await openRegistryStore({ dataDir });
    await expect(openRegistryStore({ dataDir })).rejects.toMatchObject({
      code: 'unusable',
      message: expect.stringContaining(`process ${process.pid}`),
    });
    store.models.create(analyst, { name: 'still-mine', ...labels });
    await store.close();
    await (await openRegistryStore({ dataDir })).close();
  });

  it('is refused while another process holds it, and free as soon as that is killed', async () => {
    const program = `import { openRegistryStore } from './server/store/open-registry-store.ts';
      await openRegistryStore({ dataDir: ${JSON.stringify(dataDir)} });
      console.log('open'); setInterval(() => {}, 1000);`;
    const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', program], {
      cwd: projectDir,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await once(child.stdout, 'data');
    await expect(openRegistryStore({ dataDir })).rejects.toMatchObject({
      code: 'unusable',
      message: expect.stringContaining(`process ${child.pid}`),
    });
    child.kill('SIGKILL');
    await once(child, 'exit');
    await (await openRegistryStore({ dataDir })).close();
  });

  it('of a newer release is refused, and left to it', async () => {
    await (await openRegistryStore({ dataDir })).close();
    const db = new SqlDatabase(join(dataDir, 'registry.db'));
    db.exec('PRAGMA user_version = 99');
    db.close();
    for (let attempt = 0; attempt < 2; attempt += 1) {
      await expect(openRegistryStore({ dataDir })).rejects.toMatchObject({
        code: 'unusable',
        message: expect.stringContaining('schema 99'),
      });
    }
  });

  it('that cannot be written is not said to be in use', async () => {
    mkdirSync(join(dataDir, 'server.lock'), { recursive: true });
    await expect(openRegistryStore({ dataDir })).rejects.toMatchObject({
      code: 'unusable',
      message: expect.stringContaining('cannot be written'),
    });
  });

  it('with a database that is none is refused', async () => {
    mkdirSync(dataDir, { recursive: true });
    writeFileSync(join(dataDir, 'registry.db'), 'x'.repeat(10_000));
    await expect(openRegistryStore({ dataDir })).rejects.toMatchObject({ code: 'unusable' });
  });
});

describe('the check at start', () => {
  it('refuses when bytes that were acknowledged are gone or cut short', async () => {
    const store = await openRegistryStore({ dataDir });
    const kept = await uploaded(store, 'a', 'abc');
    const lost = await uploaded(store, 'b', 'abcd');
    await store.close();
    const path = blobPath(dataDir, lost.sha256);
    rmSync(path);
    const expected = { code: 'unusable', message: expect.stringMatching(`^1 .*${lost.sha256}`) };
    await expect(openRegistryStore({ dataDir })).rejects.toMatchObject(expected);
    writeFileSync(path, 'abc');
    await expect(openRegistryStore({ dataDir })).rejects.toMatchObject(expected);
    rmSync(path);
    writeFileSync(path, 'abcd');
    const again = await openRegistryStore({ dataDir });
    expect(again.blobs.size(kept.sha256)).toBe(3);
    await again.close();
  });

  it('removes what an interrupted upload left', async () => {
    await (await openRegistryStore({ dataDir })).close();
    writeFileSync(join(dataDir, 'tmp', 'half'), 'half of an upload');
    const stray = blobPath(dataDir, 'ab'.repeat(32));
    const fresh = blobPath(dataDir, 'cd'.repeat(32));
    for (const path of [stray, fresh]) {
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, 'no row');
    }
    const dayAgo = (Date.now() - 25 * hour) / 1000;
    utimesSync(stray, dayAgo, dayAgo);
    await (await openRegistryStore({ dataDir })).close();
    expect(readdirSync(join(dataDir, 'tmp'))).toEqual([]);
    expect([stray, fresh].map((path) => existsSync(path))).toEqual([false, true]);
  });

  it('collects blobs that no version named for a day, never one that a version names', async () => {
    let now = Date.now();
    const clock = () => now;
    const store = await openRegistryStore({ dataDir, clock });
    const named = await uploaded(store, 'named', 'named');
    const unnamed = await uploaded(store, 'unnamed', 'unnamed');
    const wantedAgain = await uploaded(store, 'again', 'again');
    store.models.create(analyst, { name: 'pd', ...labels });
    store.versions.create(analyst, 'pd', { ...labels, artifacts: [named] });
    store.models.delete(analyst, 'pd');
    now += 23 * hour;
    await uploaded(store, 'again', 'again');
    await store.close();
    await (await openRegistryStore({ dataDir, clock })).close();
    expect(existsSync(blobPath(dataDir, unnamed.sha256))).toBe(true);
    now += 2 * hour;
    const later = await openRegistryStore({ dataDir, clock });
    const sizes = [named, unnamed, wantedAgain].map(({ sha256 }) => later.blobs.size(sha256));
    expect(sizes).toEqual([5, null, 5]);
    expect(existsSync(blobPath(dataDir, unnamed.sha256))).toBe(false);
    expect(later.audit.list(allOfIt).items[0]).toMatchObject({
      action: 'blob.collect',
      object: `blobs/${unnamed.sha256}`,
      actor: 'system',
      before: { size: 7 },
    });
    expect((await later.audit.verify()).valid).toBe(true);
    await later.close();
  });
});

/** Backup, restore and verification, through the functions and through `npm run registry`. */
import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { backUp } from './backup.ts';
import { readManifest } from './backup-manifest.ts';
import { blobPath } from './blob-store.ts';
import { SqlDatabase } from './database.ts';
import { openRegistryStore } from './open-registry-store.ts';
import type { RegistryStore } from './registry-store.ts';
import { restore } from './restore.ts';
import { allOfIt, analyst, chunksOf, sampleDecision, sha256Of, textOf, uploaded } from './sample-store.ts';
import { verifyRegistry } from './verify-registry.ts';

const projectDir = fileURLToPath(new URL('../..', import.meta.url));
const labels = { description: '', tags: {} };
let dir: string;
let dataDir: string;
let backupDir: string;
let store: RegistryStore;

beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), "cutline-back'up-"));
  dataDir = join(dir, 'data');
  backupDir = join(dir, 'backup');
  store = await openRegistryStore({ dataDir });
  await fill(store, 'one');
});

afterEach(async () => {
  await store.close();
  rmSync(dir, { recursive: true });
});

async function fill(target: RegistryStore, label: string): Promise<void> {
  const files = [
    await uploaded(target, 'model.onnx', `${label} model`),
    await uploaded(target, 'a/b.json', '{}'),
  ];
  target.models.create(analyst, { name: label, ...labels });
  target.versions.create(analyst, label, { ...labels, artifacts: files });
  target.documents.put(analyst, 'scenario', label, { label }, 'any');
  target.documents.put(analyst, 'scenario', label, { label, more: true }, 'any');
  target.documents.delete(analyst, 'scenario', label, 2);
  target.documents.put(analyst, 'policy', label, [1, 2], 'any');
  target.decisions.create(analyst, sampleDecision);
  target.datasets.put(analyst, sha256Of(label), {
    name: label,
    byteLength: 1,
    rowCount: 1,
    columns: [],
    description: '',
  });
}

/** Everything that the store answers. */
async function contentOf(target: RegistryStore): Promise<unknown> {
  const models = target.models.list(allOfIt).items;
  const versions = models.flatMap(({ name }) => target.versions.list(name, allOfIt).items);
  const files = versions.flatMap(({ artifacts }) => artifacts);
  return {
    models,
    versions,
    bytes: await Promise.all(files.map(async ({ sha256 }) => textOf(await target.blobs.open(sha256)))),
    datasets: target.datasets.list(allOfIt).items,
    decisions: target.decisions.list(allOfIt).items,
    documents: target.documents
      .list(null, allOfIt)
      .items.map(({ kind, name }) => target.documents.get(kind, name)),
    revisions: target.documents.revisions('scenario', 'one', allOfIt).items,
    audit: target.audit.list(allOfIt).items,
  };
}

async function restoredContent(): Promise<unknown> {
  const other = await openRegistryStore({ dataDir: join(dir, 'restored') });
  const content = await contentOf(other);
  await other.close();
  return content;
}

describe('a backup', () => {
  it('of a running registry restores to the same registry', async () => {
    const made = await backUp(dataDir, backupDir, 5);
    const { events, headHash } = await store.audit.verify();
    expect(made).toMatchObject({ createdAt: 5, schemaVersion: 1, audit: { events, headHash } });
    expect(made.blobs.map(({ sha256 }) => sha256)).toEqual([sha256Of('one model'), sha256Of('{}')].sort());
    expect(await readManifest(backupDir)).toEqual(made);
    expect(readdirSync(backupDir).sort()).toEqual(['blobs', 'manifest.json', 'registry.db']);
    await restore(backupDir, join(dir, 'restored'));
    expect((await verifyRegistry(join(dir, 'restored'))).faults).toEqual([]);
    expect(await restoredContent()).toEqual(await contentOf(store));
    store.models.create(analyst, { name: 'goes-on', ...labels });
  });

  it('is a snapshot of one moment while the registry is written to', async () => {
    let writing = true;
    const writer = (async () => {
      for (let number = 0; writing; number += 1) {
        const text = `written meanwhile ${number}`;
        await store.blobs.put(analyst, sha256Of(text), chunksOf(text), { maxBytes: 100 });
        store.models.create(analyst, { name: text, ...labels });
        const artifacts = [{ path: 'm', size: text.length, sha256: sha256Of(text) }];
        store.versions.create(analyst, text, { ...labels, artifacts });
      }
    })();
    for (let round = 0; round < 3; round += 1) {
      const target = join(dir, `backup-${round}`);
      const { audit } = await backUp(dataDir, target, 0);
      await restore(target, join(dir, `restored-${round}`));
      const report = await verifyRegistry(join(dir, `restored-${round}`));
      expect(report).toMatchObject({ faults: [], audit });
    }
    writing = false;
    await writer;
  });

  it('leaves the original unharmed when the copy is damaged', async () => {
    await backUp(dataDir, backupDir, 0);
    const path = blobPath(backupDir, sha256Of('{}'));
    chmodSync(path, 0o640);
    writeFileSync(path, '[]');
    expect((await verifyRegistry(dataDir)).faults).toEqual([]);
  });

  it('is refused into a folder that holds something, and where there is no registry', async () => {
    mkdirSync(backupDir);
    writeFileSync(join(backupDir, 'mine'), '');
    await expect(backUp(dataDir, backupDir, 0)).rejects.toMatchObject({ code: 'exists' });
    await expect(backUp(join(dir, 'none'), join(dir, 'b'), 0)).rejects.toMatchObject({ code: 'unusable' });
    expect(readdirSync(dir).sort()).toEqual(['backup', 'data']);
  });

  it('is refused when a blob is damaged or gone, naming it', async () => {
    const path = blobPath(dataDir, sha256Of('{}'));
    rmSync(path);
    await expect(backUp(dataDir, backupDir, 0)).rejects.toMatchObject({
      code: 'unusable',
      message: expect.stringContaining(sha256Of('{}')),
    });
    expect(existsSync(join(backupDir, 'manifest.json'))).toBe(false);
    writeFileSync(path, '[]');
    await expect(backUp(dataDir, join(dir, 'second'), 0)).rejects.toMatchObject({
      message: expect.stringContaining('damaged'),
    });
    rmSync(path);
    writeFileSync(path, '{}');
  });

  it('goes without an upload that a starting server has just collected', async () => {
    const unnamed = await uploaded(store, 'x', 'never named');
    rmSync(blobPath(dataDir, unnamed.sha256));
    const { blobs } = await backUp(dataDir, backupDir, 0);
    expect(blobs).toHaveLength(2);
    await restore(backupDir, join(dir, 'restored'));
    expect((await verifyRegistry(join(dir, 'restored'))).faults).toEqual([]);
    await uploaded(store, 'x', 'never named');
  });
});

describe('a restore', () => {
  it('refuses a folder that holds something', async () => {
    await backUp(dataDir, backupDir, 0);
    const before = await contentOf(store);
    await expect(restore(backupDir, dataDir)).rejects.toMatchObject({ code: 'exists' });
    expect(await contentOf(store)).toEqual(before);
  });

  it('refuses what is no finished backup', async () => {
    await backUp(dataDir, backupDir, 0);
    writeFileSync(join(backupDir, 'manifest.json'), '{"format":2}');
    await expect(restore(backupDir, join(dir, 'r'))).rejects.toMatchObject({ code: 'unusable' });
    rmSync(join(backupDir, 'manifest.json'));
    await expect(restore(backupDir, join(dir, 'r'))).rejects.toThrow(/no finished backup/);
    expect(existsSync(join(dir, 'r'))).toBe(false);
  });

  it.each([
    ['a blob', () => blobPath(backupDir, sha256Of('{}'))],
    ['the database', () => join(backupDir, 'registry.db')],
  ])('refuses when %s is damaged, and no server starts on the half of it', async (_what, pathOf) => {
    await backUp(dataDir, backupDir, 0);
    const path = pathOf();
    const bytes = readFileSync(path);
    bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 1;
    chmodSync(path, 0o640);
    writeFileSync(path, bytes);
    await expect(restore(backupDir, join(dir, 'r'))).rejects.toThrow(/damaged/);
    await expect(openRegistryStore({ dataDir: join(dir, 'r') })).rejects.toThrow(/did not end/);
  });
});

describe('verification', () => {
  /** As someone would who has the file, and knows of the triggers. */
  function tamper(sql: string): void {
    const db = new SqlDatabase(join(dataDir, 'registry.db'));
    db.exec('PRAGMA foreign_keys = OFF');
    db.exec(sql);
    db.close();
  }

  it('finds nothing in a registry as it was written', async () => {
    expect(await verifyRegistry(dataDir)).toMatchObject({ faults: [], blobs: 2, trees: 1 });
  });

  it.each([
    ['DROP TRIGGER audit_events_stay', /trigger audit_events_stay/],
    [
      "DROP TRIGGER audit_events_stay; UPDATE audit_events SET actor = 'x' WHERE seq = 3",
      /breaks at event 3/,
    ],
    [
      "DROP TRIGGER decisions_stay; UPDATE decisions SET body = '{}'",
      /decisions\/d-.* is not what the audit log/,
    ],
    ['DROP TRIGGER decisions_remain; DELETE FROM decisions', /decisions\/d-.* is in the audit log and gone/],
    ["INSERT INTO decisions VALUES (9, 'd-9', '{}', 0, 'x')", /d-9 has no event/],
    [
      "DROP TRIGGER documents_stay; UPDATE documents SET body = '1' WHERE body NOT NULL",
      /documents\/policy\/one\/revisions\/1 is not/,
    ],
    ["DROP TRIGGER trees_stay; UPDATE trees SET manifest = '[]'", /manifest of tree/],
    ["DROP TRIGGER tree_entries_stay; UPDATE tree_entries SET path = 'z' || path", /files of tree/],
    ['DELETE FROM model_versions', /models\/one\/versions\/1 is in the audit log and gone/],
    ['DELETE FROM blobs', /row of tree_entries points to a row of blobs/],
  ])('finds %s', async (sql, fault) => {
    tamper(sql);
    expect((await verifyRegistry(dataDir)).faults).toContainEqual(expect.stringMatching(fault));
  });

  it('finds a damaged blob and one that is gone', async () => {
    const path = blobPath(dataDir, sha256Of('{}'));
    chmodSync(path, 0o640);
    writeFileSync(path, '[]');
    rmSync(blobPath(dataDir, sha256Of('one model')));
    const { faults } = await verifyRegistry(dataDir);
    expect(faults.toSorted()).toEqual(
      [
        `Blob ${sha256Of('{}')} is damaged: its bytes have another digest.`,
        `Blob ${sha256Of('one model')} is gone.`,
      ].sort(),
    );
  });
});

describe('npm run registry', () => {
  function registry(args: readonly string[], data = dataDir) {
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      ['--import', 'tsx', join(projectDir, 'server/registry-cli.ts'), ...args],
      { cwd: projectDir, env: { ...process.env, CUTLINE_DATA: data }, encoding: 'utf8' },
    );
    return { status, stdout, stderr };
  }

  it('backs up a running registry, restores and verifies it', async () => {
    const { headHash, events } = await store.audit.verify();
    const restored = join(dir, 'restored');
    expect(registry(['backup', backupDir])).toEqual({
      status: 0,
      stdout: `Backed up ${dataDir} to ${backupDir}: ${events} audit events, 2 blobs. Audit head ${headHash}.\n`,
      stderr: '',
    });
    const { status, stdout } = registry(['restore', backupDir, '--verify'], restored);
    expect(status).toBe(0);
    expect(stdout).toMatch(new RegExp(`All is as it was written: ${events} audit events, 1 trees, 2 blobs`));
    expect(await restoredContent()).toEqual(await contentOf(store));
  });

  it('ends with 1 on faults, with 2 on a refusal, and says which', () => {
    const path = blobPath(dataDir, sha256Of('{}'));
    chmodSync(path, 0o640);
    writeFileSync(path, '[]');
    expect(registry(['verify'])).toMatchObject({
      status: 1,
      stdout: expect.stringMatching(/^1 fault.*\n.*damaged/),
    });
    expect(registry(['restore', backupDir])).toMatchObject({
      status: 2,
      stderr: expect.stringMatching(/no finished/),
    });
    expect(registry(['erase', 'x'])).toMatchObject({ status: 2, stderr: expect.stringMatching(/^Usage/) });
  });
});

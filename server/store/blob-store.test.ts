/** Uploads into a real folder, through a file system that keeps its promises and through ones that break them. */
import { once } from 'node:events';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type BlobFs, nodeFs } from './blob-fs.ts';
import { BlobStore, blobPath } from './blob-store.ts';
import { chunksOf, sha256Of, textOf } from './sample-store.ts';

let dataDir: string;

beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'cutline-blobs-'));
  for (const part of ['tmp', 'blobs']) mkdirSync(join(dataDir, part));
});

afterEach(() => rmSync(dataDir, { recursive: true }));

function storeOn(fs: Partial<BlobFs> = {}, floorBytes = 0): BlobStore {
  return new BlobStore({ dataDir, fs: { ...nodeFs, ...fs }, floorBytes, failpoint: () => undefined });
}

function errno(code: string): Error {
  return Object.assign(new Error(code), { code });
}

/** A file system whose files write as `write` says. */
function writing(
  write: (bytes: Uint8Array, real: (bytes: Uint8Array) => Promise<number>) => Promise<number>,
) {
  return {
    create: async (path: string, mode: number) => {
      const file = await nodeFs.create(path, mode);
      return { ...file, write: (bytes: Uint8Array) => write(bytes, file.write) };
    },
  };
}

const text = 'a model of some length '.repeat(200);
const sha256 = sha256Of(text);
const limits = { maxBytes: 10_000 };

function expectNothingLeft(): void {
  expect(readdirSync(join(dataDir, 'tmp'))).toEqual([]);
  expect(existsSync(blobPath(dataDir, sha256))).toBe(false);
}

describe('a write', () => {
  it('puts the bytes under their digest, for reading only', async () => {
    const { size } = await storeOn().write(chunksOf(text), sha256, { ...limits, expectedSize: 4600 });
    expect(size).toBe(4600);
    const path = join(dataDir, 'blobs', sha256.slice(0, 2), sha256.slice(2, 4), sha256);
    expect(readFileSync(path, 'utf8')).toBe(text);
    expect(statSync(path).mode & 0o777).toBe(0o440);
    expect(readdirSync(join(dataDir, 'tmp'))).toEqual([]);
  });

  it('takes an empty blob', async () => {
    const none = sha256Of('');
    expect(await storeOn().write(chunksOf(''), none, limits)).toEqual({ size: 0 });
    expect(await textOf(await storeOn().open(none, 0))).toBe('');
  });

  it('may come twice at once', async () => {
    const store = storeOn();
    await Promise.all([1, 2, 3].map(() => store.write(chunksOf(text), sha256, limits)));
    expect(readFileSync(blobPath(dataDir, sha256), 'utf8')).toBe(text);
    expect(readdirSync(join(dataDir, 'tmp'))).toEqual([]);
  });

  it('heals a blob that was damaged', async () => {
    const store = storeOn();
    await store.write(chunksOf(text), sha256, limits);
    chmodSync(blobPath(dataDir, sha256), 0o640);
    writeFileSync(blobPath(dataDir, sha256), 'rot');
    await store.write(chunksOf(text), sha256, limits);
    expect(readFileSync(blobPath(dataDir, sha256), 'utf8')).toBe(text);
  });

  it.each([
    ['other bytes than the digest says', 'f'.repeat(64), limits, 'invalid', 'sha256'],
    ['fewer bytes than announced', sha256, { ...limits, expectedSize: 4601 }, 'invalid', 'size'],
    ['more bytes than announced', sha256, { ...limits, expectedSize: 4599 }, 'invalid', 'size'],
    ['more than allowed while they come', sha256, { maxBytes: 4599 }, 'too-large', ''],
    ['more than allowed by announcement', sha256, { maxBytes: 10, expectedSize: 4600 }, 'too-large', ''],
  ])('refuses %s', async (_what, digest, given, code, place) => {
    await expect(storeOn().write(chunksOf(text), digest, given)).rejects.toMatchObject({ code, place });
    expectNothingLeft();
    expect(existsSync(blobPath(dataDir, digest))).toBe(false);
  });

  it('takes as many bytes as allowed', async () => {
    expect(await storeOn().write(chunksOf(text), sha256, { maxBytes: 4600 })).toEqual({ size: 4600 });
  });

  it('passes on that the client went away, and leaves nothing', async () => {
    async function* broken() {
      yield Buffer.from(text.slice(0, 1000));
      throw errno('ECONNRESET');
    }
    await expect(storeOn().write(broken(), sha256, limits)).rejects.toMatchObject({ code: 'ECONNRESET' });
    expectNothingLeft();
  });
});

describe('a file system that breaks its promises', () => {
  it('may write any part of what it is given', async () => {
    let calls = 0;
    const short = writing((bytes, real) => {
      calls += 1;
      return real(bytes.subarray(0, Math.min(bytes.length, 1 + (calls % 7))));
    });
    await storeOn(short).write(chunksOf(text), sha256, limits);
    expect(readFileSync(blobPath(dataDir, sha256), 'utf8')).toBe(text);
    expect(calls).toBeGreaterThan(1000);
  });

  it.each(['ENOSPC', 'EDQUOT'])('is full (%s) in the middle', async (code) => {
    let calls = 0;
    const full = writing(async (bytes, real) => {
      calls += 1;
      if (calls === 3) throw errno(code);
      return real(bytes);
    });
    await expect(storeOn(full).write(chunksOf(text), sha256, limits)).rejects.toMatchObject({
      name: 'StoreError',
      code: 'disk-full',
    });
    expectNothingLeft();
  });

  it('takes nothing any more', async () => {
    const stuck = writing(async () => 0);
    await expect(storeOn(stuck).write(chunksOf(text), sha256, limits)).rejects.toMatchObject({
      code: 'disk-full',
    });
    expectNothingLeft();
  });

  it('fails to write', async () => {
    const failing = writing(async () => {
      throw errno('EIO');
    });
    await expect(storeOn(failing).write(chunksOf(text), sha256, limits)).rejects.toMatchObject({
      code: 'EIO',
    });
    expectNothingLeft();
  });

  it('fails to flush: the bytes never get their name', async () => {
    const failing: Partial<BlobFs> = {
      create: async (path, mode) => ({
        ...(await nodeFs.create(path, mode)),
        datasync: async () => {
          throw errno('EIO');
        },
      }),
    };
    await expect(storeOn(failing).write(chunksOf(text), sha256, limits)).rejects.toMatchObject({
      code: 'EIO',
    });
    expectNothingLeft();
  });

  it('fails to flush a folder once: the write is not acknowledged, the next one is', async () => {
    let failures = 1;
    const store = storeOn({
      syncDir: async (path) => {
        failures -= 1;
        if (failures >= 0) throw errno('EIO');
        await nodeFs.syncDir(path);
      },
    });
    await expect(store.write(chunksOf(text), sha256, limits)).rejects.toMatchObject({ code: 'EIO' });
    expectNothingLeft();
    expect(await store.write(chunksOf(text), sha256, limits)).toEqual({ size: 4600 });
  });
});

describe('the floor of free space', () => {
  it('refuses before the disk is full, by announcement and while bytes come', async () => {
    let free = 10_000;
    const store = storeOn({ freeBytes: async () => free }, 6000);
    await expect(
      store.write(chunksOf(text), sha256, { ...limits, expectedSize: 4600 }),
    ).rejects.toMatchObject({
      code: 'disk-full',
    });
    async function* endless() {
      for (;;) {
        free = 5999;
        yield Buffer.alloc(1024 * 1024);
      }
    }
    await expect(store.write(endless(), sha256, { maxBytes: 1e9 })).rejects.toMatchObject({
      code: 'disk-full',
    });
    expectNothingLeft();
  });

  it('takes one of two that come at once and have not both room', async () => {
    const store = storeOn({ freeBytes: async () => 10_000 }, 1000);
    const given = { ...limits, expectedSize: 4600 };
    const both = [1, 2].map(() => store.write(chunksOf(text), sha256, given));
    const codes = (await Promise.allSettled(both)).map((end) =>
      end.status === 'rejected' ? end.reason.code : 'kept',
    );
    expect(codes).toContain('disk-full');
    expect(await store.write(chunksOf(text), sha256, given)).toEqual({ size: 4600 });
  });

  it('counts what uploads under way have announced, and forgets them when they end', async () => {
    const store = storeOn({ freeBytes: async () => 10_000 }, 1000);
    const end = new PassThrough();
    const released = once(end, 'finish');
    async function* slow() {
      yield Buffer.from(text.slice(0, 100));
      await released;
      yield Buffer.from(text.slice(100));
    }
    const given = { ...limits, expectedSize: 4600 };
    const first = store.write(slow(), sha256, given);
    await vi.waitUntil(() => readdirSync(join(dataDir, 'tmp')).length === 1);
    await expect(store.write(chunksOf(text), sha256, given)).rejects.toMatchObject({ code: 'disk-full' });
    end.end();
    await first;
    expect(await store.write(chunksOf(text), sha256, given)).toEqual({ size: 4600 });
    await expect(store.write(chunksOf('x'), sha256, given)).rejects.toMatchObject({ code: 'invalid' });
    expect(await store.write(chunksOf(text), sha256, given)).toEqual({ size: 4600 });
  });
});

describe('a read', () => {
  it('gives bytes from start up to end', async () => {
    const store = storeOn();
    await store.write(chunksOf(text), sha256, limits);
    expect(await textOf(await store.open(sha256, 4600))).toBe(text);
    expect(await textOf(await store.open(sha256, 4600, { start: 2, end: 7 }))).toBe('model');
    expect(await textOf(await store.open(sha256, 4600, { start: 4599, end: 4600 }))).toBe(' ');
    expect(await textOf(await store.open(sha256, 4600, { start: 7, end: 7 }))).toBe('');
  });

  it.each([
    [-1, 2],
    [3, 2],
    [0, 4601],
    [Number.NaN, 2],
  ])('refuses the range %d to %d', async (start, end) => {
    await expect(storeOn().open(sha256, 4600, { start, end })).rejects.toMatchObject({ code: 'invalid' });
  });
});

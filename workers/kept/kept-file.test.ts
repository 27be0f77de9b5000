import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CanceledError } from '../../src/core/errors.ts';
import {
  type ByteSink,
  keptFileBytes,
  lastUsedOf,
  markUsed,
  openKeptFile,
  PIECE_BYTES,
  writeKeptFile,
} from './kept-file.ts';
import type { KeptLabel } from './kept-label.ts';

const numRuns = process.env.CUTLINE_LANE === 'slow' ? 5000 : 200;
const label: KeptLabel = { kind: 'model', id: 'ab', name: 'ein Modell, "größer".onnx' };
const go = () => Promise.resolve();

/** A file in memory that remembers in what order it was written. */
class MemoryFile implements ByteSink {
  bytes = new Uint8Array(0);
  readonly writes: number[] = [];
  write(bytes: Uint8Array, at: number): void {
    const longer = new Uint8Array(Math.max(this.bytes.length, at + bytes.length));
    longer.set(this.bytes);
    longer.set(bytes, at);
    this.bytes = longer;
    this.writes.push(at);
  }
}

async function written(sections: readonly Uint8Array[], name: KeptLabel = label): Promise<MemoryFile> {
  const file = new MemoryFile();
  await writeKeptFile(file, name, sections, 1, go);
  return file;
}

/** Everything of a file; null when any of it is not whole. */
async function readAll(bytes: Uint8Array<ArrayBuffer>) {
  const reader = await openKeptFile(new Blob([bytes]));
  if (reader === null) return null;
  const sections = reader.sectionBytes.map((length) => new Uint8Array(length));
  for (const [i, into] of sections.entries()) if (!(await reader.readSection(i, into))) return null;
  return { label: reader.label, sections };
}

const noise = (length: number) => Uint8Array.from({ length }, (_, i) => (i * 31 + (i >>> 9)) & 255);

describe('kept file', () => {
  it('law: brings back label and sections, and is as long as foretold', async () => {
    const sections = fc.array(fc.uint8Array({ maxLength: 40 }), { maxLength: 6 });
    await fc.assert(
      fc.asyncProperty(fc.string(), sections, async (id, parts) => {
        const own: KeptLabel = { kind: 'table', id, name: id, shape: { rowCount: 3, columnCount: 2 } };
        const { bytes } = await written(parts, own);
        expect(bytes.length).toBe(keptFileBytes(own, parts));
        expect(await readAll(bytes)).toEqual({
          label: own,
          sections: parts.map((part) => new Uint8Array(part)),
        });
      }),
      { numRuns },
    );
  });

  it('cuts long sections into pieces, also in shared memory, and tells how far it is', async () => {
    const long = new Uint8Array(new SharedArrayBuffer(PIECE_BYTES + 5));
    long.set(noise(long.length));
    const file = new MemoryFile();
    const told: number[] = [];
    await writeKeptFile(file, label, [long, noise(3)], 1, async (done) => void told.push(done));
    expect(told).toEqual([PIECE_BYTES, PIECE_BYTES + 5, PIECE_BYTES + 8]);
    const back = await readAll(file.bytes);
    // Compared as buffers: element by element takes most of a minute.
    expect(back?.sections.map((section, i) => Buffer.compare(section, [long, noise(3)][i]!))).toEqual([0, 0]);
  });

  it('writes the header last: whatever ends the writing before leaves no file that is read', async () => {
    const { writes } = await written([noise(10), noise(20)]);
    expect(writes.at(-1)).toBe(0);
    expect(writes.indexOf(0)).toBe(writes.length - 1);
    const half = new MemoryFile();
    const stop = (done: number) => (done > 10 ? Promise.reject(new CanceledError()) : go());
    await expect(writeKeptFile(half, label, [noise(10), noise(20)], 1, stop)).rejects.toThrow(CanceledError);
    expect(half.bytes.length).toBeGreaterThan(30);
    expect(await readAll(half.bytes)).toBeNull();
  });

  it('remembers when it was used, and is whole whatever stands there', async () => {
    const file = await written([noise(10)]);
    const whole = await readAll(file.bytes);
    markUsed(file, 1.7e12);
    expect(await lastUsedOf(new Blob([file.bytes]))).toBe(1.7e12);
    expect((await openKeptFile(new Blob([file.bytes])))?.lastUsedMs).toBe(1.7e12);
    expect(await readAll(file.bytes)).toEqual(whole);
    for (const ms of [Number.NaN, -5, Infinity]) {
      markUsed(file, ms);
      expect((await openKeptFile(new Blob([file.bytes])))?.lastUsedMs).toBe(0);
    }
    for (const bytes of [noise(5), noise(64), new Uint8Array(100)])
      expect(await lastUsedOf(new Blob([bytes]))).toBe(0);
  });

  it('is null for what was never one', async () => {
    for (const bytes of [new Uint8Array(0), new Uint8Array(63), new Uint8Array(64), noise(5000)])
      expect(await readAll(bytes)).toBeNull();
    // Lengths that reach beyond the file, or to nowhere.
    const { bytes } = await written([noise(10)]);
    for (const value of [Number.NaN, -1, Infinity, 2 ** 53]) {
      const wrong = bytes.slice();
      new DataView(wrong.buffer).setFloat64(16, value, true);
      expect(await readAll(wrong)).toBeNull();
    }
  });

  it('law: one changed byte, a cut anywhere, or bytes more, and it is ignored', async () => {
    const { bytes } = await written([noise(200), noise(0), noise(33)]);
    // All but the time of use.
    const at = fc.integer({ min: 0, max: bytes.length - 1 }).filter((index) => index < 56 || index >= 64);
    const damage = fc.asyncProperty(at, fc.integer({ min: 1, max: 255 }), async (index, flip) => {
      const damaged = bytes.slice();
      damaged[index] = damaged[index]! ^ flip;
      expect(await readAll(damaged)).toBeNull();
      expect(await readAll(bytes.slice(0, index))).toBeNull();
      expect(await readAll(Uint8Array.of(...bytes, flip))).toBeNull();
    });
    await fc.assert(damage, { numRuns });
  });
});

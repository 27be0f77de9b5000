import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FormatError } from '../../core/errors.ts';
import { encodeUtf8 } from '../../core/table/utf8.ts';
import { readCsv } from './csv.ts';
import { unpacked } from './gzip.ts';

const numRuns = process.env.CUTLINE_LANE === 'slow' ? 3000 : 100;

async function* pieces(bytes: Uint8Array, length: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += length) yield bytes.subarray(at, at + length);
}

async function unpack(bytes: Uint8Array, length = 1 << 20): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  for await (const part of unpacked(pieces(bytes, length), 'x.csv.gz')) parts.push(part);
  return Uint8Array.from(Buffer.concat(parts));
}

const text = encodeUtf8(`a,b\n${Array.from({ length: 5000 }, (_, i) => `${i},v${i % 7}`).join('\n')}`);

describe('gzip', () => {
  it('unpacks what Node packed, at any cut, and passes other bytes through', async () => {
    for (const length of [1, 7, 10_000, 1 << 20]) {
      expect(await unpack(gzipSync(text), length)).toEqual(text);
      expect(await unpack(text.subarray(0, 5000), length)).toEqual(text.subarray(0, 5000));
    }
    expect(await unpack(Uint8Array.of(7))).toEqual(Uint8Array.of(7));
    expect(await unpack(gzipSync(''))).toEqual(new Uint8Array(0));
  });

  it('unpacks several members, and stored blocks', async () => {
    const half = text.length >> 1;
    const members = Buffer.concat([
      gzipSync(text.subarray(0, half)),
      gzipSync(''),
      gzipSync(text.subarray(half), { level: 0 }),
    ]);
    for (const length of [1, 100, 1 << 20]) expect(await unpack(members, length)).toEqual(text);
  });

  it('opens as a table and counts the bytes of the archive', async () => {
    const archive = gzipSync(text);
    const read = await readCsv(pieces(archive, 1000), { name: 'x.csv.gz' });
    expect([read.compression, read.byteLength, read.table.rowCount]).toEqual(['gzip', archive.length, 5000]);
  });

  it('refuses every truncation, every changed trailer, and trailing rubbish', async () => {
    const archive = gzipSync(text.subarray(0, 3000));
    const corrupt = { name: 'FormatError', code: 'corrupt-gzip' };
    for (let length = 2; length < archive.length; length += 17) {
      await expect(unpack(archive.subarray(0, length))).rejects.toMatchObject(corrupt);
    }
    for (let back = 1; back <= 9; back++) {
      await expect(unpack(archive.subarray(0, archive.length - back))).rejects.toMatchObject(corrupt);
      const changed = Uint8Array.from(archive);
      changed[changed.length - back] = changed[changed.length - back]! ^ 4;
      await expect(unpack(changed)).rejects.toMatchObject(corrupt);
    }
    await expect(unpack(Buffer.concat([archive, Buffer.from('rubbish')]))).rejects.toMatchObject(corrupt);
    const second = Buffer.concat([archive, gzipSync('more').subarray(0, 15)]);
    await expect(unpack(second)).rejects.toMatchObject(corrupt);
  });

  it('refuses or unpacks to the same bytes after any mutation', async () => {
    const archive = Uint8Array.from(gzipSync(text.subarray(0, 2000)));
    await fc.assert(
      fc.asyncProperty(
        fc.nat({ max: archive.length - 1 }),
        fc.integer({ min: 1, max: 255 }),
        async (at, flip) => {
          const changed = archive.slice();
          changed[at] = changed[at]! ^ flip;
          const result = await unpack(changed).catch((error: unknown) => error);
          if (result instanceof FormatError) expect(result.code).toBe('corrupt-gzip');
          // The header's time, level and system may change; then the content is whole. Without the magic bytes it is no gzip.
          else expect(at < 2 ? changed : text.subarray(0, 2000)).toEqual(result);
        },
      ),
      { numRuns },
    );
  });

  it('keeps its output bounded: 100 MB of zeros come in pieces', async () => {
    const bomb = gzipSync(Buffer.alloc(100_000_000));
    let largest = 0;
    let total = 0;
    for await (const part of unpacked(pieces(bomb, 1 << 20), 'bomb.gz')) {
      largest = Math.max(largest, part.length);
      total += part.length;
    }
    expect(total).toBe(100_000_000);
    expect(largest).toBeLessThan(40_000_000);
  });
});

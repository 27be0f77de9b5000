import { openAsBlob } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { encodeUtf8 } from '../../core/table/utf8.ts';
import { chunksOf } from './chunks.ts';
import { matchTable, openTable } from './open-table.ts';

describe('matchTable', () => {
  it('knows text and gzip, and no binary file', () => {
    expect(matchTable(encodeUtf8('a,b\n1,2\n'))).toBe('CSV');
    expect(matchTable(gzipSync('a,b\n1,2\n'))).toBe('CSV');
    expect(matchTable(encodeUtf8('PAR1'))).toBeNull();
    expect(matchTable(Uint8Array.of(1, 2, 0, 3))).toBeNull();
    expect(matchTable(new Uint8Array(0))).toBeNull();
  });
});

describe('openTable', () => {
  it('opens a file of the disk', async () => {
    const source = await openAsBlob(new URL('../../../fixtures/credit_data/data_raw.csv', import.meta.url));
    const read = await openTable(source, { name: 'data_raw.csv' });
    expect([read.format, read.table.rowCount, read.byteLength]).toEqual(['CSV (comma)', 4454, source.size]);
  });

  it('refuses what no format claims, by name', async () => {
    const open = (bytes: BlobPart) => openTable(new Blob([bytes]), { name: 'x' });
    await expect(open('PAR1')).rejects.toMatchObject({
      code: 'not-a-table',
      message: expect.stringContaining('Parquet'),
    });
    await expect(open('')).rejects.toMatchObject({ code: 'empty-file' });
  });

  it('refuses an archive of something else than a table', async () => {
    const source = new Blob([gzipSync('PAR1')]);
    await expect(openTable(source, { name: 'x' })).rejects.toMatchObject({ code: 'not-a-table' });
  });
});

describe('chunksOf', () => {
  it('gives all bytes in order, at any chunk size', async () => {
    const bytes = Uint8Array.from({ length: 1000 }, (_, i) => i % 251);
    for (const chunkBytes of [1, 7, 999, 1000, 1001]) {
      const parts: Uint8Array[] = [];
      for await (const part of chunksOf(new Blob([bytes]), chunkBytes)) parts.push(part);
      expect(Uint8Array.from(Buffer.concat(parts))).toEqual(bytes);
    }
    const none: Uint8Array[] = [];
    for await (const part of chunksOf(new Blob([]))) none.push(part);
    expect(none).toEqual([]);
  });
});

import { openAsBlob } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { cellText } from '../../core/table/column-access.ts';
import { encodeUtf8 } from '../../core/table/utf8.ts';
import { chunksOf } from './chunks.ts';
import { CsvParser } from './csv-parser.ts';
import { matchTable, openTable, outlineTable } from './open-table.ts';
import { readText } from './text-parser.ts';

const open = (bytes: BlobPart, options = {}) => openTable(new Blob([bytes]), { name: 'x', ...options });
const outline = (bytes: BlobPart) => outlineTable(new Blob([bytes]), { name: 'x' });

describe('matchTable', () => {
  it('knows each format by its first bytes, and no other binary file', () => {
    expect(matchTable(encodeUtf8('a,b\n1,2\n'))).toBe('CSV');
    expect(matchTable(gzipSync('a,b\n1,2\n'))).toBe('CSV');
    expect(matchTable(encodeUtf8('PAR1'))).toBe('Parquet');
    expect(matchTable(encodeUtf8('ARROW1'))).toBe('Arrow');
    expect(matchTable(Uint8Array.of(255, 255, 255, 255, 0, 1, 0, 0))).toBe('Arrow');
    expect(matchTable(encodeUtf8(' \n{ "a": 1}'))).toBe('JSON lines');
    expect(matchTable(encodeUtf8('{a},b\n1,2'))).toBe('CSV');
    expect(matchTable(encodeUtf8('SQLite format 3'))).toBeNull();
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
    await expect(open('SQLite format 3')).rejects.toMatchObject({
      code: 'not-a-table',
      message: expect.stringContaining('SQLite'),
    });
    await expect(open('PAR1')).rejects.toMatchObject({ code: 'corrupt-parquet' });
    await expect(open('[{"a": 1}]')).rejects.toMatchObject({
      code: 'not-a-table',
      advice: expect.stringContaining('one JSON object a line'),
    });
    await expect(open('')).rejects.toMatchObject({ code: 'empty-file' });
  });

  it('reads only the columns that are wanted, in the order of the file', async () => {
    const text = 'a,b,"c, d",e\n1,x,"q, ""z""",3\n2,"y\n",w,4\n';
    for (const content of [text, gzipSync(text)]) {
      const { table } = await open(content, { columns: ['e', 'b'] });
      expect(table.columns.map((column) => [column.name, cellText(column, 0), cellText(column, 1)])).toEqual([
        ['b', 'x', 'y\n'],
        ['e', '3', '4'],
      ]);
    }
    await expect(open(text, { columns: ['E', 'zzzzzz'] })).rejects.toMatchObject({
      name: 'DataError',
      code: 'column-missing',
      message: '"x" has no columns "E", "zzzzzz".',
      advice: 'Did you mean "e"?',
    });
    await expect(open(text, { columns: [] })).rejects.toMatchObject({ code: 'invalid-argument' });
    await expect(open('a,b\n1,2,3\n', { columns: ['a'] })).rejects.toMatchObject({ code: 'ragged-row' });
  });

  it('refuses an archive of something else than a table', async () => {
    const source = new Blob([gzipSync('PAR1')]);
    await expect(openTable(source, { name: 'x' })).rejects.toMatchObject({ code: 'not-a-table' });
  });
});

describe('outlineTable', () => {
  it('tells a small text file exactly', async () => {
    expect(await outline('a,b,c\n1,x,2024-01-01\n2,y,2024-01-02\n')).toEqual({
      format: 'CSV (comma)',
      rowCount: 2,
      isRowCountExact: true,
      columns: [
        { name: 'a', kind: 'number', byteLength: 16 },
        { name: 'b', kind: 'category', byteLength: 8 },
        { name: 'c', kind: 'date', byteLength: 16 },
      ],
      maxTableBytes: 2 * 1024 ** 3,
    });
  });

  it('estimates a large one from its first megabyte', async () => {
    const csv = `id;name\n${Array.from({ length: 150_000 }, (_, i) => `${100_000 + i};name ${100_000 + i}`).join('\n')}`;
    const json = Array.from({ length: 150_000 }, (_, i) => `{"id":${100_000 + i},"name":"name ${i}"}`).join(
      '\n',
    );
    for (const [format, content] of [
      ['CSV (semicolon)', csv],
      ['CSV (semicolon, gzip)', gzipSync(csv)],
      ['JSON lines', json],
      ['JSON lines (gzip)', gzipSync(json)],
    ] as const) {
      const found = await outline(content);
      expect([found.format, found.isRowCountExact]).toEqual([format, false]);
      expect(found.columns.map(({ name, kind }) => [name, kind])).toEqual([
        ['id', 'number'],
        ['name', 'text'],
      ]);
      expect(Math.abs(found.rowCount / 150_000 - 1)).toBeLessThan(0.15);
      expect(Math.abs(found.columns[0]!.byteLength / 1_200_000 - 1)).toBeLessThan(0.15);
    }
  });

  it('refuses what cannot be opened', async () => {
    await expect(outline('')).rejects.toMatchObject({ code: 'empty-file' });
    await expect(outline('{"a": 1}\n{"a" 1}')).rejects.toMatchObject({
      code: 'invalid-json',
      place: { line: 2 },
    });
  });
});

describe('readText', () => {
  it('refuses a table that would not fit once enough of it is read, packed or not', async () => {
    // Five digits a cell, varied so that an archive of them is not unpacked at one blow.
    const line = (i: number) =>
      Array.from({ length: 20 }, (_, j) => 10_000 + ((i * 7919 + j * 104_729) % 89_989));
    const header = Array.from({ length: 20 }, (_, j) => `c${j}`).join(',');
    const text = Buffer.from(
      `${header}\n${Array.from({ length: 20_000 }, (_, i) => line(i).join(',')).join('\n')}`,
    );
    for (const content of [text, Uint8Array.from(gzipSync(text))]) {
      const read = (maxTableBytes: number) =>
        readText(chunksOf(new Blob([content]), 500_000), new CsvParser({ name: 'x', maxTableBytes }), {
          name: 'x',
          sourceBytes: content.length,
          maxTableBytes,
          judgedBytes: 1e6,
        });
      // 20,000 rows of 20 numbers are 3.2 MB; the rest is the byte a cell that keeps its spelling.
      const error = await read(3e6).catch((caught: unknown) => caught);
      expect(error).toMatchObject({
        name: 'FormatError',
        code: 'too-large',
        advice: 'Choose fewer columns to open, or export a sample of the rows.',
      });
      expect(String(error)).toMatch(/"x" would take about 3\.[01] MB of memory; at most 2\.9 MB are allowed/);
      expect((await read(8e6)).parsed.table.rowCount).toBe(20_000);
    }
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

  it('hands back control while a long column of dates is made, so that it can be cancelled', async () => {
    const start = Date.UTC(2024, 0, 1);
    const lines = Array.from({ length: 40_000 }, (_, i) => `${new Date(start + i * 1000).toISOString()}\n`);
    let calls = 0;
    const { table } = await openTable(new Blob(['when\n', ...lines]), {
      name: 'x.csv',
      onChunk: () => {
        calls++;
      },
    });
    expect(table.columns[0]!.kind).toBe('date');
    // One for the only chunk, one for the column, and those within it.
    expect(calls).toBeGreaterThan(3);
  });
});

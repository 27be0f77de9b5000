import { describe, expect, it } from 'vitest';
import { CanceledError } from '../../core/errors.ts';
import { categoryColumn, textColumn } from '../../core/table/build-column.ts';
import type { Table } from '../../core/table/column.ts';
import { openTable } from './open-table.ts';
import { arrowOf, parquetOf } from './table-writers.laws.ts';

const rowCount = 3000;
const texts = Array.from({ length: rowCount }, (_, i) => `a name of some length ${i}`);
const table: Table = {
  name: 'x',
  rowCount,
  columns: [
    { kind: 'number', name: 'n', values: Float64Array.from(texts, (_, i) => i / 8), spelling: 'float' },
    categoryColumn(
      'c',
      texts.map((_, i) => `c${i % 3}`),
      rowCount,
    ),
    textColumn('t', texts, rowCount),
  ],
};
const files = {
  Parquet: new Blob([parquetOf(table, { rowGroupSize: 700 })]),
  Arrow: new Blob([arrowOf(table, { batchRows: 700, isPlain: true })]),
};

describe.each(Object.entries(files))('%s', (_format, source) => {
  it('tells its progress, never backwards, and ends when it is canceled', async () => {
    const seen: { bytes: number; rows: number }[] = [];
    await openTable(source, { name: 'x', onChunk: (progress) => void seen.push(progress) });
    expect(seen.length).toBeGreaterThan(10);
    expect(seen.at(-1)?.rows).toBe(rowCount);
    for (const key of ['bytes', 'rows'] as const)
      expect(seen.map((progress) => progress[key])).toEqual(
        seen.map((progress) => progress[key]).toSorted((a, b) => a - b),
      );
    let calls = 0;
    const onChunk = async () => {
      await Promise.resolve();
      if (++calls === 8) throw new CanceledError();
    };
    await expect(openTable(source, { name: 'x', onChunk })).rejects.toBeInstanceOf(CanceledError);
    expect(calls).toBe(8);
  });

  it('lays its arrays where it is told', async () => {
    const allocate = (byteLength: number) => new SharedArrayBuffer(byteLength);
    const { table: read } = await openTable(source, { name: 'x', allocate });
    for (const column of read.columns) {
      const arrays =
        column.kind === 'text'
          ? [column.bytes, column.offsets]
          : [column.kind === 'category' ? column.codes : column.values];
      for (const array of arrays) expect(array.buffer).toBeInstanceOf(SharedArrayBuffer);
    }
  });

  it('refuses what would not fit before it is read, and texts that grow too long', async () => {
    const read: number[] = [];
    const open = (maxTableBytes: number) =>
      openTable(source, { name: 'x', maxTableBytes, onChunk: ({ rows }) => void read.push(rows) });
    // 8 + 4 + 4 bytes a row without the bytes of texts.
    await expect(open(16 * rowCount - 1)).rejects.toMatchObject({
      code: 'too-large',
      message: expect.stringMatching(/^"x" would take about 47 KB of memory/),
    });
    expect(read.every((rows) => rows === 0)).toBe(true);
    await expect(open(40 * rowCount)).rejects.toMatchObject({
      code: 'too-large',
      message: expect.stringMatching(/^The first \d+ rows of "x" already take/),
    });
    const { table: some } = await openTable(source, {
      name: 'x',
      columns: ['n'],
      maxTableBytes: 8 * rowCount,
    });
    expect(some.columns).toHaveLength(1);
  });
});

describe('the empty text', () => {
  it('is missing, in categories and in texts', async () => {
    const empty: Table = {
      name: 'x',
      rowCount: 3,
      columns: [{ kind: 'category', name: 'c', codes: Int32Array.of(0, 1, 0), dictionary: ['', 'x'] }],
    };
    for (const content of [
      parquetOf(empty),
      parquetOf(empty, { isPlain: true }),
      arrowOf(empty),
      arrowOf(empty, { isPlain: true }),
    ]) {
      const { table: read } = await openTable(new Blob([content]), { name: 'x' });
      expect(read.columns[0]).toEqual({
        kind: 'category',
        name: 'c',
        codes: Int32Array.of(-1, 0, -1),
        dictionary: ['x'],
      });
    }
  });
});

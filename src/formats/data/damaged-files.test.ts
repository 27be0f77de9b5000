import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FormatError } from '../../core/errors.ts';
import { openTable, outlineTable } from './open-table.ts';
import { arrowOf, jsonLinesOf, parquetOf } from './table-writers.laws.ts';

/** The slow lane opens 10,000 damaged files of each format; here only enough to see that nothing is broken. */
const numRuns = process.env.CUTLINE_LANE === 'slow' ? 10_000 : 120;
/** A damaged count must not make a small file reserve more than this. */
const maxTableBytes = 64 * 1024 * 1024;

const stored = (name: string) => new Uint8Array(readFileSync(new URL(`testing/${name}`, import.meta.url)));

const small = (await openTable(new Blob([csvText()]), { name: 'x' })).table;

function csvText(): string {
  const lines = Array.from(
    { length: 40 },
    (_, i) => `${i},${i % 5 === 0 ? '' : i / 8},${['x', 'é', 'z'][i % 3]},note ${i},2024-01-0${1 + (i % 9)}`,
  );
  return `id,ratio,home,note,when\n${lines.join('\n')}`;
}

const FILES: Record<string, readonly Uint8Array[]> = {
  Parquet: [
    new Uint8Array(parquetOf(small)),
    new Uint8Array(parquetOf(small, { codec: 'UNCOMPRESSED', rowGroupSize: 15, isPlain: true })),
    stored('pandas.parquet'),
    stored('encodings.parquet'),
    stored('int96.parquet'),
    stored('v2.parquet'),
    stored('zstd.parquet'),
  ],
  Arrow: [
    arrowOf(small),
    arrowOf(small, { format: 'stream', batchRows: 15, isPlain: true }),
    stored('lz4.feather'),
    stored('zstd.feather'),
    stored('views.arrows'),
  ],
  'JSON lines': [new TextEncoder().encode(jsonLinesOf(small)), gzipSync(jsonLinesOf(small))],
  CSV: [new TextEncoder().encode(csvText()), gzipSync(csvText())],
};

/** Bytes that headers, varints and lengths are made of do more harm than any. */
const byte = fc.oneof(fc.nat({ max: 255 }), fc.constantFrom(0, 1, 2, 0x7f, 0x80, 0xff));

const damage = fc.record({
  file: fc.nat(),
  length: fc.option(fc.nat({ max: 1 << 20 }), { freq: 4 }),
  /** Half of the changes fall into the last thousand bytes: where footers lie. */
  changes: fc.array(fc.record({ at: fc.nat(), nearEnd: fc.boolean(), value: byte }), {
    minLength: 1,
    maxLength: 4,
  }),
});

function damaged(
  files: readonly Uint8Array[],
  {
    file,
    length,
    changes,
  }: {
    file: number;
    length: number | null;
    changes: readonly { at: number; nearEnd: boolean; value: number }[];
  },
): Uint8Array<ArrayBuffer> {
  const whole = files[file % files.length]!;
  const bytes = Uint8Array.from(length === null ? whole : whole.subarray(0, length % whole.length));
  for (const { at, nearEnd, value } of changes) {
    if (bytes.length === 0) break;
    const reach = nearEnd ? Math.min(1000, bytes.length) : bytes.length;
    bytes[bytes.length - 1 - (at % reach)] = value;
  }
  return bytes;
}

/** True when it opened; throws what is no FormatError. */
async function opens(bytes: Uint8Array<ArrayBuffer>): Promise<boolean> {
  try {
    const { table } = await openTable(new Blob([bytes]), { name: 'x', maxTableBytes });
    for (const column of table.columns) {
      const rows =
        column.kind === 'category'
          ? column.codes.length
          : column.kind === 'text'
            ? column.offsets.length - 1
            : column.values.length;
      expect(rows).toBe(table.rowCount);
      if (column.kind === 'category') {
        for (const code of column.codes) expect(code < column.dictionary.length).toBe(true);
      }
    }
    return true;
  } catch (error) {
    if (!(error instanceof FormatError)) throw error;
    expect(error.place.file).toBe('x');
    expect(error.advice).not.toBe('');
    return false;
  }
}

describe.each(Object.keys(FILES))('a damaged %s file', (format) => {
  it('opens or is refused, nothing else', async () => {
    const files = FILES[format]!;
    for (const whole of files) expect(await opens(Uint8Array.from(whole))).toBe(true);
    await fc.assert(
      fc.asyncProperty(damage, async (change) => {
        await opens(damaged(files, change));
      }),
      { numRuns },
    );
  });

  it('is outlined or refused, nothing else', async () => {
    await fc.assert(
      fc.asyncProperty(damage, async (change) => {
        const source = new Blob([damaged(FILES[format]!, change)]);
        const outline = await outlineTable(source, { name: 'x' }).catch((error: unknown) => error);
        if (outline instanceof Error) expect(outline).toBeInstanceOf(FormatError);
      }),
      { numRuns: Math.min(numRuns, 2000) },
    );
  });

  it('is refused whenever it is cut', async () => {
    // A text that is cut at the end of a line is a shorter one.
    if (format === 'JSON lines' || format === 'CSV') return;
    const whole = FILES[format]![0]!;
    for (let length = 1; length < whole.length; length += 61)
      expect(await opens(Uint8Array.from(whole.subarray(0, length)))).toBe(false);
  });
});

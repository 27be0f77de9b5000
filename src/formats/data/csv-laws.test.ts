import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FormatError } from '../../core/errors.ts';
import { categoryColumn } from '../../core/table/build-column.ts';
import type { Column, Table } from '../../core/table/column.ts';
import { cellText } from '../../core/table/column-access.ts';
import { isNumericMissingToken } from '../../core/table/missing-tokens.ts';
import { encodeUtf8 } from '../../core/table/utf8.ts';
import { CsvParser, type CsvParserOptions } from './csv-parser.ts';
import { writeCsv } from './csv-write.ts';

const numRuns = process.env.CUTLINE_LANE === 'slow' ? 5000 : 150;

/** The table, or the error, that these bytes give when they are cut at these places. */
function outcome(
  bytes: Uint8Array,
  cuts: readonly number[],
  options: Partial<CsvParserOptions> = {},
  expectedBytes = 0,
): unknown {
  const parser = new CsvParser({ name: 'x', sampleBytes: 64, sliceBytes: 1 << 20, ...options });
  parser.expectedBytes = expectedBytes;
  try {
    let start = 0;
    for (const cut of [...cuts].sort((a, b) => a - b)) {
      parser.push(bytes.subarray(start, cut));
      start = cut;
    }
    parser.push(bytes.subarray(start));
    const { table, notices, unparsable } = parser.end();
    return { table: plain(table), notices, unparsable };
  } catch (error) {
    if (!(error instanceof FormatError)) throw error;
    return { code: error.code, message: error.message, place: error.place };
  }
}

function plain(table: Table): unknown {
  return table.columns.map((column) => ({
    name: column.name,
    kind: column.kind,
    cells: cells(column, table.rowCount),
  }));
}

function cells(column: Column, rowCount: number): (string | null)[] {
  return Array.from({ length: rowCount }, (_, row) => cellText(column, row));
}

/** Texts with what CSV finds difficult; also what looks like numbers. */
const cell = fc.oneof(
  fc.string({
    unit: fc.constantFrom('"', ',', ';', '\n', '\r', '\t', ' ', 'a', 'é', '漢', '😀', '|'),
    maxLength: 8,
  }),
  // Many control characters would be taken for binary data.
  fc.string({ unit: 'binary', maxLength: 5 }).map((text) => text.replaceAll(/\p{Cc}/gu, '')),
  fc.double().map(String),
  fc.constantFrom('1', '1.0', '2.50', '007', '-0', '1e5', '9007199254740993', '2024-01-01', 'x'),
);
const value = cell.filter((text) => !isNumericMissingToken(text) && !/\p{Cs}/u.test(text));

const grid = fc
  .tuple(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 12 }))
  .chain(([width, height]) =>
    fc.array(fc.array(fc.option(value, { freq: 6 }), { minLength: width, maxLength: width }), {
      minLength: height,
      maxLength: height,
    }),
  );

/** Files that are nearly tables: structure characters, some of them out of place, and bytes that are no UTF-8. */
const nearlyCsv = fc
  .array(
    fc.oneof(
      {
        weight: 12,
        arbitrary: fc.constantFrom('1', '2.5', 'a', 'b,c', ',', ',', '\n', '\r\n', '\r', 'x,y\n', '1,2\n'),
      },
      { weight: 2, arbitrary: fc.constantFrom('"', '""', '"a\nb"', '"q""r",', 'é', '😀', '  ', ';') },
    ),
    { maxLength: 60 },
  )
  .map((parts) => encodeUtf8(`a,b\n${parts.join('')}`));

const badBytes = fc
  .tuple(nearlyCsv, fc.nat(), fc.constantFrom(0, 0x80, 0xff, 0xe2, 0xc0))
  .map(([bytes, at, bad]) => {
    const broken = bytes.slice();
    broken[at % broken.length] = bad;
    return broken;
  });

const cutsWithin = (bytes: Uint8Array) => fc.array(fc.nat({ max: bytes.length }), { maxLength: 20 });
const withCuts = (files: fc.Arbitrary<Uint8Array>) =>
  files.chain((bytes) => fc.tuple(fc.constant(bytes), cutsWithin(bytes)));

describe('laws', () => {
  it('read(write(table)) has the texts of the table, whatever they are', () => {
    const numbersMayBeRespelled = (column: Column) =>
      column.kind === 'date' || (column.kind === 'number' && column.spelling === 'mixed');
    fc.assert(
      fc.property(
        grid,
        fc.constantFrom(',', ';', '\t', '|'),
        fc.constantFrom<'\n' | '\r\n'>('\n', '\r\n'),
        (rows, delimiter, lineEnd) => {
          const columns = rows[0]!.map((_, i) =>
            categoryColumn(
              `c${i}`,
              rows.map((row) => row[i]!),
              rows.length,
            ),
          );
          const text = writeCsv({ name: 'x', rowCount: rows.length, columns }, { delimiter, lineEnd });
          const parser = new CsvParser({ name: 'x', delimiter: delimiter.charCodeAt(0) });
          parser.push(encodeUtf8(text));
          const { table } = parser.end();
          expect(table.rowCount).toBe(rows.length);
          table.columns.forEach((column, i) => {
            if (numbersMayBeRespelled(column)) return;
            expect(cells(column, table.rowCount)).toEqual(cells(columns[i]!, rows.length));
          });
        },
      ),
      { numRuns },
    );
  });

  it('numbers are Number(text) to the last bit, wherever they stand', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ noNaN: true }), { minLength: 1 }), (numbers) => {
        const parser = new CsvParser({ name: 'x' });
        parser.push(encodeUtf8(`a,b\n${numbers.map((x) => `${x},"${x}"`).join('\n')}`));
        const { table } = parser.end();
        for (const column of table.columns) {
          // Integers beyond 2^53 in plain digits are ids, not numbers.
          if (column.kind !== 'number') expect(numbers.some((x) => /^-?\d{16,}$/.test(String(x)))).toBe(true);
          else expect([...column.values]).toEqual(numbers.map((x) => Number(String(x))));
        }
      }),
      { numRuns },
    );
  });

  it('any cut of the bytes into chunks gives the same table or the same error', () => {
    fc.assert(
      fc.property(withCuts(fc.oneof(nearlyCsv, badBytes)), ([bytes, cuts]) => {
        expect(outcome(bytes, cuts, { sliceBytes: 7 })).toEqual(outcome(bytes, []));
        expect(outcome(bytes, [], { sliceBytes: 1 })).toEqual(outcome(bytes, []));
      }),
      { numRuns },
    );
  });

  it('a wrong expectation of the size changes nothing', () => {
    fc.assert(
      fc.property(nearlyCsv, fc.constantFrom(1, 1000, 3_000_000), (bytes, expectedBytes) => {
        expect(outcome(bytes, [], {}, expectedBytes)).toEqual(outcome(bytes, []));
      }),
      { numRuns: Math.min(numRuns, 300) },
    );
  });

  it('a real file cut into single bytes and into odd chunks is the same table', () => {
    const file = readFileSync(
      new URL('../../../fixtures/credit_data/data_raw.csv', import.meta.url),
    ).subarray(0, 20_000);
    const whole = outcome(file.subarray(0, file.lastIndexOf(10)), []);
    expect(whole).toHaveProperty('table');
    for (const sliceBytes of [1, 13, 4096]) {
      expect(outcome(file.subarray(0, file.lastIndexOf(10)), [], { sliceBytes })).toEqual(whole);
    }
  });

  it('a truncated or mutated file opens or is refused, nothing else', () => {
    const file = encodeUtf8(
      `id,name,"a ""b""",when\n${Array.from({ length: 30 }, (_, i) => `${i},"n ${i}, é",${i / 8},2024-01-0${1 + (i % 9)}`).join('\r\n')}`,
    );
    let opened = 0;
    fc.assert(
      fc.property(
        fc.nat({ max: file.length }),
        fc.array(fc.tuple(fc.nat(), fc.nat({ max: 255 })), { maxLength: 3 }),
        (length, changes) => {
          const damaged = file.slice(0, length);
          for (const [at, byte] of changes) if (length > 0) damaged[at % length] = byte;
          const result = outcome(damaged, []);
          if (Object.hasOwn(result as object, 'table')) opened++;
          else expect(result).toHaveProperty('code');
        },
      ),
      { numRuns },
    );
    expect(opened).toBeGreaterThan(0);
  });

  it('arbitrary bytes open or are refused, nothing else', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => {
        expect(outcome(bytes, [])).toBeTypeOf('object');
      }),
      { numRuns },
    );
  });
});

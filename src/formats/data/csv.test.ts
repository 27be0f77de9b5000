import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { FormatError } from '../../core/errors.ts';
import type { Column, NumberColumn, Table } from '../../core/table/column.ts';
import { cellText, columnByName, missingCount } from '../../core/table/column-access.ts';
import { encodeUtf8 } from '../../core/table/utf8.ts';
import { type CsvRead, readCsv } from './csv.ts';
import { CsvParser } from './csv-parser.ts';

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

function read(text: string | Uint8Array): Promise<CsvRead> {
  return readCsv(once(typeof text === 'string' ? encodeUtf8(text) : text), { name: 'loans.csv' });
}

async function refusal(text: string | Uint8Array): Promise<FormatError> {
  const error = await read(text).catch((caught: unknown) => caught);
  if (!(error instanceof FormatError)) throw new Error(`not refused: ${String(error)}`);
  return error;
}

/** The array that holds a column's cells (of a text column, where they end). */
function arrayOf(column: Column): Float64Array | Int32Array | Uint32Array {
  if (column.kind === 'category') return column.codes;
  return column.kind === 'text' ? column.offsets : column.values;
}

function texts(column: Column, rowCount: number): (string | null)[] {
  return Array.from({ length: rowCount }, (_, row) => cellText(column, row));
}

async function columnsOf(text: string): Promise<Record<string, (string | null)[]>> {
  const { table } = await read(text);
  return Object.fromEntries(table.columns.map((column) => [column.name, texts(column, table.rowCount)]));
}

describe('cells, by hand', () => {
  it('takes quotes, escaped quotes, delimiters and line ends within quotes', async () => {
    expect(await columnsOf('a,b\n"x, y","he said ""no"""\n"two\r\nlines",""\n')).toEqual({
      a: ['x, y', 'two\r\nlines'],
      b: ['he said "no"', null],
    });
  });

  it('takes LF, CRLF and CR line ends, a missing last one, and skips blank lines', async () => {
    const wanted = { a: ['1', '3'], b: ['x', 'y'] };
    expect(await columnsOf('a,b\n1,x\n3,y\n')).toEqual(wanted);
    expect(await columnsOf('a,b\r\n1,x\r\n\r\n3,y')).toEqual(wanted);
    expect(await columnsOf('a,b\r1,x\r3,y\r\r')).toEqual(wanted);
    expect(await columnsOf('\n\na,b\n\n1,x\n  \n3,y\n\n')).toEqual(wanted);
  });

  it('takes an empty last cell and a file that ends after a delimiter', async () => {
    expect(await columnsOf('a,b\n1,\n2,')).toEqual({ a: ['1', '2'], b: [null, null] });
  });

  it('takes text after a closing quote and quotes within a cell as they stand', async () => {
    expect(await columnsOf('a,b\n"x"y"z,p"q\n')).toEqual({ a: ['xy"z'], b: ['p"q'] });
  });

  it.each([
    ['a;b\n1,5;x\n2,5;y\n', ';'],
    ['a\tb, c\n1\tx\n', '\t'],
    ['a|b\n"x|y"|z\n', '|'],
    ['a,b\n"x;y;z","1;2;3"\n', ','],
    ['sep=;\na;b\n1;2\n', ';'],
    ['amount\n1\n2\n', ','],
  ])('guesses the delimiter of %j', async (text, delimiter) => {
    expect((await read(text)).delimiter).toBe(delimiter);
  });

  it('reads a byte order mark and gives it to no name', async () => {
    const result = await read('\ufeffa,b\n1,2\n');
    expect(result.byteOrderMark).toBe(true);
    expect(result.table.columns.map(({ name }) => name)).toEqual(['a', 'b']);
  });

  it('renames repeated and empty headers, with notices', async () => {
    const { table, notices } = await read('x,,x, x ,x (2)\n1,2,3,4,5\n');
    expect(table.columns.map(({ name }) => name)).toEqual(['x', 'column 2', 'x (3)', 'x (4)', 'x (2)']);
    expect(notices.map(({ code, line }) => [code, line])).toEqual([
      ['empty-header', 1],
      ['duplicate-header', 1],
      ['duplicate-header', 1],
    ]);
  });

  it('names 20,000 columns of one name in the time of one pass, with one notice', async () => {
    const { table, notices } = await read(`x${',x'.repeat(19_999)}\n1${',1'.repeat(19_999)}\n`);
    expect(table.columns.at(-1)!.name).toBe('x (20000)');
    expect(notices).toMatchObject([{ code: 'duplicate-header', count: 19_999, line: 1 }]);
    expect(notices[0]!.message).toBe(
      '19999 columns have a name that the header repeats; they are called "x (2)" to "x (20000)".',
    );
  });

  it('passes over comments above the header, and counts their lines', async () => {
    const { table, notices } = await read('\ufeff# export, of today\r\n#\r\na,b,c\r\n1,2,3\r\n');
    expect(table.columns.map(({ name }) => name)).toEqual(['a', 'b', 'c']);
    expect(table.rowCount).toBe(1);
    expect(notices).toMatchObject([{ code: 'comment-lines', count: 2, line: 1 }]);
    expect((await refusal('# export\na,b\n1,2\n1\n')).place).toMatchObject({ line: 4, row: 1 });
  });

  it.each([
    ['a header that begins with #', '#id,x\n#1,2\n3,4\n', ['#id', 'x']],
    ['one column of such texts', '#tag\n#a\nb\n', ['#tag']],
    ['nothing but such lines', '#a,b\n#1,2\n', ['#a', 'b']],
  ])('takes %s for the table', async (_, text, names) => {
    const { table, notices } = await read(text);
    expect(table.columns.map(({ name }) => name)).toEqual(names);
    expect(notices).toEqual([]);
  });

  it('leaves out an empty cell behind the last column, with a notice, and refuses one that holds something', async () => {
    const { table, notices } = await read('a;b\n1;2\n3;4;\n5;6;""\n');
    expect(table.columns.map((column) => texts(column, 3))).toEqual([
      ['1', '3', '5'],
      ['2', '4', '6'],
    ]);
    expect(notices).toMatchObject([{ code: 'trailing-delimiter', count: 2, line: 3 }]);
    expect((await refusal('a;b\n1;2;\n3;4;5\n')).place.line).toBe(3);
    expect((await refusal('a;b\n1;2;;\n')).code).toBe('ragged-row');
  });

  it('says when the header holds only numbers', async () => {
    expect((await read('1,2\n3,4\n')).notices.map(({ code }) => code)).toEqual(['numeric-header']);
  });
});

describe('kinds', () => {
  const kindOf = async (cells: readonly string[]) => {
    const { table, notices, unparsable } = await read(`a\n${cells.map((cell) => `"${cell}"`).join('\n')}\n`);
    return { column: table.columns[0]!, notices, unparsable: unparsable.get('a') ?? 0 };
  };

  it('reads numbers with missing tokens, and keeps their spelling', async () => {
    const { table } = await read('a,b,c,d\n1,1.0,1.50,NA\n-2,0.25,2.00,\n?,NaN,1e3,null\n');
    expect(table.columns.map(({ kind }) => kind)).toEqual(['number', 'number', 'number', 'number']);
    expect(table.columns.map((column) => (column as NumberColumn).spelling)).toEqual([
      'shortest',
      'float',
      'mixed',
      'shortest',
    ]);
    expect(table.columns.map((column) => texts(column, 3))).toEqual([
      ['1', '-2', null],
      ['1.0', '0.25', null],
      ['1.5', '2', '1000'],
      [null, null, null],
    ]);
  });

  it('keeps ids as text: padding zeros, integers beyond 2^53', async () => {
    expect((await kindOf(['1', '2', '007'])).column.kind).toBe('category');
    const large = (await kindOf(['9007199254740991', '9007199254740993', '1.50'])).column;
    expect(large.kind).toBe('category');
    expect(texts(large, 3)).toEqual(['9007199254740991', '9007199254740993', '1.50']);
    expect((await kindOf(['9007199254740991', '1'])).column.kind).toBe('number');
    expect((await kindOf(['0', '0.5', '-0.5'])).column.kind).toBe('number');
  });

  it('keeps "?" and "none" as values of a category, not of numbers', async () => {
    expect(texts((await kindOf(['?', 'x', 'none', 'None'])).column, 4)).toEqual(['?', 'x', 'none', null]);
    expect(texts((await kindOf(['?', '1', 'none', 'None'])).column, 4)).toEqual([null, '1', null, null]);
  });

  it('gives the very texts of numbers when a column turns out to be a category', async () => {
    const cells = [
      '1.50',
      '+3',
      ' 4 ',
      '12e4',
      '.5',
      '5.',
      '-0',
      '0.1000',
      '00.5',
      'x',
      '-',
      '100000000000000',
    ];
    expect(texts((await kindOf(cells)).column, cells.length)).toEqual(cells);
  });

  it('forgives 1 % of at least 100 cells, counted, with the first line', async () => {
    const cells = Array.from({ length: 200 }, (_, i) => (i === 150 || i === 160 ? 'oops' : String(i)));
    const { column, notices, unparsable } = await kindOf(cells);
    expect(column.kind).toBe('number');
    expect([unparsable, missingCount(column)]).toEqual([2, 2]);
    expect(notices).toMatchObject([{ code: 'unparsable-cells', column: 'a', count: 2, line: 152 }]);
    cells[0] = 'oops';
    expect((await kindOf(cells)).column.kind).toBe('category');
    expect((await kindOf(['1', 'oops'])).column.kind).toBe('category');
  });

  it('decides over all cells, not a prefix', async () => {
    const lateText = [...Array.from({ length: 3000 }, (_, i) => String(i)), ...new Array(300).fill('late')];
    expect((await kindOf(lateText)).column.kind).toBe('text');
    const lateNumbers = [
      ...new Array(90).fill('early'),
      ...Array.from({ length: 20_000 }, (_, i) => `${i}.25`),
    ];
    const { column, unparsable } = await kindOf(lateNumbers);
    expect([column.kind, unparsable]).toEqual(['number', 90]);
    const lateRepeats = [
      ...Array.from({ length: 5000 }, (_, i) => `v${i}`),
      ...new Array(120_000).fill('v0'),
    ];
    expect((await kindOf(lateRepeats)).column.kind).toBe('category');
  });

  it('reads ISO dates and date-times as dates, never days that do not exist', async () => {
    const { column } = await kindOf(['2024-02-29', '2024-03-01T12:30:00Z', '']);
    expect(column.kind).toBe('date');
    expect(texts(column, 3)).toEqual(['2024-02-29', '2024-03-01T12:30:00.000Z', null]);
    expect((await kindOf(['2023-02-29', '2024-01-01'])).column.kind).toBe('category');
    expect((await kindOf(['30/02/2024'])).column.kind).toBe('category');
  });

  it('makes many distinct texts a text column', async () => {
    const cells = Array.from({ length: 6000 }, (_, i) => (i === 7 ? '' : `näme ${i}`));
    const { column } = await kindOf(cells);
    expect(column.kind).toBe('text');
    expect(texts(column, 9).slice(5)).toEqual(['näme 5', 'näme 6', null, 'näme 8']);
  });
});

describe('refusals', () => {
  it.each<[string, string | Uint8Array, string, RegExp]>([
    ['an empty file', '', 'empty-file', /empty/],
    ['a blank file', ' \n\r\n', 'empty-file', /empty/],
    ['only a byte order mark', '\ufeff', 'empty-file', /empty/],
    ['a header alone', 'a,b\n', 'no-rows', /no row/],
    ['UTF-16', Uint8Array.of(0xff, 0xfe, 0x61, 0, 0x2c, 0), 'not-a-table', /UTF-16/],
    ['a PNG', Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0), 'not-a-table', /PNG/],
    ['an Excel workbook', Uint8Array.of(0x50, 0x4b, 3, 4, 20, 0), 'not-a-table', /Excel/],
    ['Parquet', 'PAR1xyz', 'not-a-table', /Parquet/],
    ['a PDF', '%PDF-1.7\n', 'not-a-table', /PDF/],
    ['NUL bytes', 'a,b\n1,\u0000\n', 'not-a-table', /NUL/],
    ['HTML', '<!DOCTYPE html>\n<html>\n', 'not-a-table', /HTML/],
    ['JSON', '{"a": 1, "b": 2}\n', 'not-a-table', /JSON/],
    ['JSON rows', '[\n  {"a": 1}\n]', 'not-a-table', /JSON/],
    ['a LightGBM model', 'tree\nversion=v4\nnum_class=1\n', 'not-a-table', /LightGBM/],
    [
      'prose',
      'Dear reader of this file,\nthis is a letter and not a table at all.\nYours\n',
      'not-a-table',
      /plain text/,
    ],
    [
      'prose without commas',
      'this is a line with words\nand here is one more of them\n',
      'not-a-table',
      /plain text/,
    ],
  ])('%s', async (_, bytes, code, message) => {
    const error = await refusal(bytes);
    expect(error.code).toBe(code);
    expect(error.message).toMatch(message);
    expect(error.message).toContain('loans.csv');
    expect(error.advice).not.toBe('');
  });

  it('names the line, the expected and the found count of a ragged row', async () => {
    const error = await refusal('a,b,c\n"x\ny",2,3\n\n4,5\n6,7,8\n');
    expect(error.code).toBe('ragged-row');
    expect(error.place).toMatchObject({ file: 'loans.csv', line: 5, row: 1 });
    expect(error.message).toBe('Line 5 of "loans.csv" has 2 cells; the header has 3.');
    expect(error.advice).toMatch(/^A remark or a line of totals is no row/);
    expect((await refusal('a,b\r\n1,2\r\n1,2,3\r\n')).place.line).toBe(3);
    expect((await refusal('Loans of 2024\n\na,b\n1,2\n')).advice).toMatch(/^If lines stand above the header/);
  });

  it('names the line where an unclosed quote was opened', async () => {
    const error = await refusal('a,b\n1,2\n3,"open\nand on\n5,6\n');
    expect([error.code, error.place.line]).toEqual(['unterminated-quote', 3]);
    expect((await refusal('a,"b\n1,2\n')).place.line).toBe(1);
  });

  it.each<[string, number[]]>([
    ['a stray continuation byte', [0x80]],
    ['Latin-1', [0xe9, 0x74]],
    ['an overlong slash', [0xc0, 0xaf]],
    ['an overlong three-byte form', [0xe0, 0x80, 0xaf]],
    ['a surrogate', [0xed, 0xa0, 0x80]],
    ['beyond U+10FFFF', [0xf4, 0x90, 0x80, 0x80]],
    ['a cut sequence', [0xe2, 0x82]],
  ])('names line and offset of %s: in a cell, a quoted cell, the header, at the end', async (_, bad) => {
    const bytes = (text: string) => [...encodeUtf8(text)];
    for (const [before, after, line] of [
      ['a,b\n1,2\n3,x', 'y\n', 3],
      ['a,b\n1,2\n"3\n', '",y\n', 4],
      ['ä', ',b\n1,2\n', 1],
      ['a,b\n1,', '', 2],
    ] as const) {
      const error = await refusal(Uint8Array.from([...bytes(before), ...bad, ...bytes(after)]));
      expect([error.code, error.place.line, error.place.byteOffset]).toEqual([
        'invalid-utf8',
        line,
        bytes(before).length,
      ]);
    }
  });

  it('reports the first fault of the file, whatever comes later', async () => {
    expect((await refusal(Uint8Array.from([...encodeUtf8('a,b\n1\n'), 0xff]))).code).toBe('ragged-row');
    expect((await refusal(Uint8Array.from([...encodeUtf8('a,b\n1,2\n'), 0xff, 10, 49, 10]))).code).toBe(
      'invalid-utf8',
    );
  });

  it('bounds columns, cells and the table', async () => {
    expect((await refusal(`${'a,'.repeat(20_001)}b\n1\n`)).code).toBe('too-many-columns');
    const long = 'x'.repeat(8 * 1024 * 1024 + 1);
    expect((await refusal(`a,b\n1,${long}\n`)).code).toBe('too-large');
    expect((await refusal(`a,b\n1,"${long}"\n`)).code).toBe('unterminated-quote');
    const rows = encodeUtf8(`a,b\n${'1,2\n'.repeat(20_000)}`);
    const options = { name: 'loans.csv', maxTableBytes: 100_000 };
    await expect(readCsv(once(rows), options)).rejects.toMatchObject({ code: 'too-large' });
  });
});

describe('streaming', () => {
  it('calls onChunk with bytes and rows, and ends when it throws', async () => {
    async function* chunks() {
      for (let i = 0; i < 4; i++) yield encodeUtf8(`${i === 0 ? 'a,b\n' : ''}${'12,x\n'.repeat(40_000)}`);
    }
    const seen: number[] = [];
    const onChunk = ({ bytes, rows }: { bytes: number; rows: number }) => {
      seen.push(bytes);
      if (rows > 40_000) throw new Error('stop');
    };
    await expect(readCsv(chunks(), { name: 'x', onChunk })).rejects.toThrow('stop');
    expect(seen).toEqual([200_004, 400_004]);
    const finished: number[] = [];
    await readCsv(chunks(), { name: 'x', onChunk: ({ rows }) => void finished.push(rows) });
    // Four chunks, and the last two calls after a finished column each.
    expect([finished.length, finished.at(-2), finished.at(-1)]).toEqual([6, 160_000, 160_000]);
  });

  it('puts the arrays where it is told', async () => {
    const allocate = (byteLength: number) => new SharedArrayBuffer(byteLength);
    const long = Array.from({ length: 1200 }, (_, i) => `${i},c${i % 3},2024-01-0${1 + (i % 9)},text ${i}`);
    const { table } = await readCsv(once(encodeUtf8(`n,c,d,t\n${long.join('\n')}`)), { name: 'x', allocate });
    const buffers = table.columns.flatMap((column) => {
      if (column.kind === 'category') return [column.codes.buffer];
      return column.kind === 'text' ? [column.bytes.buffer, column.offsets.buffer] : [column.values.buffer];
    });
    expect(table.columns.map(({ kind }) => kind)).toEqual(['number', 'category', 'date', 'text']);
    expect(buffers.every((buffer) => buffer instanceof SharedArrayBuffer)).toBe(true);
  });

  it('takes the final memory at once when the size of the file is known, and survives a wrong guess', () => {
    const lines = Array.from({ length: 90_000 }, (_, i) => `${100_000 + i},c${i % 5},${i % 9},${i % 3}.5`);
    const bytes = encodeUtf8(`id,c,n,x\n${lines.join('\n')}\n`);
    const allocated: number[] = [];
    const tableWith = (expectedBytes: number) => {
      allocated.length = 0;
      const allocate = (byteLength: number) => {
        allocated.push(byteLength);
        return new ArrayBuffer(byteLength);
      };
      const parser = new CsvParser({ name: 'x', allocate });
      parser.expectedBytes = expectedBytes;
      parser.push(bytes);
      return parser.end().table;
    };
    const digest = ({ columns }: Table) =>
      columns.map((column) => createHash('sha1').update(arrayOf(column)).digest('hex'));
    const plain = digest(tableWith(0));
    for (const guess of [bytes.length, bytes.length * 0.8, bytes.length * 30])
      expect(digest(tableWith(guess))).toEqual(plain);
    const exact = tableWith(bytes.length);
    // One array a column (and the first one of the category column, before it was one): nothing is copied at the end.
    expect(allocated).toHaveLength(5);
    const id = exact.columns[0] as NumberColumn;
    expect([id.values.length, id.values.byteOffset, id.values[89_999]]).toEqual([90_000, 0, 189_999]);
    expect(id.values.buffer.byteLength).toBeLessThan(90_000 * 8 * 1.2);
  });

  it('gives no rows away before the sample is full, and all at the end', () => {
    const parser = new CsvParser({ name: 'x' });
    parser.push(encodeUtf8('a,b\n1,2\n'));
    expect(parser.rows).toBe(0);
    expect(parser.end().table.rowCount).toBe(1);
  });
});

describe('golden: the two data sets of the fixtures', () => {
  const golden = (name: string) =>
    read(readFileSync(new URL(`../../../fixtures/${name}/data_raw.csv`, import.meta.url)));

  it('credit_data: rows, kinds and the 455 missing cells', async () => {
    const { table, notices } = await golden('credit_data');
    expect([table.rowCount, table.columns.length, notices]).toEqual([4454, 16, []]);
    const categories = table.columns.filter(({ kind }) => kind === 'category').map(({ name }) => name);
    expect(categories).toEqual(['split', 'Status', 'Home', 'Marital', 'Records', 'Job']);
    expect(table.columns.filter(({ kind }) => kind === 'number')).toHaveLength(10);
    const missing = table.columns.map((column) => missingCount(column));
    expect(missing.reduce((a, b) => a + b)).toBe(455);
    expect(missingCount(columnByName(table, 'Income'))).toBe(381);
    expect((columnByName(table, 'Income') as NumberColumn).spelling).toBe('float');
  });

  it('mlc_churn: rows, kinds, nothing missing', async () => {
    const { table, notices } = await golden('mlc_churn');
    expect([table.rowCount, table.columns.length, notices]).toEqual([5000, 22, []]);
    expect(table.columns.every((column) => missingCount(column) === 0)).toBe(true);
    const state = columnByName(table, 'state');
    expect(state.kind === 'category' && state.dictionary.length).toBe(51);
  });

  it('every cell reads back as the file wrote it', async () => {
    for (const name of ['credit_data', 'mlc_churn']) {
      const url = new URL(`../../../fixtures/${name}/data_raw.csv`, import.meta.url);
      const [, ...lines] = readFileSync(url, 'utf8').trimEnd().split('\n');
      const { table } = await golden(name);
      for (let row = 0; row < table.rowCount; row++) {
        const cells = table.columns.map((column) => cellText(column, row) ?? '');
        expect(cells.join(',')).toBe(lines[row]);
      }
    }
  });
});

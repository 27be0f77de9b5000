import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FormatError } from '../../../core/errors.ts';
import type { Table } from '../../../core/table/column.ts';
import { cellText } from '../../../core/table/column-access.ts';
import { openTable } from '../open-table.ts';
import { JsonLinesParser } from './json-lines-parser.ts';

const numRuns = process.env.CUTLINE_LANE === 'slow' ? 3000 : 150;

function parse(bytes: Uint8Array, sliceBytes?: number) {
  const parser = new JsonLinesParser({ name: 'x', ...(sliceBytes === undefined ? {} : { sliceBytes }) });
  parser.push(bytes);
  const steps = parser.ending();
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
  }
}

const bytesOf = (text: string) => new TextEncoder().encode(text);

function cellsOf({ columns, rowCount }: Table): Record<string, (string | null)[]> {
  const cells = columns.map((column) => Array.from({ length: rowCount }, (_, row) => cellText(column, row)));
  return Object.fromEntries(columns.map((column, i) => [column.name, cells[i]!]));
}

function refusal(text: string): FormatError {
  try {
    parse(bytesOf(text));
  } catch (error) {
    if (error instanceof FormatError) return error;
    throw error;
  }
  throw new Error('not refused');
}

describe('JSON lines, by hand', () => {
  it('takes keys in any order, missing and new ones, blanks and blank lines', () => {
    const { table, notices } = parse(
      bytesOf(
        '\ufeff{"a":1,"b":"x"}\r\n\n { "b" : "y" , "a" : 2.5 , "late" : true }\n{}\n{"late":null,"a":-3e2}',
      ),
    );
    expect(cellsOf(table)).toEqual({
      a: ['1', '2.5', null, '-300'],
      b: ['x', 'y', null, null],
      late: [null, 'true', null, null],
    });
    expect(notices).toEqual([]);
  });

  it('decides kinds as CSV does: over all cells, ids kept, missing tokens missing', () => {
    const lines = [
      '{"n":"12","id":9007199254740993,"zip":"007","when":"2024-02-29","s":"NA"}',
      '{"n":1.0,"id":1,"zip":"1","s":"x"}',
    ];
    const { table } = parse(bytesOf(lines.join('\n')));
    expect(table.columns.map(({ name, kind }) => [name, kind])).toEqual([
      ['n', 'number'],
      ['id', 'category'],
      ['zip', 'category'],
      ['when', 'date'],
      ['s', 'category'],
    ]);
    expect(cellsOf(table)).toMatchObject({
      id: ['9007199254740993', '1'],
      zip: ['007', '1'],
      s: [null, 'x'],
    });
  });

  it('resolves escapes in keys and values', () => {
    const { table } = parse(bytesOf('{"a\\u0062":"\\"q\\" \\n \\u00e9 \\ud83d\\ude00"}\n{"ab":"\\\\"}'));
    expect(cellsOf(table)).toEqual({ ab: ['"q" \n é 😀', '\\'] });
  });

  it('keeps nested values as their text, and says so', () => {
    const { table, notices } = parse(bytesOf('{"a":1}\n{"a":[1, "]"]}\n{"a":{"b":{}}}'));
    expect(cellsOf(table)).toEqual({ a: ['1', '[1, "]"]', '{"b":{}}'] });
    expect(notices[0]).toEqual({
      code: 'nested-values',
      message: '2 values of "a" are objects or lists, kept as JSON text; first in line 2.',
      column: 'a',
      count: 2,
      line: 2,
    });
  });

  it.each([
    ['{"a":1}\n{"a" 2}', 2, 'a colon is missing (character 6)'],
    ['{"é":1,"é":2}', 1, 'the key "é" comes twice (character 9)'],
    ['{"a":01}', 1, 'a number begins with 0 (character 6)'],
    ['{"a":1.}', 1, 'a number is wrong (character 6)'],
    ['{"a":tru}', 1, 'a value is wrong (character 6)'],
    ['{"a":}', 1, 'a value is wrong (character 6)'],
    ['{"a":"b}', 1, 'a string is not closed (character 6)'],
    ['{"a":"\\x"}', 1, 'a value is wrong (character 6)'],
    ['{"a":[1', 1, 'an object or list is not closed (character 6)'],
    ['{"a":[1}', 1, 'a value is wrong (character 6)'],
    ['{"a":[1,]}', 1, 'a value is wrong (character 6)'],
    ['{"a":1,}', 1, 'a key in quotes is missing (character 8)'],
    ['{"a":1} {"a":2}', 1, 'more follows the object (character 9)'],
    ['{"a":1}\n\n[1]', 3, 'it begins with something else (character 1)'],
    ['{"a":"tab\t"}', 1, 'a control character within a string (character 10)'],
    ['{"a":"\u0000"}', 1, 'it holds a NUL byte (character 7)'],
  ])('refuses %j', (text, line, why) => {
    const error = refusal(text);
    expect(error.code).toBe('invalid-json');
    expect(error.message).toBe(`Line ${line} of "x" is not a JSON object: ${why}.`);
    expect(error.place).toMatchObject({ file: 'x', line });
    expect(error.advice).toContain('one JSON object a line');
  });

  it('refuses bytes that are no UTF-8, files without an object, and too many keys', () => {
    const bad = bytesOf('{"a":1}\n{"a":"x"}');
    bad[14] = 0xff;
    expect(() => parse(bad)).toThrow('Line 2 of "x" is not valid UTF-8');
    expect(refusal('\n \n').code).toBe('no-rows');
    const wide = `{${Array.from({ length: 20_001 }, (_, i) => `"k${i}":1`).join(',')}}`;
    expect(refusal(wide).code).toBe('too-many-columns');
  });

  it('reads some columns only; one that never comes is missed at the end', async () => {
    const source = new Blob(['{"a":1,"b":"x"}\n{"c":[1],"b":"y"}']);
    const { table, notices } = await openTable(source, { name: 'x', columns: ['b'] });
    expect([cellsOf(table), notices]).toEqual([{ b: ['x', 'y'] }, []]);
    await expect(openTable(source, { name: 'x', columns: ['d'] })).rejects.toMatchObject({
      code: 'column-missing',
    });
  });
});

describe('laws', () => {
  const value = fc.oneof(
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.integer(),
    fc.boolean(),
    fc.constant(null),
    fc.string({ unit: 'grapheme', maxLength: 6 }),
    fc.array(fc.integer(), { maxLength: 2 }),
  );
  const objects = fc.array(
    fc.dictionary(fc.string({ unit: 'grapheme', maxLength: 3 }), value, { maxKeys: 5 }),
    {
      minLength: 1,
      maxLength: 12,
    },
  );

  it('does not depend on how the bytes are cut', () => {
    fc.assert(
      fc.property(objects, fc.integer({ min: 1, max: 40 }), (rows, sliceBytes) => {
        const bytes = bytesOf(rows.map((row) => JSON.stringify(row)).join('\n'));
        expect(parse(bytes, sliceBytes)).toEqual(parse(bytes));
      }),
      { numRuns },
    );
  });

  it('opens all that JSON.parse opens, row for row', () => {
    fc.assert(
      fc.property(objects, (rows) => {
        const { table } = parse(bytesOf(rows.map((row) => JSON.stringify(row)).join('\n')));
        expect(table.rowCount).toBe(rows.length);
        const keys = new Set(rows.flatMap((row) => Object.keys(row)));
        expect(table.columns).toHaveLength(keys.size);
      }),
      { numRuns },
    );
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CategoryColumn, NumberColumn } from '../../core/table/column.ts';
import { cellText, rowCountOf } from '../../core/table/column-access.ts';
import { MISSING_TOKENS } from '../../core/table/missing-tokens.ts';
import { summarizeColumn } from '../../core/table/profile.ts';
import { readColumn } from '../../core/table/read-column.ts';
import { encodeUtf8 } from '../../core/table/utf8.ts';
import { type BuiltColumn, ColumnBuilder } from './column-builder.ts';

const numRuns = process.env.CUTLINE_LANE === 'slow' ? 5000 : 150;

function build(texts: readonly string[]): BuiltColumn {
  const allocate = (byteLength: number) => new ArrayBuffer(byteLength);
  const builder = new ColumnBuilder('x', 1 << 16, { rows: 0, allocate });
  texts.forEach((text, row) => {
    const bytes = encodeUtf8(text);
    builder.addCell(bytes, 0, bytes.length, row + 2);
  });
  return builder.finish();
}

const cells = ({ column }: BuiltColumn) =>
  Array.from({ length: rowCountOf(column) }, (_, row) => cellText(column, row));
const numbersOf = ({ column }: BuiltColumn) => Array.from((column as NumberColumn).values);
const codesOf = ({ notices }: BuiltColumn) => notices.map(({ code }) => code);
const readingOf = ({ column }: BuiltColumn) => summarizeColumn(column).reading;
const repeat = (count: number, text: (i: number) => string) =>
  Array.from({ length: count }, (_, i) => text(i));

describe('dates', () => {
  it.each<[string, string[], string[]]>([
    ['day first by a cell above 12', ['03/04/2024', '13/04/2024'], ['2024-04-03', '2024-04-13']],
    ['month first by a cell above 12', ['03/04/2024', '04/13/2024'], ['2024-03-04', '2024-04-13']],
    ['d-m-y with two digits', ['03-04-24', '28-02-99'], ['2024-04-03', '1999-02-28']],
    ['d.m.y with a time', ['3.4.2024 10:15', '31.1.2024 0:00'], ['2024-04-03T10:15:00.000Z', '2024-01-31']],
    [
      'm/d/y with AM and PM',
      ['1/5/2024 3:05 PM', '1/25/2024 12:00 AM'],
      ['2024-01-05T15:05:00.000Z', '2024-01-25'],
    ],
    ['y/m/d', ['2024/3/4', '2024/12/31'], ['2024-03-04', '2024-12-31']],
    [
      'month names',
      ['05-Jan-2024', 'Feb 5, 2024', '5 March 2024'],
      ['2024-01-05', '2024-02-05', '2024-03-05'],
    ],
    ['months', ['Jan-2024', '2024-02', '03/2024'], ['2024-01-01', '2024-02-01', '2024-03-01']],
    [
      'months by their first day',
      ['01/01/2024', '02/01/2024', '03/01/2024'],
      ['2024-01-01', '2024-02-01', '2024-03-01'],
    ],
  ])('reads %s', (_, texts, iso) => {
    const built = build([...texts, '', '?']);
    expect([built.column.kind, built.unparsable]).toEqual(['date', 0]);
    expect(cells(built)).toEqual([...iso, null, null]);
  });

  it('names the order that no cell shows, and how to change it', () => {
    const built = build(['03/04/2024', '05/06/2024']);
    expect([readingOf(built), codesOf(built)]).toEqual([{ dateOrder: 'day-first' }, ['date-order']]);
    expect(built.notices[0]).toMatchObject({ column: 'x', count: 2 });
    expect(built.notices[0]!.message).toMatch(/03\/04\/2024.*day first.*changed in the column's settings/);
    const other = readColumn(built.column, { dateOrder: 'month-first' });
    expect(Array.from((other.column as NumberColumn).values)).toEqual([
      Date.UTC(2024, 2, 4),
      Date.UTC(2024, 4, 6),
    ]);
    expect(codesOf(build(['03/04/2024', '13/04/2024']))).toEqual([]);
    expect(codesOf(build(['2024-03-04']))).toEqual([]);
    expect(readingOf(build(['2024-03-04']))).toEqual({});
  });

  it('says the century of short years', () => {
    const built = build(['13/04/69', '14/04/70']);
    expect(cells(built)).toEqual(['2069-04-13', '1970-04-14']);
    expect(codesOf(built)).toEqual(['short-years']);
  });

  it('reads no dates where both orders are needed, and says so', () => {
    const built = build(['13/04/2024', '04/13/2024', '01/02/2024']);
    expect([built.column.kind, codesOf(built)]).toEqual(['category', ['date-order-mixed']]);
    const many = [...repeat(500, (i) => `${(i % 28) + 1}/04/2024`), '04/13/2024'];
    expect([build(many).column.kind, codesOf(build(many))]).toEqual(['category', ['date-order-mixed']]);
  });

  it('counts slips of the pen among many dates, and of another form', () => {
    const built = build([...repeat(300, (i) => `${(i % 28) + 1}.04.2024`), 'soon', '2024-05-01']);
    expect([built.column.kind, built.unparsable, codesOf(built)]).toEqual(['date', 2, ['unparsable-cells']]);
  });

  it('reads dates of many distinct moments, which stream as text', () => {
    const texts = repeat(
      6000,
      (i) =>
        `${(i % 12) + 1}/${(i % 28) + 1}/2024 ${i % 24}:${String(i % 60).padStart(2, '0')}:${String(i % 59).padStart(2, '0')}`,
    );
    const built = build(texts);
    expect([built.column.kind, built.unparsable, readingOf(built)]).toEqual([
      'date',
      0,
      { dateOrder: 'month-first' },
    ]);
    expect(cells(built)[13]).toBe('2024-02-14T13:13:13.000Z');
  });

  it('never takes numbers for dates', () => {
    for (const texts of [
      ['2023', '2024'],
      ['20240101', '20240102'],
      ['2024.03', '2024.04'],
      ['03.2024', '04.2024'],
    ])
      expect(build(texts).column.kind).toMatch(/number|category/);
    expect(build(['2023', '2024']).column.kind).toBe('number');
    expect(build(['12/2', '1/2/3', '10-20']).column.kind).toBe('category');
  });
});

describe('decimal marks', () => {
  it('reads decimal commas, with and without thousands, and says so', () => {
    const built = build(['12,5', '1.234,56', '7', '', '?', '1,234']);
    expect([built.column.kind, readingOf(built), codesOf(built)]).toEqual([
      'number',
      { decimal: ',' },
      ['decimal-mark'],
    ]);
    expect(numbersOf(built)).toEqual([12.5, 1234.56, 7, Number.NaN, Number.NaN, 1.234]);
    expect(built.notices[0]!.message).toContain('decimal comma');
  });

  it('reads thousands separators where a cell shows the point', () => {
    const built = build(['1,234.50', '1,234', '950']);
    expect([numbersOf(built), readingOf(built)]).toEqual([[1234.5, 1234, 950], { decimal: '.' }]);
    expect(numbersOf(build(['1 234,5', '1\u202f234\u202f567,0']))).toEqual([1234.5, 1234567]);
    expect(numbersOf(build(['1,234', '2.5']))).toEqual([1234, 2.5]);
    expect(numbersOf(build(['1,234,567', '1,234']))).toEqual([1234567, 1234]);
  });

  it('leaves a comma that may be either as text, and says how to choose', () => {
    const built = build(['1,234', '12,500', '950']);
    expect([built.column.kind, codesOf(built)]).toEqual(['category', ['decimal-mark-open']]);
    expect(built.notices[0]!.message).toContain("change the column's type to number");
    expect(
      numbersOf({ ...built, column: readColumn(built.column, { kind: 'number', decimal: ',' }).column }),
    ).toEqual([...[1.234, 12.5, 950]]);
    const both = build(['1,5', '1.5']);
    expect([both.column.kind, codesOf(both)]).toEqual(['category', ['decimal-mark-open']]);
  });

  it('looks at every cell of a column that is nearly one of plain numbers', () => {
    const rare = build([...repeat(400, (i) => String(i)), '12,5']);
    expect([rare.column.kind, rare.unparsable, numbersOf(rare).at(-1)]).toEqual(['number', 0, 12.5]);
    const slip = build([...repeat(400, (i) => `${i}.5`), '12,55', 'x']);
    expect([slip.column.kind, slip.unparsable, codesOf(slip)]).toEqual(['number', 2, ['unparsable-cells']]);
    const open = build([...repeat(400, (i) => String(i)), '1,234']);
    expect([open.column.kind, open.unparsable]).toEqual(['number', 1]);
    const thousands = build([...repeat(400, (i) => `${i}.5`), '1,234.5']);
    expect([thousands.unparsable, numbersOf(thousands).at(-1)]).toEqual([0, 1234.5]);
  });

  it('keeps ids and other texts', () => {
    for (const texts of [
      ['007', '12,5'],
      ['00,5', '1,5'],
      ['1,2,3', '4,5'],
      ['1 234', '1 235'],
      ['12 %', '5 %'],
    ])
      expect([texts, build(texts).column.kind]).toEqual([texts, 'category']);
  });

  it('gives back the spelling of decimal commas', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -1e9, max: 1e9 }), { minLength: 1, maxLength: 30 }), (cents) => {
        const texts = cents.map((n) => String(n / 100).replace('.', ','));
        const built = build([...texts, '0,5']);
        expect(numbersOf(built).slice(0, -1)).toEqual(cents.map((n) => n / 100));
        expect(cells(built)).toEqual([...texts, '0,5']);
      }),
      { numRuns },
    );
  });
});

describe('missing tokens', () => {
  const tokens = MISSING_TOKENS.filter((token) => token !== '');

  it('are known by their codes, whatever encoding the column went through', () => {
    const cases: [string, string[]][] = [
      ['numbers first', ['1', 'NA', '', 'null', 'x', 'NA']],
      ['a dictionary first', ['x', 'NA', '', 'null', 'x', 'NA']],
      ['NA first', ['NA', 'x', 'NA', 'null', '', 'y']],
    ];
    for (const [name, texts] of cases) {
      const built = build(texts);
      expect([name, summarizeColumn(built.column).missingTokens]).toEqual([
        name,
        [
          { value: 'NA', count: 2 },
          { value: 'null', count: 1 },
        ],
      ]);
      expect(cells(built)).toEqual(texts.map((text) => (['NA', 'null', ''].includes(text) ? null : text)));
    }
    expect((build(['a', '']).column as CategoryColumn).codes).toEqual(Int32Array.of(0, -1));
  });

  it('come back as they stood, and leave numbers and texts missing', () => {
    const cell = fc.oneof(fc.constantFrom(...tokens, ''), fc.constantFrom('a', 'b', '1', '2.50'));
    fc.assert(
      fc.property(fc.array(cell, { minLength: 1, maxLength: 40 }), (texts) => {
        const built = build([...texts, 'c', 'd']);
        expect(built.column.kind).toBe('category');
        const restored = readColumn(built.column, { values: tokens }).column;
        expect(cells({ ...built, column: restored })).toEqual([
          ...texts.map((text) => (text === '' ? null : text)),
          'c',
          'd',
        ]);
      }),
      { numRuns },
    );
    const numeric = build(['1', 'NA', '2', '-', '']);
    expect([numbersOf(numeric), numeric.unparsable]).toEqual([[1, Number.NaN, 2, Number.NaN, Number.NaN], 0]);
    const many = build(repeat(6000, (i) => (i % 5 === 0 ? 'NULL' : `name ${i}`)));
    expect([many.column.kind, summarizeColumn(many.column).missing]).toEqual(['text', 1200]);
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { categoryColumn, textColumn } from './build-column.ts';
import type { CategoryColumn, Column, DateColumn, NumberColumn } from './column.ts';
import { cellText, rowCountOf } from './column-access.ts';
import type { DateOrder } from './column-reading.ts';
import { DateEvidence } from './date-evidence.ts';
import { MISSING_TOKENS } from './missing-tokens.ts';
import { summarizeColumn } from './profile.ts';
import { readColumn } from './read-column.ts';
import { retypeColumn } from './retype.ts';

const numRuns = process.env.CUTLINE_LANE === 'slow' ? 5000 : 200;
const at = Date.UTC;

const category = (...texts: (string | null)[]) => categoryColumn('x', texts, texts.length);
const text = (...texts: (string | null)[]) => textColumn('x', texts, texts.length);
const numbers = (...values: number[]): NumberColumn => ({
  ...{ kind: 'number', name: 'x', spelling: 'shortest' },
  values: Float64Array.from(values),
});
const cells = (column: Column) =>
  Array.from({ length: rowCountOf(column) }, (_, row) => cellText(column, row));
const values = (column: Column) => Array.from((column as NumberColumn | DateColumn).values);
const codeOf = (token: string) => -(2 + MISSING_TOKENS.indexOf(token));

/** North, empty, NA, null, North, NA as the reader encodes them. */
const regions: CategoryColumn = {
  ...{ kind: 'category', name: 'x', dictionary: ['North'] },
  codes: Int32Array.of(0, -1, codeOf('NA'), codeOf('null'), 0, codeOf('NA')),
};

describe('readColumn', () => {
  it('gives back the column itself when nothing changes', () => {
    const dates: DateColumn = { kind: 'date', name: 'x', values: Float64Array.of(0, Number.NaN) };
    for (const column of [regions, category('a', null), text('a', null), numbers(1, Number.NaN), dates]) {
      for (const reading of [{}, { kind: column.kind }, { missing: ['zzz'] }, { values: [], missing: [] }]) {
        const again = readColumn(column, reading);
        expect(again.column).toBe(column);
        expect([again.unparsable, again.notices]).toEqual([0, []]);
      }
    }
  });

  it('makes missing tokens values again where codes still know them', () => {
    const again = readColumn(regions, { values: ['NA'] }).column as CategoryColumn;
    expect(cells(again)).toEqual(['North', null, 'NA', null, 'North', 'NA']);
    expect(again.codes[3]).toBe(codeOf('null'));
    expect(cells(readColumn(regions, { values: ['null', 'NA'], kind: 'text' }).column)).toEqual([
      ...['North', null, 'NA', 'null', 'North', 'NA'],
    ]);
    expect(readColumn(regions, { values: ['None', '', 'North'] }).column).toBe(regions);
    expect(cells(regions)).toEqual(['North', null, null, null, 'North', null]);
    expect(summarizeColumn(regions).missingTokens).toEqual([
      { value: 'NA', count: 2 },
      { value: 'null', count: 1 },
    ]);
    expect(summarizeColumn(again)).toMatchObject({
      missing: 2,
      missingTokens: [{ value: 'null', count: 1 }],
    });
  });

  it('says so where the tokens are no longer known', () => {
    for (const column of [numbers(1), text('a')]) {
      const { notices, column: same } = readColumn(column, { values: ['NA'] });
      expect(notices.map(({ code }) => code)).toEqual(['reading-not-possible']);
      expect(notices[0]!.message).toContain('"NA"');
      expect(same).toBe(column);
    }
  });

  it('takes texts for missing, by the text without blanks around it', () => {
    for (const column of [
      category('unknown', 'a', ' unknown ', null, 'Unknown'),
      text('unknown', 'a', ' unknown ', null, 'Unknown'),
    ]) {
      const again = readColumn(column, { missing: ['unknown ', 'b'] });
      expect(cells(again.column)).toEqual([null, 'a', null, null, 'Unknown']);
      expect(again.unparsable).toBe(0);
    }
    expect(readColumn(category('a', 'b', 'a'), { missing: ['a'] }).column).toEqual({
      ...category('b'),
      codes: Int32Array.of(-1, 0, -1),
    });
  });

  it('takes numbers and moments for missing, however they are written', () => {
    const again = readColumn(numbers(-999, 1, 0), { missing: ['-999.0', ' 1e0', 'unknown', ''] });
    expect(values(again.column)).toEqual([Number.NaN, Number.NaN, 0]);
    const comma: NumberColumn = { ...numbers(-99.5, 1), decimal: ',' };
    expect(values(readColumn(comma, { missing: ['-99,5'] }).column)).toEqual([Number.NaN, 1]);
    const dates: DateColumn = {
      ...{ kind: 'date', name: 'x', values: Float64Array.of(at(1900, 0, 2), 5) },
      written: { order: 'day-first', shortYears: false },
    };
    expect(values(readColumn(dates, { missing: ['02/01/1900'] }).column)).toEqual([Number.NaN, 5]);
    expect(values(readColumn(dates, { missing: ['1900-01-02'] }).column)).toEqual([Number.NaN, 5]);
  });

  it('first missing, then the kind', () => {
    const column = category('12', 'unknown', '15', 'odd');
    const again = readColumn(column, { missing: ['unknown'], kind: 'number' });
    expect([values(again.column), again.unparsable]).toEqual([[12, Number.NaN, 15, Number.NaN], 1]);
    expect(cells(readColumn(numbers(-999, 5), { missing: ['-999'], kind: 'category' }).column)).toEqual([
      null,
      '5',
    ]);
  });

  it('reads texts with the decimal mark given, or the one that they need', () => {
    const read = (decimal?: '.' | ',') => (column: Column) =>
      values(
        readColumn(column, decimal === undefined ? { kind: 'number' } : { kind: 'number', decimal }).column,
      );
    expect(
      [undefined, '.' as const, ',' as const].map((mark) => read(mark)(category('1,234', '950'))),
    ).toEqual([
      [1234, 950],
      [1234, 950],
      [1.234, 950],
    ]);
    expect(read()(text('1,5', '1.234,5', '7'))).toEqual([1.5, 1234.5, 7]);
    const again = readColumn(text('1,5', '1.234,5', '7'), { kind: 'number', decimal: '.' });
    expect([values(again.column), again.unparsable]).toEqual([[Number.NaN, Number.NaN, 7], 2]);
    expect(again.column).not.toHaveProperty('decimal');
  });

  it('reads numbers with the other mark where their texts are known', () => {
    const thousands = readColumn(numbers(1.234, 950, 12.5), { decimal: ',' });
    expect([values(thousands.column), thousands.unparsable]).toEqual([[1234, 950, Number.NaN], 1]);
    const comma = retypeColumn(category('12,5', '1,234'), 'number').column as NumberColumn;
    expect(summarizeColumn(comma)).toMatchObject({ reading: { decimal: ',' }, max: 12.5 });
    expect(cells(comma)).toEqual(['12,5', '1,234']);
    const point = readColumn(comma, { decimal: '.' });
    expect([values(point.column), point.unparsable]).toEqual([[Number.NaN, 1234], 1]);
    expect(readColumn(comma, { decimal: ',' }).column).toBe(comma);
    const mixed = readColumn({ ...numbers(12.5), spelling: 'mixed' }, { decimal: ',' });
    expect([values(mixed.column), mixed.notices.length]).toEqual([[12.5], 1]);
  });

  it('puts dates in another order', () => {
    const { column } = retypeColumn(text('03/04/2024 10:15', '05/12/2024', null), 'date');
    expect(values(column)).toEqual([at(2024, 3, 3, 10, 15), at(2024, 11, 5), Number.NaN]);
    expect(summarizeColumn(column).reading).toEqual({ dateOrder: 'day-first' });
    const other = readColumn(column, { dateOrder: 'month-first' });
    expect([values(other.column), other.unparsable]).toEqual([
      [at(2024, 2, 4, 10, 15), at(2024, 4, 12), Number.NaN],
      0,
    ]);
    expect(readColumn(other.column, { dateOrder: 'day-first' }).column).toEqual(column);
    expect(readColumn(column, { dateOrder: 'year-first' }).unparsable).toBe(2);
    const above = retypeColumn(category('13/04/2024', '01/04/2024'), 'date').column;
    expect(readColumn(above, { dateOrder: 'month-first' }).unparsable).toBe(1);
    const short = retypeColumn(category('24-03-15'), 'date').column;
    expect(values(readColumn(short, { dateOrder: 'year-first' }).column)).toEqual([at(2024, 2, 15)]);
  });

  it('leaves dates of one order as they are, and says so', () => {
    const iso = retypeColumn(category('2024-03-04', '3 Apr 2024'), 'date').column;
    const again = readColumn(iso, { dateOrder: 'month-first' });
    expect(again.column).toBe(iso);
    expect(again.notices.map(({ code }) => code)).toEqual(['reading-not-possible']);
    const mixed = readColumn(text('2024-03-04', '03/04/2024'), { kind: 'date', dateOrder: 'month-first' });
    expect([values(mixed.column), mixed.unparsable]).toEqual([[at(2024, 2, 4), at(2024, 2, 4)], 0]);
    expect(mixed.column).not.toHaveProperty('written');
  });

  const orders = fc.constantFrom<DateOrder>('day-first', 'month-first', 'year-first');
  const triples = fc.array(
    fc.tuple(
      fc.integer({ min: 1, max: 31 }),
      fc.integer({ min: 1, max: 31 }),
      fc.integer({ min: 0, max: 99 }),
    ),
    { minLength: 1, maxLength: 20 },
  );

  it('another order of the dates is that order of the texts', () => {
    fc.assert(
      fc.property(triples, fc.boolean(), orders, orders, (parts, shortYears, from, to) => {
        const texts = parts.map(([a, b, c]) =>
          [a, b, shortYears ? c : 1970 + c].map((part) => String(part).padStart(2, '0')).join('/'),
        );
        const byFrom = readColumn(text(...texts), { kind: 'date', dateOrder: from });
        const byTo = readColumn(text(...texts), { kind: 'date', dateOrder: to });
        if (byFrom.unparsable > 0 || (byFrom.column as DateColumn).written === undefined) return;
        const again = readColumn(byFrom.column, { dateOrder: to });
        expect([values(again.column), again.unparsable]).toEqual([values(byTo.column), byTo.unparsable]);
      }),
      { numRuns: numRuns * 5 },
    );
  });

  it('restores every token, and taking it for missing again gives the same cells', () => {
    const token = fc.constantFrom(...MISSING_TOKENS.filter((one) => one !== ''));
    fc.assert(
      fc.property(fc.array(fc.oneof(token, fc.constantFrom('a', 'b', null))), token, (texts, wanted) => {
        const plain = category(...texts.filter((one) => one !== null && !MISSING_TOKENS.includes(one)));
        const codes = Int32Array.from(texts, (one) =>
          one === null ? -1 : MISSING_TOKENS.includes(one) ? codeOf(one) : plain.dictionary.indexOf(one),
        );
        const column = { ...plain, codes };
        const restored = readColumn(column, { values: [wanted] }).column;
        expect(cells(restored)).toEqual(
          texts.map((one) => (one === wanted || one === 'a' || one === 'b' ? one : null)),
        );
        expect(cells(readColumn(restored, { missing: [wanted] }).column)).toEqual(cells(column));
      }),
      { numRuns },
    );
  });
});

describe('DateEvidence', () => {
  const found = (...texts: string[]) => {
    const evidence = new DateEvidence();
    for (const one of texts) evidence.add(one, 1);
    const { writing, by, read, failed, otherOrder } = evidence.finding();
    return [writing?.order ?? null, by, read, failed, otherOrder];
  };

  it('finds the order', () => {
    expect(found('03/04/2024', '13/04/2024')).toEqual(['day-first', 'above-12', 2, 0, 0]);
    expect(found('03/04/2024', '04/13/2024')).toEqual(['month-first', 'above-12', 2, 0, 0]);
    expect(found('03/04/2024', '05.06.2024')).toEqual(['day-first', 'nothing', 2, 0, 0]);
    expect(found('13/04/2024', '14/04/2024', '04/13/2024')).toEqual(['day-first', 'above-12', 2, 1, 1]);
    expect(found('01/01/2024', '02/01/2024', '03/01/2024')).toEqual([
      'month-first',
      'first-of-month',
      3,
      0,
      0,
    ]);
    expect(found('01/01/2024', '01/02/2024')).toEqual(['day-first', 'first-of-month', 2, 0, 0]);
    expect(found('01/01/2024', '01/01/2025')).toEqual(['day-first', 'nothing', 2, 0, 0]);
  });

  it('keeps dates of one form apart from those that leave it open', () => {
    expect(found('2024-01-01', '5 May 2024', '?', 'x')).toEqual([null, 'nothing', 2, 1, 0]);
    expect(found('2024-01-01', '2024-01-02', '03/04/2024')).toEqual([null, 'nothing', 2, 1, 0]);
    expect(found('2024-01-01', '13/04/2024', '03/04/2024')).toEqual(['day-first', 'above-12', 2, 1, 0]);
    expect(found('31/31/2024', '7', '')).toEqual([null, 'nothing', 0, 2, 0]);
  });
});

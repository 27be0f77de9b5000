import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { categoryColumn, textColumn } from './build-column.ts';
import type { Column, ColumnKind, NumberColumn, NumberSpelling } from './column.ts';
import { cellText, isMissing, missingCount, numberAt, rowCountOf } from './column-access.ts';
import { placeColumn } from './place-column.ts';
import { retypeColumn } from './retype.ts';

const numRuns = process.env.CUTLINE_LANE === 'slow' ? 5000 : 200;
const KINDS: readonly ColumnKind[] = ['number', 'category', 'date', 'text'];

const numbers = (values: number[], spelling: NumberSpelling = 'shortest'): NumberColumn => ({
  kind: 'number',
  name: 'x',
  values: Float64Array.from(values),
  spelling,
});
const category = (...texts: (string | null)[]) => categoryColumn('x', texts, texts.length);
const text = (...texts: (string | null)[]) => textColumn('x', texts, texts.length);
const cells = (column: Column) =>
  Array.from({ length: rowCountOf(column) }, (_, row) => cellText(column, row));

describe('retypeColumn', () => {
  it('restores the very texts of numbers', () => {
    expect(cells(retypeColumn(numbers([12, 0.5, Number.NaN, 12]), 'category').column)).toEqual([
      '12',
      '0.5',
      null,
      '12',
    ]);
    expect(cells(retypeColumn(numbers([12, 0.5, Number.NaN, 12], 'float'), 'text').column)).toEqual([
      '12.0',
      '0.5',
      null,
      '12.0',
    ]);
    expect(retypeColumn(numbers([12, 0.5, 12], 'float'), 'category').column).toMatchObject({
      dictionary: ['12.0', '0.5'],
    });
  });

  it('reads numbers from texts; counts what is none', () => {
    for (const column of [category('1.0', 'x', null, '?', '2.5'), text('1.0', 'x', null, '?', '2.5')]) {
      const { column: retyped, unparsable } = retypeColumn(column, 'number');
      expect(retyped).toEqual(numbers([1, Number.NaN, Number.NaN, Number.NaN, 2.5], 'float'));
      expect(unparsable).toBe(1);
    }
    expect((retypeColumn(category('1', '1.0'), 'number').column as NumberColumn).spelling).toBe('mixed');
  });

  it('reads dates from texts and numbers', () => {
    const day = Date.UTC(2024, 1, 29);
    const dates = retypeColumn(category('2024-02-29', '20240229', 'soon', null), 'date');
    expect([...(dates.column as NumberColumn).values, dates.unparsable]).toEqual([
      day,
      day,
      Number.NaN,
      Number.NaN,
      1,
    ]);
    const fromNumbers = retypeColumn(numbers([20240229, day / 1000, day, Number.NaN, Infinity]), 'date');
    expect([...(fromNumbers.column as NumberColumn).values]).toEqual([day, day, day, Number.NaN, Number.NaN]);
    expect(fromNumbers.unparsable).toBe(1);
    expect(cells(retypeColumn(fromNumbers.column, 'category').column)[0]).toBe('2024-02-29');
    expect(cells(retypeColumn(fromNumbers.column, 'number').column)[0]).toBe(String(day));
  });

  it('reads months, days that do not exist and the days of Excel in numbers', () => {
    const dates = (...values: number[]) => cells(retypeColumn(numbers(values), 'date').column);
    expect(dates(202401, 199912, 20240230)).toEqual(['2024-01-01', '1999-12-01', null]);
    expect(dates(45350.5, 61, 73050, Number.NaN)).toEqual([
      '2024-02-28T12:00:00.000Z',
      '1900-03-01',
      '2099-12-31',
      null,
    ]);
    // One number that is no such day, and all are seconds.
    expect(dates(86_400, 0)).toEqual(['1970-01-02', '1970-01-01']);
    expect(dates(45350, 73051)).toEqual(['1970-01-01T12:35:50.000Z', '1970-01-01T20:17:31.000Z']);
  });

  it('survives columns that are empty, all missing, or of another kind, in every direction', () => {
    const columns = [
      numbers([]),
      numbers([Number.NaN, Number.NaN]),
      category(null, null),
      category(),
      text(null, null),
      text(),
    ];
    for (const column of columns) {
      for (const kind of KINDS) {
        const { column: retyped, unparsable } = retypeColumn(column, kind);
        expect([retyped.kind, unparsable, missingCount(retyped)]).toEqual([kind, 0, rowCountOf(column)]);
      }
    }
  });

  it('number -> category or text -> number is the same column', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double()),
        fc.constantFrom('shortest' as const, 'float' as const),
        fc.constantFrom('category' as const, 'text' as const),
        (values, spelling, kind) => {
          const back = retypeColumn(retypeColumn(numbers(values, spelling), kind).column, 'number');
          expect(back.unparsable).toBe(0);
          // -0 and 0 are one category; toEqual tells them apart.
          expect([...(back.column as NumberColumn).values].map((x) => x + 0)).toEqual(
            values.map((x) => x + 0),
          );
        },
      ),
      { numRuns },
    );
  });

  it('placed columns are equal and lie where they were told', () => {
    for (const column of [
      numbers([1, 2]),
      category('a', null),
      text('ä', null),
      retypeColumn(numbers([1]), 'date').column,
    ]) {
      const placed = placeColumn(column, (byteLength) => new SharedArrayBuffer(byteLength));
      expect(cells(placed)).toEqual(cells(column));
      const array =
        placed.kind === 'category' ? placed.codes : placed.kind === 'text' ? placed.bytes : placed.values;
      expect(array.buffer).toBeInstanceOf(SharedArrayBuffer);
    }
  });
});

describe('cells', () => {
  it('are read as numbers whatever the kind', () => {
    expect([
      numberAt(numbers([1.5]), 0),
      numberAt(category('2', null), 0),
      numberAt(category('2', null), 1),
      numberAt(text('x'), 0),
    ]).toEqual([1.5, 2, Number.NaN, Number.NaN]);
    expect([isMissing(text('x', null), 1), isMissing(category('x'), 0)]).toEqual([true, false]);
  });
});

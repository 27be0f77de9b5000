import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dateOfTriple, dateTriple, formatDate, parseDate, parseDateLoosely } from './parse-date.ts';

const numRuns = process.env.CUTLINE_LANE === 'slow' ? 5000 : 200;
const at = Date.UTC;
const day = at(2024, 0, 5);

describe('parseDate', () => {
  it.each<[string, number]>([
    ['2024-02-29', at(2024, 1, 29)],
    ['2024/02/29 12:30', at(2024, 1, 29, 12, 30)],
    ['2024-02-29T12:30:15.5Z', at(2024, 1, 29, 12, 30, 15, 500)],
    ['2024-02-29T12:30:15,123456+01:30', at(2024, 1, 29, 11, 0, 15, 123)],
    ['2024-02-29 00:00:00-05', at(2024, 1, 29, 5)],
    ['0001-01-01', -62135596800000],
    ['1969-12-31', -86400000],
    ['2024-1-5', day],
    ['2024/1/5 3:05 PM', at(2024, 0, 5, 15, 5)],
    ['2024.01.05', day],
    ['2024-03', at(2024, 2, 1)],
    ['2024/03', at(2024, 2, 1)],
    ['03/2024', at(2024, 2, 1)],
    ['3-2024', at(2024, 2, 1)],
    ['Jan-2024', at(2024, 0, 1)],
    ['March 2024', at(2024, 2, 1)],
    ['05-Jan-2024', day],
    ['5-Jan-24', day],
    ['05-JAN-69', at(2069, 0, 5)],
    ['05-jan-70', at(1970, 0, 5)],
    ['05JAN2024:12:30:00', at(2024, 0, 5, 12, 30)],
    ['5 January 2024', day],
    ['5. Jan. 2024', day],
    ['05/Jan/2024', day],
    ['Jan 5, 2024', day],
    ['September 5 2024', at(2024, 8, 5)],
    ['Sept 5, 2024', at(2024, 8, 5)],
    ['May 5, 2024, 12:00 AM', at(2024, 4, 5)],
    ['May 5, 2024, 12:00:01 pm', at(2024, 4, 5, 12, 0, 1)],
  ])('reads %s without an order', (text, epochMs) => {
    expect(parseDate(text)).toBe(epochMs);
    expect(parseDate(text, 'day-first')).toBe(epochMs);
  });

  it.each([
    ...['2023-02-29', '2024-13-01', '2024-00-10', '2024-02/29', '24:00', '2024-02-29T24:00', '20240229', ''],
    ...['2024', '2024.03', '03.2024', '13/2024', '2024-13', '1234-05', '05/1234', 'Jan', 'Janu 5, 2024'],
    ...['Jan-24', '5 Jän 2024', '32 Jan 2024', '2024-01-05 13:00 PM', '2024-01-05 0:30 AM', '2024-01-05x'],
    ...['2024-01-05 12:60', '2024-01-05 12:00:60', 'x'.repeat(500), '12.5', '007', '1,234', '12-34'],
  ])('takes %s for no date', (text) => {
    for (const order of [null, 'day-first', 'month-first', 'year-first'] as const)
      expect(parseDate(text, order)).toBeNaN();
  });

  it('reads three numbers in the order given, and only with one', () => {
    for (const text of ['03/04/2024', '3.4.2024', '03-04-24', '3/4/24']) {
      expect(parseDate(text)).toBeNaN();
      expect(parseDate(text, 'day-first')).toBe(at(2024, 3, 3));
      expect(parseDate(text, 'month-first')).toBe(at(2024, 2, 4));
    }
    expect(parseDate('24-03-04', 'year-first')).toBe(at(2024, 2, 4));
    expect(parseDate('03/04/2024', 'year-first')).toBeNaN();
    expect(parseDate('13/04/2024', 'month-first')).toBeNaN();
    expect(parseDate('29/02/2023', 'day-first')).toBeNaN();
    expect(parseDate('3/4/2024, 3:05:06 PM', 'month-first')).toBe(at(2024, 2, 4, 15, 5, 6));
    expect(parseDate('3/4/2024 10:00+02:00', 'month-first')).toBeNaN();
    expect([parseDate('1/1/69', 'day-first'), parseDate('1/1/70', 'day-first')]).toEqual([at(2069, 0, 1), 0]);
  });

  it('splits what leaves its order open, and nothing else', () => {
    expect(dateTriple('03.04.24 01:00')).toEqual({
      ...{ first: 3, second: 4, third: 24, shortYear: true, time: 3_600_000 },
    });
    expect([dateTriple('2024-03-04'), dateTriple('1/2-2024'), dateTriple('1/2/2024 25:00')]).toEqual([
      null,
      null,
      null,
    ]);
    expect(parseDateLoosely(' 20240229 ')).toBe(at(2024, 1, 29));
    expect(parseDateLoosely(' 3/4/2024', 'day-first')).toBe(at(2024, 3, 3));
  });

  const moment = fc
    .date({ min: new Date(-62135596800000), max: new Date(253402300799999), noInvalidDate: true })
    .map((date) => date.getTime());

  it('is undone by formatDate', () => {
    fc.assert(
      fc.property(moment, (epochMs) => {
        expect(parseDate(formatDate(epochMs))).toBe(epochMs);
      }),
      { numRuns },
    );
    expect([formatDate(Number.NaN), formatDate(Infinity)]).toEqual(['', '']);
  });

  it('reads back every day in every form and order', () => {
    const days = fc.integer({ min: -25_000, max: 36_000 }).map((n) => n * 86_400_000);
    const names = 'January February March April May June July August September October November December';
    fc.assert(
      fc.property(
        days,
        fc.constantFrom('/', '-', '.'),
        fc.boolean(),
        fc.constantFrom('', ' 00:00', ', 12:00 AM', ' 0:00:00.000'),
        (epochMs, separator, padded, time) => {
          const date = new Date(epochMs);
          const pad = (n: number) => (padded ? String(n).padStart(2, '0') : String(n));
          const [d, m] = [pad(date.getUTCDate()), pad(date.getUTCMonth() + 1)];
          const year = String(date.getUTCFullYear());
          const name = names.split(' ')[date.getUTCMonth()]!;
          expect(parseDate([d, m, year].join(separator) + time, 'day-first')).toBe(epochMs);
          expect(parseDate([m, d, year].join(separator) + time, 'month-first')).toBe(epochMs);
          if (separator !== '.') expect(parseDate([year, m, d].join(separator) + time)).toBe(epochMs);
          for (const month of [name, name.slice(0, 3), name.toUpperCase()]) {
            expect(parseDate(`${d} ${month} ${year}${time}`)).toBe(epochMs);
            expect(parseDate(`${d}-${month}-${year}${time}`)).toBe(epochMs);
            expect(parseDate(`${month} ${d}, ${year}${time}`)).toBe(epochMs);
          }
          if (epochMs < 0 || date.getUTCFullYear() > 2069 || !padded) return;
          expect(parseDate([d, m, year.slice(2)].join(separator) + time, 'day-first')).toBe(epochMs);
          const short = dateTriple([year.slice(2), m, d].join(separator));
          expect(short === null ? null : dateOfTriple(short, 'year-first')).toBe(epochMs);
        },
      ),
      { numRuns },
    );
  });

  it('takes no plain number for a date, in any order', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.double().map(String),
          fc.nat().map(String),
          fc.integer({ min: 1900, max: 2100 }).map(String),
        ),
        fc.constantFrom(null, 'day-first' as const, 'month-first' as const, 'year-first' as const),
        (text, order) => {
          expect(parseDate(text, order)).toBeNaN();
        },
      ),
      { numRuns },
    );
  });
});

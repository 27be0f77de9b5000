import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DecimalEvidence } from './decimal-evidence.ts';
import { parseLocalNumber } from './parse-local-number.ts';
import { parseNumber } from './parse-number.ts';

const numRuns = process.env.CUTLINE_LANE === 'slow' ? 5000 : 200;
const NO = Number.NaN;

describe('parseLocalNumber', () => {
  it.each<[string, number, number]>([
    // text, with a decimal point, with a decimal comma
    ['12,5', NO, 12.5],
    ['12.5', 12.5, NO],
    ['1.234,56', NO, 1234.56],
    ['1,234.56', 1234.56, NO],
    ['1,234', 1234, 1.234],
    ['1.234', 1.234, 1234],
    ['1,234,567', 1234567, NO],
    ['-1 234,5', NO, -1234.5],
    ['1\u202f234\u202f567', 1234567, 1234567],
    ['1\u00a0234.5', 1234.5, NO],
    ['1 234\u00a0567', NO, NO],
    ['0,125', NO, 0.125],
    ['0.125', 0.125, NO],
    ['1234,567', NO, 1234.567],
    ['12,34,567', NO, NO],
    ['1,23', NO, 1.23],
    ['+1,5e3', NO, 1500],
    [',5', NO, 0.5],
    ['5,', NO, NO],
    ['1,2,3', NO, NO],
    ['', NO, NO],
    ['12', 12, 12],
    ['inf', Infinity, Infinity],
    ['1e3', 1000, 1000],
    ['12 %', NO, NO],
    ['€ 12,5', NO, NO],
  ])('%s', (text, byPoint, byComma) => {
    expect([parseLocalNumber(text, '.'), parseLocalNumber(text, ',')]).toEqual([byPoint, byComma]);
  });

  it('agrees with parseNumber wherever that reads a number', () => {
    fc.assert(
      fc.property(fc.oneof(fc.double({ noNaN: true }).map(String), fc.string()), (text) => {
        const plain = parseNumber(text);
        if (!Number.isNaN(plain)) expect(parseLocalNumber(text, '.')).toBe(plain);
      }),
      { numRuns },
    );
  });

  it('reads back every number written with a comma, with and without groups', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -1e9, max: 1e9 }),
        fc.integer({ min: 0, max: 99 }),
        fc.constantFrom('', '.', ' ', '\u00a0', '\u202f', '\u2009'),
        (whole, cents, separator) => {
          const grouped = String(whole).replaceAll(/\B(?=(\d{3})+$)/g, separator);
          const decimals = String(cents).padStart(2, '0');
          expect(parseLocalNumber(`${grouped},${decimals}`, ',')).toBe(Number(`${whole}.${decimals}`));
          if (separator === '.') return;
          expect(parseLocalNumber(`${grouped}.${decimals}`, '.')).toBe(Number(`${whole}.${decimals}`));
        },
      ),
      { numRuns },
    );
  });
});

describe('DecimalEvidence', () => {
  const found = (...texts: string[]) => {
    const evidence = new DecimalEvidence();
    for (const text of texts) evidence.add(text, 1);
    const { way, read, failed } = evidence.finding();
    return [way, read, failed];
  };

  it('says what the commas mean', () => {
    expect(found('1', '2.5')).toEqual(['plain', 2, 0]);
    expect(found('1,5', '2', '?')).toEqual([',', 2, 0]);
    expect(found('1,234', '0,5', 'x')).toEqual([',', 2, 1]);
    expect(found('1,234', '950')).toEqual(['open', 2, 0]);
    expect(found('1,234', '2.5')).toEqual(['.', 2, 0]);
    expect(found('1,234.5')).toEqual(['.', 1, 0]);
    expect(found('1,5', '2.5')).toEqual(['both', 2, 0]);
    expect(found('1 234', '5')).toEqual(['open', 2, 0]);
    expect(found("1'234", '5')).toEqual(['.', 2, 0]);
    expect(found("1'234", "1'234,5")).toEqual([',', 2, 0]);
    expect(found("1'234", '1 234')).toEqual(['open', 2, 0]);
  });

  it('sees an id', () => {
    for (const text of ['007', '00,5', '9007199254740993']) {
      const evidence = new DecimalEvidence();
      evidence.add(text, 1);
      expect([text, evidence.sawId]).toEqual([text, true]);
    }
  });
});

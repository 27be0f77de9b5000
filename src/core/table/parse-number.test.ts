import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isIdLike, parseNumber, spellNumber } from './parse-number.ts';
import { parseNumberBytes } from './parse-number-bytes.ts';
import { encodeUtf8 } from './utf8.ts';

const numRuns = process.env.CUTLINE_LANE === 'slow' ? 100_000 : 200;

const fromBytes = (text: string) => {
  const bytes = encodeUtf8(`9${text}9`);
  return parseNumberBytes(bytes, 1, bytes.length - 1);
};

const digits = fc.string({ unit: fc.constantFrom(...'0123456789'), minLength: 1, maxLength: 24 });
const decimal = fc
  .tuple(
    fc.constantFrom('', '-', '+'),
    digits,
    fc.option(digits),
    fc.option(fc.integer({ min: -330, max: 320 })),
  )
  .map(([sign, whole, fraction, exponent]) => {
    const mantissa = fraction === null ? whole : `${whole}.${fraction}`;
    return `${sign}${mantissa}${exponent === null ? '' : `e${exponent}`}`;
  });
/** 16 to 19 digits right beside the middle of two float64: the hard cases of rounding. */
const nearMiddle = fc
  .tuple(fc.double({ min: 1e-4, max: 1e15, noNaN: true }), fc.integer({ min: 16, max: 19 }))
  .map(([x, precision]) => {
    const up = x * (1 + 2 ** -52);
    return (x / 2 + up / 2 + x * 2 ** -54).toPrecision(precision);
  });

describe('parseNumber', () => {
  it('reads decimal notation and infinities, nothing else', () => {
    const numbers: [string, number][] = [
      ['12', 12],
      ['-0.5', -0.5],
      ['+5', 5],
      ['.5', 0.5],
      ['5.', 5],
      [' 1e3\t', 1000],
      ['1E-2', 0.01],
      ['inf', Infinity],
      ['-Infinity', -Infinity],
      ['1e999', Infinity],
    ];
    for (const [text, value] of numbers) expect([parseNumber(text), fromBytes(text)]).toEqual([value, value]);
    for (const text of [
      '',
      ' ',
      '-',
      '.',
      '-.',
      'e5',
      '1e',
      '0x10',
      '1_000',
      '1,5',
      '12%',
      '$1',
      '1 2',
      '1\n',
      '--1',
      'NaN',
      '１',
    ]) {
      expect([text, parseNumber(text), fromBytes(text)]).toEqual([text, Number.NaN, Number.NaN]);
    }
  });

  it('reads bytes exactly as Number reads the text', () => {
    const same = (text: string) => {
      expect([text, fromBytes(text)]).toEqual([text, Number(text)]);
    };
    fc.assert(fc.property(decimal, same), { numRuns });
    fc.assert(fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }).map(String), same), {
      numRuns,
    });
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 1, noNaN: true }).map((x) => x.toFixed(17)),
        same,
      ),
      { numRuns },
    );
    fc.assert(fc.property(nearMiddle, same), { numRuns });
    for (const text of [
      '9007199254740993',
      '9007199254740992.9',
      '0.1000000000000000055',
      '5e-324',
      '2.4703282292062327e-324',
    ])
      same(text);
  });

  it('reads any text alike as text and as bytes', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'0123456789.-+eE \tinf'), maxLength: 12 }), (text) => {
        expect(fromBytes(text)).toBe(parseNumber(text));
      }),
      { numRuns },
    );
  });
});

describe('isIdLike', () => {
  it('finds padding zeros and integers beyond 2^53', () => {
    for (const text of ['007', '00', '-01', '9007199254740993', '12345678901234567890'])
      expect([text, isIdLike(text)]).toEqual([text, true]);
    for (const text of ['0', '10', '0.5', '00.5', '9007199254740991', '1e20', '1234567890123456.5'])
      expect([text, isIdLike(text)]).toEqual([text, false]);
  });
});

describe('spellNumber', () => {
  it('writes numbers as JavaScript or as Python does', () => {
    expect([spellNumber(12, 'shortest'), spellNumber(12, 'float'), spellNumber(0.5, 'float')]).toEqual([
      '12',
      '12.0',
      '0.5',
    ]);
    expect([spellNumber(Number.NaN, 'float'), spellNumber(1e21, 'float')]).toEqual(['', '1e+21']);
    expect([spellNumber(12.5, 'shortest', ','), spellNumber(12, 'float', ',')]).toEqual(['12,5', '12,0']);
  });

  it('is undone by parseNumber', () => {
    fc.assert(
      fc.property(
        fc.double({ noNaN: true }),
        fc.constantFrom('shortest' as const, 'float' as const),
        (x, spelling) => {
          expect(parseNumber(spellNumber(x, spelling)) === x).toBe(true);
        },
      ),
      { numRuns },
    );
  });
});

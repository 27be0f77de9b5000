import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseNumbers } from './parse-numbers.ts';

const numRuns = process.env.CUTLINE_LANE === 'slow' ? 5000 : 200;

function parse(text: string): number[] | null {
  const bytes = new TextEncoder().encode(`9 ${text} 9`);
  const numbers = parseNumbers(bytes, 2, bytes.length - 2);
  return numbers === null ? null : [...numbers];
}

describe('parseNumbers', () => {
  it('reads what C++ writes, and only between the given bytes', () => {
    expect(parse('')).toEqual([]);
    expect(parse('   ')).toEqual([]);
    expect(parse(' 1  -2\t+3.5 ')).toEqual([1, -2, 3.5]);
    expect(parse('1e-05 -1.5E+300 0.1 00 -0')).toEqual([1e-5, -1.5e300, 0.1, 0, -0]);
    expect(parse('inf -inf Infinity nan -nan NaN')).toEqual([
      ...[Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY],
      ...[Number.NaN, Number.NaN, Number.NaN],
    ]);
  });

  it.each([
    'a',
    '1 x',
    '0x10',
    '1,5',
    '1.2.3',
    '--1',
    '1e',
    '.',
    '-',
    'nano',
    'none',
    '1_0',
    '1'.repeat(401),
  ])('knows that %j is no list of numbers', (text) => expect(parse(text)).toBeNull());

  it('law: every double is read back from its 17 digits', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ noNaN: true, noDefaultInfinity: true })), (values) => {
        expect(parse(values.map((value) => value.toPrecision(17)).join(' '))).toEqual(
          values.map((value) => Number(value.toPrecision(17))),
        );
        expect(parse(values.map(String).join(' '))).toEqual(values.map((value) => Number(String(value))));
      }),
      { numRuns },
    );
  });
});

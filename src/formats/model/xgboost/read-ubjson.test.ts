import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FormatError } from '../../../core/errors.ts';
import { readUbjson } from './read-ubjson.ts';
import { isPacked, type PackedNumbers, type UbjsonValue, writeUbjson } from './write-ubjson.laws.ts';

const runs = process.env.CUTLINE_LANE === 'slow' ? 5000 : 200;

/** Bytes from texts (one byte a character) and numbers. */
function bytesOf(...parts: (string | number)[]): Uint8Array {
  return Uint8Array.from(
    parts.flatMap((part) => (typeof part === 'string' ? Array.from(part, (c) => c.charCodeAt(0)) : [part])),
  );
}

describe('readUbjson', () => {
  it.each<[string, Uint8Array, unknown]>([
    ['null', bytesOf('Z'), null],
    ['true', bytesOf('T'), true],
    ['int8', bytesOf('i', 0xff), -1],
    ['uint8', bytesOf('U', 0xff), 255],
    ['int16, big endian', bytesOf('I', 1, 2), 258],
    ['uint16', bytesOf('u', 0xff, 0xfe), 65_534],
    ['int32', bytesOf('l', 0xff, 0xff, 0xff, 0xfe), -2],
    ['uint32', bytesOf('m', 0xff, 0xff, 0xff, 0xfe), 4_294_967_294],
    ['int64', bytesOf('L', 0, 0, 1, 0, 0, 0, 0, 0), 2 ** 40],
    ['uint64', bytesOf('M', 0, 0, 1, 0, 0, 0, 0, 1), 2 ** 40 + 1],
    ['float32', bytesOf('d', 0x3f, 0xc0, 0, 0), 1.5],
    ['float64', bytesOf('D', 0x3f, 0xf8, 0, 0, 0, 0, 0, 0), 1.5],
    ['a character', bytesOf('C', 'x'), 'x'],
    ['a number as text', bytesOf('H', 'i', 4, '12.5'), 12.5],
    ['text', bytesOf('S', 'U', 3, 'a', 0xc3, 0xb6), 'aö'],
    ['a list with an end, and a no-op', bytesOf('[', 'N', 'i', 1, 'N', 'T', ']'), [1, true]],
    ['a list with a count', bytesOf('[', '#', 'i', 2, 'i', 1, 'Z'), [1, null]],
    ['texts of one type', bytesOf('[', '$', 'S', '#', 'i', 2, 'i', 1, 'a', 'i', 1, 'b'), ['a', 'b']],
    ['numbers of one type', bytesOf('[', '$', 'I', '#', 'i', 2, 0, 1, 1, 0), Int16Array.of(1, 256)],
    ['an empty list', bytesOf('[', '#', 'L', 0, 0, 0, 0, 0, 0, 0, 0), []],
    ['an object with an end', bytesOf('{', 'i', 1, 'a', 'i', 7, '}'), { a: 7 }],
    ['an object with a count', bytesOf('{', '#', 'i', 1, 'i', 1, 'a', 'T'), { a: true }],
    [
      'an object of one type',
      bytesOf('{', '$', 'U', '#', 'i', 2, 'i', 1, 'a', 7, 'i', 1, 'b', 8),
      { a: 7, b: 8 },
    ],
  ])('%s', (_, bytes, expected) => {
    const value = readUbjson(bytes, 'm.ubj');
    expect(ArrayBuffer.isView(value) ? value : JSON.parse(JSON.stringify(value))).toEqual(expected);
  });

  it('a key that JavaScript knows is a key', () => {
    const value = readUbjson(bytesOf('{', 'i', 9, '__proto__', 'i', 7, '}'), 'm.ubj') as object;
    expect(Object.entries(value)).toEqual([['__proto__', 7]]);
  });

  it.each<[string, Uint8Array, RegExp]>([
    ['nothing', bytesOf(), /byte 0 the file ends early/],
    ['a byte that begins nothing', bytesOf('?'), /0x3f, which begins no value/],
    ['a text that ends early', bytesOf('S', 'i', 9, 'abc'), /ends early/],
    ['a negative length', bytesOf('S', 'i', 0xff), /negative/],
    ['a length that is none', bytesOf('S', 'd', 0, 0, 0, 0), /length is missing/],
    [
      'billions of numbers',
      bytesOf('[', '$', 'd', '#', 'l', 0x7f, 0xff, 0xff, 0xff),
      /claims 2147483647 values/,
    ],
    ['billions of values', bytesOf('[', '#', 'l', 0x7f, 0xff, 0xff, 0xff), /claims 2147483647 values/],
    ['billions of nulls that take no bytes', bytesOf('[', '$', 'Z', '#', 'i', 1), /no usable type/],
    ['a type without a count', bytesOf('[', '$', 'd', 'i', 1), /no count/],
    ['lists in lists', bytesOf('['.repeat(100)), /nested too deeply/],
    ['an object without an end', bytesOf('{', 'i', 1, 'a', 'T'), /ends early/],
  ])('refuses %s', (_, bytes, message) => {
    try {
      readUbjson(bytes, 'm.ubj');
      expect.unreachable();
    } catch (error) {
      expect(error).toBeInstanceOf(FormatError);
      expect((error as FormatError).code).toBe('corrupt-model');
      expect((error as FormatError).message).toMatch(message);
    }
  });
});

describe('law: what is written is read', () => {
  const packed: fc.Arbitrary<PackedNumbers> = fc.oneof(
    fc.record({ mark: fc.constant('i' as const), values: fc.array(fc.integer({ min: -128, max: 127 })) }),
    fc.record({ mark: fc.constant('U' as const), values: fc.array(fc.integer({ min: 0, max: 255 })) }),
    fc.record({
      mark: fc.constant('I' as const),
      values: fc.array(fc.integer({ min: -32_768, max: 32_767 })),
    }),
    fc.record({ mark: fc.constant('l' as const), values: fc.array(fc.integer()) }),
    fc.record({ mark: fc.constant('L' as const), values: fc.array(fc.maxSafeInteger()) }),
    fc.record({ mark: fc.constant('d' as const), values: fc.array(fc.float()) }),
    fc.record({ mark: fc.constant('D' as const), values: fc.array(fc.double()) }),
  );
  const { value: anyValue } = fc.letrec<{ value: UbjsonValue }>((tie) => ({
    value: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      fc.constant(null),
      fc.boolean(),
      fc.integer(),
      fc.double(),
      fc.string({ unit: 'grapheme' }),
      packed,
      fc.array(tie('value')),
      fc.dictionary(
        fc.string().filter((key) => key !== '__proto__' && key !== 'mark'),
        tie('value'),
      ),
    ),
  }));

  function plain(value: unknown): unknown {
    if (ArrayBuffer.isView(value)) return Array.from(value as unknown as ArrayLike<number>);
    if (Array.isArray(value)) return value.map(plain);
    if (typeof value !== 'object' || value === null) return value;
    if (isPacked(value as UbjsonValue)) return [...(value as PackedNumbers).values];
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, plain(item)]));
  }

  it.each([true, false])('with counts: %s', (counted) => {
    fc.assert(
      fc.property(anyValue, (value) => {
        expect(plain(readUbjson(writeUbjson(value, counted), 'm.ubj'))).toEqual(plain(value));
      }),
      { numRuns: runs },
    );
  });
});

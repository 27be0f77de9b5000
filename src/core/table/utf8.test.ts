import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { codePointAt, decodeUtf8, encodeUtf8 } from './utf8.ts';

const numRuns = process.env.CUTLINE_LANE === 'slow' ? 20_000 : 200;

describe('utf8', () => {
  it('encodes and decodes as the platform does', () => {
    const text = fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme', maxLength: 200 }));
    fc.assert(
      fc.property(text, (value) => {
        const bytes = new TextEncoder().encode(value);
        expect(encodeUtf8(value)).toEqual(bytes);
        expect(decodeUtf8(bytes)).toBe(new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes));
      }),
      { numRuns },
    );
  });

  it('decodes ranges, and long texts', () => {
    const bytes = encodeUtf8('aé漢😀z');
    expect([decodeUtf8(bytes, 1, 6), decodeUtf8(bytes, 6, 10), decodeUtf8(bytes, 3, 3)]).toEqual([
      'é漢',
      '😀',
      '',
    ]);
    const long = 'é😀'.repeat(200_000);
    expect(decodeUtf8(encodeUtf8(long))).toBe(long);
  });

  it('accepts exactly the sequences that a strict decoder accepts', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 4 }), (bytes) => {
        const point = codePointAt(bytes, 0, bytes.length);
        if (point >= 0)
          expect(encodeUtf8(String.fromCodePoint(point))).toEqual(
            bytes.slice(0, encodeUtf8(String.fromCodePoint(point)).length),
          );
        else expect(() => new TextDecoder('utf-8', { fatal: true }).decode(bytes)).toThrow();
      }),
      { numRuns: numRuns * 5 },
    );
  });
});

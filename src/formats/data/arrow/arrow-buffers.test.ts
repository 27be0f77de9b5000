import { describe, expect, it } from 'vitest';
import { bitsOf, offsetTexts, unpackBuffer, viewTexts } from './arrow-buffers.ts';

const bytes = new TextEncoder().encode('abcdef');
const offsets = (...values: number[]) => new Uint8Array(Int32Array.from(values).buffer);

describe('offsetTexts', () => {
  it('gives ranges, and refuses offsets that fall or lie outside', () => {
    const { starts, ends } = offsetTexts(offsets(1, 1, 4), bytes, 2);
    expect([Array.from(starts), Array.from(ends)]).toEqual([
      [1, 1],
      [1, 4],
    ]);
    expect(() => offsetTexts(offsets(3, 2, 4), bytes, 2)).toThrow('its texts are damaged');
    expect(() => offsetTexts(offsets(0, 2, 7), bytes, 2)).toThrow('its texts are cut off');
    expect(() => offsetTexts(offsets(-1, 2, 4), bytes, 2)).toThrow('its texts are cut off');
    expect(() => offsetTexts(offsets(0, 2), bytes, 2)).toThrow(RangeError);
  });
});

describe('viewTexts', () => {
  it('refuses views that point outside', () => {
    const view = (length: number, buffer: number, offset: number) => offsets(length, 0, buffer, offset);
    expect(Array.from(viewTexts(view(13, 0, 1), [new Uint8Array(14)], 1).ends)).toEqual([30]);
    for (const wrong of [view(13, 0, 2), view(13, 1, 0), view(13, 0, -1), view(-1, 0, 0)])
      expect(() => viewTexts(wrong, [new Uint8Array(14)], 1)).toThrow(RangeError);
  });
});

describe('bitsOf and unpackBuffer', () => {
  it('refuse what is too short, and lengths that cannot be', () => {
    expect([...bitsOf(Uint8Array.of(0b101), 3)]).toEqual([1, 0, 1]);
    expect(() => bitsOf(Uint8Array.of(1), 9)).toThrow(RangeError);
    const prefix = (length: bigint) => new Uint8Array(BigInt64Array.of(length).buffer);
    expect([...unpackBuffer(Uint8Array.of(...prefix(-1n), 7), 'zstd')]).toEqual([7]);
    for (const length of [-2n, 2n ** 40n, 5000n])
      expect(() => unpackBuffer(Uint8Array.of(...prefix(length), 7), 'lz4')).toThrow('a buffer of');
  });
});

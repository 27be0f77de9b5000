import { describe, expect, it } from 'vitest';
import { decompressLz4Frame } from './lz4-frame.ts';

const PLAIN = Uint8Array.from([
  ...new TextEncoder().encode('abcabcabcabcabcabc'.repeat(40)),
  ...Array.from({ length: 200 }, (_, i) => i),
]);
/** `lz4 -c -BD -B4 --no-frame-crc` (1.9.4): linked blocks of 64 KB. */
const PACKED = Uint8Array.from(
  atob(
    'BCJNGGBAgtMAAAA/YWJjAwD//7zwuQABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4fICEiIyQlJicoKSorLC0uLzAxMjM0NTY3ODk6Ozw9Pj9AQUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVpbXF1eX2BhYmNkZWZnaGlqa2xtbm9wcXJzdHV2d3h5ent8fX5/gIGCg4SFhoeIiYqLjI2Oj5CRkpOUlZaXmJmam5ydnp+goaKjpKWmp6ipqqusra6vsLGys7S1tre4ubq7vL2+v8DBwsPExcbHAAAAAA==',
  ),
  (character) => character.charCodeAt(0),
);

describe('decompressLz4Frame', () => {
  it('unpacks what lz4 packed', () => {
    expect(decompressLz4Frame(PACKED, PLAIN.length)).toEqual(PLAIN);
  });

  it('by hand: stored and packed blocks, a match that reaches into the block before, two frames', () => {
    const head = [0x04, 0x22, 0x4d, 0x18, 0x40, 0x40, 0x00];
    const stored = [3, 0, 0, 0x80, 1, 2, 3];
    // Token: no literals, a match of 4 from 3 back; then one literal.
    const linked = [5, 0, 0, 0, 0x00, 3, 0, 0x10, 9];
    const end = [0, 0, 0, 0];
    const frame = [...head, ...stored, ...linked, ...end];
    expect([...decompressLz4Frame(Uint8Array.from(frame), 8)]).toEqual([1, 2, 3, 1, 2, 3, 1, 9]);
    expect([
      ...decompressLz4Frame(Uint8Array.from([...head, ...stored, ...end, ...head, ...stored, ...end]), 6),
    ]).toEqual([1, 2, 3, 1, 2, 3]);
  });

  it('refuses every truncation, and another length than is said', () => {
    for (let length = 1; length < PACKED.length; length++) {
      expect(() => decompressLz4Frame(PACKED.subarray(0, length), PLAIN.length)).toThrow();
    }
    expect(() => decompressLz4Frame(PACKED, PLAIN.length - 1)).toThrow(RangeError);
    expect(() => decompressLz4Frame(PACKED, PLAIN.length + 1)).toThrow(RangeError);
  });
});

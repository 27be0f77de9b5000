import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readHybrid } from './hybrid.ts';

/** One bit-packed run of groups of eight, the last filled up with zeros. */
function packed(values: readonly number[], bitWidth: number): number[] {
  const groups = Math.ceil(values.length / 8);
  let bits = 0n;
  values.forEach((value, i) => {
    bits |= BigInt(value) << BigInt(i * bitWidth);
  });
  const bytes = Array.from({ length: groups * bitWidth }, (_, i) => Number((bits >> BigInt(8 * i)) & 255n));
  return [...varint(groups * 2 + 1), ...bytes];
}

function repeated(value: number, count: number, bitWidth: number): number[] {
  const bytes = Array.from({ length: Math.ceil(bitWidth / 8) }, (_, i) => Math.floor(value / 256 ** i) % 256);
  return [...varint(count * 2), ...bytes];
}

function varint(value: number): number[] {
  return value < 128 ? [value] : [(value % 128) + 128, ...varint(Math.floor(value / 128))];
}

function decode(bytes: readonly number[], count: number, bitWidth: number): number[] {
  const out = new Int32Array(count);
  readHybrid(Uint8Array.from(bytes), 0, bytes.length, bitWidth, out);
  return [...out];
}

describe('readHybrid', () => {
  it('by hand: the example of the specification', () => {
    // Encodings.md: 0 to 7 in three bits each are 0x88 0xC6 0xFA.
    expect(decode([3, 0x88, 0xc6, 0xfa], 8, 3)).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
    expect(decode([10, 7], 4, 3)).toEqual([7, 7, 7, 7]);
    expect(decode([], 3, 0)).toEqual([0, 0, 0]);
  });

  it('gives back any runs, of any width', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 31 }),
        fc.array(fc.tuple(fc.boolean(), fc.integer({ min: 1, max: 20 }), fc.nat()), {
          minLength: 1,
          maxLength: 8,
        }),
        (bitWidth, runs) => {
          const bytes: number[] = [];
          const values: number[] = [];
          for (const [isPacked, count, seed] of runs) {
            const value = (i: number) => (seed + i * 7919) % 2 ** bitWidth;
            const own = isPacked
              ? Array.from({ length: count * 8 }, (_, i) => value(i))
              : Array.from({ length: count }, () => value(0));
            bytes.push(...(isPacked ? packed(own, bitWidth) : repeated(value(0), count, bitWidth)));
            values.push(...own);
          }
          expect(decode(bytes, values.length, bitWidth)).toEqual(values);
          expect(() => decode(bytes.slice(0, -1), values.length, bitWidth)).toThrow(RangeError);
        },
      ),
    );
  });

  it('refuses runs without values, endless headers and impossible widths', () => {
    expect(() => decode([0, 0, 0], 2, 1)).toThrow(RangeError);
    expect(() => decode([1, 1, 1], 2, 1)).toThrow(RangeError);
    expect(() => decode([128, 128, 128, 128, 128, 128, 1], 2, 1)).toThrow(RangeError);
    expect(() => decode([4, 1], 2, 33)).toThrow(RangeError);
    expect(() => decode([4, 2], 2, 1)).toThrow('a value with too many bits');
  });
});

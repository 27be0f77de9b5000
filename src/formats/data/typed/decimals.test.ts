import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decimalNumbers, decimalTexts } from './decimals.ts';

/** Two's complement of `width` bytes. */
function unscaled(value: bigint, width: number, isLittleEndian: boolean) {
  const bytes = new Uint8Array(width);
  let rest = BigInt.asUintN(width * 8, value);
  for (let i = 0; i < width; i++) {
    bytes[isLittleEndian ? i : width - 1 - i] = Number(rest & 255n);
    rest >>= 8n;
  }
  return { bytes, starts: [0], ends: [width], isLittleEndian };
}

describe('decimals', () => {
  it('are the number that their text says, to the last bit', () => {
    const value = fc.oneof(
      fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n }),
      fc.bigInt({ min: -1000n, max: 1000n }),
    );
    fc.assert(
      fc.property(value, fc.nat({ max: 30 }), fc.boolean(), (x, scale, isLittleEndian) => {
        const { numbers, areExact } = decimalNumbers(unscaled(x, 16, isLittleEndian), scale);
        expect(numbers[0]).toBe(Number(`${x}e-${scale}`));
        expect(areExact).toBe(scale > 0 || (x <= 2n ** 53n - 1n && x >= -(2n ** 53n - 1n)));
        if (scale === 0) expect(decimalTexts(unscaled(x, 16, isLittleEndian), 0)).toEqual([String(x)]);
      }),
    );
  });

  it('of few bytes, and with zeros to append', () => {
    expect([...decimalNumbers(unscaled(-129n, 2, false), 1).numbers]).toEqual([-12.9]);
    expect([...decimalNumbers(unscaled(-1n, 1, false), 0).numbers]).toEqual([-1]);
    expect(decimalTexts(unscaled(12n, 4, true), -3)).toEqual(['12000']);
  });
});

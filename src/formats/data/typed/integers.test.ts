import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { daysToMs, halfFloats, int64Numbers, int64Texts, int96ToMs, timestampsToMs } from './integers.ts';

const words = (...values: bigint[]) => new Int32Array(BigInt64Array.from(values).buffer);
const int64 = fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n });

function floorDivided(value: bigint, divisor: bigint): bigint {
  const quotient = value / divisor;
  return value % divisor < 0n ? quotient - 1n : quotient;
}

describe('int64Numbers', () => {
  it('is exact up to 2^53 - 1 and says so, on either side', () => {
    const most = 2n ** 53n - 1n;
    expect(int64Numbers(words(most, -1n, 0n), true)).toEqual({
      numbers: Float64Array.of(9007199254740991, -1, 0),
      areExact: true,
    });
    expect(int64Numbers(words(most + 1n), true).areExact).toBe(false);
    expect(int64Numbers(words(-most - 1n), true).areExact).toBe(false);
    expect(int64Numbers(words(-1n), false).areExact).toBe(false);
  });

  it('never calls a rounded number exact, and spells each one', () => {
    fc.assert(
      fc.property(fc.array(int64, { minLength: 1 }), (values) => {
        const { numbers, areExact } = int64Numbers(words(...values), true);
        if (areExact) expect([...numbers].map(BigInt)).toEqual(values);
        expect(int64Texts(words(...values), true)).toEqual(values.map(String));
        expect(int64Texts(words(...values), false)).toEqual(values.map((x) => String(BigInt.asUintN(64, x))));
      }),
    );
  });
});

describe('timestampsToMs', () => {
  it('is the floor of the exact quotient, for all that can be a date', () => {
    for (const [ticks, perMs] of [
      [1_000_000_000, 1_000_000n],
      [1_000_000, 1000n],
      [1000, 1n],
    ] as const) {
      const limit = 8_640_000_000_000_000n * perMs;
      const inRange = int64.filter((x) => x < limit && x > -limit);
      fc.assert(
        fc.property(
          fc.oneof(
            inRange,
            fc.bigInt({ min: -5n, max: 5n }).map((x) => x * perMs),
          ),
          (value) => {
            expect(timestampsToMs(words(value), ticks)[0]).toBe(Number(floorDivided(value, perMs)));
          },
        ),
      );
    }
    expect(timestampsToMs(words(-3n, 1_700_000_000n), 1)).toEqual(Float64Array.of(-3000, 1_700_000_000_000));
  });
});

describe('by hand', () => {
  it('days, old timestamps and half floats', () => {
    expect(daysToMs(Int32Array.of(-1, 0, 19_782))).toEqual(
      Float64Array.of(-86_400_000, 0, Date.UTC(2024, 1, 29)),
    );
    const bytes = new Uint8Array(12);
    const view = new DataView(bytes.buffer);
    view.setBigUint64(0, 3_600_000_000_000n + 1_999_999n, true);
    view.setInt32(8, 2_440_587, true);
    expect(int96ToMs(bytes)).toEqual(Float64Array.of(-86_400_000 + 3_600_000 + 1));
    expect(halfFloats(Uint16Array.of(0x3c00, 0xc100, 0x0001, 0x7bff, 0xfc00, 0x7e00))).toEqual(
      Float64Array.of(1, -2.5, 2 ** -24, 65504, -Infinity, Number.NaN),
    );
  });
});

import type { NumberArray } from './cells.ts';

/** 2^32. */
const WORD = 4294967296;
/** Upper words below this in size (2^21) make integers that a float64 holds exactly. */
const SAFE_HIGH = 0x1fffff;

/** Integers as float64, and whether all of them are exact. */
export interface Integers {
  readonly numbers: Float64Array;
  readonly areExact: boolean;
}

/**
 * 64-bit integers as float64. Without a BigInt a value, which would take ten times as long.
 *
 * @param words two of each value, the lower first
 */
export function int64Numbers(words: Int32Array, isSigned: boolean): Integers {
  const numbers = new Float64Array(words.length >> 1);
  let areExact = true;
  for (let i = 0; i < numbers.length; i++) {
    const low = words[2 * i]! >>> 0;
    const high = isSigned ? words[2 * i + 1]! : words[2 * i + 1]! >>> 0;
    numbers[i] = high * WORD + low;
    if (high > SAFE_HIGH || high < -SAFE_HIGH) areExact = false;
  }
  return { numbers, areExact };
}

/** Decimal digits of 64-bit integers. */
export function int64Texts(words: Int32Array, isSigned: boolean): string[] {
  const count = words.length >> 1;
  const aligned = words.byteOffset % 8 === 0 ? words : words.slice();
  const values = isSigned
    ? new BigInt64Array(aligned.buffer, aligned.byteOffset, count)
    : new BigUint64Array(aligned.buffer, aligned.byteOffset, count);
  return Array.from(values, String);
}

/** Ticks of a timestamp in a second. */
export type TicksPerSecond = 1 | 1000 | 1_000_000 | 1_000_000_000;

/**
 * 64-bit timestamps as epoch milliseconds, finer ticks cut (towards the past), exactly.
 *
 *     floor(v / d) = high · ⌊2³² / d⌋ + floor((high · (2³² mod d) + low) / d)      d ticks a millisecond
 *
 * Each product stays below 2^53, where a float64 division followed by floor is exact.
 *
 * @param words two of each value, the lower first
 */
export function timestampsToMs(words: Int32Array, ticks: TicksPerSecond): Float64Array {
  const values = new Float64Array(words.length >> 1);
  if (ticks <= 1000) {
    const factor = 1000 / ticks;
    for (let i = 0; i < values.length; i++)
      values[i] = (words[2 * i + 1]! * WORD + (words[2 * i]! >>> 0)) * factor;
    return values;
  }
  const divisor = ticks / 1000;
  const whole = Math.floor(WORD / divisor);
  const rest = WORD % divisor;
  for (let i = 0; i < values.length; i++) {
    const high = words[2 * i + 1]!;
    values[i] = high * whole + Math.floor((high * rest + (words[2 * i]! >>> 0)) / divisor);
  }
  return values;
}

const DAY_MS = 86_400_000;

/** Days since 1970-01-01 as epoch milliseconds. */
export function daysToMs(days: NumberArray): Float64Array {
  const values = new Float64Array(days.length);
  for (let i = 0; i < values.length; i++) values[i] = days[i]! * DAY_MS;
  return values;
}

/** Julian day of 1970-01-01. */
const JULIAN_1970 = 2_440_588;

/** Parquet's old INT96 timestamps (nanoseconds of the day, then the Julian day) as epoch milliseconds. */
export function int96ToMs(bytes: Uint8Array): Float64Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const values = new Float64Array(Math.floor(bytes.length / 12));
  for (let i = 0; i < values.length; i++) {
    const nanoseconds = view.getUint32(12 * i + 4, true) * WORD + view.getUint32(12 * i, true);
    const day = view.getInt32(12 * i + 8, true) - JULIAN_1970;
    values[i] = day * DAY_MS + Math.floor(nanoseconds / 1e6);
  }
  return values;
}

/** IEEE 754 half precision (binary16) as float64. */
export function halfFloats(bits: Uint16Array): Float64Array {
  const values = new Float64Array(bits.length);
  for (let i = 0; i < values.length; i++) {
    const half = bits[i]!;
    const sign = half & 0x8000 ? -1 : 1;
    const exponent = (half >> 10) & 31;
    const fraction = half & 1023;
    if (exponent === 31) values[i] = fraction === 0 ? sign * Infinity : Number.NaN;
    else if (exponent === 0) values[i] = sign * fraction * 2 ** -24;
    else values[i] = sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
  }
  return values;
}

import { EXACT_POWERS_OF_TEN } from '../../../core/table/parse-number-bytes.ts';
import type { Integers } from './integers.ts';

/** Unscaled decimals (two's complement), `width` bytes each; `width` 0: of the lengths given. */
export interface Unscaled {
  readonly bytes: Uint8Array;
  readonly starts: ArrayLike<number>;
  readonly ends: ArrayLike<number>;
  readonly isLittleEndian: boolean;
}

/**
 * Decimals (an unscaled integer and a scale) as float64, correctly rounded: the number that the decimal's text says.
 *
 * `areExact` speaks of whole numbers only (scale ≤ 0): an id beyond 2^53 must not be rounded, an amount with decimals may.
 */
export function decimalNumbers(values: Unscaled, scale: number): Integers {
  const numbers = new Float64Array(values.starts.length);
  let areExact = true;
  for (let i = 0; i < numbers.length; i++) {
    const unscaled = unscaledAt(values, i);
    if (typeof unscaled === 'number' && scale >= 0 && scale < EXACT_POWERS_OF_TEN.length) {
      numbers[i] = unscaled / EXACT_POWERS_OF_TEN[scale]!;
    } else {
      numbers[i] = Number(`${unscaled}e${-scale}`);
      if (scale <= 0 && !Number.isSafeInteger(numbers[i])) areExact = false;
    }
  }
  return { numbers, areExact };
}

/** Digits of whole decimals (scale ≤ 0). */
export function decimalTexts(values: Unscaled, scale: number): string[] {
  return Array.from({ length: values.starts.length }, (_, i) => {
    const digits = String(unscaledAt(values, i));
    return digits === '0' ? digits : digits + '0'.repeat(-scale);
  });
}

/** A number where it is exact, else a BigInt. */
function unscaledAt(values: Unscaled, index: number): number | bigint {
  const { bytes, isLittleEndian } = values;
  const start = values.starts[index]!;
  const width = values.ends[index]! - start;
  if (width === 0) return 0;
  const byteAt = (place: number) => bytes[isLittleEndian ? start + width - 1 - place : start + place]!;
  const sign = byteAt(0) >> 7 ? 255 : 0;
  let place = 0;
  while (place < width - 1 && byteAt(place) === sign) place++;
  if (width - place <= 6) {
    let value = sign === 255 ? -1 : 0;
    for (; place < width; place++) value = value * 256 + byteAt(place);
    return value;
  }
  let value = sign === 255 ? -1n : 0n;
  for (; place < width; place++) value = value * 256n + BigInt(byteAt(place));
  return value >= -MOST && value <= MOST ? Number(value) : value;
}

const MOST = BigInt(Number.MAX_SAFE_INTEGER);

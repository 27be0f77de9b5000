/** Numbers read straight from the bytes of a file: the same values as `parseNumber`, without making a string first. */
import { parseNumber } from './parse-number.ts';
import { decodeUtf8 } from './utf8.ts';

/** Powers of ten that a float64 holds exactly. */
export const EXACT_POWERS_OF_TEN: Float64Array = Float64Array.from({ length: 23 }, (_, i) =>
  Number(`1e${i}`),
);

/** Integers of up to 15 digits are exact in a float64. */
const EXACT_DIGITS = 15;
/** 15 exact digits and up to 4 more: what a float64 printed with 17 digits (or a float32 widened) needs. */
const MOST_DIGITS = 19;

/**
 * The number that the text `bytes[start, end)` says, or NaN: equal to `parseNumber` of that text, bit for bit.
 *
 * Up to 15 digits m with d decimals: m and 10^d are exact, so one division rounds correctly (Clinger 1990, "How to read floating
 * point numbers accurately", fast path). 16 to 19 digits: {@link divideExactly}. All else goes through a string.
 */
export function parseNumberBytes(bytes: Uint8Array, start: number, end: number): number {
  const negative = bytes[start] === 0x2d;
  let high = 0;
  let low = 0;
  let digits = 0;
  let point = -1;
  for (let at = negative ? start + 1 : start; at < end; at++) {
    const digit = bytes[at]! - 0x30;
    if (digit >= 0 && digit <= 9) {
      if (high === 0 && digit === 0 && low === 0) continue;
      if (digits < EXACT_DIGITS) high = high * 10 + digit;
      else low = low * 10 + digit;
      digits++;
    } else if (digit === -2 && point < 0) point = at;
    else return parseNumber(decodeUtf8(bytes, start, end));
  }
  const decimals = point < 0 ? 0 : end - point - 1;
  const plain = end - start - (negative ? 1 : 0) - (point < 0 ? 0 : 1) > 0;
  if (!plain || digits > MOST_DIGITS || decimals >= EXACT_POWERS_OF_TEN.length) {
    return parseNumber(decodeUtf8(bytes, start, end));
  }
  const value =
    digits <= EXACT_DIGITS
      ? high / EXACT_POWERS_OF_TEN[decimals]!
      : divideExactly(high, EXACT_POWERS_OF_TEN[digits - EXACT_DIGITS]!, low, EXACT_POWERS_OF_TEN[decimals]!);
  if (Number.isNaN(value)) return parseNumber(decodeUtf8(bytes, start, end));
  return negative ? -value : value;
}

/** 2^27 + 1 splits a float64 into two halves of 26 bits (Veltkamp). */
const SPLITTER = 134217729;
/** Relative error bound of the sum below, with room to spare: its terms are right to a few units of 2^-53 of the small part. */
const DOUBT = 2 ** -48;

/**
 * (high · scale + low) / divisor correctly rounded, or NaN when the result is too close to the middle of two float64 to tell.
 *
 * The numerator is kept as an unevaluated sum of two float64 (Dekker 1971, "A floating-point technique for extending the
 * available precision"), the quotient q1 + q2 likewise. Rounding is monotone: if q1 + q2 widened by its error bound to both sides
 * rounds to one and the same number, that number is the correctly rounded quotient.
 */
function divideExactly(high: number, scale: number, low: number, divisor: number): number {
  const product = high * scale;
  const productError = twoProductError(high, scale, product);
  const sum = product + low;
  const rest = low - (sum - product) + productError;
  const q1 = sum / divisor;
  const back = q1 * divisor;
  const remainder = sum - back - twoProductError(q1, divisor, back) + rest;
  const q2 = remainder / divisor;
  const doubt = Math.abs(q2) * DOUBT + Math.abs(q1) * 2 ** -100;
  const lower = q1 + (q2 - doubt);
  const upper = q1 + (q2 + doubt);
  return lower === upper ? lower : Number.NaN;
}

/** a · b − product exactly, where product is the rounded a · b (Dekker's product; no overflow at our sizes). */
function twoProductError(a: number, b: number, product: number): number {
  const aSplit = SPLITTER * a;
  const aHigh = aSplit - (aSplit - a);
  const aLow = a - aHigh;
  const bSplit = SPLITTER * b;
  const bHigh = bSplit - (bSplit - b);
  const bLow = b - bHigh;
  return aLow * bLow - (product - aHigh * bHigh - aLow * bHigh - aHigh * bLow);
}

import { parseNumberBytes } from '../../../core/table/parse-number-bytes.ts';

const SPACE = 32;
const TAB = 9;

/** No program writes a number in more characters than this; a longer one would only become a long text. */
const LONGEST_NUMBER = 400;

/** Whether bytes are the word `nan`, with or without a sign, as C++ writes it. */
function isNanWord(bytes: Uint8Array, start: number, end: number): boolean {
  const at = bytes[start] === 0x2d ? start + 1 : start;
  if (end - at !== 3) return false;
  // Setting bit 5 makes an ASCII letter small.
  return (bytes[at]! | 32) === 0x6e && (bytes[at + 1]! | 32) === 0x61 && (bytes[at + 2]! | 32) === 0x6e;
}

/**
 * Reads the numbers of a line, separated by spaces, to the nearest double each.
 *
 * Accepts what C++ streams write: decimal numbers with an optional exponent, `inf` and `nan`.
 *
 * @param start first byte
 * @param end   byte after the last
 * @returns null when something is not a number. O(end - start); memory 8 bytes a number.
 */
export function parseNumbers(bytes: Uint8Array, start: number, end: number): Float64Array | null {
  const numbers = new Float64Array(tokenCount(bytes, start, end));
  let count = 0;
  let at = start;
  while (at < end) {
    if (isSpace(bytes[at]!)) {
      at += 1;
      continue;
    }
    let stop = at + 1;
    while (stop < end && !isSpace(bytes[stop]!)) stop += 1;
    const value = stop - at > LONGEST_NUMBER ? Number.NaN : parseNumberBytes(bytes, at, stop);
    if (Number.isNaN(value) && !isNanWord(bytes, at, stop)) return null;
    numbers[count++] = value;
    at = stop;
  }
  return numbers;
}

function isSpace(byte: number): boolean {
  return byte === SPACE || byte === TAB;
}

function tokenCount(bytes: Uint8Array, start: number, end: number): number {
  let count = 0;
  let wasSpace = true;
  for (let at = start; at < end; at++) {
    const space = isSpace(bytes[at]!);
    if (wasSpace && !space) count += 1;
    wasSpace = space;
  }
  return count;
}

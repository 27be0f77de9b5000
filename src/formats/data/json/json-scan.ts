import { decodeUtf8, encodeUtf8 } from '../../../core/table/utf8.ts';
import { MINUS, PLUS, POINT, QUOTE, SPACE, TAB, ZERO } from '../csv-bytes.ts';

const CR = 0x0d;
const BACKSLASH = 0x5c;

/** What is wrong with a line, and where; made an error of ours by the parser, which knows the line's number. */
export class JsonFault extends Error {
  override readonly name = 'JsonFault';
  readonly at: number;

  /** @param at offset in the buffer */
  constructor(at: number, why: string) {
    super(why);
    this.at = at;
  }
}

/** Offset of the first byte from `at` that is no blank, at most `end`. */
export function skipBlanks(bytes: Uint8Array, at: number, end: number): number {
  while (at < end && (bytes[at] === SPACE || bytes[at] === TAB || bytes[at] === CR)) at++;
  return at;
}

/**
 * Offset of the quote that ends the string which begins at `start` (its opening quote).
 *
 * @throws {JsonFault} none before `end`, or a control character
 */
export function endOfString(bytes: Uint8Array, start: number, end: number): number {
  for (let at = start + 1; at < end; at++) {
    const byte = bytes[at]!;
    if (byte === QUOTE) return at;
    if (byte === BACKSLASH) at++;
    else if (byte < SPACE) throw new JsonFault(at, 'a control character within a string');
  }
  throw new JsonFault(start, 'a string is not closed');
}

/** The content of a string as UTF-8, escapes resolved: `bytes` itself when there are none. @throws {JsonFault} a wrong escape */
export function stringContent(
  bytes: Uint8Array,
  start: number,
  end: number,
): { bytes: Uint8Array; start: number; end: number } {
  let at = start;
  while (at < end && bytes[at] !== BACKSLASH) at++;
  if (at === end) return { bytes, start, end };
  const text = parseJson(bytes, start - 1, end + 1);
  const content = encodeUtf8(String(text));
  return { bytes: content, start: 0, end: content.length };
}

/**
 * Offset after the number that begins at `start`.
 *
 * @throws {JsonFault} it is none (RFC 8259, section 6)
 */
export function endOfNumber(bytes: Uint8Array, start: number, end: number): number {
  let at = start;
  if (bytes[at] === MINUS) at++;
  const whole = at;
  at = skipDigits(bytes, at, end);
  const isPadded = at - whole > 1 && bytes[whole] === ZERO;
  let isSound = at > whole && !isPadded;
  if (bytes[at] === POINT && at < end) {
    const from = at + 1;
    at = skipDigits(bytes, from, end);
    isSound &&= at > from;
  }
  if (at < end && (bytes[at]! | 0x20) === 0x65) {
    const signed = bytes[at + 1] === PLUS || bytes[at + 1] === MINUS;
    const from = at + (signed ? 2 : 1);
    at = skipDigits(bytes, from, end);
    isSound &&= at > from;
  }
  if (!isSound || at > end)
    throw new JsonFault(start, isPadded ? 'a number begins with 0' : 'a number is wrong');
  return at;
}

function skipDigits(bytes: Uint8Array, start: number, end: number): number {
  let at = start;
  while (at < end && bytes[at]! >= ZERO && bytes[at]! <= ZERO + 9) at++;
  return at;
}

/** Offset after the object or list that begins at `start`. @throws {JsonFault} it is not closed, or wrong within */
export function endOfNested(bytes: Uint8Array, start: number, end: number): number {
  let depth = 0;
  for (let at = start; at < end; at++) {
    const byte = bytes[at]!;
    if (byte === QUOTE) at = endOfString(bytes, at, end);
    else if (byte === 0x7b || byte === 0x5b) depth++;
    else if ((byte === 0x7d || byte === 0x5d) && --depth === 0) {
      parseJson(bytes, start, at + 1);
      return at + 1;
    }
  }
  throw new JsonFault(start, 'an object or list is not closed');
}

function parseJson(bytes: Uint8Array, start: number, end: number): unknown {
  try {
    return JSON.parse(decodeUtf8(bytes, start, end));
  } catch {
    throw new JsonFault(start, 'a value is wrong');
  }
}

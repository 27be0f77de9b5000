/** UTF-8 for text columns. Core has no TextDecoder, so that it runs anywhere; readers have validated the bytes before. */

/** Texts longer than this are decoded piece by piece: `fromCharCode.apply` overflows the stack beyond some 100k arguments. */
const PIECE = 8192;

/**
 * The text of `bytes[start, end)`.
 *
 * @param bytes valid UTF-8 within the range (malformed input gives U+FFFD per byte, never an exception)
 */
export function decodeUtf8(bytes: Uint8Array, start = 0, end = bytes.length): string {
  if (end - start <= 48) return decodeShort(bytes, start, end);
  let text = '';
  let units: number[] = [];
  for (let at = start; at < end; ) {
    const point = codePointAt(bytes, at, end);
    at += point < 0 ? 1 : lengthOf(point);
    pushCodePoint(units, point < 0 ? 0xfffd : point);
    if (units.length >= PIECE) {
      text += String.fromCharCode(...units);
      units = [];
    }
  }
  return text + String.fromCharCode(...units);
}

/** ASCII is the common case and needs no array. */
function decodeShort(bytes: Uint8Array, start: number, end: number): string {
  let text = '';
  for (let at = start; at < end; ) {
    const byte = bytes[at]!;
    if (byte < 0x80) {
      text += String.fromCharCode(byte);
      at++;
      continue;
    }
    const point = codePointAt(bytes, at, end);
    text += String.fromCodePoint(point < 0 ? 0xfffd : point);
    at += point < 0 ? 1 : lengthOf(point);
  }
  return text;
}

function pushCodePoint(units: number[], point: number): void {
  if (point < 0x10000) units.push(point);
  else units.push(0xd7c0 + (point >> 10), 0xdc00 + (point & 0x3ff));
}

function lengthOf(point: number): number {
  return point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
}

/**
 * The code point encoded at `bytes[at]`, or -1 where the bytes are not strict UTF-8: stray continuation, overlong form,
 * surrogate (U+D800..U+DFFF), above U+10FFFF, or cut off by `end`.
 * Source: Unicode 15.0, section 3.9, table 3-7 (well-formed UTF-8 byte sequences).
 */
export function codePointAt(bytes: Uint8Array, at: number, end: number): number {
  const lead = bytes[at]!;
  if (lead < 0x80) return lead;
  if (lead < 0xc2 || lead > 0xf4) return -1;
  const length = lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
  if (at + length > end) return -1;
  let point = lead & (0x7f >> length);
  for (let i = 1; i < length; i++) {
    const next = bytes[at + i]!;
    if ((next & 0xc0) !== 0x80) return -1;
    point = (point << 6) | (next & 0x3f);
  }
  const overlong = (length === 3 && point < 0x800) || (length === 4 && point < 0x10000);
  const surrogate = point >= 0xd800 && point <= 0xdfff;
  return overlong || surrogate || point > 0x10ffff ? -1 : point;
}

/** UTF-8 bytes of a text; a lone surrogate becomes U+FFFD, as TextEncoder does. */
export function encodeUtf8(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length * 3);
  return bytes.slice(0, encodeUtf8Into(text, bytes, 0));
}

/**
 * Writes the UTF-8 of `text` at `bytes[at]`.
 *
 * @param bytes needs 3 · text.length bytes from `at`
 * @returns the offset after the last byte written
 */
export function encodeUtf8Into(text: string, bytes: Uint8Array, at: number): number {
  for (let i = 0; i < text.length; i++) {
    let point = text.codePointAt(i)!;
    if (point >= 0x10000) i++;
    else if (point >= 0xd800 && point <= 0xdfff) point = 0xfffd;
    if (point < 0x80) bytes[at++] = point;
    else {
      if (point < 0x800) bytes[at++] = 0xc0 | (point >> 6);
      else {
        if (point < 0x10000) bytes[at++] = 0xe0 | (point >> 12);
        else {
          bytes[at++] = 0xf0 | (point >> 18);
          bytes[at++] = 0x80 | ((point >> 12) & 0x3f);
        }
        bytes[at++] = 0x80 | ((point >> 6) & 0x3f);
      }
      bytes[at++] = 0x80 | (point & 0x3f);
    }
  }
  return at;
}

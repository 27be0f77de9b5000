/** The bytes that carry a delimited file's structure. */
export const LF = 0x0a;
export const CR = 0x0d;
export const HASH = 0x23;
export const QUOTE = 0x22;
export const COMMA = 0x2c;
export const SEMICOLON = 0x3b;
export const TAB = 0x09;
export const PIPE = 0x7c;
export const SPACE = 0x20;
export const POINT = 0x2e;
export const PLUS = 0x2b;
export const MINUS = 0x2d;
export const ZERO = 0x30;

/** Line ends in `bytes[start, end)`: LF, CRLF and a lone CR count once each; a CR at the very end counts. */
export function countLineEnds(bytes: Uint8Array, start: number, end: number): number {
  let lines = 0;
  for (let at = start; at < end; at++) {
    const byte = bytes[at]!;
    if (byte === LF || (byte === CR && (at + 1 >= end || bytes[at + 1] !== LF))) lines++;
  }
  return lines;
}

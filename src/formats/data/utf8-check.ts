import { codePointAt } from '../../core/table/utf8.ts';

/**
 * Offset of the first byte in `[start, end)` that does not begin a complete, well-formed UTF-8 sequence, or that is NUL; `end` when
 * all are fine. A sequence cut off by `end` is reported at its first byte: the caller knows whether more is to come.
 *
 * ASCII is checked four bytes at a time. Strictness: `codePointAt` (no overlong forms, no surrogates).
 */
export function firstBadByte(bytes: Uint8Array, start: number, end: number): number {
  const words = new Int32Array(
    bytes.buffer,
    bytes.byteOffset & ~3,
    (bytes.byteOffset + bytes.length - (bytes.byteOffset & ~3)) >> 2,
  );
  const shift = bytes.byteOffset & 3;
  let at = start;
  while (at < end) {
    if (((at + shift) & 3) === 0) {
      let word = (at + shift) >> 2;
      const lastWord = (end + shift) >> 2;
      while (word < lastWord && isPlainAscii(words[word]!)) word++;
      at = Math.max(at, (word << 2) - shift);
      if (at >= end) return end;
    }
    const byte = bytes[at]!;
    if (byte === 0) return at;
    if (byte < 0x80) {
      at++;
      continue;
    }
    const point = codePointAt(bytes, at, end);
    if (point < 0) return at;
    at += point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
  }
  return end;
}

/** No byte of the word has its top bit set, and none is zero (the classic has-zero-byte test, exact when no top bit is set). */
function isPlainAscii(word: number): boolean {
  return (word & 0x80808080) === 0 && ((word - 0x01010101) & 0x80808080) === 0;
}

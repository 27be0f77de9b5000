/**
 * LZ4 frames, which Arrow packs buffers in.
 * Sources: LZ4 Frame Format 1.6.4, LZ4 Block Format (github.com/lz4/lz4/tree/dev/doc).
 */

const MAGIC = 0x184d2204;
const LEAST_MATCH = 4;

/**
 * Unpacks the frames of `bytes` into `length` bytes. Checksums are not verified.
 *
 * @throws {Error} the bytes are damaged, or unpack to another length
 */
export function decompressLz4Frame(bytes: Uint8Array, length: number): Uint8Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const out = new Uint8Array(length);
  let at = 0;
  let filled = 0;
  while (at < bytes.length) {
    if (view.getUint32(at, true) !== MAGIC) throw new Error('no LZ4 frame');
    const flags = view.getUint8(at + 4);
    const hasContentSize = (flags & 8) !== 0;
    const hasDictionary = (flags & 1) !== 0;
    const blockChecksum = (flags & 16) !== 0 ? 4 : 0;
    if (flags >> 6 !== 1 || hasDictionary) throw new Error('an LZ4 frame of another version');
    // Magic, flags, block size, content size, checksum of these.
    at += 6 + (hasContentSize ? 8 : 0) + 1;
    for (;;) {
      const size = view.getUint32(at, true);
      at += 4;
      if (size === 0) break;
      const end = at + (size % 0x80000000);
      if (end > bytes.length) throw new RangeError('an LZ4 block is cut off');
      if (size >= 0x80000000) {
        // Stored as it is. `set` refuses what does not fit.
        out.set(bytes.subarray(at, end), filled);
        filled += end - at;
      } else filled = unpackBlock(bytes, at, end, out, filled);
      at = end + blockChecksum;
    }
    at += (flags & 4) !== 0 ? 4 : 0;
  }
  if (filled !== length) throw new RangeError('a buffer of another length than it says');
  return out;
}

/** One block; matches may reach back into earlier blocks. Returns the end of what is filled. */
function unpackBlock(bytes: Uint8Array, start: number, end: number, out: Uint8Array, filled: number): number {
  let at = start;
  let to = filled;
  while (at < end) {
    const token = bytes[at++]!;
    let literals = token >> 4;
    if (literals === 15) [literals, at] = longLength(bytes, at, end, literals);
    if (at + literals > end || to + literals > out.length) throw new RangeError('an LZ4 block is damaged');
    if (literals > 0) {
      out.set(bytes.subarray(at, at + literals), to);
      at += literals;
      to += literals;
    }
    if (at >= end) break;
    if (at + 2 > end) throw new RangeError('an LZ4 block is damaged');
    const back = bytes[at]! | (bytes[at + 1]! << 8);
    at += 2;
    let match = token & 15;
    if (match === 15) [match, at] = longLength(bytes, at, end, match);
    match += LEAST_MATCH;
    if (back === 0 || back > to || to + match > out.length) throw new RangeError('an LZ4 block is damaged');
    if (back >= match) out.copyWithin(to, to - back, to - back + match);
    // An overlapping match repeats what it has just written.
    else for (let i = 0; i < match; i++) out[to + i] = out[to + i - back]!;
    to += match;
  }
  return to;
}

function longLength(bytes: Uint8Array, start: number, end: number, from: number): [number, number] {
  let length = from;
  for (let at = start; at < end; at++) {
    length += bytes[at]!;
    if (bytes[at] !== 255) return [length, at + 1];
  }
  throw new RangeError('an LZ4 block is damaged');
}

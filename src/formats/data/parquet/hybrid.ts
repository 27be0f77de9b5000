/**
 * Parquet's run-length / bit-packing hybrid: of levels, dictionary codes and booleans.
 * Source: Apache Parquet, Encodings.md, "Run Length Encoding / Bit-Packing Hybrid (RLE = 3)".
 */

/** A varint of 32 bits takes at most five bytes. */
const LONGEST_VARINT = 5;

/**
 * Decodes `out.length` values from `bytes[start, end)`.
 *
 * @param bitWidth 0 to 32
 * @returns offset after the last run that was read
 * @throws {RangeError} the runs end too early, or a value has more bits than `bitWidth` may have
 */
export function readHybrid(
  bytes: Uint8Array,
  start: number,
  end: number,
  bitWidth: number,
  out: Int32Array | Uint8Array,
): number {
  if (bitWidth > 32) throw new RangeError(`a bit width of ${bitWidth}`);
  if (bitWidth === 0) {
    out.fill(0);
    return start;
  }
  let at = start;
  let filled = 0;
  while (filled < out.length) {
    let header = 0;
    for (let i = 0; ; i++) {
      if (at >= end || i === LONGEST_VARINT) throw new RangeError('a run is cut off');
      const byte = bytes[at++]!;
      header += (byte & 0x7f) * 2 ** (7 * i);
      if (byte < 0x80) break;
    }
    if (header % 2 === 1) {
      const count = Math.min(out.length - filled, Math.floor(header / 2) * 8);
      if (count === 0) throw new RangeError('a run of no values');
      at = unpack(bytes, at, end, bitWidth, out, filled, count);
      filled += count;
    } else {
      const length = header / 2;
      const width = (bitWidth + 7) >> 3;
      if (length === 0 || at + width > end) throw new RangeError('a run is cut off');
      let value = 0;
      for (let i = 0; i < width; i++) value |= bytes[at++]! << (8 * i);
      if (bitWidth < 32 && value >= 2 ** bitWidth) throw new RangeError('a value with too many bits');
      out.fill(value, filled, filled + length);
      filled = Math.min(out.length, filled + length);
    }
  }
  return at;
}

/** Unpacks `count` values of `bitWidth` bits each, the least significant bits first. */
function unpack(
  bytes: Uint8Array,
  start: number,
  end: number,
  bitWidth: number,
  out: Int32Array | Uint8Array,
  filled: number,
  count: number,
): number {
  const length = Math.ceil((Math.ceil(count / 8) * 8 * bitWidth) / 8);
  // Some writers cut the padding of the last group; the values themselves must be there.
  if (start + Math.ceil((count * bitWidth) / 8) > end) throw new RangeError('a run is cut off');
  if (bitWidth > 24) unpackWide(bytes, start, bitWidth, out, filled, count);
  else {
    const mask = (1 << bitWidth) - 1;
    let held = 0;
    let bits = 0;
    let at = start;
    for (let i = filled; i < filled + count; i++) {
      while (bits < bitWidth) {
        held |= bytes[at++]! << bits;
        bits += 8;
      }
      out[i] = held & mask;
      held >>>= bitWidth;
      bits -= bitWidth;
    }
  }
  return Math.min(end, start + length);
}

/** More bits than a 32-bit word has room for: in float64, where up to 39 bits are exact. */
function unpackWide(
  bytes: Uint8Array,
  start: number,
  bitWidth: number,
  out: Int32Array | Uint8Array,
  filled: number,
  count: number,
): void {
  const size = 2 ** bitWidth;
  let held = 0;
  let bits = 0;
  let at = start;
  for (let i = filled; i < filled + count; i++) {
    for (; bits < bitWidth; bits += 8) held += bytes[at++]! * 2 ** bits;
    out[i] = held % size;
    held = Math.floor(held / size);
    bits -= bitWidth;
  }
}

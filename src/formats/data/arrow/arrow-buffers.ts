import { decompressZstd } from 'hyparquet-compressors';
import type { Cells, Texts } from '../typed/cells.ts';
import { decompressLz4Frame } from './lz4-frame.ts';

/** Most bytes of one buffer of one batch. */
const MOST_BUFFER_BYTES = 1024 ** 3;
const PREFIX_BYTES = 8;

/**
 * A buffer as its batch packed it (Arrow IPC: the length, -1 = not packed, then the packed bytes).
 *
 * @throws {Error} the bytes are damaged
 */
export function unpackBuffer(bytes: Uint8Array, compression: 'lz4' | 'zstd' | null): Uint8Array {
  if (compression === null || bytes.length === 0) return bytes;
  if (bytes.length < PREFIX_BYTES) throw new RangeError('a buffer is cut off');
  const length = Number(new DataView(bytes.buffer, bytes.byteOffset, PREFIX_BYTES).getBigInt64(0, true));
  const packed = bytes.subarray(PREFIX_BYTES);
  if (length === -1) return packed;
  if (!(length >= 0 && length <= MOST_BUFFER_BYTES)) throw new RangeError(`a buffer of ${length} bytes`);
  // LZ4 expands at most 255 times.
  if (compression === 'lz4' && length > packed.length * 256)
    throw new RangeError(`a buffer of ${length} bytes`);
  if (length === 0) return new Uint8Array(0);
  if (compression === 'lz4') return decompressLz4Frame(packed, length);
  const unpacked = decompressZstd(packed, new Uint8Array(length));
  if (unpacked.length !== length) throw new RangeError('a buffer of another length than it says');
  return unpacked;
}

/** Cells with the values where the validity bitmap says so; none = all. @throws {RangeError} the bitmap is too short */
export function cellsOf(validity: Uint8Array, count: number): Cells {
  if (validity.length === 0) return { count, present: null, isCompact: false };
  const present = bitsOf(validity, count);
  return { count, present: present.includes(0) ? present : null, isCompact: false };
}

/** Bits as bytes 0 and 1, the least significant bit first. @throws {RangeError} too few */
export function bitsOf(bytes: Uint8Array, count: number): Uint8Array {
  need(bytes, Math.ceil(count / 8));
  const bits = new Uint8Array(count);
  for (let i = 0; i < count; i++) bits[i] = (bytes[i >> 3]! >> (i & 7)) & 1;
  return bits;
}

/** The first `count` elements of `width` bytes each, at an offset that any typed array may begin at. @throws {RangeError} too few */
export function aligned(bytes: Uint8Array, count: number, width: number): Uint8Array {
  need(bytes, count * width);
  return bytes.byteOffset % 8 === 0 ? bytes.subarray(0, count * width) : bytes.slice(0, count * width);
}

/** Texts between offsets of 4 bytes. @throws {RangeError} offsets that do not rise, or lie outside */
export function offsetTexts(offsets: Uint8Array, bytes: Uint8Array, count: number): Texts {
  if (count === 0) return { bytes, starts: [], ends: [] };
  const ends = aligned(offsets, count + 1, 4);
  return rangesOf(new Int32Array(ends.buffer, ends.byteOffset, count + 1), bytes);
}

/** As {@link offsetTexts}, between offsets of any numbers. */
export function rangesOf(offsets: Int32Array | Float64Array, bytes: Uint8Array): Texts {
  for (let i = 1; i < offsets.length; i++) {
    if (!(offsets[i]! >= offsets[i - 1]!)) throw new RangeError('its texts are damaged');
  }
  if (!(offsets[0]! >= 0 && offsets[offsets.length - 1]! <= bytes.length))
    throw new RangeError('its texts are cut off');
  return { bytes, starts: offsets.subarray(0, -1), ends: offsets.subarray(1) };
}

const VIEW_BYTES = 16;
const LONGEST_INLINE = 12;

/**
 * Texts of views: up to 12 bytes within the view, longer ones in one of the buffers behind.
 *
 * @throws {RangeError} a view points outside
 */
export function viewTexts(views: Uint8Array, buffers: readonly Uint8Array[], count: number): Texts {
  need(views, count * VIEW_BYTES);
  const own = views.subarray(0, count * VIEW_BYTES);
  const begins: number[] = [];
  let total = own.length;
  for (const buffer of buffers) {
    begins.push(total);
    total += buffer.length;
  }
  const bytes = new Uint8Array(total);
  bytes.set(own);
  buffers.forEach((buffer, i) => {
    bytes.set(buffer, begins[i]!);
  });
  const view = new DataView(bytes.buffer);
  const starts = new Uint32Array(count);
  const ends = new Uint32Array(count);
  for (let i = 0; i < count; i++) {
    const at = i * VIEW_BYTES;
    const length = view.getInt32(at, true);
    let start = at + 4;
    if (length > LONGEST_INLINE) {
      const buffer = view.getInt32(at + 8, true);
      const offset = view.getInt32(at + 12, true);
      if (offset < 0 || offset + length > (buffers[buffer]?.length ?? 0))
        throw new RangeError('its texts are cut off');
      start = begins[buffer]! + offset;
    } else if (length < 0) throw new RangeError('its texts are damaged');
    starts[i] = start;
    ends[i] = start + length;
  }
  return { bytes, starts, ends };
}

function need(bytes: Uint8Array, length: number): void {
  if (!(length <= bytes.length)) throw new RangeError('its values are cut off');
}

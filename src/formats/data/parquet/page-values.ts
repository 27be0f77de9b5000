import { deltaBinaryUnpack } from 'hyparquet/src/delta.js';
import { byteStreamSplit } from 'hyparquet/src/encoding.js';
import type { ParquetType } from 'hyparquet/src/types.js';
import type { Texts } from '../typed/cells.ts';
import { readHybrid } from './hybrid.ts';

/** Values of a page as the file holds them: plain numbers, 64-bit words, booleans (0, 1), or ranges of bytes. */
export type PhysicalValues =
  | { readonly kind: 'numbers'; readonly values: Int32Array | Float32Array | Float64Array }
  | { readonly kind: 'words'; readonly values: Int32Array }
  | { readonly kind: 'booleans'; readonly values: Uint8Array }
  | ({ readonly kind: 'bytes' } & Texts);

/** What the file says of a column's values. */
export interface PhysicalType {
  readonly type: ParquetType;
  /** Bytes of a value of FIXED_LEN_BYTE_ARRAY. */
  readonly width: number;
}

/** A page of deltas may unpack to at most this many bytes: a bomb would need no more than a few bytes for a gigabyte. */
const MOST_DELTA_BYTES = 512 * 1024 * 1024;
/** Writers use blocks of 128 values in 4 miniblocks. */
const MOST_MINIBLOCKS = 4096;
const MOST_BLOCK_VALUES = 1 << 24;

/**
 * The values of `bytes`, the part of a page after its levels.
 *
 * @throws {Error} the encoding does not fit the type, is unknown, or the bytes end too early
 */
export function readValues(
  bytes: Uint8Array,
  count: number,
  encoding: string,
  physical: PhysicalType,
): PhysicalValues {
  switch (encoding) {
    case 'PLAIN':
      return readPlain(bytes, count, physical);
    case 'RLE':
      return readRleBooleans(bytes, count, physical);
    case 'DELTA_BINARY_PACKED':
      return readDeltas(bytes, count, physical);
    case 'DELTA_LENGTH_BYTE_ARRAY':
      return readDeltaLengths(bytes, count);
    case 'DELTA_BYTE_ARRAY':
      return readDeltaTexts(bytes, count);
    case 'BYTE_STREAM_SPLIT':
      return readStreams(bytes, count, physical);
    default:
      throw new Error(`the encoding ${encoding} is unknown`);
  }
}

function readPlain(bytes: Uint8Array, count: number, { type, width }: PhysicalType): PhysicalValues {
  switch (type) {
    case 'BOOLEAN': {
      need(bytes, Math.ceil(count / 8));
      const values = new Uint8Array(count);
      for (let i = 0; i < count; i++) values[i] = (bytes[i >> 3]! >> (i & 7)) & 1;
      return { kind: 'booleans', values };
    }
    case 'BYTE_ARRAY':
      return readPlainTexts(bytes, count);
    case 'INT96':
      return fixedRanges(bytes, count, 12);
    case 'FIXED_LEN_BYTE_ARRAY':
      return fixedRanges(bytes, count, width);
    default:
      return typedValues(bytes, count, type);
  }
}

function typedValues(bytes: Uint8Array, count: number, type: ParquetType): PhysicalValues {
  const width = type === 'INT32' || type === 'FLOAT' ? 4 : 8;
  need(bytes, count * width);
  // Typed arrays must begin at a multiple of their element's size.
  const aligned = bytes.byteOffset % width === 0 ? bytes : bytes.slice(0, count * width);
  const { buffer, byteOffset } = aligned;
  switch (type) {
    case 'INT32':
      return { kind: 'numbers', values: new Int32Array(buffer, byteOffset, count) };
    case 'FLOAT':
      return { kind: 'numbers', values: new Float32Array(buffer, byteOffset, count) };
    case 'DOUBLE':
      return { kind: 'numbers', values: new Float64Array(buffer, byteOffset, count) };
    default:
      return { kind: 'words', values: new Int32Array(buffer, byteOffset, 2 * count) };
  }
}

function readPlainTexts(bytes: Uint8Array, count: number): PhysicalValues {
  need(bytes, 4 * count);
  const starts = new Uint32Array(count);
  const ends = new Uint32Array(count);
  let at = 0;
  for (let i = 0; i < count; i++) {
    const length = bytes[at]! + bytes[at + 1]! * 256 + bytes[at + 2]! * 65_536 + bytes[at + 3]! * 16_777_216;
    starts[i] = at + 4;
    at += 4 + length;
    // Written so that NaN, from lengths beyond the end, is refused too.
    if (!(at <= bytes.length)) throw new RangeError('its texts are cut off');
    ends[i] = at;
  }
  return { kind: 'bytes', bytes, starts, ends };
}

function fixedRanges(bytes: Uint8Array, count: number, width: number): PhysicalValues {
  if (!(width > 0)) throw new Error('the length of its values is missing');
  need(bytes, count * width);
  const starts = new Uint32Array(count);
  const ends = new Uint32Array(count);
  for (let i = 0; i < count; i++) {
    starts[i] = i * width;
    ends[i] = (i + 1) * width;
  }
  return { kind: 'bytes', bytes, starts, ends };
}

function readRleBooleans(bytes: Uint8Array, count: number, { type }: PhysicalType): PhysicalValues {
  if (type !== 'BOOLEAN') throw new Error(`RLE values of type ${type}`);
  const values = new Uint8Array(count);
  if (count > 0) readHybrid(bytes, 4, bytes.length, 1, values);
  return { kind: 'booleans', values };
}

function readDeltas(bytes: Uint8Array, count: number, { type }: PhysicalType): PhysicalValues {
  if (type === 'INT32') return { kind: 'numbers', values: unpackDeltas(bytes, count).values };
  if (type !== 'INT64') throw new Error(`deltas of type ${type}`);
  const values = new BigInt64Array(count);
  if (count > 0) {
    checkDeltaHeader(bytes, 0, count);
    deltaBinaryUnpack({ view: viewOf(bytes), offset: 0 }, count, values);
  }
  return { kind: 'words', values: new Int32Array(values.buffer) };
}

function readDeltaLengths(bytes: Uint8Array, count: number): PhysicalValues {
  const { values: lengths, end } = unpackDeltas(bytes, count);
  const starts = new Uint32Array(count);
  const ends = new Uint32Array(count);
  let at = end;
  for (let i = 0; i < count; i++) {
    starts[i] = at;
    at += lengths[i]!;
    if (lengths[i]! < 0 || at > bytes.length) throw new RangeError('its texts are cut off');
    ends[i] = at;
  }
  return { kind: 'bytes', bytes, starts, ends };
}

function readDeltaTexts(bytes: Uint8Array, count: number): PhysicalValues {
  const prefixes = unpackDeltas(bytes, count);
  const suffixes = unpackDeltas(bytes.subarray(prefixes.end), count);
  const starts = new Uint32Array(count);
  const ends = new Uint32Array(count);
  let from = prefixes.end + suffixes.end;
  let total = 0;
  for (let i = 0; i < count; i++) {
    const [prefix, suffix] = [prefixes.values[i]!, suffixes.values[i]!];
    const before = i === 0 ? 0 : ends[i - 1]! - starts[i - 1]!;
    if (prefix < 0 || suffix < 0 || prefix > before) throw new RangeError('its texts are cut off');
    starts[i] = total;
    total += prefix + suffix;
    if (total > MOST_DELTA_BYTES) throw new RangeError('its texts are too long for a page');
    ends[i] = total;
  }
  const texts = new Uint8Array(total);
  for (let i = 0; i < count; i++) {
    const [prefix, suffix] = [prefixes.values[i]!, suffixes.values[i]!];
    if (from + suffix > bytes.length) throw new RangeError('its texts are cut off');
    if (prefix > 0) texts.copyWithin(starts[i]!, starts[i - 1]!, starts[i - 1]! + prefix);
    texts.set(bytes.subarray(from, from + suffix), starts[i]! + prefix);
    from += suffix;
  }
  return { kind: 'bytes', bytes: texts, starts, ends };
}

function readStreams(bytes: Uint8Array, count: number, { type, width }: PhysicalType): PhysicalValues {
  const size = type === 'INT32' || type === 'FLOAT' ? 4 : type === 'FIXED_LEN_BYTE_ARRAY' ? width : 8;
  need(bytes, count * size);
  // Any type of that width will do to undo the split; the values are read from the bytes.
  const joined = byteStreamSplit({ view: viewOf(bytes), offset: 0 }, count, 'FIXED_LEN_BYTE_ARRAY', size);
  const first = joined[0];
  const plain = first instanceof Uint8Array ? new Uint8Array(first.buffer) : new Uint8Array(0);
  return readPlain(plain, count, { type, width });
}

/** 32-bit deltas, and the offset after them. */
function unpackDeltas(bytes: Uint8Array, count: number): { values: Int32Array; end: number } {
  const values = new Int32Array(count);
  if (count === 0) return { values, end: 0 };
  checkDeltaHeader(bytes, 0, count);
  const reader = { view: viewOf(bytes), offset: 0 };
  deltaBinaryUnpack(reader, count, values);
  return { values, end: reader.offset };
}

/** The library trusts the sizes of blocks, and would reserve what they say. */
function checkDeltaHeader(bytes: Uint8Array, start: number, count: number): void {
  let at = start;
  const next = () => {
    let value = 0;
    for (let i = 0; i < 5; i++) {
      const byte = bytes[at++];
      if (byte === undefined) throw new RangeError('its deltas are cut off');
      value += (byte & 0x7f) * 2 ** (7 * i);
      if (byte < 0x80) return value;
    }
    throw new RangeError('its deltas are damaged');
  };
  const [blockValues, miniblocks, total] = [next(), next(), next()];
  const isSound =
    miniblocks > 0 &&
    miniblocks <= MOST_MINIBLOCKS &&
    blockValues <= MOST_BLOCK_VALUES &&
    blockValues % (miniblocks * 8) === 0 &&
    blockValues > 0 &&
    total >= count;
  if (!isSound) throw new RangeError('its deltas are damaged');
}

function need(bytes: Uint8Array, length: number): void {
  if (!(length <= bytes.length)) throw new RangeError('its values are cut off');
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** The values that codes into a dictionary stand for. @throws {RangeError} a code lies outside it */
export function lookUp(dictionary: PhysicalValues, codes: Int32Array): PhysicalValues {
  const size = dictionary.kind === 'bytes' ? dictionary.starts.length : dictionary.values.length;
  const count = dictionary.kind === 'words' ? size / 2 : size;
  for (let i = 0; i < codes.length; i++) {
    if (codes[i]! < 0 || codes[i]! >= count) throw new RangeError('a value lies outside its dictionary');
  }
  switch (dictionary.kind) {
    case 'numbers': {
      const from = dictionary.values;
      const values = new Float64Array(codes.length);
      for (let i = 0; i < codes.length; i++) values[i] = from[codes[i]!]!;
      return { kind: 'numbers', values };
    }
    case 'words': {
      const values = new Int32Array(2 * codes.length);
      for (let i = 0; i < codes.length; i++) {
        values[2 * i] = dictionary.values[2 * codes[i]!]!;
        values[2 * i + 1] = dictionary.values[2 * codes[i]! + 1]!;
      }
      return { kind: 'words', values };
    }
    case 'booleans':
      return { kind: 'booleans', values: Uint8Array.from(codes, (code) => dictionary.values[code]!) };
    case 'bytes': {
      const { bytes, starts, ends } = dictionary;
      return {
        kind: 'bytes',
        bytes,
        starts: Uint32Array.from(codes, (code) => starts[code]!),
        ends: Uint32Array.from(codes, (code) => ends[code]!),
      };
    }
  }
}

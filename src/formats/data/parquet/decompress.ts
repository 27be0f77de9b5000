import { compressors, decompressZstd } from 'hyparquet-compressors';

/** A page is about 1 MB by default; a writer that puts a whole row group into one may reach a few hundred. */
const MOST_PAGE_BYTES = 1024 ** 3;
/** Deflate expands at most 1032 times, Snappy 22, LZ4 255 times; the margin is for headers. */
const MOST_EXPANSION: Readonly<Record<string, number>> = { GZIP: 1032, SNAPPY: 64, LZ4: 256, LZ4_RAW: 256 };
const EXPANSION_MARGIN = 4096;

/**
 * A page's bytes as its codec packed them; the bytes themselves when it did not.
 *
 * @param length that the page's header says it unpacks to
 * @throws {Error} the codec is unknown, the length impossible, or the bytes damaged
 */
export function decompress(codec: string, bytes: Uint8Array, length: number): Uint8Array {
  if (codec === 'UNCOMPRESSED') return checked(bytes, length);
  const most = (MOST_EXPANSION[codec] ?? Infinity) * bytes.length + EXPANSION_MARGIN;
  if (!(length >= 0 && length <= Math.min(MOST_PAGE_BYTES, most)))
    throw new RangeError(`a page of ${length} bytes`);
  if (length === 0) return new Uint8Array(0);
  switch (codec) {
    case 'SNAPPY':
      // The library writes as much as the packed bytes say, whatever room there is.
      if (snappyLength(bytes) !== length) throw new RangeError('a page of another length than it says');
      return checked(compressors.SNAPPY!(bytes, length), length);
    case 'ZSTD':
      return checked(decompressZstd(bytes, new Uint8Array(length)), length);
    case 'GZIP':
    case 'BROTLI':
    case 'LZ4':
    case 'LZ4_RAW':
      return checked(compressors[codec]!(bytes, length), length);
    default:
      throw new Error(`the compression ${codec} is unknown`);
  }
}

/** The codecs that {@link decompress} knows. */
export function isKnownCodec(codec: string | undefined): boolean {
  const known = ['UNCOMPRESSED', 'SNAPPY', 'GZIP', 'BROTLI', 'ZSTD', 'LZ4', 'LZ4_RAW'];
  return codec !== undefined && known.includes(codec);
}

function checked(bytes: Uint8Array, length: number): Uint8Array {
  if (bytes.length !== length) throw new RangeError('a page of another length than it says');
  return bytes;
}

function snappyLength(bytes: Uint8Array): number {
  let length = 0;
  for (let i = 0; i < 5; i++) {
    const byte = bytes[i] ?? 0;
    length += (byte & 0x7f) * 2 ** (7 * i);
    if (byte < 0x80) return length;
  }
  return -1;
}

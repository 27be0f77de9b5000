import { Gunzip } from 'fflate';
import { FormatError } from '../../core/errors.ts';
import { updateCrc } from './crc32.ts';
import { isGzip } from './file-kind.ts';

/** Deflate expands at most 1032 times: 16 KB in are at most 17 MB out, which bounds the memory of any archive. */
const SLICE_BYTES = 16 * 1024;
/** CRC32 and length at the end of each member. */
const TRAILER_BYTES = 8;

/**
 * The bytes of `chunks`, unpacked when they are gzip (by magic bytes; any number of members), else as they are.
 *
 * @throws {FormatError} `corrupt-gzip`: damaged or cut off; every member's CRC32 and length are checked (RFC 1952, section 2.3.1)
 */
export async function* unpacked(
  chunks: AsyncIterable<Uint8Array>,
  file: string,
  onCompressed: () => void = () => {},
): AsyncGenerator<Uint8Array> {
  let head = new Uint8Array(0);
  let unpacker: GzipUnpacker | null = null;
  let decided = false;
  for await (const chunk of chunks) {
    let bytes = chunk;
    if (!decided) {
      bytes = joined(head, chunk);
      head = new Uint8Array(bytes);
      if (bytes.length < 2) continue;
      decided = true;
      if (isGzip(bytes)) {
        unpacker = new GzipUnpacker(file);
        onCompressed();
      }
    }
    if (unpacker === null) yield bytes;
    else yield* unpacker.push(bytes);
  }
  if (!decided && head.length > 0) yield head;
  if (unpacker !== null) yield* unpacker.end();
}

function joined(a: Uint8Array, b: Uint8Array): Uint8Array {
  if (a.length === 0) return b;
  const both = new Uint8Array(a.length + b.length);
  both.set(a);
  both.set(b, a.length);
  return both;
}

/**
 * fflate's Gunzip with what it leaves out: the check of each member's CRC32 and length, and errors of our own. Bytes go in
 * by `push`, at the end `end` is called; both give what is unpacked so far.
 */
export class GzipUnpacker {
  private readonly file: string;
  private readonly gunzip: Gunzip;
  private output: Uint8Array[] = [];
  private crc = -1;
  private length = 0;
  private received = 0;
  /** The last bytes received, at least a slice and a trailer: where a member's trailer is looked up. */
  private recent: Uint8Array = new Uint8Array(0);

  constructor(file: string) {
    this.file = file;
    this.gunzip = new Gunzip((bytes) => {
      if (bytes.length === 0) return;
      this.crc = updateCrc(this.crc, bytes);
      this.length = (this.length + bytes.length) >>> 0;
      this.output.push(bytes);
    });
    this.gunzip.onmember = (start) => this.checkMember(start);
  }

  *push(bytes: Uint8Array): Generator<Uint8Array> {
    for (let at = 0; at < bytes.length; at += SLICE_BYTES) {
      yield* this.step(bytes.subarray(at, at + SLICE_BYTES), false);
    }
  }

  *end(): Generator<Uint8Array> {
    yield* this.step(new Uint8Array(0), true);
    this.checkMember(this.received);
  }

  private *step(bytes: Uint8Array, last: boolean): Generator<Uint8Array> {
    this.received += bytes.length;
    this.recent = joined(this.recent.subarray(-SLICE_BYTES), bytes);
    try {
      // A copy: fflate keeps views of what it is given, and the caller may reuse its chunk.
      this.gunzip.push(bytes.slice(), last);
    } catch (cause) {
      throw cause instanceof FormatError
        ? cause
        : this.corrupt('its compressed data are damaged or cut off', cause);
    }
    const output = this.output;
    this.output = [];
    yield* output;
  }

  /** @param end offset in the file of the first byte after the member's trailer */
  private checkMember(end: number): void {
    const at = this.recent.length - (this.received - end) - TRAILER_BYTES;
    if (at < 0) throw this.corrupt('it ends too early');
    const trailer = new DataView(this.recent.buffer, this.recent.byteOffset + at, TRAILER_BYTES);
    if (trailer.getUint32(0, true) !== ~this.crc >>> 0)
      throw this.corrupt('its checksum (CRC32) does not match');
    if (trailer.getUint32(4, true) !== this.length) throw this.corrupt('its length does not match');
    this.crc = -1;
    this.length = 0;
  }

  private corrupt(why: string, cause?: unknown): FormatError {
    return new FormatError('corrupt-gzip', `The gzip archive "${this.file}" cannot be unpacked: ${why}.`, {
      place: { file: this.file, byteOffset: this.received },
      advice: 'Copy or download the file again, or open the unpacked file.',
      ...(cause === undefined ? {} : { cause }),
    });
  }
}

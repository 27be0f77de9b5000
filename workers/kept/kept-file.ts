/**
 * One file in the browser's storage: a label, and sections of bytes. It can be written and read piece by piece, so that
 * gigabytes pass through a few megabytes of memory, and it is whole or nothing: the header is written last, and every
 * byte is under a checksum. Little endian, as all hosts of a browser are:
 *
 *     0   8 bytes  'CUTKEPT1'; a change of what is inside (labels, summaries, columns) takes the next digit
 *     8   uint32   length of the label
 *     12  uint32   number of pieces: each section is cut into pieces of 4 MiB, the last may be shorter
 *     16  float64  length of all sections together
 *     24  32 bytes SHA-256 of bytes 0 to 24, the label and the digests
 *     56  float64  when it was last used, epoch ms; the one part that changes later, and so under no checksum
 *     64  label: JSON [label, lengths of the sections]
 *     ..  32 bytes for each piece: its SHA-256
 *     ..  the sections, one after the other
 */
import type { ByteSource } from '../../src/contracts/byte-source.ts';
import { parseKeptJson, toKeptJson } from './kept-json.ts';
import type { KeptLabel } from './kept-label.ts';

const MAGIC = new TextEncoder().encode('CUTKEPT1');
const DIGEST_BYTES = 32;
const DIGEST_BYTE = 24;
const USED_BYTE = 56;
const LABEL_BYTE = 64;

/** 4 MiB: about 5 ms of hashing and writing each (measured), so that a cancel or a question never waits longer. */
export const PIECE_BYTES = 4 * 1024 * 1024;

/** Where a file is written: `write` puts all bytes at their place or throws. */
export interface ByteSink {
  write(bytes: Uint8Array<ArrayBuffer>, at: number): void;
}

/** Called after each piece with the bytes of sections done so far; a rejection ends the work. */
export type PieceTurn = (doneBytes: number) => Promise<void>;

/** Size of the file that {@link writeKeptFile} makes, without making it. */
export function keptFileBytes(label: KeptLabel, sections: readonly Uint8Array[]): number {
  return headerBytes(encodeLabel(label, lengthsOf(sections)), lengthsOf(sections)) + sum(lengthsOf(sections));
}

/**
 * Writes sections (also ones in shared memory) piece by piece, then the header that makes them a whole file.
 * @param nowMs when it is used, epoch ms
 */
export async function writeKeptFile(
  sink: ByteSink,
  label: KeptLabel,
  sections: readonly Uint8Array[],
  nowMs: number,
  turn: PieceTurn,
): Promise<void> {
  const lengths = lengthsOf(sections);
  const text = encodeLabel(label, lengths);
  const header = new Uint8Array(headerBytes(text, lengths));
  let digestAt = LABEL_BYTE + text.length;
  let done = 0;
  for (const section of sections) {
    for (let start = 0; start < section.length; start += PIECE_BYTES) {
      // A copy: neither hashing nor every browser's writing takes shared memory.
      const piece = new Uint8Array(section.slice(start, start + PIECE_BYTES));
      const digest = digestOf(piece);
      sink.write(piece, header.length + done);
      header.set(await digest, digestAt);
      digestAt += DIGEST_BYTES;
      done += piece.length;
      await turn(done);
    }
  }
  const view = new DataView(header.buffer);
  header.set(MAGIC, 0);
  view.setUint32(8, text.length, true);
  view.setUint32(12, pieceCount(lengths), true);
  view.setFloat64(16, done, true);
  header.set(text, LABEL_BYTE);
  header.set(usedBytes(nowMs), USED_BYTE);
  header.set(await headerDigest(header), DIGEST_BYTE);
  sink.write(header, 0);
}

/** Writes down that a whole file is used now. */
export function markUsed(sink: ByteSink, nowMs: number): void {
  sink.write(usedBytes(nowMs), USED_BYTE);
}

/** When a file was last used, epoch ms; 0 when it is not one that was written to its end. Its content is not looked at. */
export async function lastUsedOf(file: ByteSource): Promise<number> {
  const start = await bytesOf(file, 0, Math.min(LABEL_BYTE, file.size));
  return start.length === LABEL_BYTE && hasMagic(start) ? usedMs(start) : 0;
}

/** A file whose header is whole; its sections are still to be read. */
export interface KeptFileReader {
  readonly label: KeptLabel;
  readonly sectionBytes: readonly number[];
  /** Epoch ms. */
  readonly lastUsedMs: number;
  /**
   * Reads one section into an array of its length, which may be shared memory; false when a piece is damaged.
   * @param turn told the bytes of this section read so far
   */
  readSection(index: number, into: Uint8Array, turn?: PieceTurn): Promise<boolean>;
}

/**
 * Reads the header of what {@link writeKeptFile} wrote; null when it is not such a file, half written, cut short or
 * damaged. Throws only what the source's reading throws.
 */
export async function openKeptFile(file: ByteSource): Promise<KeptFileReader | null> {
  if (file.size < LABEL_BYTE) return null;
  const start = await bytesOf(file, 0, LABEL_BYTE);
  const view = new DataView(start.buffer);
  const labelBytes = view.getUint32(8, true);
  const payloadAt = LABEL_BYTE + labelBytes + view.getUint32(12, true) * DIGEST_BYTES;
  const isWhole = hasMagic(start) && payloadAt + view.getFloat64(16, true) === file.size;
  if (!isWhole) return null;
  const header = await bytesOf(file, 0, payloadAt);
  if (!sameBytes(await headerDigest(header), header, DIGEST_BYTE)) return null;
  // The checksum holds, so this is what writeKeptFile wrote.
  const text = new TextDecoder().decode(header.subarray(LABEL_BYTE, LABEL_BYTE + labelBytes));
  const [label, sectionBytes] = parseKeptJson(text) as [KeptLabel, readonly number[]];
  return {
    label,
    sectionBytes,
    lastUsedMs: usedMs(start),
    readSection: sectionReader(file, header, sectionBytes),
  };
}

function sectionReader(
  file: ByteSource,
  header: Uint8Array<ArrayBuffer>,
  lengths: readonly number[],
): KeptFileReader['readSection'] {
  const digestsAt = header.length - pieceCount(lengths) * DIGEST_BYTES;
  return async (index, into, turn) => {
    const before = lengths.slice(0, index);
    const sectionAt = header.length + sum(before);
    let digestAt = digestsAt + pieceCount(before) * DIGEST_BYTES;
    for (let start = 0; start < into.length; start += PIECE_BYTES) {
      const end = Math.min(start + PIECE_BYTES, into.length);
      const piece = await bytesOf(file, sectionAt + start, sectionAt + end);
      if (!sameBytes(await digestOf(piece), header, digestAt)) return false;
      into.set(piece, start);
      digestAt += DIGEST_BYTES;
      await turn?.(end);
    }
    return true;
  };
}

function hasMagic(start: Uint8Array): boolean {
  return MAGIC.every((byte, i) => start[i] === byte);
}

function usedBytes(nowMs: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(Float64Array.BYTES_PER_ELEMENT);
  new DataView(bytes.buffer).setFloat64(0, nowMs, true);
  return bytes;
}

/** Long ago, when what is written there is no time. */
function usedMs(start: Uint8Array<ArrayBuffer>): number {
  const ms = new DataView(start.buffer).getFloat64(USED_BYTE, true);
  return ms > 0 && ms < Number.MAX_SAFE_INTEGER ? ms : 0;
}

function encodeLabel(label: KeptLabel, lengths: readonly number[]): Uint8Array {
  return new TextEncoder().encode(toKeptJson([label, lengths]));
}

function headerBytes(text: Uint8Array, lengths: readonly number[]): number {
  return LABEL_BYTE + text.length + pieceCount(lengths) * DIGEST_BYTES;
}

function lengthsOf(sections: readonly Uint8Array[]): number[] {
  return sections.map(({ length }) => length);
}

function pieceCount(lengths: readonly number[]): number {
  return sum(lengths.map((length) => Math.ceil(length / PIECE_BYTES)));
}

function sum(lengths: readonly number[]): number {
  return lengths.reduce((total, length) => total + length, 0);
}

async function bytesOf(file: ByteSource, start: number, end: number): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await file.slice(start, end).arrayBuffer());
}

/** Of the header but for the digest's own place and the time of use. */
function headerDigest(header: Uint8Array<ArrayBuffer>): Promise<Uint8Array> {
  const covered = new Uint8Array(DIGEST_BYTE + header.length - LABEL_BYTE);
  covered.set(header.subarray(0, DIGEST_BYTE));
  covered.set(header.subarray(LABEL_BYTE), DIGEST_BYTE);
  return digestOf(covered);
}

async function digestOf(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array> {
  return new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
}

function sameBytes(digest: Uint8Array, bytes: Uint8Array, at: number): boolean {
  return digest.every((byte, i) => bytes[at + i] === byte);
}

/**
 * A column of scores as one file in the browser's storage. Little endian, as all hosts of a browser are:
 *
 *     0   8 bytes  'CUTSCOR1'
 *     8   uint32   row count
 *     12  uint32   length of the description in bytes
 *     16  32 bytes SHA-256 of all that follows
 *     48  description: JSON of ScoresInfo, padded with spaces to a multiple of 8
 *     ..  float64  the scores, NaN = no score
 */
import type { ScoresInfo } from '../src/contracts/tasks.ts';

const MAGIC = new TextEncoder().encode('CUTSCOR1');
const HEADER_BYTES = 48;
const DIGEST_BYTE = 16;

export interface KeptScores {
  readonly scores: Float64Array;
  readonly info: ScoresInfo;
}

/** Size of the file that {@link encodeScores} makes, without making it. */
export function scoresFileBytes(rowCount: number, info: ScoresInfo): number {
  return HEADER_BYTES + description(info).length + rowCount * Float64Array.BYTES_PER_ELEMENT;
}

/** The file's bytes. O(rows), native hashing. */
export async function encodeScores({ scores, info }: KeptScores): Promise<Uint8Array<ArrayBuffer>> {
  const text = description(info);
  const file = new Uint8Array(scoresFileBytes(scores.length, info));
  const view = new DataView(file.buffer);
  file.set(MAGIC, 0);
  view.setUint32(8, scores.length, true);
  view.setUint32(12, text.length, true);
  file.set(text, HEADER_BYTES);
  new Float64Array(file.buffer, HEADER_BYTES + text.length).set(scores);
  file.set(await digestOf(file), DIGEST_BYTE);
  return file;
}

/**
 * Reads what {@link encodeScores} wrote; null when the file is not one, is damaged or cut short (checksum), or holds
 * another number of rows than the table. Never throws: a file that cannot be read is scored again.
 */
export async function decodeScores(
  file: Uint8Array<ArrayBuffer>,
  rowCount: number,
): Promise<KeptScores | null> {
  if (file.length < HEADER_BYTES || MAGIC.some((byte, i) => file[i] !== byte)) return null;
  const view = new DataView(file.buffer, file.byteOffset, file.length);
  const textBytes = view.getUint32(12, true);
  const scoresByte = HEADER_BYTES + textBytes;
  const whole = view.getUint32(8, true) === rowCount && file.length === scoresByte + rowCount * 8;
  if (!whole) return null;
  const digest = await digestOf(file);
  if (digest.some((byte, i) => file[DIGEST_BYTE + i] !== byte)) return null;
  // The checksum holds, so the description is what encodeScores wrote.
  const info = JSON.parse(new TextDecoder().decode(file.subarray(HEADER_BYTES, scoresByte))) as ScoresInfo;
  return { scores: new Float64Array(file.slice(scoresByte).buffer), info };
}

function description(info: ScoresInfo): Uint8Array {
  const { engine, scoreOutput, unscored, notices } = info;
  const text = new TextEncoder().encode(JSON.stringify({ engine, scoreOutput, unscored, notices }));
  const padded = new Uint8Array(Math.ceil(text.length / 8) * 8).fill(0x20);
  padded.set(text);
  return padded;
}

async function digestOf(file: Uint8Array<ArrayBuffer>): Promise<Uint8Array> {
  return new Uint8Array(await crypto.subtle.digest('SHA-256', file.subarray(HEADER_BYTES)));
}

import { FormatError } from '../../../core/errors.ts';
import { decodeText } from '../decode-text.ts';

/** XGBoost's documents nest some ten levels deep; a file that nests deeper is made to exhaust the stack. */
const MAX_DEPTH = 64;

/** A fault in the bytes, given its place and file name by {@link readUbjson}. */
class UbjsonFault extends Error {}

interface Cursor {
  readonly bytes: Uint8Array;
  readonly view: DataView;
  at: number;
  depth: number;
}

/** How the numbers of one type are written: bytes each, and how one is read. All are big endian. */
interface NumberType {
  readonly size: number;
  readonly read: (view: DataView, at: number) => number;
  readonly array: (length: number) => NumberArray;
}

type NumberArray =
  | Float64Array
  | Float32Array
  | Int32Array
  | Int16Array
  | Int8Array
  | Uint8Array
  | Uint16Array
  | Uint32Array;

/** By the byte that names the type. u, m and M are not UBJSON's own: XGBoost adds them for unsigned arrays. */
const numberTypes: ReadonlyMap<string, NumberType> = new Map<string, NumberType>([
  ['i', { size: 1, read: (view, at) => view.getInt8(at), array: (n) => new Int8Array(n) }],
  ['U', { size: 1, read: (view, at) => view.getUint8(at), array: (n) => new Uint8Array(n) }],
  ['I', { size: 2, read: (view, at) => view.getInt16(at), array: (n) => new Int16Array(n) }],
  ['u', { size: 2, read: (view, at) => view.getUint16(at), array: (n) => new Uint16Array(n) }],
  ['l', { size: 4, read: (view, at) => view.getInt32(at), array: (n) => new Int32Array(n) }],
  ['m', { size: 4, read: (view, at) => view.getUint32(at), array: (n) => new Uint32Array(n) }],
  ['L', { size: 8, read: (view, at) => Number(view.getBigInt64(at)), array: (n) => new Float64Array(n) }],
  ['M', { size: 8, read: (view, at) => Number(view.getBigUint64(at)), array: (n) => new Float64Array(n) }],
  ['d', { size: 4, read: (view, at) => view.getFloat32(at), array: (n) => new Float32Array(n) }],
  ['D', { size: 8, read: (view, at) => view.getFloat64(at), array: (n) => new Float64Array(n) }],
]);

/**
 * Decodes a UBJSON document to plain values: objects without prototype, arrays, typed arrays for arrays of one number
 * type, texts, numbers (int64 exact up to 2^53), booleans and null.
 *
 * No count in the file is trusted: memory is bounded by a small multiple of the file.
 * @param bytes the whole file
 * @param name  file name, for messages
 * @throws {FormatError} `corrupt-model` with the byte where the bytes stop making sense
 * Source: Universal Binary JSON specification, draft 12.
 */
export function readUbjson(bytes: Uint8Array, name: string): unknown {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const cursor: Cursor = { bytes, view, at: 0, depth: 0 };
  try {
    return readValue(cursor, readMarker(cursor));
  } catch (cause) {
    const reason = cause instanceof UbjsonFault ? cause.message : 'the bytes are not UBJSON';
    const byteOffset = Math.min(cursor.at, bytes.length);
    throw new FormatError('corrupt-model', `${name} is damaged: at byte ${byteOffset} ${reason}.`, {
      place: { file: name, byteOffset },
      advice: 'Save or download the model again; an incomplete download is the usual reason.',
      cause,
    });
  }
}

/** Moves over `count` bytes that must be there. */
function take(cursor: Cursor, count: number): number {
  const start = cursor.at;
  if (count > cursor.bytes.length - start) throw new UbjsonFault('the file ends early');
  cursor.at = start + count;
  return start;
}

/** The next byte that is not a no-op, as a character. */
function readMarker(cursor: Cursor): string {
  for (;;) {
    const marker = String.fromCharCode(cursor.bytes[take(cursor, 1)]!);
    if (marker !== 'N') return marker;
  }
}

function readValue(cursor: Cursor, marker: string): unknown {
  const type = numberTypes.get(marker);
  if (type !== undefined) return type.read(cursor.view, take(cursor, type.size));
  switch (marker) {
    case 'S':
      return readText(cursor, readLength(cursor));
    case 'C':
      return readText(cursor, 1);
    case 'H':
      return Number(readText(cursor, readLength(cursor)));
    case '[':
      return nested(cursor, readArray);
    case '{':
      return nested(cursor, readObject);
    case 'T':
      return true;
    case 'F':
      return false;
    case 'Z':
      return null;
    default:
      throw new UbjsonFault(`stands 0x${marker.charCodeAt(0).toString(16)}, which begins no value`);
  }
}

function nested<T>(cursor: Cursor, read: (cursor: Cursor) => T): T {
  cursor.depth += 1;
  if (cursor.depth > MAX_DEPTH) throw new UbjsonFault('values are nested too deeply');
  const value = read(cursor);
  cursor.depth -= 1;
  return value;
}

/** A length or count: an integer of any type, with its type before it. */
function readLength(cursor: Cursor, marker = readMarker(cursor)): number {
  const type = numberTypes.get(marker);
  if (type === undefined || marker === 'd' || marker === 'D') throw new UbjsonFault('a length is missing');
  const length = type.read(cursor.view, take(cursor, type.size));
  if (length < 0) throw new UbjsonFault('a length is negative');
  return length;
}

function readText(cursor: Cursor, length: number): string {
  const start = take(cursor, length);
  return decodeText(cursor.bytes.subarray(start, start + length));
}

/** What may stand at the head of a container: the type of all its values, and their count. */
interface ContainerHead {
  readonly type: string | null;
  readonly count: number | null;
  /** The marker after the head, already read when there is no count. */
  readonly next: string;
}

function readHead(cursor: Cursor): ContainerHead {
  let marker = readMarker(cursor);
  let type: string | null = null;
  if (marker === '$') {
    type = readMarker(cursor);
    // Values that take no bytes could be claimed by the billion.
    if (!numberTypes.has(type) && !'SCH[{'.includes(type))
      throw new UbjsonFault('a container has no usable type');
    marker = readMarker(cursor);
    if (marker !== '#') throw new UbjsonFault('a container of one type has no count');
  }
  if (marker !== '#') return { type, count: null, next: marker };
  const count = readLength(cursor);
  const smallest = numberTypes.get(type ?? '')?.size ?? 1;
  if (count * smallest > cursor.bytes.length - cursor.at) {
    throw new UbjsonFault(`a container claims ${count} values, more than the file holds`);
  }
  return { type, count, next: '' };
}

function readArray(cursor: Cursor): unknown {
  const { type, count, next } = readHead(cursor);
  const numbers = numberTypes.get(type ?? '');
  if (numbers !== undefined && count !== null) return readNumbers(cursor, numbers, count);
  const values: unknown[] = [];
  if (count === null) {
    for (let marker = next; marker !== ']'; marker = readMarker(cursor))
      values.push(readValue(cursor, marker));
  } else {
    for (let i = 0; i < count; i++) values.push(readValue(cursor, type ?? readMarker(cursor)));
  }
  return values;
}

function readNumbers(cursor: Cursor, { size, read, array }: NumberType, count: number): NumberArray {
  const start = take(cursor, count * size);
  const values = array(count);
  for (let i = 0; i < count; i++) values[i] = read(cursor.view, start + i * size);
  return values;
}

function readObject(cursor: Cursor): Record<string, unknown> {
  const { type, count, next } = readHead(cursor);
  const object = Object.create(null) as Record<string, unknown>;
  const readEntry = (marker: string): void => {
    const key = readText(cursor, readLength(cursor, marker));
    object[key] = readValue(cursor, type ?? readMarker(cursor));
  };
  if (count === null) {
    for (let marker = next; marker !== '}'; marker = readMarker(cursor)) readEntry(marker);
  } else {
    for (let i = 0; i < count; i++) readEntry(readMarker(cursor));
  }
  return object;
}

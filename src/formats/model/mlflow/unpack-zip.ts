import { inflateSync } from 'fflate';
import { FormatError } from '../../../core/errors.ts';
import { updateCrc } from '../../data/crc32.ts';
import { decodeText } from '../decode-text.ts';

/** What may come out of one archive, all files together. */
const MAX_UNPACKED = 2_147_483_647;

/** Deflate makes at most 1,032 bytes of one; a little more for archives whose few bytes are mostly frame. */
const MAX_RATIO = 1032;
const RATIO_SLACK = 1024;

const END_SIGNATURE = 0x06054b50;
const ENTRY_SIGNATURE = 0x02014b50;
const LOCAL_SIGNATURE = 0x04034b50;
const END_BYTES = 22;
const ENTRY_BYTES = 46;
const LOCAL_BYTES = 30;
const LONGEST_COMMENT = 65_535;

const ENCRYPTED = 1;
const STORED = 0;
const DEFLATED = 8;

/** One file of the archive, as its directory describes it. */
interface ZipEntry {
  readonly path: string;
  readonly flags: number;
  readonly method: number;
  readonly crc: number;
  readonly packedSize: number;
  readonly size: number;
  readonly localStart: number;
}

/** Whether bytes begin as a zip archive does. Never throws. */
export function isZip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x50 && bytes[1] === 0x4b && bytes[2] === 3 && bytes[3] === 4;
}

/**
 * Files of a zip archive by their path, stored or deflated, each checked by its CRC32. Folders and what macOS adds are
 * left out; paths have `/` and neither begin with it nor with `./`.
 *
 * Sizes are looked at before anything is unpacked: together at most 2 GB, and no file larger than its packed bytes can
 * hold. Stored files are views of `bytes`.
 * @throws {FormatError} `corrupt-model` for damaged archives and paths that lead out of it; `too-large`;
 *   `unsupported-type` for encrypted files and other ways of packing
 * Source: APPNOTE 6.3.10 (sections 4.3.7, 4.3.12, 4.3.16); zip64 is not read.
 */
export function unpackZip(bytes: Uint8Array, name: string): ReadonlyMap<string, Uint8Array> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const entries = readDirectory(view, bytes, name).filter(({ path }) => !isClutter(path));
  refuseSizes(entries, name);
  const files = new Map<string, Uint8Array>();
  for (const entry of entries) {
    if (files.has(entry.path)) throw damaged(name, `it holds ${entry.path} twice`);
    files.set(entry.path, unpackEntry(view, bytes, entry, name));
  }
  return files;
}

function damaged(name: string, reason: string): FormatError {
  return new FormatError('corrupt-model', `${name} is a damaged zip archive: ${reason}.`, {
    place: { file: name },
    advice: 'Pack or download it again.',
  });
}

/** Folders, and what the Finder adds to an archive. */
function isClutter(path: string): boolean {
  return path.endsWith('/') || /(^|\/)(__MACOSX\/|\.DS_Store$)/.test(path);
}

function readDirectory(view: DataView, bytes: Uint8Array, name: string): ZipEntry[] {
  const end = findEnd(view, name);
  const count = view.getUint16(end + 10, true);
  let at = view.getUint32(end + 16, true);
  const entries: ZipEntry[] = [];
  for (let i = 0; i < count; i++) {
    if (at + ENTRY_BYTES > end || view.getUint32(at, true) !== ENTRY_SIGNATURE) {
      throw damaged(name, 'its directory is not where it should be');
    }
    const pathLength = view.getUint16(at + 28, true);
    const next =
      at + ENTRY_BYTES + pathLength + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
    if (next > end) throw damaged(name, 'its directory ends early');
    entries.push({
      path: cleanPath(decodeText(bytes.subarray(at + ENTRY_BYTES, at + ENTRY_BYTES + pathLength)), name),
      flags: view.getUint16(at + 8, true),
      method: view.getUint16(at + 10, true),
      crc: view.getUint32(at + 16, true),
      packedSize: view.getUint32(at + 20, true),
      size: view.getUint32(at + 24, true),
      localStart: view.getUint32(at + 42, true),
    });
    at = next;
  }
  return entries;
}

/** The end of the directory, looked for from the back: a comment may follow it. */
function findEnd(view: DataView, name: string): number {
  const first = Math.max(0, view.byteLength - END_BYTES - LONGEST_COMMENT);
  for (let at = view.byteLength - END_BYTES; at >= first; at--) {
    if (view.getUint32(at, true) === END_SIGNATURE) return at;
  }
  throw damaged(name, 'its directory is missing; an incomplete download is the usual reason');
}

/**
 * A path of an archive or folder with `/` between its parts, without `./` or `/` before it.
 *
 * @throws {FormatError} `corrupt-model` when it leads out of the folder
 */
export function cleanPath(path: string, name: string): string {
  const parts = path.split(/[\\/]/);
  if (parts.includes('..')) {
    throw new FormatError('corrupt-model', `${name} holds the path ${path}, which leads out of it.`, {
      place: { file: name },
      advice: 'Pack the model folder again.',
    });
  }
  const clean = parts.filter((part) => part !== '' && part !== '.').join('/');
  return /[\\/]$/.test(path) ? `${clean}/` : clean;
}

function refuseSizes(entries: readonly ZipEntry[], name: string): void {
  let total = 0;
  for (const { path, size, packedSize, method, flags } of entries) {
    total += size;
    if ((flags & ENCRYPTED) !== 0 || (method !== STORED && method !== DEFLATED)) {
      const how = (flags & ENCRYPTED) !== 0 ? 'is encrypted' : `is packed by method ${method}`;
      throw new FormatError(
        'unsupported-type',
        `${path} in ${name} ${how}, which this version does not read.`,
        {
          place: { file: name },
          advice: 'Pack the folder as a plain zip archive.',
        },
      );
    }
    if (size > packedSize * MAX_RATIO + RATIO_SLACK)
      throw damaged(name, `the size of ${path} cannot be right`);
  }
  if (total > MAX_UNPACKED) {
    throw new FormatError('too-large', `${name} unpacks to more than 2 GB.`, {
      place: { file: name },
      advice: 'Pack the model folder without the files that are not needed to score.',
    });
  }
}

function unpackEntry(view: DataView, bytes: Uint8Array, entry: ZipEntry, name: string): Uint8Array {
  const { path, localStart, packedSize, size, method, crc } = entry;
  if (localStart + LOCAL_BYTES > bytes.length || view.getUint32(localStart, true) !== LOCAL_SIGNATURE) {
    throw damaged(name, `${path} is not where its directory says`);
  }
  const start =
    localStart + LOCAL_BYTES + view.getUint16(localStart + 26, true) + view.getUint16(localStart + 28, true);
  if (start + packedSize > bytes.length) throw damaged(name, `${path} ends early`);
  const packed = bytes.subarray(start, start + packedSize);
  const file = method === STORED ? packed : inflated(packed, size, path, name);
  if (file.length !== size || ~updateCrc(-1, file) >>> 0 !== crc) {
    throw damaged(name, `${path} does not match its checksum`);
  }
  return file;
}

function inflated(packed: Uint8Array, size: number, path: string, name: string): Uint8Array {
  try {
    return inflateSync(packed, { out: new Uint8Array(size) });
  } catch {
    throw damaged(name, `${path} cannot be unpacked`);
  }
}

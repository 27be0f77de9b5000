/**
 * The text form under the fragment codec: atoms, lists and pairs that read well in an address bar and survive being
 * pasted into mail and chat, and the packed form for long states. Nothing here knows what the parts mean.
 */
import { deflateSync, Inflate, strFromU8, strToU8 } from 'fflate';

/** Notes that a part of a link cannot be used: its key, and why as the end of a sentence. */
export type Refuse = (key: string, why: string) => void;

/** Written for the empty text, which would otherwise vanish between two separators. */
const EMPTY = '~';

/**
 * One text as an atom: percent-encoded so that the separators `& = ; , : /` never occur in it, and so that the characters
 * at which chat programs cut a link off (brackets, quotes, asterisks) do not either. The empty text is `~`. Halves of
 * surrogate pairs, which no URL can hold, become U+FFFD.
 */
export function encodeAtom(text: string): string {
  if (text === '') return EMPTY;
  return encodeURIComponent(text.replace(/\p{Surrogate}/gu, '\ufffd')).replace(
    /[!'()*~]/g,
    (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

/** The text of an atom; null when its percent-encoding is broken. */
export function decodeAtom(atom: string): string | null {
  if (atom === EMPTY) return '';
  try {
    return decodeURIComponent(atom);
  } catch {
    return null;
  }
}

/** What stands between the texts of a list: a comma, and a slash where the list is itself a field of something. */
type Separator = ',' | '/';

/** Atoms joined by commas (or slashes); an empty list is the empty text. */
export function encodeList(values: readonly string[], separator: Separator = ','): string {
  return values.map(encodeAtom).join(separator);
}

/** The texts of a list; null when one of them is broken. */
export function decodeList(text: string, separator: Separator = ','): string[] | null {
  if (text === '') return [];
  const values = text.split(separator).map(decodeAtom);
  return values.every((value) => value !== null) ? values : null;
}

/** Items of several fields each, as they were joined by semicolons; none for the empty text. */
export function decodeItems(text: string): string[] {
  return text === '' ? [] : text.split(';');
}

/** One `name:value` of an item, its value still as it was written. */
export type Field = readonly [name: string, raw: string];

/** The fields of an item's pieces, in order; null when a piece has no colon. */
export function decodeFields(pieces: readonly string[]): Field[] | null {
  const fields: Field[] = [];
  for (const piece of pieces) {
    const colon = piece.indexOf(':');
    if (colon < 0) return null;
    fields.push([piece.slice(0, colon), piece.slice(colon + 1)]);
  }
  return fields;
}

/** `key:value` atoms joined by commas, in code-unit order of the keys: equal records give equal text. */
export function encodeRecord(record: Readonly<Record<string, string>>): string {
  return Object.keys(record)
    .sort()
    .map((key) => encodePair(key, record[key] as string))
    .join(',');
}

/** The pairs of a record text, in order, with null for a broken one. */
export function decodePairs(text: string): (readonly [string, string] | null)[] {
  return text === '' ? [] : text.split(',').map(decodePair);
}

export function encodePair(first: string, second: string): string {
  return `${encodeAtom(first)}:${encodeAtom(second)}`;
}

/** Both texts of `first:second`; null when it is not exactly two sound atoms. */
export function decodePair(text: string): readonly [string, string] | null {
  const parts = text.split(':');
  if (parts.length !== 2) return null;
  const first = decodeAtom(parts[0] as string);
  const second = decodeAtom(parts[1] as string);
  return first === null || second === null ? null : [first, second];
}

/** A finite decimal number as JavaScript writes it; null for anything else (hex, blanks, Infinity, words). */
export function parseDecimal(text: string | null): number | null {
  if (text === null || !/^-?\d+(\.\d+)?(e[+-]?\d+)?$/i.test(text)) return null;
  // Without a sign on 0: it would not be written again.
  const value = Number(text) + 0;
  return Number.isFinite(value) ? value : null;
}

/**
 * Largest text that `unpack` gives back. A state with 500 columns, each named in roles and mapping, is about 60 kB;
 * a crafted link could otherwise unfold 2 MB of address into gigabytes.
 */
const UNPACKED_LIMIT_BYTES = 1 << 20;

/** Deflates text and writes it in the URL-safe base64 alphabet, without padding. */
export function pack(text: string): string {
  let binary = '';
  for (const byte of deflateSync(strToU8(text), { level: 9 })) binary += String.fromCharCode(byte);
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

/** Undoes `pack`; null when the text is not base64url, not deflate, cut short, or unfolds beyond 1 MiB. */
export function unpack(packed: string): string | null {
  try {
    const binary = atob(packed.replaceAll('-', '+').replaceAll('_', '/'));
    return inflateText(Uint8Array.from(binary, (mark) => mark.charCodeAt(0)));
  } catch {
    return null;
  }
}

function inflateText(bytes: Uint8Array): string {
  const pieces: Uint8Array[] = [];
  let byteCount = 0;
  let ended = false;
  const stream = new Inflate((piece, final) => {
    byteCount += piece.length;
    if (byteCount > UNPACKED_LIMIT_BYTES) throw new RangeError('too large');
    pieces.push(piece);
    ended = final;
  });
  // In small steps, so that the limit is noticed before much memory is taken.
  for (let start = 0; start < bytes.length; start += 4096)
    stream.push(bytes.subarray(start, start + 4096), start + 4096 >= bytes.length);
  if (!ended) throw new RangeError('cut short');
  const all = new Uint8Array(byteCount);
  let offset = 0;
  for (const piece of pieces) {
    all.set(piece, offset);
    offset += piece.length;
  }
  return strFromU8(all);
}

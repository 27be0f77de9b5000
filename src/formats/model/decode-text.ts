import { strFromU8 } from 'fflate';

/**
 * UTF-8 bytes as text, a byte order mark left out; invalid bytes become U+FFFD.
 *
 * fflate's function because it is the platform's own decoder where there is one: model files of 50 MB are common, and
 * `decodeUtf8` of the core, which builds the text in JavaScript, takes several times as long.
 * @throws {Error} when the text is longer than the platform allows (some 500 million characters)
 */
export function decodeText(bytes: Uint8Array): string {
  return strFromU8(bytes);
}

/** Bytes as text, one character each: for looking at signatures. */
export function decodeLatin1(bytes: Uint8Array): string {
  return strFromU8(bytes, true);
}

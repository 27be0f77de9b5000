import { decodeLatin1 } from '../decode-text.ts';

/** In which of its two encodings an XGBoost model is written. */
export type XgboostEncoding = 'json' | 'ubjson';

/** The document's first key stands within these bytes, unless a person has rewritten it. */
const HEAD_BYTES = 65_536;

/**
 * Tells from the first bytes whether a file is a model that XGBoost saved as JSON or UBJSON.
 *
 * @param head the first bytes of the file, 64 KB are enough
 * @returns null for anything else, the dump of a model included. Never throws.
 * Source: XGBoost 1.7 and 3.1 model schema: an object with the keys `learner` and `version`.
 */
export function matchXgboost(head: Uint8Array): XgboostEncoding | null {
  const text = decodeLatin1(head.subarray(0, HEAD_BYTES)).replace(/^\xef\xbb\xbf/, '');
  if (/^\s*\{\s*"/.test(text)) return /"learner"\s*:\s*\{/.test(text) ? 'json' : null;
  // UBJSON writes a key as its length's type and length, so the second byte is never white space or a quote.
  if (/^\{[iUIlL$#]/.test(text) && text.slice(0, 256).includes('learner')) return 'ubjson';
  return null;
}

import { isMissingToken, MISSING_TOKENS, NUMERIC_MISSING_TOKENS } from '../../core/table/missing-tokens.ts';
import { decodeUtf8 } from '../../core/table/utf8.ts';

/** The cell holds a value. */
export const NO_TOKEN = -1;
/** The cell is missing in every kind of column. */
export const MISSING = -2;

const longest = Math.max(...[...MISSING_TOKENS, ...NUMERIC_MISSING_TOKENS].map((token) => token.length));
const firstBytes = new Uint8Array(256);
for (const token of [...MISSING_TOKENS, ...NUMERIC_MISSING_TOKENS]) {
  if (token !== '') firstBytes[token.charCodeAt(0)] = 1;
}
const indexOfToken = new Map(NUMERIC_MISSING_TOKENS.map((token, index) => [token, index]));

/**
 * Whether a cell stands for "no value": `MISSING`, the index in `NUMERIC_MISSING_TOKENS` (missing among numbers and dates only), or
 * `NO_TOKEN`. The token lists are ASCII, so most cells are told apart by length and first byte.
 */
export function missingToken(bytes: Uint8Array, start: number, end: number): number {
  if (start === end) return MISSING;
  if (end - start > longest || firstBytes[bytes[start]!] === 0) return NO_TOKEN;
  const text = decodeUtf8(bytes, start, end);
  if (isMissingToken(text)) return MISSING;
  return indexOfToken.get(text) ?? NO_TOKEN;
}

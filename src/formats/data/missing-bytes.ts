import { MISSING_TOKENS, NUMERIC_MISSING_TOKENS } from '../../core/table/missing-tokens.ts';
import { decodeUtf8 } from '../../core/table/utf8.ts';

/** The cell holds a value. */
export const NO_TOKEN = -1;
/** The cell is empty. */
export const EMPTY_CELL = 0;

/** Texts that may mean "no value", numbered: first those that do so in every column, the empty one at the very first. */
const TOKENS: readonly string[] = [...MISSING_TOKENS, ...NUMERIC_MISSING_TOKENS];

const longest = Math.max(...TOKENS.map((token) => token.length));
const firstBytes = new Uint8Array(256);
for (const token of TOKENS) if (token !== '') firstBytes[token.charCodeAt(0)] = 1;
const indexOfToken = new Map(TOKENS.map((token, index) => [token, index]));

/**
 * Whether a cell stands for "no value": the number of its token, or `NO_TOKEN`. The tokens are ASCII, so most cells are told apart by
 * length and first byte.
 */
export function missingToken(bytes: Uint8Array, start: number, end: number): number {
  if (start === end) return EMPTY_CELL;
  if (end - start > longest || firstBytes[bytes[start]!] === 0) return NO_TOKEN;
  return indexOfToken.get(decodeUtf8(bytes, start, end)) ?? NO_TOKEN;
}

/** True when a token means "no value" in every kind of column, not among numbers and dates only. */
export function isMissingEverywhere(token: number): boolean {
  return token >= 0 && token < MISSING_TOKENS.length;
}

/** The text of a token by its number. */
export function tokenText(token: number): string {
  return TOKENS[token]!;
}

/** Which texts are numbers, and how numbers are written back. One grammar for the CSV reader, retyping and label values. */
import type { NumberSpelling } from './column.ts';

const DECIMAL = /^[ \t]*[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?[ \t]*$/;
const INFINITE = /^[ \t]*([+-]?)inf(?:inity)?[ \t]*$/i;
const ID_LIKE = /^[+-]?0\d+$/;

/**
 * The number that a cell's text says, or NaN when it says none.
 *
 * Decimal notation with optional sign, fraction and exponent, surrounded by blanks; `inf` and `Infinity` as Python and R
 * write them. The value is that of `Number(text)`, correctly rounded. Hexadecimal, thousands separators, percent and
 * currency signs are not numbers.
 */
export function parseNumber(text: string): number {
  if (DECIMAL.test(text)) return Number(text);
  const infinite = INFINITE.exec(text);
  if (infinite === null) return Number.NaN;
  return infinite[1] === '-' ? -Infinity : Infinity;
}

/**
 * True for digits that a number would not give back: padded with zeros (007, zip codes) or integers beyond 2^53 (account
 * numbers). A column with any such cell is read as text or category, never as numbers.
 */
export function isIdLike(text: string): boolean {
  if (ID_LIKE.test(text)) return true;
  return text.length > 15 && /^[+-]?\d+$/.test(text) && Math.abs(Number(text)) > Number.MAX_SAFE_INTEGER;
}

/**
 * The text of a number in its column's spelling and with its decimal mark; '' for NaN.
 * Exact for `shortest` and `float` columns; a `mixed` column's numbers are written in the shortest form.
 */
export function spellNumber(value: number, spelling: NumberSpelling, decimal: '.' | ',' = '.'): string {
  if (Number.isNaN(value)) return '';
  const text = String(value);
  if (spelling === 'float' && Number.isInteger(value) && !text.includes('e')) return `${text}${decimal}0`;
  return decimal === ',' ? text.replace('.', ',') : text;
}

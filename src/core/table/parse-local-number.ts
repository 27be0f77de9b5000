/** Numbers with a decimal comma or with thousands separators. */
import { parseNumber } from './parse-number.ts';

export type DecimalMark = '.' | ',';

const SPACES = String.raw` \u00a0\u2009\u202f'\u2019`;
const GRAMMARS: Readonly<Record<DecimalMark, RegExp>> = { '.': grammar('.', ','), ',': grammar(',', '.') };
/** A digit, and a comma, a blank or an apostrophe within: what `parseNumber` refuses and this may take. */
const LOCAL = /\d[,. \u00a0\u2009\u202f'\u2019]|,\d/;

function grammar(mark: DecimalMark, separator: string): RegExp {
  const groups = String.raw`[1-9]\d{0,2}(?:([${separator}${SPACES}])\d{3})(?:\1\d{3})*`;
  const rest = String.raw`(?:[${mark}]\d+)?`;
  return new RegExp(
    String.raw`^[ \t]*[+-]?(?:${groups}${rest}|\d+${rest}|[${mark}]\d+)(?:[eE][+-]?\d+)?[ \t]*$`,
  );
}

/**
 * The number that a text says where `mark` is the decimal mark, NaN when it says none.
 *
 * Beside what `parseNumber` takes: groups of three digits, the first without a padding zero, set apart by the other mark, a blank, a
 * no-break, narrow no-break or thin space, or an apostrophe, the same one throughout (`1.234,56`, `12,5`, `1 234 567`; `1,234.56` and
 * `1'234.56` with a decimal point). With a decimal comma a point only ever separates thousands: `12.5` is no number then. No percent or
 * currency signs.
 */
export function parseLocalNumber(text: string, mark: DecimalMark): number {
  if (!LOCAL.test(text)) return parseNumber(text);
  if (!GRAMMARS[mark].test(text)) return mark === '.' ? parseNumber(text) : Number.NaN;
  const separators = mark === '.' ? /[, \t\u00a0\u2009\u202f'\u2019]/g : /[. \t\u00a0\u2009\u202f'\u2019]/g;
  return Number(text.replaceAll(separators, '').replace(',', '.'));
}

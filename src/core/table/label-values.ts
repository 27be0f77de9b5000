/** The values of a column and the rows that hold one of them: for target and split. */
import { DataError } from '../errors.ts';
import { categoryColumn } from './build-column.ts';
import type { CategoryColumn, Column } from './column.ts';
import { cellText, rowCountOf } from './column-access.ts';
import { parseNumber } from './parse-number.ts';
import { retypeColumn } from './retype.ts';
import type { ValueCount } from './summary.ts';

/** How a missing label is named among the values. */
export const MISSING_VALUE = '(missing)';

/**
 * Every value of a column with its count, the most frequent first (ties: first appearance), missing cells last as
 * `(missing)`. What the target builder shows.
 *
 * @param limit at most this many values; the rest is left out (0 = all)
 */
export function labelValues(column: Column, limit = 0): ValueCount[] {
  const categories = asCategory(column);
  const values = valueCounts(categories);
  const present = values.reduce((sum, { count }) => sum + count, 0);
  if (limit > 0) values.length = Math.min(values.length, limit);
  const missing = categories.codes.length - present;
  return missing > 0 ? [...values, { value: MISSING_VALUE, count: missing }] : values;
}

/** The values that occur, the most frequent first, ties by first appearance. */
function valueCounts({ codes, dictionary }: CategoryColumn): ValueCount[] {
  const counts = new Float64Array(dictionary.length);
  for (let row = 0; row < codes.length; row++) {
    const code = codes[row]!;
    if (code >= 0) counts[code] = counts[code]! + 1;
  }
  return dictionary
    .map((value, code) => ({ value, count: counts[code]! }))
    .filter(({ count }) => count > 0)
    .sort((a, b) => b.count - a.count);
}

/** The column as codes and dictionary, whatever its kind. */
export function asCategory(column: Column): CategoryColumn {
  if (column.kind === 'category') return column;
  if (column.kind === 'text') {
    const texts = Array.from({ length: rowCountOf(column) }, (_, row) => cellText(column, row));
    return categoryColumn(column.name, texts, texts.length);
  }
  return retypeColumn(column, 'category').column as CategoryColumn;
}

/**
 * The codes of the dictionary entries that a wanted value means: the same text, or the same number when both are numbers
 * ('1' means '1.0' too); failing these, the same truth value in another case ('true' means 'TRUE').
 *
 * @throws {DataError} `value-missing`, naming the values that exist
 */
export function codesOfValue(column: CategoryColumn, wanted: string): number[] {
  const number = parseNumber(wanted);
  const matches = (text: string) =>
    text === wanted || (!Number.isNaN(number) && parseNumber(text) === number);
  let codes = codesWhere(column, matches);
  if (codes.length === 0 && /^(true|false)$/i.test(wanted)) {
    codes = codesWhere(column, (text) => text.toLowerCase() === wanted.toLowerCase());
  }
  if (codes.length > 0) return codes;
  const existing = valueCounts(column)
    .slice(0, 12)
    .map(({ value }) => `"${value}"`);
  throw new DataError('value-missing', `The column "${column.name}" has no value "${wanted}".`, {
    place: { column: column.name },
    advice:
      existing.length === 0
        ? 'The column is empty.'
        : `Its ${column.dictionary.length > 12 ? 'most frequent ' : ''}values are: ${existing.join(', ')}.`,
  });
}

function codesWhere(column: CategoryColumn, test: (text: string) => boolean): number[] {
  const codes: number[] = [];
  for (let code = 0; code < column.dictionary.length; code++) {
    if (test(column.dictionary[code]!)) codes.push(code);
  }
  return codes;
}

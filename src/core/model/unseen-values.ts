import type { Column } from '../table/column.ts';
import { cellText, rowCountOf } from '../table/column-access.ts';
import { parseNumber } from '../table/parse-number.ts';
import type { ValueCount } from '../table/summary.ts';

/** Values of a column that an encoder does not know, the most frequent first. */
export interface UnseenValues {
  readonly values: readonly ValueCount[];
  /** Rows whose value was unseen but is not among `values`, because there were more kinds than are kept. */
  readonly unlisted: number;
}

/** A column with more unseen values than this is the wrong column; listing them all would only fill the memory. */
const MAX_LISTED = 1000;

/**
 * Counts, over all rows, the values that are not among `known`. Missing cells are not values.
 *
 * @param known the encoder's values as texts
 * @param asNumbers true when the model takes the column as numbers, so that 1 is "1" and "1.0"; an encoder of texts
 *   knows a number only in the spelling that it is given, which is the table's
 * @returns empty when every value is known. O(rows).
 */
export function unseenValues(column: Column, known: readonly string[], asNumbers: boolean): UnseenValues {
  const isKnown = knownTest(known, asNumbers);
  if (column.kind === 'category') return unseenCategories(column.codes, column.dictionary, isKnown);
  const counts = new Map<string, number>();
  let unlisted = 0;
  const rowCount = rowCountOf(column);
  for (let row = 0; row < rowCount; row++) {
    const text = cellText(column, row);
    if (text === null || isKnown(text)) continue;
    const count = counts.get(text);
    if (count !== undefined || counts.size < MAX_LISTED) counts.set(text, (count ?? 0) + 1);
    else unlisted += 1;
  }
  return { values: byCount(counts), unlisted };
}

function knownTest(known: readonly string[], asNumbers: boolean): (text: string) => boolean {
  const texts = new Set(known);
  if (!asNumbers) return (text) => texts.has(text);
  const numbers = new Set(known.map(parseNumber));
  return (text) => numbers.has(numberOf(text));
}

/** A truth value feeds numbers as 1 or 0. */
function numberOf(text: string): number {
  if (/^true$/i.test(text)) return 1;
  return /^false$/i.test(text) ? 0 : parseNumber(text);
}

function unseenCategories(
  codes: Int32Array,
  dictionary: readonly string[],
  isKnown: (text: string) => boolean,
): UnseenValues {
  const countOf = new Float64Array(dictionary.length);
  for (let row = 0; row < codes.length; row++) {
    const code = codes[row]!;
    if (code >= 0) countOf[code] = countOf[code]! + 1;
  }
  const counts = new Map<string, number>();
  dictionary.forEach((value, code) => {
    if (countOf[code]! > 0 && !isKnown(value)) counts.set(value, countOf[code]!);
  });
  const values = byCount(counts);
  const listed = values.slice(0, MAX_LISTED);
  const unlisted = values.slice(MAX_LISTED).reduce((sum, { count }) => sum + count, 0);
  return { values: listed, unlisted };
}

function byCount(counts: ReadonlyMap<string, number>): ValueCount[] {
  return [...counts].map(([value, count]) => ({ value, count })).sort((a, b) => b.count - a.count);
}

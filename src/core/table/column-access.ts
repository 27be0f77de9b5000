/** Reading columns cell by cell. For loops over millions of rows take the arrays themselves. */
import { DataError } from '../errors.ts';
import type { Column, Table } from './column.ts';
import { formatDate } from './parse-date.ts';
import { parseNumber, spellNumber } from './parse-number.ts';
import { decodeUtf8 } from './utf8.ts';

/**
 * The column of that name.
 *
 * @throws {DataError} `column-missing`, naming columns spelled alike
 */
export function columnByName(table: Table, name: string): Column {
  const found = table.columns.find((column) => column.name === name);
  if (found !== undefined) return found;
  const names = table.columns.map((column) => column.name);
  throw new DataError('column-missing', `The table "${table.name}" has no column "${name}".`, {
    place: { file: table.name, column: name },
    advice: columnAdvice(name, names),
  });
}

/** More names than these are counted. */
const MOST_NAMES = 12;

function columnAdvice(name: string, names: readonly string[]): string {
  const quoted = (some: readonly string[]) => some.map((one) => `"${one}"`).join(', ');
  const near = nearNames(name, names);
  if (near.length > 0) return `Did you mean: ${quoted(near)}?`;
  const rest = names.length - MOST_NAMES;
  return `Its columns are: ${quoted(names.slice(0, MOST_NAMES))}${rest > 0 ? ` and ${rest} more` : ''}.`;
}

/** At most three of `names` that equal `name` but for case and punctuation, or are at most two edits away. */
export function nearNames(name: string, names: readonly string[]): string[] {
  const plain = (text: string) => text.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, '');
  const wanted = plain(name);
  return names
    .map((candidate) => ({ candidate, distance: editDistance(wanted, plain(candidate), 3) }))
    .filter(({ candidate, distance }) => distance <= 2 && distance < Math.max(1, candidate.length / 2))
    .sort((a, b) => a.distance - b.distance)
    .slice(0, 3)
    .map(({ candidate }) => candidate);
}

/** Levenshtein distance, `limit` when the lengths alone exceed it. */
function editDistance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) >= limit) return limit;
  let above = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const change = above[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      row.push(Math.min(change, above[j]! + 1, row[j - 1]! + 1));
    }
    above = row;
  }
  return above[b.length]!;
}

/** True when the cell holds no value. */
export function isMissing(column: Column, row: number): boolean {
  switch (column.kind) {
    case 'category':
      return column.codes[row]! < 0;
    case 'text':
      return column.offsets[row] === column.offsets[row + 1];
    default:
      return Number.isNaN(column.values[row]!);
  }
}

/** The cell as the file wrote it (numbers by the column's spelling, dates in ISO form), or null when it is missing. */
export function cellText(column: Column, row: number): string | null {
  if (isMissing(column, row)) return null;
  switch (column.kind) {
    case 'category':
      return column.dictionary[column.codes[row]!] ?? null;
    case 'text':
      return decodeUtf8(column.bytes, column.offsets[row]!, column.offsets[row + 1]!);
    case 'date':
      return formatDate(column.values[row]!);
    default:
      return spellNumber(column.values[row]!, column.spelling, column.decimal);
  }
}

/** The cell as a number (date: epoch ms; category and text: the number that the text says), NaN when there is none. */
export function numberAt(column: Column, row: number): number {
  if (column.kind === 'number' || column.kind === 'date') return column.values[row]!;
  const text = cellText(column, row);
  return text === null ? Number.NaN : parseNumber(text);
}

/** Number of rows without a value. */
export function missingCount(column: Column): number {
  const rowCount = rowCountOf(column);
  let missing = 0;
  if (column.kind === 'category') {
    for (let row = 0; row < rowCount; row++) if (column.codes[row]! < 0) missing++;
  } else if (column.kind === 'text') {
    for (let row = 0; row < rowCount; row++) if (column.offsets[row] === column.offsets[row + 1]) missing++;
  } else {
    for (let row = 0; row < rowCount; row++) if (Number.isNaN(column.values[row]!)) missing++;
  }
  return missing;
}

/** Number of rows of a column. */
export function rowCountOf(column: Column): number {
  if (column.kind === 'category') return column.codes.length;
  if (column.kind === 'text') return column.offsets.length - 1;
  return column.values.length;
}

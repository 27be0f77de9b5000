/** Changing a column's kind in place, when the reader guessed another one than the user means. */
import { categoryColumn, textColumn } from './build-column.ts';
import type {
  CategoryColumn,
  Column,
  ColumnKind,
  DateColumn,
  NumberColumn,
  NumberSpelling,
} from './column.ts';
import { cellText, rowCountOf } from './column-access.ts';
import { isNumericMissingToken } from './missing-tokens.ts';
import { formatDate, parseDateLoosely } from './parse-date.ts';
import { isSpelledAs, parseNumber, spellNumber } from './parse-number.ts';

export interface Retyped {
  readonly column: Column;
  /** Cells that had a value which the new kind cannot hold; missing from now on. */
  readonly unparsable: number;
}

/**
 * The same column as another kind.
 *
 * To category or text: the texts of the file, exactly, when the spelling is `shortest` or `float` (a `mixed` column's numbers are
 * written in the shortest form; dates in ISO form). To number: decimal notation; texts of `NUMERIC_MISSING_TOKENS` become
 * missing without being counted. To date: ISO dates, `20240229`, and numbers as epoch seconds (below 1e11 in size) or milliseconds.
 * Returns the column itself when it is of that kind already. O(n), or O(distinct) parses for categories.
 */
export function retypeColumn(column: Column, kind: ColumnKind): Retyped {
  if (column.kind === kind) return { column, unparsable: 0 };
  if (kind === 'category') return { column: toCategory(column), unparsable: 0 };
  if (kind === 'text') {
    return { column: textColumn(column.name, cellTexts(column), rowCountOf(column)), unparsable: 0 };
  }
  return kind === 'number' ? toNumber(column) : toDate(column);
}

function* cellTexts(column: Column): Generator<string | null> {
  const rowCount = rowCountOf(column);
  for (let row = 0; row < rowCount; row++) yield cellText(column, row);
}

function toCategory(column: Column): CategoryColumn {
  if (column.kind !== 'number' && column.kind !== 'date') {
    return categoryColumn(column.name, cellTexts(column), rowCountOf(column));
  }
  const { values } = column;
  const spell = column.kind === 'date' ? formatDate : (x: number) => spellNumber(x, column.spelling);
  const codes = new Int32Array(values.length);
  const codeOf = new Map<number, number>();
  for (let row = 0; row < values.length; row++) {
    const value = values[row]!;
    let code = -1;
    if (!Number.isNaN(value)) {
      code = codeOf.get(value) ?? codeOf.size;
      if (code === codeOf.size) codeOf.set(value, code);
    }
    codes[row] = code;
  }
  return { kind: 'category', name: column.name, codes, dictionary: Array.from(codeOf.keys(), spell) };
}

function toNumber(column: Column): Retyped {
  if (column.kind === 'number') return { column, unparsable: 0 };
  if (column.kind === 'date') {
    const same: NumberColumn = {
      kind: 'number',
      name: column.name,
      values: column.values,
      spelling: 'shortest',
    };
    return { column: same, unparsable: 0 };
  }
  const read = readCells(column, parseNumber);
  const spelling = spellingOf(column, read.values);
  return {
    column: { kind: 'number', name: column.name, values: read.values, spelling },
    unparsable: read.unparsable,
  };
}

function toDate(column: Column): Retyped {
  if (column.kind === 'date') return { column, unparsable: 0 };
  if (column.kind === 'number') return numbersToDate(column);
  const read = readCells(column, parseDateLoosely);
  const date: DateColumn = { kind: 'date', name: column.name, values: read.values };
  return { column: date, unparsable: read.unparsable };
}

/** Seconds since 1970 stay below 1e11 until the year 5138; milliseconds pass it in 1973. */
const LARGEST_EPOCH_SECONDS = 1e11;
const LARGEST_EPOCH_MS = 8.64e15;

function numbersToDate(column: NumberColumn): Retyped {
  const values = new Float64Array(column.values.length);
  let unparsable = 0;
  for (let row = 0; row < values.length; row++) {
    const value = column.values[row]!;
    values[row] = dateOfNumber(value);
    if (Number.isNaN(values[row]!) && !Number.isNaN(value)) unparsable++;
  }
  return { column: { kind: 'date', name: column.name, values }, unparsable };
}

function dateOfNumber(value: number): number {
  if (Number.isInteger(value)) {
    const compact = parseDateLoosely(String(value));
    if (!Number.isNaN(compact)) return compact;
  }
  const epochMs = Math.abs(value) < LARGEST_EPOCH_SECONDS ? Math.trunc(value * 1000) : Math.trunc(value);
  return Math.abs(epochMs) <= LARGEST_EPOCH_MS ? epochMs : Number.NaN;
}

/** Parses every cell of a category or text column; each dictionary entry only once. */
function readCells(
  column: Exclude<Column, NumberColumn | DateColumn>,
  parse: (text: string) => number,
): { values: Float64Array; unparsable: number } {
  const values = new Float64Array(rowCountOf(column)).fill(Number.NaN);
  let unparsable = 0;
  if (column.kind === 'category') {
    const parsed = column.dictionary.map(parse);
    const counted = column.dictionary.map((text) => !isNumericMissingToken(text));
    for (let row = 0; row < values.length; row++) {
      const code = column.codes[row]!;
      if (code < 0) continue;
      values[row] = parsed[code]!;
      if (Number.isNaN(values[row]!) && counted[code]) unparsable++;
    }
    return { values, unparsable };
  }
  for (let row = 0; row < values.length; row++) {
    const text = cellText(column, row);
    if (text === null) continue;
    values[row] = parse(text);
    if (Number.isNaN(values[row]!) && !isNumericMissingToken(text)) unparsable++;
  }
  return { values, unparsable };
}

/** The spelling shared by all cells that were read as numbers. */
function spellingOf(
  column: Exclude<Column, NumberColumn | DateColumn>,
  values: Float64Array,
): NumberSpelling {
  let shortest = true;
  let float = true;
  const see = (text: string) => {
    shortest &&= isSpelledAs(text, 'shortest');
    float &&= isSpelledAs(text, 'float');
  };
  if (column.kind === 'category') {
    for (const text of column.dictionary) if (!Number.isNaN(parseNumber(text))) see(text);
  } else {
    for (let row = 0; row < values.length && (shortest || float); row++) {
      if (!Number.isNaN(values[row]!)) see(cellText(column, row) ?? '');
    }
  }
  return shortest ? 'shortest' : float ? 'float' : 'mixed';
}

/** Changing a column's kind in place, when the reader guessed another one than the user means. */
import { drain, type Sliced } from '../sliced.ts';
import { categoryColumn, textColumn } from './build-column.ts';
import type {
  CategoryColumn,
  Column,
  ColumnKind,
  DateColumn,
  DateWriting,
  NumberColumn,
  NumberSpelling,
  TextColumn,
} from './column.ts';
import { cellText, rowCountOf } from './column-access.ts';
import type { DateOrder } from './column-reading.ts';
import { DateEvidence } from './date-evidence.ts';
import { DecimalEvidence } from './decimal-evidence.ts';
import { eachText, SLICE_TEXTS } from './each-text.ts';
import { isNumericMissingToken } from './missing-tokens.ts';
import { formatDate, parseDate, parseDateLoosely } from './parse-date.ts';
import { type DecimalMark, parseLocalNumber } from './parse-local-number.ts';
import { parseNumber, spellNumber } from './parse-number.ts';

export interface Retyped {
  readonly column: Column;
  /** Cells that had a value which the new kind cannot hold; missing from now on. */
  readonly unparsable: number;
}

/** What the texts of a column leave open, where that is known; else it is decided by the column's own cells. */
export interface TextReading {
  readonly dateOrder?: DateOrder;
  readonly decimal?: DecimalMark;
}

/**
 * The same column as another kind.
 *
 * To category or text: the texts of the file, exactly, when the spelling is `shortest` or `float` (a `mixed` column's numbers are
 * written in the shortest form; dates in ISO form). To number: decimal notation with the decimal mark given, or with the one that
 * the cells need (a comma that may be either sets apart thousands); texts of `NUMERIC_MISSING_TOKENS` become missing without
 * being counted. To date: the forms of `parseDate` in the order given, or in the one that the cells need (see `DateEvidence`),
 * `20240229`, and numbers: `20240229`, `202402` (its first day), Excel's days where all numbers lie between 61 and 73,050 (1900-03-01
 * to 2099-12-31), else epoch seconds (below 1e11 in size) or milliseconds.
 * Returns the column itself when it is of that kind already. O(n), or O(distinct) parses for categories.
 */
export function retypeColumn(column: Column, kind: ColumnKind, reading: TextReading = {}): Retyped {
  if (column.kind === kind) return { column, unparsable: 0 };
  if (kind === 'category') return { column: toCategory(column), unparsable: 0 };
  if (kind === 'text') {
    return { column: textColumn(column.name, cellTexts(column), rowCountOf(column)), unparsable: 0 };
  }
  return kind === 'number' ? toNumber(column, reading.decimal) : toDate(column, reading.dateOrder);
}

/**
 * The numbers that a column's texts say with this decimal mark; null = in plain notation, without separators.
 * The column remembers the mark when a text needed more than plain notation. In slices.
 */
export function* readNumbers(column: CategoryColumn | TextColumn, mark: DecimalMark | null): Sliced<Retyped> {
  const parse = mark === null ? parseNumber : (text: string) => parseLocalNumber(text, mark);
  const { values, unparsable } = yield* readCells(column, parse);
  const { spelling, isPlain } = yield* spellingOf(column, parse, mark ?? '.');
  const number: NumberColumn = { kind: 'number', name: column.name, values, spelling };
  return { column: mark === null || isPlain ? number : { ...number, decimal: mark }, unparsable };
}

/** The dates that a column's texts say by `parse`, which is given each text without the blanks around it. In slices. */
export function* readDates(
  column: CategoryColumn | TextColumn,
  parse: (text: string) => number,
  written: DateWriting | null,
): Sliced<Retyped> {
  const { values, unparsable } = yield* readCells(column, (text) => parse(text.trim()));
  const date: DateColumn = { kind: 'date', name: column.name, values };
  return { column: written === null ? date : { ...date, written }, unparsable };
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
  const spell =
    column.kind === 'date' ? formatDate : (x: number) => spellNumber(x, column.spelling, column.decimal);
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

function toNumber(column: Column, decimal: DecimalMark | undefined): Retyped {
  if (column.kind === 'number') return { column, unparsable: 0 };
  if (column.kind === 'date') {
    const { name, values } = column;
    return { column: { kind: 'number', name, values, spelling: 'shortest' }, unparsable: 0 };
  }
  return drain(readNumbers(column, decimal ?? decimalMarkOf(column)));
}

/** The mark that the cells need; null when plain notation will do. */
function decimalMarkOf(column: CategoryColumn | TextColumn): DecimalMark | null {
  const evidence = new DecimalEvidence();
  drain(
    eachText(column, (text, count) => {
      evidence.add(text, count);
      return true;
    }),
  );
  const { way } = evidence.finding();
  return way === 'plain' ? null : way === ',' ? ',' : '.';
}

function toDate(column: Column, order: DateOrder | undefined): Retyped {
  if (column.kind === 'date') return { column, unparsable: 0 };
  if (column.kind === 'number') return numbersToDate(column);
  const evidence = new DateEvidence();
  drain(
    eachText(column, (text, count) => {
      evidence.add(text, count);
      return true;
    }),
  );
  const { writing } = evidence.finding(order ?? null);
  const chosen = order ?? evidence.openOrder;
  return drain(
    readDates(column, (text) => parseDateLoosely(text, chosen), evidence.hasFixed ? null : writing),
  );
}

/** Excel's days are counted from 1900; this one is 1970-01-01. Before day 61 it counts a day that never was. */
const EXCEL_DAY_OF_1970 = 25_569;
const FIRST_EXCEL_DAY = 61;
/** The end of the year 2099; as seconds it would be the evening of 1970-01-01. */
const EXCEL_DAY_OF_2100 = 73_051;
const SECONDS_A_DAY = 86_400;
const YEAR_AND_MONTH = /^(?:19|20)\d{2}(?:0[1-9]|1[0-2])$/;
const YEAR_MONTH_DAY = /^(?:19|20)\d{6}$/;

/** Seconds since 1970 stay below 1e11 until the year 5138; milliseconds pass it in 1973. */
const LARGEST_EPOCH_SECONDS = 1e11;
const LARGEST_EPOCH_MS = 8.64e15;

function numbersToDate(column: NumberColumn): Retyped {
  const values = new Float64Array(column.values.length);
  const parse = areExcelDays(column.values) ? dateOfExcelDay : dateOfNumber;
  let unparsable = 0;
  for (let row = 0; row < values.length; row++) {
    const value = column.values[row]!;
    values[row] = parse(value);
    if (Number.isNaN(values[row]!) && !Number.isNaN(value)) unparsable++;
  }
  return { column: { kind: 'date', name: column.name, values }, unparsable };
}

/** No column of moments lies within one day of 1970, but every one of Excel's days of this and the last century does, read as seconds. */
function areExcelDays(values: Float64Array): boolean {
  let present = 0;
  for (let row = 0; row < values.length; row++) {
    const value = values[row]!;
    if (Number.isNaN(value)) continue;
    if (value < FIRST_EXCEL_DAY || value >= EXCEL_DAY_OF_2100) return false;
    present++;
  }
  return present > 0;
}

/** To the second: the fraction of a day is a float. */
function dateOfExcelDay(day: number): number {
  return Math.round((day - EXCEL_DAY_OF_1970) * SECONDS_A_DAY) * 1000;
}

function dateOfNumber(value: number): number {
  if (Number.isInteger(value)) {
    const text = String(value);
    if (YEAR_MONTH_DAY.test(text)) return parseDateLoosely(text);
    if (YEAR_AND_MONTH.test(text)) return parseDate(`${text.slice(0, 4)}-${text.slice(4)}`);
  }
  const epochMs = Math.abs(value) < LARGEST_EPOCH_SECONDS ? Math.trunc(value * 1000) : Math.trunc(value);
  return Math.abs(epochMs) <= LARGEST_EPOCH_MS ? epochMs : Number.NaN;
}

/** Parses every cell of a category or text column; each dictionary entry only once. */
function* readCells(
  column: CategoryColumn | TextColumn,
  parse: (text: string) => number,
): Sliced<{ values: Float64Array; unparsable: number }> {
  const values = new Float64Array(rowCountOf(column)).fill(Number.NaN);
  let unparsable = 0;
  if (column.kind === 'category') {
    const parsed: number[] = [];
    for (const text of column.dictionary) {
      parsed.push(parse(text));
      if (parsed.length % SLICE_TEXTS === 0) yield { done: 0, total: values.length };
    }
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
    if ((row + 1) % SLICE_TEXTS === 0) yield { done: row, total: values.length };
    const text = cellText(column, row);
    if (text === null) continue;
    values[row] = parse(text);
    if (Number.isNaN(values[row]!) && !isNumericMissingToken(text)) unparsable++;
  }
  return { values, unparsable };
}

/** The spelling shared by all cells that are numbers, and whether plain notation says the same of each. */
function* spellingOf(
  column: CategoryColumn | TextColumn,
  parse: (text: string) => number,
  mark: DecimalMark,
): Sliced<{ spelling: NumberSpelling; isPlain: boolean }> {
  let shortest = true;
  let float = true;
  let isPlain = true;
  yield* eachText(column, (text) => {
    const value = parse(text);
    if (Number.isNaN(value)) return true;
    shortest &&= spellNumber(value, 'shortest', mark) === text;
    float &&= spellNumber(value, 'float', mark) === text;
    isPlain &&= parse === parseNumber || parseNumber(text) === value;
    return shortest || float || isPlain;
  });
  return { spelling: shortest ? 'shortest' : float ? 'float' : 'mixed', isPlain };
}

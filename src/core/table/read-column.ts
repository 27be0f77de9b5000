/** Reading an encoded column in another way, without its file. */
import type { CategoryColumn, Column, DateColumn, NumberColumn, TextColumn } from './column.ts';
import { rowCountOf } from './column-access.ts';
import type { ColumnReading, DateOrder } from './column-reading.ts';
import { MISSING_TOKENS } from './missing-tokens.ts';
import { parseDate } from './parse-date.ts';
import { type DecimalMark, parseLocalNumber } from './parse-local-number.ts';
import { reorderDates } from './reorder-dates.ts';
import { type Retyped, retypeColumn } from './retype.ts';
import type { Notice } from './summary.ts';
import { decodeUtf8 } from './utf8.ts';

export interface ReadAgain extends Retyped {
  /** Parts of the reading that the encoded column cannot follow any more. */
  readonly notices: readonly Notice[];
}

/**
 * The column as `reading` wants it read: first the cells that are missing, then dates and decimals, then the kind.
 *
 * - `missing`: cells with such a text (blanks around it do not count) become missing; in a column of numbers or dates, cells
 *   of the same number or moment, so that -999 means -999.0 too
 * - `values`: usual missing tokens that are values here come back, in a category column; numbers and texts no longer know theirs
 * - `dateOrder`, `decimal`: of the texts, when the kind becomes date or number; a column of dates that left their order open is put in
 *   the other order, and a column of numbers whose texts are still known is read with the other mark. Elsewhere without effect
 * - `kind`: by `retypeColumn`
 *
 * What cannot be followed is said in a notice. The column itself when nothing changes. Pure; O(rows), or O(distinct) parses for
 * categories.
 *
 * @returns `unparsable`: cells that this reading made missing because its kind, order or mark cannot read them, beyond those that the
 *   reader of the file counted
 */
export function readColumn(column: Column, reading: ColumnReading): ReadAgain {
  const notices: Notice[] = [];
  const restored = withValues(column, reading.values ?? [], notices);
  const present = withoutMissing(restored, reading.missing ?? []);
  const kind = reading.kind ?? present.kind;
  const again = readAgain(present, reading, notices);
  const retyped = retypeColumn(again.column, kind, reading);
  return { column: retyped.column, unparsable: again.unparsable + retyped.unparsable, notices };
}

function withValues(column: Column, values: readonly string[], notices: Notice[]): Column {
  const tokens = values.filter((value) => value !== '' && MISSING_TOKENS.includes(value));
  if (tokens.length === 0) return column;
  if (column.kind === 'category') return withTokens(column, tokens);
  const what = column.kind === 'text' ? 'texts' : `${column.kind}s`;
  notices.push({
    code: 'reading-not-possible',
    message: `"${column.name}" holds ${what}, which no longer know their missing cells: ${quoted(tokens)} cannot become a value again.`,
    column: column.name,
  });
  return column;
}

/** Tokens come behind the other values of the dictionary. */
function withTokens(column: CategoryColumn, tokens: readonly string[]): CategoryColumn {
  const dictionary = [...column.dictionary];
  const codeOfToken = new Int32Array(MISSING_TOKENS.length + 2).fill(-1);
  const codes = column.codes.slice();
  let restored = 0;
  for (const token of tokens) codeOfToken[MISSING_TOKENS.indexOf(token) + 2] = -2;
  for (let row = 0; row < codes.length; row++) {
    const code = codes[row]!;
    if (code >= -1 || codeOfToken[-code] === -1) continue;
    if (codeOfToken[-code] === -2) codeOfToken[-code] = dictionary.push(MISSING_TOKENS[-code - 2]!) - 1;
    codes[row] = codeOfToken[-code]!;
    restored++;
  }
  return restored === 0 ? column : { ...column, codes, dictionary };
}

function withoutMissing(column: Column, missing: readonly string[]): Column {
  if (missing.length === 0) return column;
  if (column.kind === 'category') return withoutEntries(column, missing);
  if (column.kind === 'text') return withoutTexts(column, missing);
  return withoutNumbers(column, numbersOf(column, missing));
}

function withoutEntries(column: CategoryColumn, missing: readonly string[]): CategoryColumn {
  const unwanted = new Set(missing.map((text) => text.trim()));
  const dictionary: string[] = [];
  const newCode = Int32Array.from(column.dictionary, (text) =>
    unwanted.has(text.trim()) ? -1 : dictionary.push(text) - 1,
  );
  if (dictionary.length === column.dictionary.length) return column;
  const codes = column.codes.map((code) => (code < 0 ? code : newCode[code]!));
  return { ...column, codes, dictionary };
}

function withoutTexts(column: TextColumn, missing: readonly string[]): TextColumn {
  const unwanted = new Set(missing.map((text) => text.trim()));
  const bytes = new Uint8Array(column.bytes.length);
  const offsets = new Uint32Array(column.offsets.length);
  let length = 0;
  for (let row = 0; row < rowCountOf(column); row++) {
    const [start, end] = [column.offsets[row]!, column.offsets[row + 1]!];
    if (!unwanted.has(decodeUtf8(column.bytes, start, end).trim())) {
      for (let at = start; at < end; at++) bytes[length++] = column.bytes[at]!;
    }
    offsets[row + 1] = length;
  }
  return length === column.bytes.length ? column : { ...column, bytes: bytes.slice(0, length), offsets };
}

function numbersOf(column: NumberColumn | DateColumn, missing: readonly string[]): Set<number> {
  const parse = (text: string) =>
    column.kind === 'date'
      ? parseDate(text, column.written?.order ?? null)
      : parseLocalNumber(text, column.decimal ?? '.');
  return new Set(missing.map((text) => parse(text.trim())).filter((value) => !Number.isNaN(value)));
}

function withoutNumbers<C extends NumberColumn | DateColumn>(column: C, unwanted: ReadonlySet<number>): C {
  if (unwanted.size === 0) return column;
  let found = 0;
  const values = column.values.slice();
  for (let row = 0; row < values.length; row++) {
    if (!unwanted.has(values[row]!)) continue;
    values[row] = Number.NaN;
    found++;
  }
  return found === 0 ? column : { ...column, values };
}

/** Dates in the other order, numbers with the other mark, where the column is of that kind already. */
function readAgain(column: Column, { dateOrder, decimal }: ColumnReading, notices: Notice[]): Retyped {
  if (column.kind === 'date' && dateOrder !== undefined && dateOrder !== column.written?.order)
    return reordered(column, dateOrder, notices);
  if (column.kind === 'number' && decimal !== undefined && decimal !== (column.decimal ?? '.'))
    return remarked(column, decimal, notices);
  return { column, unparsable: 0 };
}

function reordered(column: DateColumn, order: DateOrder, notices: Notice[]): Retyped {
  if (column.written !== undefined) return reorderDates(column, column.written, order);
  notices.push({
    code: 'reading-not-possible',
    message: `The dates of "${column.name}" were written in a form with one order only; it cannot be changed.`,
    column: column.name,
  });
  return { column, unparsable: 0 };
}

/** Only where the texts of all numbers are known, so that what was a decimal mark can become a separator, or the reverse. */
function remarked(column: NumberColumn, mark: DecimalMark, notices: Notice[]): Retyped {
  if (column.spelling !== 'mixed')
    return retypeColumn(retypeColumn(column, 'category').column, 'number', { decimal: mark });
  notices.push({
    code: 'reading-not-possible',
    message: `The numbers of "${column.name}" no longer know how they were written; their decimal mark cannot be changed.`,
    column: column.name,
  });
  return { column, unparsable: 0 };
}

function quoted(texts: readonly string[]): string {
  return texts.map((text) => `"${text}"`).join(', ');
}

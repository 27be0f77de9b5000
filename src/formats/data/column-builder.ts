import { drain, type Sliced } from '../../core/sliced.ts';
import type { CategoryColumn, Column, TextColumn } from '../../core/table/column.ts';
import { cellText, rowCountOf } from '../../core/table/column-access.ts';
import { DateEvidence } from '../../core/table/date-evidence.ts';
import { DecimalEvidence } from '../../core/table/decimal-evidence.ts';
import { eachText, SLICE_TEXTS } from '../../core/table/each-text.ts';
import { dateOfTriple, dateTriple, parseDate } from '../../core/table/parse-date.ts';
import { parseLocalNumber } from '../../core/table/parse-local-number.ts';
import { placeColumn } from '../../core/table/place-column.ts';
import { type Retyped, readDates, readNumbers, retypeColumn } from '../../core/table/retype.ts';
import type { Notice } from '../../core/table/summary.ts';
import { decodeUtf8 } from '../../core/table/utf8.ts';
import { mostCategories } from './category-rule.ts';
import { DictionaryStore } from './dictionary-store.ts';
import type { Expected } from './growing.ts';
import { nearlyReadNotice } from './nearly-read.ts';
import { NumberStore } from './number-store.ts';
import { dateNotices, decimalNotice, pointNotice } from './reading-notices.ts';
import { TextStore } from './text-store.ts';

/** A column of numbers or dates may hold 1 % of other cells (typing slips), once there are enough cells to speak of a share. */
const READABLE_SHARE = 0.99;
const FEWEST_CELLS_FOR_SHARE = 100;
/** When the encoding (not yet the kind) changes while streaming: see `reencode`. */
const OTHERS_BEFORE_DICTIONARY = 64;
const OTHERS_SHARE_BEFORE_DICTIONARY = 0.02;
const DISTINCT_BEFORE_TEXT = 4096;
const DISTINCT_SHARE_BEFORE_TEXT = 0.25;
/** Bytes kept of the first cell that is no number. */
const LONGEST_OTHER = 200;

export interface BuiltColumn {
  readonly column: Column;
  readonly notices: readonly Notice[];
  /** Cells that held text which the kind could not read: missing now. */
  readonly unparsable: number;
}

/**
 * Takes the cells of one column as they stream in and decides its kind over all of them, never over a prefix.
 *
 * While streaming only the encoding changes, and every encoding can give back each cell's text: numbers first, a dictionary
 * when too many cells are no numbers, plain text when too many are distinct. The kind is then a function of the whole column:
 * - number: every cell with a value is one, or 99 % of at least 100 are (the rest is counted, and missing); no cell is an id
 *   (007, or an integer beyond 2^53). A column without any value is a number column. Commas and thousands separators are read when
 *   one cell at least shows which mark is the decimal one, and none shows the other (see `DecimalEvidence`)
 * - date: likewise with the forms of `parseDate`; three numbers such as 03/04/2024 in the order that the column shows, day first when
 *   it shows none; not when some cells need one order and some the other (see `DateEvidence`)
 * - category: at most 1000 distinct values, or 5 % of the rows
 * - text: all else
 */
export class ColumnBuilder {
  readonly name: string;
  /** At most one of the three is set; the parser's inner loop takes the first two directly. */
  numbers: NumberStore | null;
  dictionary: DictionaryStore | null = null;
  private text: TextStore | null = null;
  private sawId = false;
  private lost = 0;
  private firstOtherLine = 0;
  private firstOther = '';

  private readonly expected: Expected;
  private readonly mayGroupByPoint: boolean;

  /**
   * @param asideLimit bytes of texts of irregular numbers to keep
   * @param expected rows to make room for, and where the final arrays shall lie
   * @param mayGroupByPoint the file is of a sort where a point may set apart thousands: a column of nothing but numbers such as 1.500 is
   *   then not read as numbers
   */
  constructor(name: string, asideLimit: number, expected: Expected, mayGroupByPoint = false) {
    this.name = name;
    this.expected = expected;
    this.mayGroupByPoint = mayGroupByPoint;
    this.numbers = new NumberStore(asideLimit, expected);
  }

  get byteLength(): number {
    return (this.numbers ?? this.dictionary ?? this.text!).byteLength;
  }

  /** @param line of the file, from 1 */
  addCell(bytes: Uint8Array, start: number, end: number, line: number): void {
    if (this.numbers !== null) this.addToNumbers(this.numbers, bytes, start, end, line);
    else if (this.dictionary !== null) {
      this.dictionary.addCell(bytes, start, end);
      this.checkDictionary(this.dictionary);
    } else this.text!.addCell(bytes, start, end);
  }

  /** Adds an unquoted cell to the column's dictionary: see `DictionaryStore.addScanned`. */
  addScanned(
    store: DictionaryStore,
    bytes: Uint8Array,
    start: number,
    limit: number,
    delimiter: number,
  ): number {
    const end = store.addScanned(bytes, start, limit, delimiter);
    if (store.distinct > DISTINCT_BEFORE_TEXT && end >= 0) this.checkDictionary(store);
    return end;
  }

  /** {@link finishing} in one go. */
  finish(): BuiltColumn {
    return drain(this.finishing());
  }

  /** Decides the kind and makes the column, in slices; the builder must not be used afterwards. */
  *finishing(): Sliced<BuiltColumn> {
    const { numbers } = this;
    if (numbers !== null) {
      const { others, numbers: read, tokens } = numbers.counts;
      const allMissing = read + others + tokens === 0;
      if (allMissing || (isReadable(read, read + others) && !hasLocalNumber(numbers))) {
        const grouped = this.mayGroupByPoint ? numbers.groupedByPoint() : null;
        if (grouped !== null) return yield* this.openNumbers(numbers, grouped);
        this.numbers = null;
        return this.built(numbers.finish(this.name), others, []);
      }
      yield* this.numbersToDictionary(numbers);
    }
    const raw = this.takeTexts();
    const unread: Notice[] = [];
    const read = (yield* this.asNumbers(raw, unread)) ?? (yield* this.asDates(raw, unread));
    if (read !== null) return read;
    const nearly =
      this.sawId || unread.length > 0
        ? null
        : nearlyReadNotice(raw, { text: this.firstOther, line: this.firstOtherLine });
    return this.asTexts(raw, nearly === null ? unread : [nearly]);
  }

  /** Numbers whose points may be decimal or set apart thousands: who knows must say so. */
  private *openNumbers(numbers: NumberStore, example: string): Sliced<BuiltColumn> {
    yield* this.numbersToDictionary(numbers);
    return this.asTexts(this.takeTexts(), [pointNotice(this.name, example)]);
  }

  private addToNumbers(
    store: NumberStore,
    bytes: Uint8Array,
    start: number,
    end: number,
    line: number,
  ): void {
    const before = store.counts.others;
    const isId = !store.addCell(bytes, start, end);
    const { others } = store.counts;
    if (others > before && this.firstOtherLine === 0) {
      this.firstOtherLine = line;
      this.firstOther = decodeUtf8(bytes, start, Math.min(end, start + LONGEST_OTHER));
    }
    this.sawId ||= isId;
    const tooMany =
      others > OTHERS_BEFORE_DICTIONARY && others > store.length * OTHERS_SHARE_BEFORE_DICTIONARY;
    if (isId || tooMany) drain(this.numbersToDictionary(store));
  }

  private *numbersToDictionary(store: NumberStore): Sliced<void> {
    const dictionary = new DictionaryStore(this.expected);
    const { lost, rows } = store.texts();
    for (const text of rows) {
      if (text === null) dictionary.addMissing();
      else dictionary.addCell(text, 0, text.length);
      const { length } = dictionary;
      if (length % SLICE_TEXTS === 0) yield { done: length, total: store.length };
    }
    this.lost = lost;
    this.numbers = null;
    this.dictionary = dictionary;
    this.checkDictionary(dictionary);
  }

  private checkDictionary(store: DictionaryStore): void {
    const { distinct, length } = store;
    if (distinct > DISTINCT_BEFORE_TEXT && distinct > length * DISTINCT_SHARE_BEFORE_TEXT)
      this.dictionaryToText(store);
  }

  private dictionaryToText(store: DictionaryStore): void {
    const text = new TextStore();
    for (const cell of store.rowTexts()) {
      if (cell === null) text.addMissing();
      else text.addCell(cell, 0, cell.length);
    }
    this.dictionary = null;
    this.text = text;
  }

  private takeTexts(): CategoryColumn | TextColumn {
    const raw = this.dictionary?.finish(this.name) ?? this.text!.finish(this.name, this.expected.allocate);
    this.dictionary = null;
    this.text = null;
    return raw;
  }

  private *asNumbers(raw: CategoryColumn | TextColumn, unread: Notice[]): Sliced<BuiltColumn | null> {
    if (this.sawId) return null;
    const evidence = new DecimalEvidence();
    const most = mostFailures(raw);
    yield* eachText(raw, (text, count) => {
      evidence.add(text, count);
      return evidence.failed <= most && !evidence.sawId;
    });
    const found = evidence.finding();
    const { way, read, failed, plain } = found;
    if (evidence.sawId) return null;
    if (way === '.' || way === ',') {
      if (!isReadable(read, read + failed)) return null;
      return this.placed(yield* readNumbers(raw, way), [decimalNotice(this.name, found)]);
    }
    if (isReadable(plain, read + failed)) return this.placed(yield* readNumbers(raw, null), []);
    if (way !== 'plain' && isReadable(read, read + failed)) unread.push(decimalNotice(this.name, found));
    return null;
  }

  private *asDates(raw: CategoryColumn | TextColumn, unread: Notice[]): Sliced<BuiltColumn | null> {
    const evidence = new DateEvidence();
    const most = mostFailures(raw);
    yield* eachText(raw, (text, count) => {
      evidence.add(text, count);
      return evidence.failed <= most;
    });
    const found = evidence.finding();
    const { writing, read, failed, otherOrder } = found;
    if (otherOrder > 0) {
      if (isReadable(read + otherOrder, read + failed)) unread.push(...dateNotices(this.name, found));
      return null;
    }
    if (!isReadable(read, read + failed)) return null;
    if (writing === null) return this.placed(yield* readDates(raw, parseDate, null), []);
    const parse = (text: string) => {
      const triple = dateTriple(text);
      return triple === null ? Number.NaN : dateOfTriple(triple, writing.order);
    };
    return this.placed(yield* readDates(raw, parse, writing), dateNotices(this.name, found));
  }

  private placed({ column, unparsable }: Retyped, notices: readonly Notice[]): BuiltColumn {
    return this.built(placeColumn(column, this.expected.allocate), unparsable, notices);
  }

  /** Category while distinct values stay few, else text; the streaming encoding may have been the other one. */
  private asTexts(raw: CategoryColumn | TextColumn, unread: readonly Notice[]): BuiltColumn {
    const rowCount = rowCountOf(raw);
    const most = mostCategories(rowCount);
    const fits = raw.kind === 'category' ? raw.dictionary.length <= most : hasAtMost(raw, most);
    const kind = fits ? 'category' : 'text';
    return raw.kind === kind ? this.built(raw, 0, unread) : this.placed(retypeColumn(raw, kind), unread);
  }

  private built(column: Column, unparsable: number, readings: readonly Notice[]): BuiltColumn {
    const notices = [...readings];
    if (unparsable > 0) notices.push(this.unparsableNotice(column, unparsable));
    if (this.lost > 0 && (column.kind === 'category' || column.kind === 'text')) {
      notices.push({
        code: 'respelled-numbers',
        message: `${this.lost} numbers in "${this.name}" are written in the shortest form, not as in the file.`,
        column: this.name,
        count: this.lost,
      });
    }
    return { column, notices, unparsable };
  }

  private unparsableNotice(column: Column, count: number): Notice {
    const where =
      this.firstOtherLine > 0 && column.kind === 'number' ? `, first in line ${this.firstOtherLine}` : '';
    return {
      code: 'unparsable-cells',
      message: `${count} ${count === 1 ? 'cell' : 'cells'} of "${this.name}" ${count === 1 ? 'is' : 'are'} no ${column.kind} and ${count === 1 ? 'is' : 'are'} taken as missing${where}.`,
      column: this.name,
      count,
      ...(where === '' ? {} : { line: this.firstOtherLine }),
    };
  }
}

function isReadable(read: number, present: number): boolean {
  if (read === 0) return false;
  return read === present || (present >= FEWEST_CELLS_FOR_SHARE && read >= present * READABLE_SHARE);
}

/** With more cells that cannot be read than this, a column is none of numbers or dates whatever the other cells are. */
function mostFailures(column: CategoryColumn | TextColumn): number {
  return rowCountOf(column) * (1 - READABLE_SHARE) + 1;
}

/** Whether some cell that is no plain number is one with a comma or separators: the whole column then says what they mean. */
function hasLocalNumber(store: NumberStore): boolean {
  for (const text of store.otherTexts()) {
    if (!Number.isNaN(parseLocalNumber(text, ',')) || !Number.isNaN(parseLocalNumber(text, '.'))) return true;
  }
  return false;
}

/** True when the column has at most `most` distinct texts; stops as soon as it has more. */
function hasAtMost(column: TextColumn, most: number): boolean {
  const seen = new Set<string>();
  const rowCount = rowCountOf(column);
  for (let row = 0; row < rowCount; row++) {
    const text = cellText(column, row);
    if (text !== null) seen.add(text);
    if (seen.size > most) return false;
  }
  return true;
}

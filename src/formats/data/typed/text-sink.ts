import type { TextColumn } from '../../../core/table/column.ts';
import { mostCategories } from '../category-rule.ts';
import { GrowingBytes } from '../growing.ts';
import { firstBadByte } from '../utf8-check.ts';
import type { Cells, Texts } from './cells.ts';
import { TextIndex } from './text-index.ts';
import { checkFilled, type FinishedColumn, type Target, type TypedSink } from './typed-sink.ts';

/** A column's bytes are no text. */
export class NotUtf8 extends Error {
  override readonly name = 'NotUtf8';
}

/**
 * Cells of a column of texts: a category while its distinct values stay few (the rule of CSV), else text.
 *
 * Every text is a value, `NA` too; only the empty text is missing, as in a text column there is no telling it from one.
 */
export class TextSink implements TypedSink {
  private readonly target: Target;
  private readonly most: number;
  private codes: Int32Array | null;
  private index = new TextIndex();
  private offsets: Uint32Array = new Uint32Array(0);
  private readonly texts = new GrowingBytes();
  private filled = 0;

  constructor(target: Target) {
    this.target = target;
    this.most = mostCategories(target.rowCount);
    this.codes = new Int32Array(target.allocate(target.rowCount * 4));
  }

  get byteLength(): number {
    return (this.codes ?? this.offsets).byteLength + this.index.byteLength + this.texts.bytes.length;
  }

  /**
   * @throws {NotUtf8} a text is not valid UTF-8
   * @throws {RangeError} more cells than the table has rows
   */
  add(cells: Cells, { bytes, starts, ends }: Texts): void {
    this.checkRoom(cells);
    const { count, present, isCompact } = cells;
    const from = this.texts.length;
    for (let i = 0, value = 0; i < count; i++) {
      if (present !== null && present[i] === 0) {
        this.addMissing();
        if (!isCompact) value++;
      } else {
        this.addText(bytes, starts[value]!, ends[value]!);
        value++;
      }
    }
    this.checkText(from);
  }

  /**
   * As {@link add}, with `codes` into a dictionary.
   *
   * @throws {RangeError} also where a code lies outside the dictionary
   */
  addCoded(cells: Cells, codes: ArrayLike<number>, dictionary: Texts): void {
    this.checkRoom(cells);
    const { count, present, isCompact } = cells;
    const size = dictionary.starts.length;
    const known = new Int32Array(size).fill(UNSEEN);
    const from = this.texts.length;
    for (let i = 0, value = 0; i < count; i++) {
      if (present !== null && present[i] === 0) {
        this.addMissing();
        if (!isCompact) value++;
        continue;
      }
      const local = codes[value++]!;
      if (local < 0 || local >= size) throw new RangeError('a value lies outside its dictionary');
      const { codes: target } = this;
      if (target !== null && known[local] !== UNSEEN) target[this.filled++] = known[local]!;
      else {
        this.addText(dictionary.bytes, dictionary.starts[local]!, dictionary.ends[local]!);
        if (this.codes !== null) known[local] = this.codes[this.filled - 1]!;
      }
    }
    this.checkText(from);
  }

  finish(): FinishedColumn {
    const { name } = this.target;
    checkFilled(this.target, this.filled);
    if (this.codes !== null) {
      const dictionary = this.index.strings();
      return { column: { kind: 'category', name, codes: this.codes, dictionary }, unparsable: 0 };
    }
    const bytes = new Uint8Array(this.target.allocate(this.texts.length));
    bytes.set(this.texts.bytes.subarray(0, this.texts.length));
    const column: TextColumn = { kind: 'text', name, bytes, offsets: this.offsets };
    return { column, unparsable: 0 };
  }

  private addMissing(): void {
    if (this.codes !== null) this.codes[this.filled++] = -1;
    else this.offsets[++this.filled] = this.texts.length;
  }

  private addText(bytes: Uint8Array, start: number, end: number): void {
    if (start === end) this.addMissing();
    else if (this.codes === null) {
      this.texts.append(bytes, start, end);
      this.offsets[++this.filled] = this.texts.length;
    } else {
      const before = this.index.size;
      this.codes[this.filled++] = this.index.codeOf(bytes, start, end);
      if (this.index.size === before) return;
      if (firstBadByte(bytes, start, end) < end) throw new NotUtf8('it holds bytes that are no UTF-8 text');
      if (this.index.size > this.most) this.toText(this.codes);
    }
  }

  private toText(codes: Int32Array): void {
    this.offsets = new Uint32Array(this.target.allocate((this.target.rowCount + 1) * 4));
    for (let row = 0; row < this.filled; row++) {
      if (codes[row]! >= 0) this.index.copyTo(this.texts, codes[row]!);
      this.offsets[row + 1] = this.texts.length;
    }
    this.codes = null;
    this.index = new TextIndex();
  }

  private checkRoom(cells: Cells): void {
    if (this.filled + cells.count > this.target.rowCount)
      throw new RangeError('it has more values than the table has rows');
  }

  /** Texts of a category are checked one by one, the others of a block at once. */
  private checkText(from: number): void {
    const { bytes, length } = this.texts;
    if (firstBadByte(bytes, from, length) < length)
      throw new NotUtf8('it holds bytes that are no UTF-8 text');
  }
}

/** No code: -1 is the one of missing. */
const UNSEEN = -2;

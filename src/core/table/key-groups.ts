/** Rows with equal keys get one group number: hash tables over numbers and bytes, without a string or an object per row. */
import { inSlices, type Sliced } from '../sliced.ts';
import type { CategoryColumn, Column, TextColumn } from './column.ts';
import { rowCountOf } from './column-access.ts';
import { hashBytes, hashWords } from './hash.ts';
import { formatDate } from './parse-date.ts';
import { parseNumber } from './parse-number.ts';
import { decodeUtf8, encodeUtf8 } from './utf8.ts';

/** No key, or a key that the table of keys does not hold. */
export const NO_GROUP = -1;

/** Distinct keys of one kind, numbered from 0 in order of first appearance. */
export interface KeyGroups {
  readonly count: number;
  /**
   * The group of each row's key, `NO_GROUP` where the cell is missing or (with `adds` false) the key is unknown.
   * With `adds` unknown keys become groups. O(rows) expected, in slices.
   */
  groupRows(column: Column, adds: boolean): Sliced<Int32Array>;
}

/**
 * An empty table of keys for matching two columns. Compared as numbers when either column is one of numbers (a text counts by the
 * number it says, or has no key) and when both hold dates (as moments); else as text, byte by byte, dates in ISO form.
 */
export function keyGroupsFor(a: Column, b: Column): KeyGroups {
  const numeric = a.kind === 'number' || b.kind === 'number' || (a.kind === 'date' && b.kind === 'date');
  return numeric ? new NumberKeys() : new TextKeys();
}

/** Open addressing: group + 1 by hash, 0 = free; at most half full. */
const FEWEST_SLOTS = 64;

class NumberKeys implements KeyGroups {
  count = 0;
  private slots = new Int32Array(FEWEST_SLOTS);
  private keys = new Float64Array(FEWEST_SLOTS / 2);
  private readonly word = new Float64Array(1);
  private readonly words = new Uint32Array(this.word.buffer);

  *groupRows(column: Column, adds: boolean): Sliced<Int32Array> {
    const keyAt = numberKeyOf(column);
    const groups = new Int32Array(rowCountOf(column));
    yield* inSlices(groups.length, (start, end) => {
      for (let row = start; row < end; row++) groups[row] = this.groupOf(keyAt(row), adds);
    });
    return groups;
  }

  private groupOf(key: number, adds: boolean): number {
    if (Number.isNaN(key)) return NO_GROUP;
    const mask = this.slots.length - 1;
    let slot = this.hash(key) & mask;
    for (let group = this.slots[slot]! - 1; group >= 0; group = this.slots[slot]! - 1) {
      if (this.keys[group] === key) return group;
      slot = (slot + 1) & mask;
    }
    if (!adds) return NO_GROUP;
    this.keys[this.count++] = key;
    this.slots[slot] = this.count;
    if (this.count * 2 === this.slots.length) this.grow();
    return this.count - 1;
  }

  private hash(key: number): number {
    this.word[0] = key === 0 ? 0 : key;
    return hashWords(this.words[0]!, this.words[1]!);
  }

  private grow(): void {
    const keys = new Float64Array(this.slots.length);
    keys.set(this.keys);
    this.keys = keys;
    this.slots = new Int32Array(this.slots.length * 2);
    for (let group = 0; group < this.count; group++)
      putGroup(this.slots, this.hash(this.keys[group]!), group);
  }
}

class TextKeys implements KeyGroups {
  count = 0;
  private slots = new Int32Array(FEWEST_SLOTS);
  private hashes = new Int32Array(FEWEST_SLOTS / 2);
  /** Group g's bytes end at ends[g]. A float64 counts beyond 4 GB. */
  private ends = new Float64Array(FEWEST_SLOTS / 2);
  private bytes = new Uint8Array(1024);

  groupRows(column: Column, adds: boolean): Sliced<Int32Array> {
    if (column.kind === 'category') return this.groupCategories(column, adds);
    if (column.kind === 'text') return this.groupTexts(column, adds);
    return this.groupDates(column.values, adds);
  }

  private *groupCategories({ codes, dictionary }: CategoryColumn, adds: boolean): Sliced<Int32Array> {
    const groupOfCode = new Int32Array(dictionary.length);
    dictionary.forEach((text, code) => {
      groupOfCode[code] = this.groupOfText(text, adds);
    });
    const groups = new Int32Array(codes.length);
    yield* inSlices(codes.length, (start, end) => {
      for (let row = start; row < end; row++) {
        const code = codes[row]!;
        groups[row] = code < 0 ? NO_GROUP : groupOfCode[code]!;
      }
    });
    return groups;
  }

  private *groupTexts({ bytes, offsets }: TextColumn, adds: boolean): Sliced<Int32Array> {
    const groups = new Int32Array(offsets.length - 1);
    yield* inSlices(groups.length, (start, end) => {
      for (let row = start; row < end; row++)
        groups[row] = this.groupOf(bytes, offsets[row]!, offsets[row + 1]!, adds);
    });
    return groups;
  }

  private *groupDates(values: Float64Array, adds: boolean): Sliced<Int32Array> {
    const groups = new Int32Array(values.length);
    yield* inSlices(groups.length, (start, end) => {
      for (let row = start; row < end; row++) groups[row] = this.groupOfText(formatDate(values[row]!), adds);
    });
    return groups;
  }

  private groupOfText(text: string, adds: boolean): number {
    const bytes = encodeUtf8(text);
    return this.groupOf(bytes, 0, bytes.length, adds);
  }

  private groupOf(bytes: Uint8Array, start: number, end: number, adds: boolean): number {
    if (start === end) return NO_GROUP;
    const hash = hashBytes(bytes, start, end);
    const mask = this.slots.length - 1;
    let slot = hash & mask;
    for (let group = this.slots[slot]! - 1; group >= 0; group = this.slots[slot]! - 1) {
      if (this.hashes[group] === hash && this.isKey(group, bytes, start, end)) return group;
      slot = (slot + 1) & mask;
    }
    if (!adds) return NO_GROUP;
    this.append(bytes, start, end, hash);
    this.slots[slot] = this.count;
    if (this.count * 2 === this.slots.length) this.grow();
    return this.count - 1;
  }

  private isKey(group: number, bytes: Uint8Array, start: number, end: number): boolean {
    const from = group === 0 ? 0 : this.ends[group - 1]!;
    if (this.ends[group]! - from !== end - start) return false;
    for (let i = end - start - 1; i >= 0; i--) if (this.bytes[from + i] !== bytes[start + i]) return false;
    return true;
  }

  private append(bytes: Uint8Array, start: number, end: number, hash: number): void {
    const from = this.count === 0 ? 0 : this.ends[this.count - 1]!;
    const to = from + end - start;
    if (to > this.bytes.length) {
      const larger = new Uint8Array(Math.max(to, this.bytes.length * 2));
      larger.set(this.bytes.subarray(0, from));
      this.bytes = larger;
    }
    this.bytes.set(bytes.subarray(start, end), from);
    this.hashes[this.count] = hash;
    this.ends[this.count++] = to;
  }

  private grow(): void {
    const hashes = new Int32Array(this.slots.length);
    hashes.set(this.hashes);
    const ends = new Float64Array(this.slots.length);
    ends.set(this.ends);
    [this.hashes, this.ends] = [hashes, ends];
    this.slots = new Int32Array(this.slots.length * 2);
    for (let group = 0; group < this.count; group++) putGroup(this.slots, hashes[group]!, group);
  }
}

function putGroup(slots: Int32Array, hash: number, group: number): void {
  let slot = hash & (slots.length - 1);
  while (slots[slot] !== 0) slot = (slot + 1) & (slots.length - 1);
  slots[slot] = group + 1;
}

/** The number that each row's cell says; NaN = no key. */
function numberKeyOf(column: Column): (row: number) => number {
  if (column.kind === 'category') {
    const { codes } = column;
    const numbers = column.dictionary.map(parseNumber);
    return (row) => numbers[codes[row]!] ?? Number.NaN;
  }
  if (column.kind === 'text') {
    const { bytes, offsets } = column;
    return (row) => parseNumber(decodeUtf8(bytes, offsets[row], offsets[row + 1]));
  }
  const { values } = column;
  return (row) => values[row]!;
}

import type { NumberColumn, NumberSpelling } from '../../core/table/column.ts';
import { isIdLike } from '../../core/table/parse-number.ts';
import { EXACT_POWERS_OF_TEN, parseNumberBytes } from '../../core/table/parse-number-bytes.ts';
import { decodeUtf8, encodeUtf8 } from '../../core/table/utf8.ts';
import { CR, LF, MINUS, PLUS, POINT, QUOTE, ZERO } from './csv-bytes.ts';
import {
  type Expected,
  fillFromChunks,
  firstChunkLength,
  GrowingBytes,
  isNearlyFull,
  nextChunkLength,
} from './growing.ts';
import { EMPTY_CELL, isMissingEverywhere, missingToken, NO_TOKEN, tokenText } from './missing-bytes.ts';

/** How a cell was written, one byte a row beside its value, so that the very text can be given back. */
const DECIMALS_LIMIT = 16; // below: plain digits with that many decimals
const TOKEN_BASE = 128; // from here: a missing token, by its number
const SPELLING_LOST = 252; // a number in another notation, its text dropped for lack of room
const NOT_A_NUMBER = 253; // text, kept aside
const MISSING_CELL = 254;
const KEPT_ASIDE = 255; // a number in another notation, its text kept aside

/** Digits between two separators of thousands. */
const GROUP_DIGITS = 3;

const AS_SHORTEST = 1;
const AS_FLOAT = 2;
/** Numbers below this are written with an exponent by JavaScript. */
const LEAST_PLAIN = 1e-6;

/** What the cells of a column were, over all rows. */
export interface NumberCounts {
  readonly numbers: number;
  /** Cells with text that is no number. */
  readonly others: number;
  /** Cells that are missing only if the column is one of numbers. */
  readonly tokens: number;
}

/**
 * Cells of a column as float64, as long as they may turn out to be numbers, and enough of their spelling to give back each text:
 * one byte a row, and whole texts aside for cells that are not plain digits.
 */
export class NumberStore {
  private values: Float64Array;
  private codes: Uint8Array;
  private readonly valueChunks: Float64Array[];
  private readonly codeChunks: Uint8Array[];
  private readonly expected: Expected;
  private at = 0;
  private filled = 0;
  private readonly aside = new GrowingBytes();
  private readonly asideEnds: number[] = [];
  private readonly asideLimit: number;
  private spellings = AS_SHORTEST | AS_FLOAT;
  private numbers = 0;
  private others = 0;
  private tokens = 0;
  private spellingsLost = 0;

  /** @param asideLimit bytes of irregular number texts to keep */
  constructor(asideLimit: number, expected: Expected) {
    this.asideLimit = asideLimit;
    this.expected = expected;
    const length = firstChunkLength(expected.rows);
    this.values = new Float64Array(expected.allocate(length * 8));
    this.codes = new Uint8Array(length);
    this.valueChunks = [this.values];
    this.codeChunks = [this.codes];
  }

  get length(): number {
    return this.filled + this.at;
  }

  get counts(): NumberCounts {
    return { numbers: this.numbers, others: this.others, tokens: this.tokens };
  }

  get byteLength(): number {
    return (this.filled + this.values.length) * 9 + this.aside.bytes.length + this.asideEnds.length * 8;
  }

  /**
   * Reads plain digits (`-12.50`), or nothing, from `start` to a delimiter or line end, and adds the number or the missing cell.
   *
   * @returns offset of the delimiter or line end; -1 (and nothing added) when the cell is anything else or runs to `limit`
   */
  addPlain(bytes: Uint8Array, start: number, limit: number, delimiter: number): number {
    const negative = bytes[start] === MINUS;
    const first = negative ? start + 1 : start;
    let at = first;
    // Nine digits fit an int32, whose multiplication is several times faster than a float64's; longer ones are read again.
    let low = 0;
    // Past `limit` the buffer may hold stale bytes; they are never taken, for `at` is checked below.
    let digit = bytes[at]! - ZERO;
    while (digit >>> 0 <= 9) {
      low = (Math.imul(low, 10) + digit) | 0;
      digit = bytes[++at]! - ZERO;
    }
    const wholeDigits = at - first;
    let decimals = 0;
    if (digit === POINT - ZERO) {
      digit = bytes[++at]! - ZERO;
      while (digit >>> 0 <= 9) {
        low = (Math.imul(low, 10) + digit) | 0;
        digit = bytes[++at]! - ZERO;
      }
      decimals = at - first - wholeDigits - 1;
      if (decimals === 0) return -1;
    }
    const byte = digit + ZERO;
    if (at >= limit || (byte !== delimiter && byte !== LF && byte !== CR)) return -1;
    if (at === start) {
      this.put(Number.NaN, MISSING_CELL);
      return at;
    }
    const digits = wholeDigits + decimals;
    if (wholeDigits === 0 || digits > 15) return -1;
    const mantissa = digits <= 9 ? low : digitsAsInteger(bytes, first, at);
    if (bytes[first] === ZERO && (wholeDigits > 1 || (negative && mantissa === 0))) return -1;
    const value = decimals === 0 ? mantissa : mantissa / EXACT_POWERS_OF_TEN[decimals]!;
    if (this.spellings !== 0) this.spellings &= spellingsOf(value, decimals, bytes[at - 1]!);
    this.numbers++;
    this.put(negative ? -value : value, decimals);
    return at;
  }

  /**
   * Adds any cell.
   *
   * @returns false when the cell shows that this is no column of numbers (an id: 007, or beyond 2^53); it is added all the same
   */
  addCell(bytes: Uint8Array, start: number, end: number): boolean {
    const token = missingToken(bytes, start, end);
    if (token !== NO_TOKEN) {
      if (!isMissingEverywhere(token)) this.tokens++;
      this.put(Number.NaN, token === EMPTY_CELL ? MISSING_CELL : TOKEN_BASE + token);
      return true;
    }
    if (
      bytes[end] === QUOTE &&
      isPlain(bytes, start, end) &&
      this.addPlain(bytes, start, end + 1, QUOTE) === end
    ) {
      return true;
    }
    const value = parseNumberBytes(bytes, start, end);
    if (Number.isNaN(value)) {
      this.others++;
      this.keepAside(bytes, start, end);
      this.put(Number.NaN, NOT_A_NUMBER);
      return true;
    }
    this.numbers++;
    this.spellings &= this.spellingsOfText(bytes, start, end, value);
    const idLike = mayBeIdLike(bytes, start, end) && isIdLike(decodeUtf8(bytes, start, end));
    if (idLike || this.aside.length + end - start <= this.asideLimit) {
      this.keepAside(bytes, start, end);
      this.put(value, KEPT_ASIDE);
    } else {
      this.spellingsLost++;
      this.put(value, SPELLING_LOST);
    }
    return !idLike;
  }

  /** The texts of all rows in order, null where the cell is empty; `lost` = texts that could only be written anew. */
  texts(): { readonly lost: number; readonly rows: Generator<Uint8Array | null> } {
    return { lost: this.spellingsLost, rows: this.rowTexts() };
  }

  /** The texts of the cells that are no numbers, in order. */
  *otherTexts(): Generator<string> {
    let aside = 0;
    let remaining = this.length;
    for (const codes of this.codeChunks) {
      const length = Math.min(codes.length, remaining);
      remaining -= length;
      for (let i = 0; i < length; i++) {
        if (codes[i] === NOT_A_NUMBER) yield decodeUtf8(this.asideText(aside));
        if (codes[i] === NOT_A_NUMBER || codes[i] === KEPT_ASIDE) aside++;
      }
    }
  }

  /**
   * A number such as `1.500` when all numbers are of this form or are below 1000 without a point, so that the point may set apart
   * thousands; null else. Most columns show at their first cells that it does not.
   */
  groupedByPoint(): string | null {
    let example: string | null = null;
    let remaining = this.length;
    for (let chunk = 0; chunk < this.valueChunks.length; chunk++) {
      const values = this.valueChunks[chunk]!;
      const codes = this.codeChunks[chunk]!;
      const length = Math.min(values.length, remaining);
      remaining -= length;
      for (let i = 0; i < length; i++) {
        const code = codes[i]!;
        if (Number.isNaN(values[i]!)) continue;
        const size = Math.abs(values[i]!);
        if (size >= 1000 || (code !== 0 && (code !== GROUP_DIGITS || size < 1))) return null;
        if (code === GROUP_DIGITS) example ??= values[i]!.toFixed(GROUP_DIGITS);
      }
    }
    return example;
  }

  /** The column of numbers; cells that are none are NaN. */
  finish(name: string): NumberColumn {
    const { length, valueChunks } = this;
    const values = isNearlyFull(valueChunks, length)
      ? valueChunks[0]!.subarray(0, length)
      : fillFromChunks(new Float64Array(this.expected.allocate(length * 8)), valueChunks);
    return { kind: 'number', name, values, spelling: this.spelling() };
  }

  private spelling(): NumberSpelling {
    if ((this.spellings & AS_SHORTEST) !== 0) return 'shortest';
    return (this.spellings & AS_FLOAT) !== 0 ? 'float' : 'mixed';
  }

  private put(value: number, code: number): void {
    if (this.at === this.values.length) this.grow();
    this.values[this.at] = value;
    this.codes[this.at++] = code;
  }

  private grow(): void {
    this.filled += this.at;
    this.at = 0;
    this.values = new Float64Array(nextChunkLength(this.filled));
    this.codes = new Uint8Array(this.values.length);
    this.valueChunks.push(this.values);
    this.codeChunks.push(this.codes);
  }

  private keepAside(bytes: Uint8Array, start: number, end: number): void {
    this.aside.append(bytes, start, end);
    this.asideEnds.push(this.aside.length);
  }

  /** Cells that come here are irregular, or plain but quoted or at the very end of the file. */
  private spellingsOfText(bytes: Uint8Array, start: number, end: number, value: number): number {
    if (this.spellings === 0 || end - start > 17) return 0;
    const text = decodeUtf8(bytes, start, end);
    const shortest = String(value);
    return (text === shortest ? AS_SHORTEST : 0) | (text === asFloat(value, shortest) ? AS_FLOAT : 0);
  }

  private *rowTexts(): Generator<Uint8Array | null> {
    let aside = 0;
    let remaining = this.length;
    for (let chunk = 0; chunk < this.valueChunks.length; chunk++) {
      const values = this.valueChunks[chunk]!;
      const codes = this.codeChunks[chunk]!;
      const length = Math.min(values.length, remaining);
      remaining -= length;
      for (let i = 0; i < length; i++) {
        const code = codes[i]!;
        if (code === MISSING_CELL) yield null;
        else if (code === NOT_A_NUMBER || code === KEPT_ASIDE) yield this.asideText(aside++);
        else if (code === SPELLING_LOST) yield encodeUtf8(String(values[i]!));
        else if (code < DECIMALS_LIMIT) yield encodeUtf8(values[i]!.toFixed(code));
        else yield encodeUtf8(tokenText(code - TOKEN_BASE));
      }
    }
  }

  private asideText(index: number): Uint8Array {
    return this.aside.bytes.subarray(index === 0 ? 0 : this.asideEnds[index - 1]!, this.asideEnds[index]!);
  }
}

/** Which spellings write a number of up to 15 plain digits (no padding zero) with these decimals and this last digit. */
function spellingsOf(value: number, decimals: number, lastByte: number): number {
  if (decimals === 0) return AS_SHORTEST;
  if (lastByte === ZERO) return decimals === 1 ? AS_FLOAT : 0;
  return value < LEAST_PLAIN ? 0 : AS_SHORTEST | AS_FLOAT;
}

function asFloat(value: number, shortest: string): string {
  return Number.isInteger(value) && !shortest.includes('e') ? `${shortest}.0` : shortest;
}

/** The integer that the digits of `bytes[start, end)` make, a point left out; exact for up to 15 digits. */
function digitsAsInteger(bytes: Uint8Array, start: number, end: number): number {
  let integer = 0;
  for (let at = start; at < end; at++) {
    const digit = bytes[at]! - ZERO;
    if (digit >= 0) integer = integer * 10 + digit;
  }
  return integer;
}

/** Only digits, points and signs: within quotes there could be a line end, at which `addPlain` would stop. */
function isPlain(bytes: Uint8Array, start: number, end: number): boolean {
  for (let at = start; at < end; at++) {
    const byte = bytes[at]!;
    if ((byte < ZERO || byte > ZERO + 9) && byte !== POINT && byte !== MINUS) return false;
  }
  return true;
}

/** Only digits, with a padding zero or more of them than a float64 holds; `isIdLike` decides. */
function mayBeIdLike(bytes: Uint8Array, start: number, end: number): boolean {
  const first = bytes[start] === MINUS || bytes[start] === PLUS ? start + 1 : start;
  if (bytes[first] !== ZERO && end - first <= 15) return false;
  for (let at = first; at < end; at++) if (bytes[at]! < ZERO || bytes[at]! > ZERO + 9) return false;
  return true;
}

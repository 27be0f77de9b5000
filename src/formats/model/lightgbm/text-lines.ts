import { decodeLatin1, decodeText } from '../decode-text.ts';

/** A `key=value` line: where its value lies in the file, and the line's number from 1. */
export interface Field {
  readonly key: string;
  readonly start: number;
  readonly end: number;
  readonly line: number;
}

const LINE_FEED = 10;
const CARRIAGE_RETURN = 13;
const EQUALS = 61;

/** Keys of the format are shorter; a longer run before "=" is no key. */
const LONGEST_KEY = 64;

/** A text beyond this is no list of names that a program wrote, and platforms have a limit for texts. */
const LONGEST_TEXT = 2 ** 27;

/**
 * Walks the lines of a text file in its bytes, so that a line of a hundred megabytes is never a string.
 *
 * Lines end with LF or CRLF; the last one may lack its end.
 */
export class TextLines {
  readonly bytes: Uint8Array;
  /** Number of the current line, from 1; 0 before the first. */
  line = 0;
  private start = 0;
  private end = 0;
  private following: number;

  /** @param offset where the first line begins */
  constructor(bytes: Uint8Array, offset: number) {
    this.bytes = bytes;
    this.following = offset;
  }

  /** Moves to the next line; behind the last one false, and the current line is blank. */
  next(): boolean {
    const { bytes, following } = this;
    if (following >= bytes.length) {
      this.start = this.end;
      return false;
    }
    const lineFeed = bytes.indexOf(LINE_FEED, following);
    const stop = lineFeed < 0 ? bytes.length : lineFeed;
    this.start = following;
    this.following = stop + 1;
    this.end = stop > following && bytes[stop - 1] === CARRIAGE_RETURN ? stop - 1 : stop;
    this.line += 1;
    return true;
  }

  /** Whether no line follows the current one. */
  isLast(): boolean {
    return this.following >= this.bytes.length;
  }

  /** Whether {@link next} went behind the last line. */
  isAtEnd(): boolean {
    return this.isLast() && this.start === this.end;
  }

  isBlank(): boolean {
    return this.start === this.end;
  }

  /** Whether the current line is this ASCII text, and nothing else. */
  is(text: string): boolean {
    return this.end - this.start === text.length && this.startsWith(text);
  }

  /** Whether the current line begins with this ASCII text. */
  startsWith(text: string): boolean {
    if (this.end - this.start < text.length) return false;
    for (let i = 0; i < text.length; i++) {
      if (this.bytes[this.start + i] !== text.charCodeAt(i)) return false;
    }
    return true;
  }

  /** The current line as `key=value`; null when it is not one. */
  field(): Field | null {
    const { bytes, start, end, line } = this;
    const limit = Math.min(end, start + LONGEST_KEY);
    for (let at = start; at < limit; at++) {
      if (bytes[at] === EQUALS)
        return { key: decodeLatin1(bytes.subarray(start, at)), start: at + 1, end, line };
    }
    return null;
  }

  /** The first characters of the current line, for messages. */
  beginning(): string {
    return decodeText(this.bytes.subarray(this.start, Math.min(this.end, this.start + 40)));
  }

  /** The current line from its byte `skip` on, as text; null as {@link textOf}. */
  textFrom(skip: number): string | null {
    return textOf(this.bytes, this.start + skip, this.end);
  }
}

/** Bytes as UTF-8 text, where a byte that is none becomes U+FFFD; null when there are more than a text may have. */
export function textOf(bytes: Uint8Array, start: number, end: number): string | null {
  return end - start > LONGEST_TEXT ? null : decodeText(bytes.subarray(start, end));
}

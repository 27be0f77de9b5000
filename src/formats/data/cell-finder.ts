import { CR, countLineEnds, LF, QUOTE } from './csv-bytes.ts';

/** A single cell is at most this long (8 MB): more means a quote that was never closed. */
export const LONGEST_CELL = 8 * 1024 * 1024;
/** Answers of `CellFinder.find` other than an offset. */
const CUT_OFF = -1;
export const TOO_LONG = -2;

/** Finds where a cell ends and what it holds; the found cell is `bytes[start, end)` until the next search. */
export class CellFinder {
  bytes: Uint8Array = new Uint8Array(0);
  start = 0;
  end = 0;
  /** Line ends within the cell (it is quoted then). */
  lineEnds = 0;
  private scratch: Uint8Array = new Uint8Array(256);

  /**
   * Finds the cell of `buffer` that begins at `pos`.
   *
   * @param limit end of the bytes that are there
   * @returns offset of the delimiter or line end after it; `CUT_OFF` when it runs to `limit`; `TOO_LONG`
   */
  find(buffer: Uint8Array, pos: number, limit: number, delimiter: number): number {
    if (buffer[pos] === QUOTE) return this.findQuoted(buffer, pos, limit, delimiter);
    const at = endOfPlain(buffer, pos, limit, delimiter);
    if (at - pos > LONGEST_CELL) return TOO_LONG;
    if (at === limit) return CUT_OFF;
    this.bytes = buffer;
    this.start = pos;
    this.end = at;
    this.lineEnds = 0;
    return at;
  }

  private findQuoted(buffer: Uint8Array, pos: number, limit: number, delimiter: number): number {
    let close = pos + 1;
    let plain = true;
    for (; close < limit; close++) {
      if (buffer[close] !== QUOTE) continue;
      if (buffer[close + 1] !== QUOTE || close + 1 === limit) break;
      plain = false;
      close++;
    }
    if (close - pos > LONGEST_CELL) return TOO_LONG;
    if (close >= limit) return CUT_OFF;
    const at = endOfPlain(buffer, close + 1, limit, delimiter);
    if (at - pos > LONGEST_CELL) return TOO_LONG;
    if (at === limit) return CUT_OFF;
    this.lineEnds = countLineEnds(buffer, pos, at);
    this.bytes = buffer;
    this.start = pos + 1;
    this.end = close;
    if (!plain || close !== at - 1) this.unescape(buffer, pos + 1, at);
    return at;
  }

  /** Copies a quoted cell's content with escaped quotes resolved; text after the closing quote is taken as it stands. */
  private unescape(buffer: Uint8Array, start: number, end: number): void {
    if (this.scratch.length <= end - start) this.scratch = new Uint8Array(2 * (end - start));
    const { scratch } = this;
    let length = 0;
    let inside = true;
    for (let at = start; at < end; at++) {
      const byte = buffer[at]!;
      if (byte === QUOTE && inside) {
        if (buffer[at + 1] === QUOTE && at + 1 < end) scratch[length++] = buffer[at++]!;
        else inside = false;
      } else scratch[length++] = byte;
    }
    this.bytes = scratch;
    this.start = 0;
    this.end = length;
  }
}

/** Offset of the first delimiter or line end from `pos`, else `limit`. */
export function endOfPlain(buffer: Uint8Array, pos: number, limit: number, delimiter: number): number {
  let at = pos;
  while (at < limit && buffer[at] !== delimiter && buffer[at] !== LF && buffer[at] !== CR) at++;
  return at;
}

import type { Allocate } from '../../core/table/place-column.ts';

/** Arrays that grow while a file streams in, as a list of chunks: growing never copies, and the peak stays near the final size. */

/** First chunk in elements: small, for a table of ten thousand columns and few rows. Then doubled up to the largest. */
const FIRST_CHUNK = 256;
/** 512 KB of float64. */
const LARGEST_CHUNK = 65_536;

/** Elements that the next chunk shall have when `filled` elements exist. */
export function nextChunkLength(filled: number): number {
  return Math.min(LARGEST_CHUNK, Math.max(FIRST_CHUNK, filled));
}

/** Room for the rows that a column is expected to get, in the caller's own memory, so that it need not be copied at the end. */
export interface Expected {
  /** 0 when nothing is known. */
  readonly rows: number;
  readonly allocate: Allocate;
}

/** Bytes beyond the filled ones that a final array's buffer may keep: less is cheaper than a copy. */
const MOST_SLACK = 0.25;

/** True when a single chunk holds all `length` elements and little more: it can be the final array. */
export function isNearlyFull(chunks: readonly { readonly length: number }[], length: number): boolean {
  return chunks.length === 1 && length >= chunks[0]!.length * (1 - MOST_SLACK);
}

/** First chunk in elements when so many rows are expected; small tables grow chunk by chunk. */
export function firstChunkLength(expectedRows: number): number {
  return expectedRows > LARGEST_CHUNK ? expectedRows : FIRST_CHUNK;
}

interface Settable<T> {
  readonly length: number;
  set(source: T, offset: number): void;
  subarray(start: number, end: number): T;
}

/** Copies the chunks one after the other into `target`; only as much of the last as fits. */
export function fillFromChunks<T extends Settable<T>>(target: T, chunks: readonly T[]): T {
  let at = 0;
  for (const chunk of chunks) {
    const length = Math.min(chunk.length, target.length - at);
    target.set(length === chunk.length ? chunk : chunk.subarray(0, length), at);
    at += length;
  }
  return target;
}

/** Bytes that grow by doubling: for dictionaries and text, whose final size cannot be told from the row count. */
export class GrowingBytes {
  bytes: Uint8Array<ArrayBuffer> = new Uint8Array(1024);
  length = 0;

  append(source: Uint8Array, start: number, end: number): void {
    const needed = this.length + end - start;
    if (needed > this.bytes.length) this.grow(needed);
    // Short cells: a loop is faster than the call to `set` with a fresh view.
    if (end - start < 32) {
      const { bytes } = this;
      for (let at = start, to = this.length; at < end; at++, to++) bytes[to] = source[at]!;
    } else this.bytes.set(source.subarray(start, end), this.length);
    this.length = needed;
  }

  private grow(needed: number): void {
    const larger = new Uint8Array(Math.max(needed, this.bytes.length * 2));
    larger.set(this.bytes.subarray(0, this.length));
    this.bytes = larger;
  }
}

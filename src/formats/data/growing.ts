/** Arrays that grow while a file streams in, as a list of chunks: growing never copies, and the peak stays near the final size. */

/** First chunk in elements: small, for a table of ten thousand columns and few rows. Then doubled up to the largest. */
const FIRST_CHUNK = 256;
/** 512 KB of float64. */
const LARGEST_CHUNK = 65_536;

/** Elements that the next chunk shall have when `filled` elements exist. */
export function nextChunkLength(filled: number): number {
  return Math.min(LARGEST_CHUNK, Math.max(FIRST_CHUNK, filled));
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

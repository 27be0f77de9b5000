import type { SlicedBytes } from './chunks.ts';

/** 4 MB: as `chunksOf`. */
const WINDOW_BYTES = 4 * 1024 * 1024;

/** A part of a file that is read mostly forwards, a window at a time: never all of it in memory. */
export class ByteWindow {
  private readonly source: SlicedBytes;
  private readonly end: number;
  private readonly windowBytes: number;
  private bytes: Uint8Array = new Uint8Array(0);
  /** Offset in the file of the window's first byte. */
  private start: number;
  /** Offset in the file of the next byte to take. */
  offset: number;

  /** @param end offset of the first byte not to be read */
  constructor(source: SlicedBytes, start: number, end: number, windowBytes = WINDOW_BYTES) {
    this.source = source;
    this.start = start;
    this.offset = start;
    this.end = end;
    this.windowBytes = windowBytes;
  }

  get remaining(): number {
    return this.end - this.offset;
  }

  /** The next `length` bytes without taking them; fewer at the end. */
  async peek(length: number): Promise<Uint8Array> {
    const wanted = Math.min(length, this.remaining);
    const held = this.start + this.bytes.length - this.offset;
    if (held < wanted || this.offset < this.start) {
      const end = Math.min(this.end, this.offset + Math.max(wanted, this.windowBytes));
      this.bytes = new Uint8Array(await this.source.slice(this.offset, end).arrayBuffer());
      this.start = this.offset;
    }
    const from = this.offset - this.start;
    return this.bytes.subarray(from, from + wanted);
  }

  /** Takes the next `length` bytes; fewer at the end. */
  async take(length: number): Promise<Uint8Array> {
    const bytes = await this.peek(length);
    this.offset += bytes.length;
    return bytes;
  }
}

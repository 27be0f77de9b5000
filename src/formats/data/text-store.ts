import type { TextColumn } from '../../core/table/column.ts';
import type { Allocate } from '../../core/table/place-column.ts';
import { fillFromChunks, GrowingBytes, nextChunkLength } from './growing.ts';
import { isMissingEverywhere, missingToken } from './missing-bytes.ts';

/** Cells of a column with many distinct texts: their bytes one after the other. */
export class TextStore {
  private ends = new Uint32Array(nextChunkLength(0));
  private readonly chunks: Uint32Array<ArrayBuffer>[] = [this.ends];
  private at = 0;
  private filled = 0;
  private readonly texts = new GrowingBytes();

  get length(): number {
    return this.filled + this.at;
  }

  get byteLength(): number {
    return (this.filled + this.ends.length) * 4 + this.texts.bytes.length;
  }

  addCell(bytes: Uint8Array, start: number, end: number): void {
    if (!isMissingEverywhere(missingToken(bytes, start, end))) this.texts.append(bytes, start, end);
    if (this.at === this.ends.length) this.grow();
    this.ends[this.at++] = this.texts.length;
  }

  addMissing(): void {
    this.addCell(this.texts.bytes, 0, 0);
  }

  finish(name: string, allocate: Allocate): TextColumn {
    const offsets = new Uint32Array(allocate((this.length + 1) * 4));
    fillFromChunks<Uint32Array>(offsets.subarray(1), this.chunks);
    const bytes = new Uint8Array(allocate(this.texts.length));
    bytes.set(this.texts.bytes.subarray(0, this.texts.length));
    return { kind: 'text', name, bytes, offsets };
  }

  private grow(): void {
    this.filled += this.at;
    this.at = 0;
    this.ends = new Uint32Array(nextChunkLength(this.filled));
    this.chunks.push(this.ends);
  }
}

import type { CategoryColumn } from '../../core/table/column.ts';
import { decodeUtf8 } from '../../core/table/utf8.ts';
import { CR, LF } from './csv-bytes.ts';
import {
  type Expected,
  fillFromChunks,
  firstChunkLength,
  GrowingBytes,
  isNearlyFull,
  nextChunkLength,
} from './growing.ts';
import { isMissingEverywhere, missingToken } from './missing-bytes.ts';

const MISSING_CODE = -1;
const HASH_SEED = 0x811c9dc5;
const HASH_STEP = 0x01000193;

/**
 * Cells of a column as codes into a dictionary of their texts. Texts are compared and hashed as bytes; a string is made only once
 * per distinct value, at the end. Missing tokens are entries too, with the negative codes of `CategoryColumn`.
 */
export class DictionaryStore {
  private codes: Int32Array;
  private readonly chunks: Int32Array[];
  private readonly expected: Expected;
  private at = 0;
  private filled = 0;
  /** Open addressing: entry index + 1, 0 = free. At most half full. */
  private slots = new Int32Array(64);
  private hashes = new Int32Array(32);
  private entryCodes = new Int32Array(32);
  private entryEnds = new Float64Array(32);
  private entries = 0;
  private readonly texts = new GrowingBytes();
  /** Number of distinct values. */
  distinct = 0;

  constructor(expected: Expected) {
    this.expected = expected;
    this.codes = new Int32Array(expected.allocate(firstChunkLength(expected.rows) * 4));
    this.chunks = [this.codes];
  }

  get length(): number {
    return this.filled + this.at;
  }

  get byteLength(): number {
    return (this.filled + this.codes.length) * 4 + this.slots.length * 12 + this.texts.bytes.length;
  }

  /**
   * Adds the unquoted cell that begins at `start`.
   *
   * @returns offset of the delimiter or line end that ends it; -1 (and nothing added) when it runs to `limit`
   */
  addScanned(bytes: Uint8Array, start: number, limit: number, delimiter: number): number {
    let hash = HASH_SEED;
    for (let at = start; at < limit; at++) {
      const byte = bytes[at]!;
      if (byte === delimiter || byte === LF || byte === CR) {
        this.put(at === start ? MISSING_CODE : this.codeOf(bytes, start, at, hash));
        return at;
      }
      hash = Math.imul(hash ^ byte, HASH_STEP);
    }
    return -1;
  }

  addCell(bytes: Uint8Array, start: number, end: number): void {
    let hash = HASH_SEED;
    for (let at = start; at < end; at++) hash = Math.imul(hash ^ bytes[at]!, HASH_STEP);
    this.put(start === end ? MISSING_CODE : this.codeOf(bytes, start, end, hash));
  }

  addMissing(): void {
    this.put(MISSING_CODE);
  }

  finish(name: string): CategoryColumn {
    const { length, chunks } = this;
    const codes = isNearlyFull(chunks, length)
      ? chunks[0]!.subarray(0, length)
      : fillFromChunks(new Int32Array(this.expected.allocate(length * 4)), chunks);
    const dictionary: string[] = [];
    for (let entry = 0; entry < this.entries; entry++) {
      if (this.entryCodes[entry]! < 0) continue;
      dictionary.push(decodeUtf8(this.texts.bytes, this.entryStart(entry), this.entryEnds[entry]!));
    }
    return { kind: 'category', name, codes, dictionary };
  }

  /** The bytes of each row's text, null where missing. */
  *rowTexts(): Generator<Uint8Array | null> {
    const entryOfCode: number[] = [];
    for (let entry = 0; entry < this.entries; entry++) {
      if (this.entryCodes[entry]! >= 0) entryOfCode.push(entry);
    }
    let remaining = this.length;
    for (const chunk of this.chunks) {
      const length = Math.min(chunk.length, remaining);
      remaining -= length;
      for (let i = 0; i < length; i++) {
        const code = chunk[i]!;
        if (code < 0) yield null;
        else {
          const entry = entryOfCode[code]!;
          yield this.texts.bytes.subarray(this.entryStart(entry), this.entryEnds[entry]!);
        }
      }
    }
  }

  private put(code: number): void {
    if (this.at === this.codes.length) this.grow();
    this.codes[this.at++] = code;
  }

  private grow(): void {
    this.filled += this.at;
    this.at = 0;
    this.codes = new Int32Array(nextChunkLength(this.filled));
    this.chunks.push(this.codes);
  }

  private codeOf(bytes: Uint8Array, start: number, end: number, rawHash: number): number {
    const hash = mix(rawHash);
    const mask = this.slots.length - 1;
    let slot = hash & mask;
    for (;;) {
      const entry = this.slots[slot]! - 1;
      if (entry < 0) break;
      if (this.hashes[entry] === hash && this.isEntry(entry, bytes, start, end))
        return this.entryCodes[entry]!;
      slot = (slot + 1) & mask;
    }
    return this.addEntry(bytes, start, end, hash, slot);
  }

  private isEntry(entry: number, bytes: Uint8Array, start: number, end: number): boolean {
    const from = this.entryStart(entry);
    if (this.entryEnds[entry]! - from !== end - start) return false;
    const texts = this.texts.bytes;
    for (let i = end - start - 1; i >= 0; i--) if (texts[from + i] !== bytes[start + i]) return false;
    return true;
  }

  private addEntry(bytes: Uint8Array, start: number, end: number, hash: number, slot: number): number {
    const entry = this.entries++;
    if (entry === this.hashes.length) this.growEntries();
    const token = missingToken(bytes, start, end);
    const code = isMissingEverywhere(token) ? MISSING_CODE - 1 - token : this.distinct++;
    this.texts.append(bytes, start, end);
    this.hashes[entry] = hash;
    this.entryCodes[entry] = code;
    this.entryEnds[entry] = this.texts.length;
    this.slots[slot] = entry + 1;
    if (this.entries * 2 > this.slots.length) this.growSlots();
    return code;
  }

  private entryStart(entry: number): number {
    return entry === 0 ? 0 : this.entryEnds[entry - 1]!;
  }

  private growEntries(): void {
    const length = this.hashes.length * 2;
    const hashes = new Int32Array(length);
    hashes.set(this.hashes);
    const entryCodes = new Int32Array(length);
    entryCodes.set(this.entryCodes);
    const entryEnds = new Float64Array(length);
    entryEnds.set(this.entryEnds);
    [this.hashes, this.entryCodes, this.entryEnds] = [hashes, entryCodes, entryEnds];
  }

  private growSlots(): void {
    this.slots = new Int32Array(this.slots.length * 2);
    const mask = this.slots.length - 1;
    for (let entry = 0; entry < this.entries; entry++) {
      let slot = this.hashes[entry]! & mask;
      while (this.slots[slot] !== 0) slot = (slot + 1) & mask;
      this.slots[slot] = entry + 1;
    }
  }
}

/** FNV-1a leaves the low bits poorly mixed for short texts; the table takes the low bits. */
function mix(hash: number): number {
  const mixed = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  return mixed ^ (mixed >>> 13);
}

import { decodeUtf8 } from '../../../core/table/utf8.ts';
import { GrowingBytes } from '../growing.ts';

const HASH_SEED = 0x811c9dc5;
const HASH_STEP = 0x01000193;

/** Distinct texts by their bytes, numbered in order of first appearance. Unlike `DictionaryStore` it knows no missing tokens. */
export class TextIndex {
  /** Open addressing: entry + 1, 0 = free. At most half full. */
  private slots = new Int32Array(128);
  private readonly hashes: number[] = [];
  private readonly ends: number[] = [];
  private readonly texts = new GrowingBytes();

  get size(): number {
    return this.ends.length;
  }

  get byteLength(): number {
    return this.slots.byteLength + this.texts.bytes.length;
  }

  /** Number of the text `bytes[start, end)`, from 0; a new text gets the next one. */
  codeOf(bytes: Uint8Array, start: number, end: number): number {
    const hash = hashOf(bytes, start, end);
    const mask = this.slots.length - 1;
    let slot = hash & mask;
    for (;;) {
      const entry = this.slots[slot]! - 1;
      if (entry < 0) break;
      if (this.hashes[entry] === hash && this.isEntry(entry, bytes, start, end)) return entry;
      slot = (slot + 1) & mask;
    }
    this.texts.append(bytes, start, end);
    this.hashes.push(hash);
    this.ends.push(this.texts.length);
    this.slots[slot] = this.size;
    if (this.size * 2 > this.slots.length) this.growSlots();
    return this.size - 1;
  }

  strings(): string[] {
    return this.ends.map((end, entry) => decodeUtf8(this.texts.bytes, this.startOf(entry), end));
  }

  /** Appends the text of that number. */
  copyTo(target: GrowingBytes, code: number): void {
    target.append(this.texts.bytes, this.startOf(code), this.ends[code]!);
  }

  private startOf(entry: number): number {
    return entry === 0 ? 0 : this.ends[entry - 1]!;
  }

  private isEntry(entry: number, bytes: Uint8Array, start: number, end: number): boolean {
    const from = this.startOf(entry);
    if (this.ends[entry]! - from !== end - start) return false;
    const texts = this.texts.bytes;
    for (let i = end - start - 1; i >= 0; i--) if (texts[from + i] !== bytes[start + i]) return false;
    return true;
  }

  private growSlots(): void {
    this.slots = new Int32Array(this.slots.length * 2);
    const mask = this.slots.length - 1;
    this.hashes.forEach((hash, entry) => {
      let slot = hash & mask;
      while (this.slots[slot] !== 0) slot = (slot + 1) & mask;
      this.slots[slot] = entry + 1;
    });
  }
}

/** FNV-1a, its low bits mixed: the table takes those. */
function hashOf(bytes: Uint8Array, start: number, end: number): number {
  let hash = HASH_SEED;
  for (let at = start; at < end; at++) hash = Math.imul(hash ^ bytes[at]!, HASH_STEP);
  const mixed = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  return mixed ^ (mixed >>> 13);
}

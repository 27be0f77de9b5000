import { decodeUtf8 } from '../../../core/table/utf8.ts';

/**
 * A table of a FlatBuffer, every read within bounds: the metadata of an Arrow file are not to be trusted, and a reader that is
 * (flechette's, as of 2.6.0, takes the length of a vector as it stands) would reserve billions of entries for a damaged byte.
 * Source: FlatBuffers, "FlatBuffers Binary Format" (flatbuffers.dev/internals).
 */
export class FlatTable {
  private readonly view: DataView;
  private readonly at: number;
  private readonly vtable: number;
  private readonly vtableLength: number;

  /** @param at offset of the table's own bytes in `view` */
  private constructor(view: DataView, at: number) {
    this.view = view;
    this.at = at;
    this.vtable = at - view.getInt32(at, true);
    this.vtableLength = view.getUint16(this.vtable, true);
  }

  /** The root table of a buffer. @throws {RangeError} it lies outside */
  static root(bytes: Uint8Array): FlatTable {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    return new FlatTable(view, view.getUint32(0, true));
  }

  /** Offset of field number `index`; 0 when it is absent. */
  private field(index: number): number {
    const slot = 4 + 2 * index;
    if (slot + 2 > this.vtableLength) return 0;
    const offset = this.view.getUint16(this.vtable + slot, true);
    return offset === 0 ? 0 : this.at + offset;
  }

  byte(index: number, absent = 0): number {
    const at = this.field(index);
    return at === 0 ? absent : this.view.getUint8(at);
  }

  int16(index: number, absent = 0): number {
    const at = this.field(index);
    return at === 0 ? absent : this.view.getInt16(at, true);
  }

  int32(index: number, absent = 0): number {
    const at = this.field(index);
    return at === 0 ? absent : this.view.getInt32(at, true);
  }

  /** @throws {RangeError} beyond 2^53 */
  int64(index: number): number {
    const at = this.field(index);
    return at === 0 ? 0 : this.longAt(at);
  }

  text(index: number): string | null {
    const at = this.field(index);
    if (at === 0) return null;
    const start = this.follow(at);
    const length = this.lengthAt(start, 1);
    return decodeUtf8(new Uint8Array(this.view.buffer, this.view.byteOffset + start + 4, length));
  }

  table(index: number): FlatTable | null {
    const at = this.field(index);
    return at === 0 ? null : new FlatTable(this.view, this.follow(at));
  }

  tables(index: number): FlatTable[] {
    const at = this.field(index);
    if (at === 0) return [];
    const start = this.follow(at);
    const count = this.lengthAt(start, 4);
    return Array.from({ length: count }, (_, i) => new FlatTable(this.view, this.follow(start + 4 + 4 * i)));
  }

  /** A vector of structs of 64-bit integers, all of them one after the other. */
  longs(index: number, longsPerEntry: number): Float64Array {
    const at = this.field(index);
    if (at === 0) return new Float64Array(0);
    const start = this.follow(at);
    const count = this.lengthAt(start, 8 * longsPerEntry) * longsPerEntry;
    return Float64Array.from({ length: count }, (_, i) => this.longAt(start + 4 + 8 * i));
  }

  private follow(at: number): number {
    return at + this.view.getUint32(at, true);
  }

  private lengthAt(start: number, stride: number): number {
    const length = this.view.getUint32(start, true);
    if (start + 4 + length * stride > this.view.byteLength) throw new RangeError('a list is cut off');
    return length;
  }

  private longAt(at: number): number {
    const value = Number(this.view.getBigInt64(at, true));
    if (!Number.isSafeInteger(value)) throw new RangeError(`a size of ${value}`);
    return value;
  }
}

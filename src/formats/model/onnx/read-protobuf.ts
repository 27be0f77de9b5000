import type { BinaryReader, WireType } from '@bufbuild/protobuf/wire';

/**
 * Wire-level protobuf reading on top of @bufbuild/protobuf's BinaryReader, which checks every length against
 * the bytes there are before it reads. Messages are read in place by one reader, so that a fault has its byte offset.
 */

/** A message that contradicts itself; `readOnnxFile` turns it into a FormatError with the byte offset. */
export class ProtobufFault extends Error {}

/** The tag as it stands in the file: field number and wire type in one number, as protobuf writes it. */
export function fieldTag(field: number, wireType: WireType): number {
  return field * 8 + wireType;
}

/** Ends of the message: `reader.pos` when it begins with its length (a field of wire type 2). */
function lengthDelimitedEnd(reader: BinaryReader): number {
  const byteLength = reader.uint32();
  const end = reader.pos + byteLength;
  if (end > reader.len)
    throw new ProtobufFault(`a field claims ${byteLength} bytes, more than the file has left`);
  return end;
}

/**
 * Reads the fields of one message up to `end`.
 *
 * @param visit called with each field's tag; reads the value and returns true, or returns false to have it skipped
 * @throws {ProtobufFault} when a field runs past the end of its message; the reader's own errors otherwise
 */
export function readFields(reader: BinaryReader, end: number, visit: (tag: number) => boolean): void {
  while (reader.pos < end) {
    const [field, wireType] = reader.tag();
    if (!visit(field * 8 + wireType)) reader.skip(wireType, field);
  }
  if (reader.pos !== end) throw new ProtobufFault('a field runs past the end of its message');
}

/** Reads an embedded message (length first) with `visit`, as {@link readFields}. */
export function readMessage(reader: BinaryReader, visit: (tag: number) => boolean): void {
  readFields(reader, lengthDelimitedEnd(reader), visit);
}

/** Reads a packed repeated field: `readOne` is called until its bytes are used up. */
export function readPacked(reader: BinaryReader, readOne: () => void): void {
  const end = lengthDelimitedEnd(reader);
  while (reader.pos < end) readOne();
  if (reader.pos !== end) throw new ProtobufFault('a packed field ends in the middle of a number');
}

/** An int64 that must be a small count or version: the number, or a fault when it is not exact in float64. */
export function readSmallInt(reader: BinaryReader): number {
  const value = Number(reader.int64());
  if (!Number.isSafeInteger(value)) throw new ProtobufFault(`the number ${value} is out of range`);
  return value;
}

type NumberArray = Float32Array | Float64Array | Int32Array | BigInt64Array;

/**
 * A typed array that grows by doubling: repeated numbers cost at most 16 bytes each, whatever the file claims.
 */
export class GrowingArray<A extends NumberArray> {
  private array: A;
  private length = 0;
  private readonly allocate: (length: number) => A;

  constructor(allocate: (length: number) => A) {
    this.allocate = allocate;
    this.array = allocate(0);
  }

  push(value: A[number]): void {
    if (this.length === this.array.length) this.grow();
    this.array[this.length] = value;
    this.length += 1;
  }

  private grow(): void {
    const grown = this.allocate(Math.max(8, this.length * 2));
    // The two arrays are of the same class by construction; TypeScript cannot follow that through the union.
    (grown as Float64Array).set(this.array as Float64Array);
    this.array = grown;
  }

  /** The numbers pushed so far, trimmed to their count. */
  finish(): A {
    return (this.length === this.array.length ? this.array : this.array.slice(0, this.length)) as A;
  }
}

import { type BinaryReader, WireType } from '@bufbuild/protobuf/wire';
import type { OnnxTensor } from './onnx-types.ts';
import { fieldTag, GrowingArray, readMessage, readPacked, readSmallInt } from './read-protobuf.ts';

const { Varint, Bit32, Bit64, LengthDelimited } = WireType;

/** Reads a StringStringEntryProto, as metadata and external data locations are written. */
export function readStringPair(reader: BinaryReader): { key: string; value: string } {
  let key = '';
  let value = '';
  readMessage(reader, (tag) => {
    if (tag === fieldTag(1, LengthDelimited)) key = reader.string();
    else if (tag === fieldTag(2, LengthDelimited)) value = reader.string();
    else return false;
    return true;
  });
  return { key, value };
}

/** Reads a TensorProto. Raw data stays a view into the file; throws what the protobuf reader throws. */
export function readTensor(reader: BinaryReader): OnnxTensor {
  const dims: number[] = [];
  const floats = new GrowingArray((length) => new Float32Array(length));
  const doubles = new GrowingArray((length) => new Float64Array(length));
  const int32s = new GrowingArray((length) => new Int32Array(length));
  const int64s = new GrowingArray((length) => new BigInt64Array(length));
  const strings: string[] = [];
  let name = '';
  let elementType = 0;
  let rawData: Uint8Array | null = null;
  let externalLocation: string | null = null;
  let externalOffset = 0;
  let externalLength: number | null = null;
  readMessage(reader, (tag) => {
    switch (tag) {
      case fieldTag(1, Varint):
        dims.push(readSmallInt(reader));
        return true;
      case fieldTag(1, LengthDelimited):
        readPacked(reader, () => dims.push(readSmallInt(reader)));
        return true;
      case fieldTag(2, Varint):
        elementType = reader.int32();
        return true;
      case fieldTag(4, Bit32):
        floats.push(reader.float());
        return true;
      case fieldTag(4, LengthDelimited):
        readPacked(reader, () => floats.push(reader.float()));
        return true;
      case fieldTag(5, Varint):
        int32s.push(reader.int32());
        return true;
      case fieldTag(5, LengthDelimited):
        readPacked(reader, () => int32s.push(reader.int32()));
        return true;
      case fieldTag(6, LengthDelimited):
        strings.push(reader.string());
        return true;
      case fieldTag(7, Varint):
        int64s.push(BigInt(reader.int64()));
        return true;
      case fieldTag(7, LengthDelimited):
        readPacked(reader, () => int64s.push(BigInt(reader.int64())));
        return true;
      case fieldTag(8, LengthDelimited):
        name = reader.string();
        return true;
      case fieldTag(9, LengthDelimited):
        rawData = reader.bytes();
        return true;
      case fieldTag(10, Bit64):
        doubles.push(reader.double());
        return true;
      case fieldTag(10, LengthDelimited):
        readPacked(reader, () => doubles.push(reader.double()));
        return true;
      case fieldTag(13, LengthDelimited): {
        const { key, value } = readStringPair(reader);
        if (key === 'location') externalLocation = value;
        else if (key === 'offset') externalOffset = Number(value);
        else if (key === 'length') externalLength = Number(value);
        return true;
      }
      default:
        return false;
    }
  });
  return {
    name,
    dims,
    elementType,
    rawData,
    floats: floats.finish(),
    doubles: doubles.finish(),
    int32s: int32s.finish(),
    int64s: int64s.finish(),
    strings,
    externalLocation,
    externalOffset,
    externalLength,
  };
}

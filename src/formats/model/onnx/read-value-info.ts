import { type BinaryReader, WireType } from '@bufbuild/protobuf/wire';
import type { OnnxDimension, OnnxValueInfo, OnnxValueType } from './onnx-types.ts';
import { fieldTag, readMessage, readSmallInt } from './read-protobuf.ts';

const { Varint, LengthDelimited } = WireType;

/** Reads a ValueInfoProto (an input or output with its type); throws what the protobuf reader throws. */
export function readValueInfo(reader: BinaryReader): OnnxValueInfo {
  let name = '';
  let type: OnnxValueType = { kind: 'unknown' };
  readMessage(reader, (tag) => {
    if (tag === fieldTag(1, LengthDelimited)) name = reader.string();
    else if (tag === fieldTag(2, LengthDelimited)) type = readValueType(reader);
    else return false;
    return true;
  });
  return { name, type };
}

function readValueType(reader: BinaryReader): OnnxValueType {
  let type: OnnxValueType = { kind: 'unknown' };
  readMessage(reader, (tag) => {
    switch (tag) {
      case fieldTag(1, LengthDelimited):
        type = readTensorType(reader);
        return true;
      case fieldTag(4, LengthDelimited):
        type = { kind: 'sequence' };
        return false;
      case fieldTag(5, LengthDelimited):
        type = { kind: 'map' };
        return false;
      case fieldTag(8, LengthDelimited):
        type = { kind: 'sparse-tensor' };
        return false;
      case fieldTag(9, LengthDelimited):
        type = { kind: 'optional' };
        return false;
      default:
        return false;
    }
  });
  return type;
}

function readTensorType(reader: BinaryReader): OnnxValueType {
  let elementType = 0;
  let dims: OnnxDimension[] | null = null;
  readMessage(reader, (tag) => {
    if (tag === fieldTag(1, Varint)) elementType = reader.int32();
    else if (tag === fieldTag(2, LengthDelimited)) dims = readShape(reader);
    else return false;
    return true;
  });
  return { kind: 'tensor', elementType, dims };
}

function readShape(reader: BinaryReader): OnnxDimension[] {
  const dims: OnnxDimension[] = [];
  readMessage(reader, (tag) => {
    if (tag !== fieldTag(1, LengthDelimited)) return false;
    let dimension: OnnxDimension = null;
    readMessage(reader, (dimensionTag) => {
      if (dimensionTag !== fieldTag(1, Varint)) return false;
      const value = readSmallInt(reader);
      // Exporters write 0 or -1 for "any number of rows" as well as leaving the value out.
      dimension = value > 0 ? value : null;
      return true;
    });
    dims.push(dimension);
    return true;
  });
  return dims;
}

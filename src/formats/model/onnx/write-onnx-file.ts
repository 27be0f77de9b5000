import { BinaryWriter, WireType } from '@bufbuild/protobuf/wire';
import {
  attributeTypes,
  type OnnxAttribute,
  type OnnxFile,
  type OnnxGraph,
  type OnnxNode,
  type OnnxTensor,
  type OnnxValueInfo,
} from './onnx-types.ts';

const { Varint, Bit32, LengthDelimited } = WireType;

/**
 * Encodes a model as the bytes of an ONNX file: the inverse of `readOnnxFile`.
 *
 * Fields go out in the order of their numbers, so that `matchOnnx` knows the file by its first bytes. Sequence, map
 * and other non-tensor types of inputs and outputs are not written (nothing of ours makes them).
 * Source: onnx.proto (ONNX 1.17).
 */
export function writeOnnxFile(file: OnnxFile): Uint8Array {
  const writer = new BinaryWriter();
  writer.tag(1, Varint).int64(file.irVersion);
  writeText(writer, 2, file.producerName);
  writeText(writer, 3, file.producerVersion);
  writeMessage(writer, 7, () => writeGraph(writer, file.graph));
  for (const opset of file.opsets) {
    writeMessage(writer, 8, () => {
      writeText(writer, 1, opset.domain);
      writer.tag(2, Varint).int64(opset.version);
    });
  }
  for (const { key, value } of file.metadata) {
    writeMessage(writer, 14, () => {
      writeText(writer, 1, key);
      writeText(writer, 2, value);
    });
  }
  return writer.finish();
}

/** Writes one ValueInfoProto (an input or output of a graph) as field `field` of the message being written. */
export function writeValueInfo(writer: BinaryWriter, field: number, info: OnnxValueInfo): void {
  writeMessage(writer, field, () => {
    writeText(writer, 1, info.name);
    const { type } = info;
    if (type.kind !== 'tensor') return;
    writeMessage(writer, 2, () => {
      writeMessage(writer, 1, () => {
        writer.tag(1, Varint).int32(type.elementType);
        if (type.dims !== null) writeShape(writer, type.dims);
      });
    });
  });
}

function writeShape(writer: BinaryWriter, dims: readonly (number | null)[]): void {
  writeMessage(writer, 2, () => {
    for (const dimension of dims) {
      writeMessage(writer, 1, () => {
        if (dimension !== null) writer.tag(1, Varint).int64(dimension);
      });
    }
  });
}

function writeMessage(writer: BinaryWriter, field: number, body: () => void): void {
  writer.tag(field, LengthDelimited).fork();
  body();
  writer.join();
}

function writeText(writer: BinaryWriter, field: number, text: string): void {
  if (text !== '') writer.tag(field, LengthDelimited).string(text);
}

function writeGraph(writer: BinaryWriter, graph: OnnxGraph): void {
  for (const node of graph.nodes) writeMessage(writer, 1, () => writeNode(writer, node));
  writeText(writer, 2, graph.name);
  for (const tensor of graph.initializers) writeMessage(writer, 5, () => writeTensor(writer, tensor));
  for (const input of graph.inputs) writeValueInfo(writer, 11, input);
  for (const output of graph.outputs) writeValueInfo(writer, 12, output);
}

function writeNode(writer: BinaryWriter, node: OnnxNode): void {
  for (const input of node.inputs) writer.tag(1, LengthDelimited).string(input);
  for (const output of node.outputs) writer.tag(2, LengthDelimited).string(output);
  writeText(writer, 3, node.name);
  writeText(writer, 4, node.operator);
  for (const attribute of node.attributes) writeMessage(writer, 5, () => writeAttribute(writer, attribute));
  writeText(writer, 7, node.domain);
}

function writeAttribute(writer: BinaryWriter, attribute: OnnxAttribute): void {
  writeText(writer, 1, attribute.name);
  if (attribute.type === attributeTypes.float) writer.tag(2, Bit32).float(attribute.float);
  if (attribute.type === attributeTypes.int) writer.tag(3, Varint).int64(attribute.int);
  if (attribute.type === attributeTypes.string) writer.tag(4, LengthDelimited).string(attribute.string);
  const { tensor, graph } = attribute;
  if (tensor !== null) writeMessage(writer, 5, () => writeTensor(writer, tensor));
  if (graph !== null) writeMessage(writer, 6, () => writeGraph(writer, graph));
  // AttributeProto is proto2: its repeated numbers are written one by one, not packed.
  for (const value of attribute.floats) writer.tag(7, Bit32).float(value);
  for (const value of attribute.ints) writer.tag(8, Varint).int64(value);
  for (const value of attribute.strings) writer.tag(9, LengthDelimited).string(value);
  for (const item of attribute.tensors) writeMessage(writer, 10, () => writeTensor(writer, item));
  for (const item of attribute.graphs) writeMessage(writer, 11, () => writeGraph(writer, item));
  writer.tag(20, Varint).int32(attribute.type);
}

function writeTensor(writer: BinaryWriter, tensor: OnnxTensor): void {
  for (const dimension of tensor.dims) writer.tag(1, Varint).int64(dimension);
  writer.tag(2, Varint).int32(tensor.elementType);
  writePacked(writer, 4, tensor.floats, (value) => writer.float(value));
  writePacked(writer, 5, tensor.int32s, (value) => writer.int32(value));
  for (const value of tensor.strings) writer.tag(6, LengthDelimited).string(value);
  writePacked(writer, 7, tensor.int64s, (value) => writer.int64(value));
  writeText(writer, 8, tensor.name);
  if (tensor.rawData !== null) writer.tag(9, LengthDelimited).bytes(tensor.rawData);
  writePacked(writer, 10, tensor.doubles, (value) => writer.double(value));
  const { externalLocation, externalOffset, externalLength } = tensor;
  if (externalLocation !== null) {
    const writeEntry = (key: string, value: string) =>
      writeMessage(writer, 13, () => {
        writeText(writer, 1, key);
        writeText(writer, 2, value);
      });
    writeEntry('location', externalLocation);
    if (externalOffset !== 0) writeEntry('offset', `${externalOffset}`);
    if (externalLength !== null) writeEntry('length', `${externalLength}`);
    // TensorProto.DataLocation.EXTERNAL; runtimes ignore `external_data` without it.
    writer.tag(14, Varint).int32(1);
  }
}

function writePacked<T extends number | bigint>(
  writer: BinaryWriter,
  field: number,
  values: { readonly length: number } & Iterable<T>,
  writeOne: (value: T) => void,
): void {
  if (values.length === 0) return;
  writeMessage(writer, field, () => {
    for (const value of values) writeOne(value);
  });
}

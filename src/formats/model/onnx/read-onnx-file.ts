import { BinaryReader, WireType } from '@bufbuild/protobuf/wire';
import { FormatError } from '../../../core/errors.ts';
import type {
  OnnxAttribute,
  OnnxFile,
  OnnxGraph,
  OnnxNode,
  OnnxOpset,
  OnnxTensor,
  OnnxValueInfo,
} from './onnx-types.ts';
import {
  fieldTag,
  GrowingArray,
  ProtobufFault,
  readFields,
  readMessage,
  readPacked,
  readSmallInt,
} from './read-protobuf.ts';
import { readStringPair, readTensor } from './read-tensor.ts';
import { readValueInfo } from './read-value-info.ts';

const { Varint, Bit32, LengthDelimited } = WireType;

/** Subgraphs (If, Loop, Scan) nest a level or two in real models; a file that nests deeper is made to exhaust the stack. */
const MAX_GRAPH_DEPTH = 16;

/** Largest graphs in public model zoos have some 10^4 nodes; without a bound, 2-byte empty nodes would fill the memory. */
const MAX_NODES = 1_000_000;

interface Position {
  readonly reader: BinaryReader;
  readonly depth: number;
  nodeCount: number;
}

/**
 * Decodes the bytes of an ONNX file (a protobuf ModelProto) to plain data.
 *
 * Unknown fields are skipped, as protobuf demands. Memory is bounded by a small multiple of the file.
 * @param bytes the whole file
 * @param name file name, for messages
 * @throws {FormatError} `corrupt-model` with the byte offset where the bytes stop making sense
 * Source: onnx.proto (ONNX 1.17), protobuf encoding specification.
 */
export function readOnnxFile(bytes: Uint8Array, name: string): OnnxFile {
  const reader = new BinaryReader(bytes);
  try {
    return readModelProto(reader, bytes.length);
  } catch (cause) {
    const reason =
      cause instanceof ProtobufFault ? cause.message : 'the bytes end early or are not a protobuf message';
    throw new FormatError(
      'corrupt-model',
      `${name} is damaged: at byte ${Math.min(reader.pos, bytes.length)} ${reason}.`,
      {
        place: { file: name, byteOffset: Math.min(reader.pos, bytes.length) },
        advice: 'Export or download the ONNX file again; an incomplete download is the usual reason.',
        cause,
      },
    );
  }
}

function readModelProto(reader: BinaryReader, end: number): OnnxFile {
  const position: Position = { reader, depth: 0, nodeCount: 0 };
  const opsets: OnnxOpset[] = [];
  const metadata: { key: string; value: string }[] = [];
  let irVersion = 0;
  let producerName = '';
  let producerVersion = '';
  let graph: OnnxGraph | null = null;
  readFields(reader, end, (tag) => {
    switch (tag) {
      case fieldTag(1, Varint):
        irVersion = readSmallInt(reader);
        return true;
      case fieldTag(2, LengthDelimited):
        producerName = reader.string();
        return true;
      case fieldTag(3, LengthDelimited):
        producerVersion = reader.string();
        return true;
      case fieldTag(7, LengthDelimited):
        if (graph !== null) throw new ProtobufFault('a second graph begins');
        graph = readGraph(position);
        return true;
      case fieldTag(8, LengthDelimited):
        opsets.push(readOpset(reader));
        return true;
      case fieldTag(14, LengthDelimited):
        metadata.push(readStringPair(reader));
        return true;
      default:
        return false;
    }
  });
  if (graph === null) throw new ProtobufFault('the file ends without a graph');
  return { irVersion, producerName, producerVersion, opsets, metadata, graph };
}

function readOpset(reader: BinaryReader): OnnxOpset {
  let domain = '';
  let version = 0;
  readMessage(reader, (tag) => {
    if (tag === fieldTag(1, LengthDelimited)) domain = reader.string();
    else if (tag === fieldTag(2, Varint)) version = readSmallInt(reader);
    else return false;
    return true;
  });
  return { domain: domain === 'ai.onnx' ? '' : domain, version };
}

function readGraph(position: Position): OnnxGraph {
  if (position.depth >= MAX_GRAPH_DEPTH) throw new ProtobufFault('graphs are nested too deeply');
  const { reader } = position;
  const inner: Position = { ...position, depth: position.depth + 1 };
  const nodes: OnnxNode[] = [];
  const initializers: OnnxTensor[] = [];
  const inputs: OnnxValueInfo[] = [];
  const outputs: OnnxValueInfo[] = [];
  let name = '';
  readMessage(reader, (tag) => {
    switch (tag) {
      case fieldTag(1, LengthDelimited):
        inner.nodeCount += 1;
        if (inner.nodeCount > MAX_NODES)
          throw new ProtobufFault(`the graph has more than ${MAX_NODES} nodes`);
        nodes.push(readNode(inner));
        return true;
      case fieldTag(2, LengthDelimited):
        name = reader.string();
        return true;
      case fieldTag(5, LengthDelimited):
        initializers.push(readTensor(reader));
        return true;
      case fieldTag(11, LengthDelimited):
        inputs.push(readValueInfo(reader));
        return true;
      case fieldTag(12, LengthDelimited):
        outputs.push(readValueInfo(reader));
        return true;
      default:
        return false;
    }
  });
  position.nodeCount = inner.nodeCount;
  return { name, nodes, initializers, inputs, outputs };
}

function readNode(position: Position): OnnxNode {
  const { reader } = position;
  const inputs: string[] = [];
  const outputs: string[] = [];
  const attributes: OnnxAttribute[] = [];
  let name = '';
  let operator = '';
  let domain = '';
  readMessage(reader, (tag) => {
    switch (tag) {
      case fieldTag(1, LengthDelimited):
        inputs.push(reader.string());
        return true;
      case fieldTag(2, LengthDelimited):
        outputs.push(reader.string());
        return true;
      case fieldTag(3, LengthDelimited):
        name = reader.string();
        return true;
      case fieldTag(4, LengthDelimited):
        operator = reader.string();
        return true;
      case fieldTag(5, LengthDelimited):
        attributes.push(readAttribute(position));
        return true;
      case fieldTag(7, LengthDelimited):
        domain = reader.string();
        return true;
      default:
        return false;
    }
  });
  return { name, domain: domain === 'ai.onnx' ? '' : domain, operator, inputs, outputs, attributes };
}

function readAttribute(position: Position): OnnxAttribute {
  const { reader } = position;
  const floats = new GrowingArray((length) => new Float32Array(length));
  const ints = new GrowingArray((length) => new BigInt64Array(length));
  const strings: string[] = [];
  const tensors: OnnxTensor[] = [];
  const graphs: OnnxGraph[] = [];
  const single = { name: '', type: 0, float: 0, int: 0n, string: '' };
  let tensor: OnnxTensor | null = null;
  let graph: OnnxGraph | null = null;
  readMessage(reader, (tag) => {
    switch (tag) {
      case fieldTag(1, LengthDelimited):
        single.name = reader.string();
        return true;
      case fieldTag(2, Bit32):
        single.float = reader.float();
        return true;
      case fieldTag(3, Varint):
        single.int = BigInt(reader.int64());
        return true;
      case fieldTag(4, LengthDelimited):
        single.string = reader.string();
        return true;
      case fieldTag(5, LengthDelimited):
        tensor = readTensor(reader);
        return true;
      case fieldTag(6, LengthDelimited):
        graph = readGraph(position);
        return true;
      case fieldTag(7, Bit32):
        floats.push(reader.float());
        return true;
      case fieldTag(7, LengthDelimited):
        readPacked(reader, () => floats.push(reader.float()));
        return true;
      case fieldTag(8, Varint):
        ints.push(BigInt(reader.int64()));
        return true;
      case fieldTag(8, LengthDelimited):
        readPacked(reader, () => ints.push(BigInt(reader.int64())));
        return true;
      case fieldTag(9, LengthDelimited):
        strings.push(reader.string());
        return true;
      case fieldTag(10, LengthDelimited):
        tensors.push(readTensor(reader));
        return true;
      case fieldTag(11, LengthDelimited):
        graphs.push(readGraph(position));
        return true;
      case fieldTag(20, Varint):
        single.type = reader.int32();
        return true;
      default:
        return false;
    }
  });
  return { ...single, tensor, graph, floats: floats.finish(), ints: ints.finish(), strings, tensors, graphs };
}

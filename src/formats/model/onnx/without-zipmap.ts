import { BinaryReader, BinaryWriter, WireType } from '@bufbuild/protobuf/wire';
import type { OnnxFile, OnnxGraph, OnnxNode, OnnxValueInfo } from './onnx-types.ts';
import { writeValueInfo } from './write-onnx-file.ts';

const FLOAT32 = 1;
const GRAPH_FIELD = 7;
const NODE_FIELD = 1;
const OUTPUT_FIELD = 12;

function isZipMap(node: OnnxNode): boolean {
  return node.operator === 'ZipMap' && node.domain === 'ai.onnx.ml';
}

/** Outputs of the graph once its ZipMap nodes are gone: each ZipMap output becomes the tensor it was made from. */
function outputsWithoutZipMap(graph: OnnxGraph): OnnxValueInfo[] {
  const tensorOf = new Map<string, { tensor: string; classCount: number | null }>();
  for (const node of graph.nodes.filter(isZipMap)) {
    const [tensor] = node.inputs;
    const [zipped] = node.outputs;
    if (tensor === undefined || zipped === undefined) continue;
    const labels = node.attributes.map((a) => Math.max(a.ints.length, a.strings.length));
    tensorOf.set(zipped, { tensor, classCount: Math.max(0, ...labels) || null });
  }
  const outputs = new Map<string, OnnxValueInfo>();
  for (const output of graph.outputs) {
    const source = tensorOf.get(output.name);
    if (source === undefined) {
      outputs.set(output.name, output);
    } else if (!outputs.has(source.tensor)) {
      const dims = [null, source.classCount];
      outputs.set(source.tensor, {
        name: source.tensor,
        type: { kind: 'tensor', elementType: FLOAT32, dims },
      });
    }
  }
  return [...outputs.values()];
}

/**
 * Removes ZipMap nodes, whose sequence-of-maps output ONNX Runtime Web cannot return, and makes the float tensor
 * [N, C] that each of them reads the graph's output. Everything else of the file is copied byte for byte.
 *
 * @param bytes the whole file, already decoded to `file`
 * @returns the outputs of the new graph and its bytes; the same bytes (no copy) when there is no ZipMap
 * A tensor that is already an output is not listed twice. Runtime: O(file).
 * Source: ONNX ai.onnx.ml-1 ZipMap; onnxruntime issues 8007, 15511 (the output type is not supported).
 */
export function withoutZipMap(
  bytes: Uint8Array,
  file: OnnxFile,
): { readonly bytes: Uint8Array; readonly outputs: readonly OnnxValueInfo[] } {
  if (!file.graph.nodes.some(isZipMap)) return { bytes, outputs: file.graph.outputs };
  const outputs = outputsWithoutZipMap(file.graph);
  const writer = new BinaryWriter();
  copyFields(bytes, writer, (field, payload) => {
    if (field !== GRAPH_FIELD || payload === null) return false;
    writer.tag(GRAPH_FIELD, WireType.LengthDelimited).fork();
    copyGraph(payload, writer, file.graph, outputs);
    writer.join();
    return true;
  });
  return { bytes: writer.finish(), outputs };
}

function copyGraph(
  graphBytes: Uint8Array,
  writer: BinaryWriter,
  graph: OnnxGraph,
  outputs: readonly OnnxValueInfo[],
): void {
  let nodeIndex = 0;
  copyFields(graphBytes, writer, (field) => {
    if (field === OUTPUT_FIELD) return true;
    if (field !== NODE_FIELD) return false;
    const node = graph.nodes[nodeIndex];
    nodeIndex += 1;
    return node !== undefined && isZipMap(node);
  });
  const declared = new Map(graph.outputs.map((output) => [output.name, output]));
  for (const output of outputs) {
    // A tensor that only ZipMap read gets no shape: its columns are known, but a wrong guess would stop the session.
    const known = declared.get(output.name);
    const undeclared = { ...output, type: { kind: 'tensor', elementType: FLOAT32, dims: null } } as const;
    writeValueInfo(writer, OUTPUT_FIELD, known ?? undeclared);
  }
}

/**
 * Copies the fields of a message; `replace` gets the payload of length-delimited fields (null for others) and
 * answers true when it has taken care of the field itself.
 */
function copyFields(
  message: Uint8Array,
  writer: BinaryWriter,
  replace: (field: number, payload: Uint8Array | null) => boolean,
): void {
  const reader = new BinaryReader(message);
  while (reader.pos < reader.len) {
    const start = reader.pos;
    const [field, wireType] = reader.tag();
    let payload: Uint8Array | null = null;
    if (wireType === WireType.LengthDelimited) payload = reader.bytes();
    else reader.skip(wireType, field);
    if (!replace(field, payload)) writer.raw(message.subarray(start, reader.pos));
  }
}

/**
 * An ONNX file as plain data: the graph exactly as it is written, nothing interpreted.
 * Field names and meanings: onnx.proto of ONNX 1.17 (ModelProto, GraphProto, NodeProto, AttributeProto, TensorProto).
 */

/** TensorProto.DataType, by its number in the file. */
export const elementTypeNames: Readonly<Record<number, string>> = {
  0: 'undefined',
  1: 'float32',
  2: 'uint8',
  3: 'int8',
  4: 'uint16',
  5: 'int16',
  6: 'int32',
  7: 'int64',
  8: 'string',
  9: 'bool',
  10: 'float16',
  11: 'float64',
  12: 'uint32',
  13: 'uint64',
  14: 'complex64',
  15: 'complex128',
  16: 'bfloat16',
};

/** A tensor stored in the file (an initializer or a tensor attribute). `tensorValues` reads its values. */
export interface OnnxTensor {
  readonly name: string;
  readonly dims: readonly number[];
  /** TensorProto.DataType number; see {@link elementTypeNames}. */
  readonly elementType: number;
  /** Little-endian bytes when the file uses `raw_data`; a view into the file, not a copy. */
  readonly rawData: Uint8Array | null;
  readonly floats: Float32Array;
  readonly doubles: Float64Array;
  readonly int32s: Int32Array;
  readonly int64s: BigInt64Array;
  readonly strings: readonly string[];
  /** File name of the values when they are kept outside of the model file. */
  readonly externalLocation: string | null;
  /** First byte of the values in that file, and how many; null = up to its end. */
  readonly externalOffset: number;
  readonly externalLength: number | null;
}

/** AttributeProto.AttributeType numbers that the writer and the tracers use. */
export const attributeTypes = {
  float: 1,
  int: 2,
  string: 3,
  tensor: 4,
  graph: 5,
  floats: 6,
  ints: 7,
  strings: 8,
  tensors: 9,
  graphs: 10,
} as const;

/** One attribute of a node. Only the fields that the file sets are filled. */
export interface OnnxAttribute {
  readonly name: string;
  /** AttributeProto.AttributeType: which of the fields below holds the value; 0 in files older than IR version 2. */
  readonly type: number;
  readonly float: number;
  readonly int: bigint;
  readonly string: string;
  readonly tensor: OnnxTensor | null;
  readonly graph: OnnxGraph | null;
  readonly floats: Float32Array;
  readonly ints: BigInt64Array;
  readonly strings: readonly string[];
  readonly tensors: readonly OnnxTensor[];
  readonly graphs: readonly OnnxGraph[];
}

export interface OnnxNode {
  readonly name: string;
  /** '' is the default domain, ai.onnx. */
  readonly domain: string;
  readonly operator: string;
  /** Tensor names; '' is an optional input left out. */
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly attributes: readonly OnnxAttribute[];
}

/** A size that is fixed (number) or free (null: a named or unnamed batch dimension). */
export type OnnxDimension = number | null;

export type OnnxValueType =
  | {
      readonly kind: 'tensor';
      readonly elementType: number;
      /** null when the file states no shape. */
      readonly dims: readonly OnnxDimension[] | null;
    }
  | { readonly kind: 'sequence' | 'map' | 'optional' | 'sparse-tensor' | 'unknown' };

export interface OnnxValueInfo {
  readonly name: string;
  readonly type: OnnxValueType;
}

export interface OnnxGraph {
  readonly name: string;
  readonly nodes: readonly OnnxNode[];
  readonly initializers: readonly OnnxTensor[];
  readonly inputs: readonly OnnxValueInfo[];
  readonly outputs: readonly OnnxValueInfo[];
}

export interface OnnxOpset {
  /** '' is the default domain, ai.onnx. */
  readonly domain: string;
  readonly version: number;
}

/** ModelProto, decoded. */
export interface OnnxFile {
  readonly irVersion: number;
  readonly producerName: string;
  readonly producerVersion: string;
  readonly opsets: readonly OnnxOpset[];
  readonly metadata: readonly { readonly key: string; readonly value: string }[];
  readonly graph: OnnxGraph;
}

import {
  attributeTypes,
  type OnnxAttribute,
  type OnnxNode,
  type OnnxTensor,
  type OnnxValueInfo,
} from './onnx-types.ts';

/** What an attribute can be given as when a model is written: the JavaScript type picks the ONNX one. */
export type AttributeValue =
  | { readonly float: number }
  | bigint
  | string
  | Float32Array
  | BigInt64Array
  | readonly string[]
  | OnnxTensor;

const emptyAttribute = {
  type: 0,
  float: 0,
  int: 0n,
  string: '',
  tensor: null,
  graph: null,
  floats: new Float32Array(0),
  ints: new BigInt64Array(0),
  strings: [] as readonly string[],
  tensors: [] as readonly OnnxTensor[],
  graphs: [],
};

function buildAttribute(name: string, value: AttributeValue): OnnxAttribute {
  const base = { ...emptyAttribute, name };
  if (typeof value === 'bigint') return { ...base, type: attributeTypes.int, int: value };
  if (typeof value === 'string') return { ...base, type: attributeTypes.string, string: value };
  if (value instanceof Float32Array) return { ...base, type: attributeTypes.floats, floats: value };
  if (value instanceof BigInt64Array) return { ...base, type: attributeTypes.ints, ints: value };
  if ('float' in value) return { ...base, type: attributeTypes.float, float: value.float };
  if ('elementType' in value) return { ...base, type: attributeTypes.tensor, tensor: value };
  return { ...base, type: attributeTypes.strings, strings: value };
}

/**
 * One node of a graph to be written with `writeOnnxFile`.
 *
 * @param operator `Identity`, or with its domain before a colon: `ai.onnx.ml:ZipMap`
 */
export function buildNode(
  operator: string,
  inputs: readonly string[],
  outputs: readonly string[],
  attributes: Readonly<Record<string, AttributeValue>> = {},
  name = '',
): OnnxNode {
  const colon = operator.lastIndexOf(':');
  return {
    name,
    domain: colon < 0 ? '' : operator.slice(0, colon),
    operator: operator.slice(colon + 1),
    inputs,
    outputs,
    attributes: Object.entries(attributes).map(([key, value]) => buildAttribute(key, value)),
  };
}

/** A tensor input or output of a graph to be written; `elementType` is a TensorProto.DataType number. */
export function buildTensorInfo(
  name: string,
  elementType: number,
  dims: readonly (number | null)[] | null,
): OnnxValueInfo {
  return { name, type: { kind: 'tensor', elementType, dims } };
}

/** An initializer to be written, from values of one of the four types that graphs of tabular models use. */
export function buildTensor(
  name: string,
  dims: readonly number[],
  values: Float32Array | Float64Array | BigInt64Array | readonly string[],
): OnnxTensor {
  const base = {
    name,
    dims,
    rawData: null,
    floats: new Float32Array(0),
    doubles: new Float64Array(0),
    int32s: new Int32Array(0),
    int64s: new BigInt64Array(0),
    strings: [] as readonly string[],
    externalLocation: null,
    externalOffset: 0,
    externalLength: null,
  };
  if (values instanceof Float32Array) return { ...base, elementType: 1, floats: values };
  if (values instanceof Float64Array) return { ...base, elementType: 11, doubles: values };
  if (values instanceof BigInt64Array) return { ...base, elementType: 7, int64s: values };
  return { ...base, elementType: 8, strings: values };
}

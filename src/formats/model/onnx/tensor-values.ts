import type { OnnxAttribute, OnnxNode, OnnxTensor } from './onnx-types.ts';

/** The attribute of a node by name, or null. */
export function attributeOf(node: OnnxNode, name: string): OnnxAttribute | null {
  return node.attributes.find((attribute) => attribute.name === name) ?? null;
}

/** The operator of a node of the two standard domains (their names do not overlap); '' for nodes of any other domain. */
export function operatorOf({ domain, operator }: OnnxNode): string {
  return domain === '' || domain === 'ai.onnx.ml' ? operator : '';
}

/** The values of a list attribute (texts, numbers or a tensor) as texts; null where it is left out or empty. */
export function textsOf(node: OnnxNode, name: string): readonly string[] | null {
  const attribute = attributeOf(node, name);
  if (attribute === null) return null;
  if (attribute.tensor !== null) return tensorTexts(attribute.tensor);
  if (attribute.strings.length > 0) return attribute.strings;
  const numbers = attribute.ints.length > 0 ? attribute.ints : attribute.floats;
  return numbers.length > 0 ? Array.from<bigint | number, string>(numbers, String) : null;
}

/** The node's integer attribute, or `fallback` where the file leaves it out. */
export function intAttribute(node: OnnxNode, name: string, fallback: number): number {
  const attribute = attributeOf(node, name);
  return attribute === null ? fallback : Number(attribute.int);
}

/**
 * Values of an int64 or int32 tensor as numbers (exact up to 2^53), or null when the tensor is of another type,
 * its values are kept elsewhere, or its raw bytes do not divide into elements.
 */
export function tensorIntegers(tensor: OnnxTensor): readonly number[] | null {
  if (tensor.externalLocation !== null) return null;
  const { rawData } = tensor;
  if (tensor.elementType === 7) {
    if (rawData === null) return Array.from(tensor.int64s, Number);
    return readRaw(rawData, 8, (view, offset) => Number(view.getBigInt64(offset, true)));
  }
  if (tensor.elementType === 6) {
    if (rawData === null) return Array.from(tensor.int32s);
    return readRaw(rawData, 4, (view, offset) => view.getInt32(offset, true));
  }
  return null;
}

/** Values of a float32 or float64 tensor, or null as in {@link tensorIntegers}. */
export function tensorFloats(tensor: OnnxTensor): readonly number[] | null {
  if (tensor.externalLocation !== null) return null;
  const { rawData } = tensor;
  if (tensor.elementType === 1) {
    if (rawData === null) return Array.from(tensor.floats);
    return readRaw(rawData, 4, (view, offset) => view.getFloat32(offset, true));
  }
  if (tensor.elementType === 11) {
    if (rawData === null) return Array.from(tensor.doubles);
    return readRaw(rawData, 8, (view, offset) => view.getFloat64(offset, true));
  }
  return null;
}

/** Values of a string, integer or float tensor as the texts a table would hold, or null for other types. */
export function tensorTexts(tensor: OnnxTensor): readonly string[] | null {
  if (tensor.elementType === 8) return tensor.strings;
  return (tensorIntegers(tensor) ?? tensorFloats(tensor))?.map(String) ?? null;
}

function readRaw(
  bytes: Uint8Array,
  elementBytes: number,
  read: (view: DataView, offset: number) => number,
): number[] | null {
  if (bytes.length % elementBytes !== 0) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Array.from({ length: bytes.length / elementBytes }, (_, i) => read(view, i * elementBytes));
}

/** Operators that move columns between tensors and leave their values alone. */
import type { OnnxNode, OnnxTensor } from './onnx-types.ts';
import { intAttribute, operatorOf, tensorIntegers } from './tensor-values.ts';
import { type ColumnMap, MAX_COLUMNS, type TracedTensor } from './traced-tensor.ts';

/** What tracing a node may look up by tensor name. */
export interface Graph {
  readonly tensors: ReadonlyMap<string, TracedTensor>;
  readonly constants: ReadonlyMap<string, OnnxTensor>;
}

/** The output of a node that moves the columns of its first input; null for other operators. */
export function movedColumns(node: OnnxNode, tensor: TracedTensor, graph: Graph): TracedTensor | null {
  const { columns, shape } = tensor;
  switch (operatorOf(node)) {
    case 'Identity':
    case 'Dropout':
      return tensor;
    case 'Reshape':
      return reshaped(tensor, integersOf(node.inputs[1], graph.constants));
    case 'Flatten': {
      const isPlain = shape !== 'unknown' && shape !== 'list' && intAttribute(node, 'axis', 1) === 1;
      return { ...tensor, shape: isPlain ? 'matrix' : 'unknown' };
    }
    case 'Squeeze':
    case 'Unsqueeze':
      return columns.length === 1 ? ranked(node, tensor, graph) : null;
    case 'ArrayFeatureExtractor':
    case 'Gather':
    case 'Slice': {
      const picks = pickedColumns(node, columns.length, graph.constants);
      if (picks === null) return null;
      const isList =
        operatorOf(node) === 'Gather' && graph.constants.get(node.inputs[1] ?? '')?.dims.length === 0;
      const picked: ColumnMap = picks.map((index) => columns.at(index) ?? null);
      return {
        ...tensor,
        columns: picked,
        shape: shape === 'matrix' ? (isList ? 'list' : shape) : 'unknown',
      };
    }
    default:
      return null;
  }
}

/**
 * Which of `width` columns a Gather, ArrayFeatureExtractor or Slice picks (negative numbers count from the end); null
 * when it picks rows, or what is not known.
 */
export function pickedColumns(
  node: OnnxNode,
  width: number,
  constants: ReadonlyMap<string, OnnxTensor>,
): readonly number[] | null {
  if (operatorOf(node) === 'Slice') return slicedColumns(node, width, constants);
  const isGather = operatorOf(node) === 'Gather';
  const axis = isGather ? intAttribute(node, 'axis', 0) : 1;
  const indices = integersOf(node.inputs[1], constants);
  if ((axis !== 1 && axis !== -1) || indices === null || indices.length > MAX_COLUMNS) return null;
  // ArrayFeatureExtractor does not count from the end: ONNX Runtime stops there.
  return isGather || indices.every((index) => index >= 0 && index < width) ? indices : null;
}

/** Slice along the columns: starts, ends, axes and steps are inputs since opset 10, attributes before. */
function slicedColumns(
  node: OnnxNode,
  width: number,
  constants: ReadonlyMap<string, OnnxTensor>,
): readonly number[] | null {
  const argument = (index: number, name: string): readonly number[] | null => {
    if (node.inputs.length > 1) return integersOf(node.inputs[index], constants);
    const ints = node.attributes.find((attribute) => attribute.name === name)?.ints;
    return ints === undefined ? null : Array.from(ints, Number);
  };
  const starts = argument(1, 'starts');
  const ends = argument(2, 'ends');
  const [axis] = argument(3, 'axes') ?? [0];
  const [step] = argument(4, 'steps') ?? [1];
  if (starts?.length !== 1 || ends?.length !== 1 || (axis !== 1 && axis !== -1) || step !== 1) return null;
  return Array.from({ length: width }, (_, column) => column).slice(starts[0]!, ends[0]!);
}

function reshaped(tensor: TracedTensor, target: readonly number[] | null): TracedTensor | null {
  const { columns, shape } = tensor;
  const width = target?.at(-1);
  if (columns.length === 1 && target?.length === 1) {
    return { ...tensor, shape: shape === 'unknown' || target[0] !== -1 ? 'unknown' : 'list' };
  }
  if (width !== columns.length) return null;
  const keepsRows = shape !== 'unknown' && (target?.[0] === -1 || (target?.[0] === 0 && shape !== 'list'));
  if (!keepsRows) return { ...tensor, shape: 'unknown' };
  const isCube = target.length === 3 && target[1] === 1;
  return { ...tensor, shape: target.length === 2 ? 'matrix' : isCube ? 'cube' : 'unknown' };
}

/** Squeeze and Unsqueeze of a single column; axes are an input since opset 13, an attribute before. */
function ranked(node: OnnxNode, tensor: TracedTensor, { constants }: Graph): TracedTensor {
  const attribute = node.attributes.find(({ name }) => name === 'axes')?.ints;
  const axes =
    attribute === undefined ? integersOf(node.inputs[1], constants) : Array.from(attribute, Number);
  const isSecond = axes?.length === 1 && (axes[0] === 1 || axes[0] === -1);
  if (operatorOf(node) === 'Squeeze') {
    return { ...tensor, shape: isSecond && tensor.shape === 'matrix' ? 'list' : 'unknown' };
  }
  return { ...tensor, shape: isSecond && tensor.shape === 'list' ? 'matrix' : 'unknown' };
}

/** Outputs of a Split along the columns. */
export function splitColumns(
  node: OnnxNode,
  tensor: TracedTensor,
  { constants }: Graph,
): readonly (readonly [string, TracedTensor])[] {
  const axis = intAttribute(node, 'axis', 0);
  if (axis !== 1 && axis !== -1) return [];
  const attribute = node.attributes.find(({ name }) => name === 'split')?.ints;
  const stated =
    attribute === undefined ? integersOf(node.inputs[1], constants) : Array.from(attribute, Number);
  const equal = Math.ceil(tensor.columns.length / node.outputs.length);
  const shape = tensor.shape === 'matrix' ? 'matrix' : 'unknown';
  let start = 0;
  return node.outputs.map((output, i) => {
    const width = Math.max(0, stated === null ? equal : (stated[i] ?? 0));
    const columns = tensor.columns.slice(start, start + width);
    start += width;
    return [output, { ...tensor, columns, shape }];
  });
}

/** Columns side by side: Concat, FeatureVectorizer. Null when one of the parts could not be traced. */
export function joined(node: OnnxNode, { tensors }: Graph): TracedTensor | null {
  const axis = operatorOf(node) === 'Concat' ? intAttribute(node, 'axis', 1) : 1;
  // Along axis 0 rows would be stacked; along higher axes columns stand side by side once they are flattened.
  if (axis === 0) return null;
  const parts = node.inputs.map((input) => tensors.get(input));
  const [first] = parts;
  const width = parts.reduce((sum, part) => sum + (part?.columns.length ?? 0), 0);
  if (first === undefined || parts.some((part) => part === undefined) || width > MAX_COLUMNS) return null;
  const isAlike = parts.every(
    (part) => part?.shape === first.shape && part.elementType === first.elementType,
  );
  const isAlongColumns =
    axis === -1 || (first.shape === 'matrix' && axis === 1) || (first.shape === 'cube' && axis === 2);
  const isKnown = isAlike && isAlongColumns && (first.shape === 'matrix' || first.shape === 'cube');
  return {
    columns: parts.flatMap((part) => part?.columns ?? []),
    elementType: first.elementType,
    shape: isKnown ? first.shape : 'unknown',
  };
}

function integersOf(
  name: string | undefined,
  constants: ReadonlyMap<string, OnnxTensor>,
): readonly number[] | null {
  const tensor = constants.get(name ?? '');
  return tensor === undefined ? null : tensorIntegers(tensor);
}

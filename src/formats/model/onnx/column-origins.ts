import type { OnnxModel } from './onnx-model.ts';
import type { OnnxGraph, OnnxNode, OnnxTensor } from './onnx-types.ts';
import { intAttribute, tensorIntegers, tensorTexts } from './tensor-values.ts';

/** The column of a model input that a column of some tensor carries, value by value. */
export interface ColumnOrigin {
  readonly input: string;
  /** Column within the input, from 0. */
  readonly position: number;
  /**
   * Values that the graph rewrites before they get here (missing -> "unknown", say): the source value stands for the
   * target one, so whoever knows the target knows the source.
   */
  readonly rewritten: readonly { readonly from: string; readonly to: string }[];
}

/** Per column of a tensor its origin, or null where the column is computed; a null map when nothing is known. */
export type ColumnMap = readonly (ColumnOrigin | null)[];

/** Wider tensors than this are never the concatenated inputs of a tabular model; bounds memory on made-up shapes. */
const MAX_COLUMNS = 100_000;

/** Values rewritten one after the other on one column; real pipelines replace one, the missing marker. */
const MAX_REWRITINGS = 64;

/**
 * Columns followed in all, over all tensors. A wide model of 1,000 columns and 1,000 nodes stays below; a file made to
 * copy its columns without end stops being traced there, which costs it its known values and nothing else.
 */
const MAX_TRACED_COLUMNS = 2_000_000;

/** Operators that keep each value in its column (changing its type, scale or missing values at most). */
const columnwise: ReadonlySet<string> = new Set([
  'Identity',
  'Cast',
  'CastLike',
  'StringNormalizer',
  'Imputer',
  'Dropout',
]);

/**
 * Follows every column of every tensor back to the model input it is a copy of.
 *
 * Passes through Identity, Cast, Imputer, Where and Equal on constants, Concat and FeatureVectorizer (columns side by
 * side), Split, Slice, Gather, ArrayFeatureExtractor (columns picked), Reshape, Squeeze, Unsqueeze and Flatten (when
 * the column count stays). Everything else ends the trace: the tensor is absent from the result.
 *
 * @returns column map by tensor name, for the tensors that could be traced
 * Never throws; nodes are visited in file order, which ONNX requires to be topological. O(nodes x columns).
 */
export function columnOrigins(model: OnnxModel): ReadonlyMap<string, ColumnMap> {
  const maps = new Map<string, ColumnMap>();
  for (const input of model.inputs) {
    if (input.type.kind !== 'tensor') continue;
    const width = input.type.dims === null || input.type.dims.length < 2 ? 1 : input.type.dims.at(-1);
    if (width === undefined || width === null || width > MAX_COLUMNS) continue;
    maps.set(
      input.name,
      Array.from({ length: width }, (_, position) => ({ input: input.name, position, rewritten: [] })),
    );
  }
  const constants = constantTensors(model.file.graph);
  const equalTo = new Map<string, { tensor: string; value: string }>();
  let traced = 0;
  for (const node of model.file.graph.nodes) {
    noteComparison(node, constants, equalTo);
    traceNode(node, maps, constants, equalTo);
    for (const output of node.outputs) traced += maps.get(output)?.length ?? 0;
    if (traced > MAX_TRACED_COLUMNS) break;
  }
  return maps;
}

/** Initializers and Constant nodes by tensor name. */
export function constantTensors(graph: OnnxGraph): ReadonlyMap<string, OnnxTensor> {
  const constants = new Map(graph.initializers.map((tensor) => [tensor.name, tensor]));
  for (const node of graph.nodes) {
    const tensor = node.operator === 'Constant' ? (node.attributes[0]?.tensor ?? null) : null;
    const [output] = node.outputs;
    if (tensor !== null && output !== undefined) constants.set(output, tensor);
  }
  return constants;
}

function traceNode(
  node: OnnxNode,
  maps: Map<string, ColumnMap>,
  constants: ReadonlyMap<string, OnnxTensor>,
  equalTo: ReadonlyMap<string, { tensor: string; value: string }>,
): void {
  const [output] = node.outputs;
  if (output === undefined) return;
  const first = maps.get(node.inputs[0] ?? '');
  if (node.operator === 'Split') {
    traceSplit(node, first, maps, constants);
    return;
  }
  const map =
    node.operator === 'Concat' || node.operator === 'FeatureVectorizer'
      ? concatenated(node, maps)
      : node.operator === 'Where'
        ? rewrittenByWhere(node, maps, constants, equalTo)
        : first === undefined
          ? null
          : mapped(node, first, constants);
  if (map !== null) maps.set(output, map);
}

function mapped(
  node: OnnxNode,
  columns: ColumnMap,
  constants: ReadonlyMap<string, OnnxTensor>,
): ColumnMap | null {
  if (columnwise.has(node.operator)) return columns;
  switch (node.operator) {
    case 'Reshape': {
      const shape = integersOf(node.inputs[1], constants);
      const width = shape?.at(-1);
      return width === columns.length || (columns.length === 1 && shape?.length === 1) ? columns : null;
    }
    case 'Squeeze':
    case 'Unsqueeze':
    case 'Flatten':
      return columns.length === 1 || node.operator === 'Flatten' ? columns : null;
    case 'ArrayFeatureExtractor':
      return picked(columns, integersOf(node.inputs[1], constants));
    case 'Gather': {
      const axis = intAttribute(node, 'axis', 0);
      return axis === 1 || axis === -1 ? picked(columns, integersOf(node.inputs[1], constants)) : null;
    }
    case 'Slice':
      return sliced(node, columns, constants);
    default:
      return null;
  }
}

function integersOf(
  name: string | undefined,
  constants: ReadonlyMap<string, OnnxTensor>,
): readonly number[] | null {
  const tensor = constants.get(name ?? '');
  return tensor === undefined ? null : tensorIntegers(tensor);
}

function picked(columns: ColumnMap, indices: readonly number[] | null): ColumnMap | null {
  if (indices === null || indices.length > MAX_COLUMNS) return null;
  return indices.map((index) => columns.at(index) ?? null);
}

/** Slice along the columns: starts, ends, axes and steps are inputs since opset 10, attributes before. */
function sliced(
  node: OnnxNode,
  columns: ColumnMap,
  constants: ReadonlyMap<string, OnnxTensor>,
): ColumnMap | null {
  const argument = (index: number, name: string): readonly number[] | null => {
    if (node.inputs.length > 1) return integersOf(node.inputs[index], constants);
    const ints = node.attributes.find((attribute) => attribute.name === name)?.ints;
    return ints === undefined ? null : Array.from(ints, Number);
  };
  const [start] = argument(1, 'starts') ?? [];
  const [end] = argument(2, 'ends') ?? [];
  const [axis] = argument(3, 'axes') ?? [0];
  const [step] = argument(4, 'steps') ?? [1];
  if (start === undefined || end === undefined || (axis !== 1 && axis !== -1) || step !== 1) return null;
  return columns.slice(start, end);
}

function traceSplit(
  node: OnnxNode,
  columns: ColumnMap | undefined,
  maps: Map<string, ColumnMap>,
  constants: ReadonlyMap<string, OnnxTensor>,
): void {
  const axis = intAttribute(node, 'axis', 0);
  if (columns === undefined || (axis !== 1 && axis !== -1)) return;
  const attribute = node.attributes.find(({ name }) => name === 'split')?.ints;
  const stated =
    attribute === undefined ? integersOf(node.inputs[1], constants) : Array.from(attribute, Number);
  const equal = Math.ceil(columns.length / node.outputs.length);
  let start = 0;
  node.outputs.forEach((output, i) => {
    const width = stated === null ? equal : (stated[i] ?? 0);
    maps.set(output, columns.slice(start, start + width));
    start += width;
  });
}

function concatenated(node: OnnxNode, maps: ReadonlyMap<string, ColumnMap>): ColumnMap | null {
  // Along axis 0 rows would be stacked; along higher axes columns stand side by side once they are flattened.
  if (node.operator === 'Concat' && intAttribute(node, 'axis', 1) === 0) return null;
  const parts = node.inputs.map((input) => maps.get(input));
  const width = parts.reduce((sum, part) => sum + (part?.length ?? 0), 0);
  if (parts.some((part) => part === undefined) || width > MAX_COLUMNS) return null;
  return parts.flatMap((part) => part ?? []);
}

/** Remembers `tensor == "value"`, the condition by which converters of SimpleImputer replace strings. */
function noteComparison(
  node: OnnxNode,
  constants: ReadonlyMap<string, OnnxTensor>,
  equalTo: Map<string, { tensor: string; value: string }>,
): void {
  const [left = '', right = ''] = node.inputs;
  const [output] = node.outputs;
  if (node.operator !== 'Equal' || output === undefined) return;
  const constant = constants.get(right) ?? constants.get(left);
  const values = constant === undefined ? null : tensorTexts(constant);
  if (values?.length === 1)
    equalTo.set(output, { tensor: constants.has(right) ? left : right, value: values[0]! });
}

function rewrittenByWhere(
  node: OnnxNode,
  maps: ReadonlyMap<string, ColumnMap>,
  constants: ReadonlyMap<string, OnnxTensor>,
  equalTo: ReadonlyMap<string, { tensor: string; value: string }>,
): ColumnMap | null {
  const [condition = '', whenTrue = '', whenFalse = ''] = node.inputs;
  const columns = maps.get(whenFalse);
  const fill = constants.get(whenTrue);
  const compared = equalTo.get(condition);
  if (columns === undefined || fill === undefined) return maps.get(whenTrue) ?? columns ?? null;
  const [to] = tensorTexts(fill) ?? [];
  if (compared === undefined || to === undefined) return columns;
  const pair = { from: compared.value, to };
  if (columns.some((origin) => origin !== null && origin.rewritten.length >= MAX_REWRITINGS)) return null;
  return columns.map((origin) =>
    origin === null ? null : { ...origin, rewritten: [...origin.rewritten, pair] },
  );
}

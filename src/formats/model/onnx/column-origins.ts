import type { FeatureStep } from '../../../core/model/planned-feature.ts';
import { encodedColumns } from './encoded-columns.ts';
import { constantTensors } from './graph-tensors.ts';
import { type Graph, joined, movedColumns, splitColumns } from './moved-columns.ts';
import type { OnnxModel } from './onnx-model.ts';
import type { OnnxNode, OnnxTensor } from './onnx-types.ts';
import { operatorOf, tensorFloats, tensorTexts } from './tensor-values.ts';
import { inputColumn, MAX_COLUMNS, type TracedTensor } from './traced-tensor.ts';

/** Steps on one column; real pipelines have a handful. */
const MAX_STEPS = 64;

/**
 * Columns followed in all, over all tensors. A wide model of 1,000 columns and 1,000 nodes stays below; a file made to
 * copy its columns without end stops being traced there, which costs it its known values and nothing else.
 */
const MAX_TRACED_COLUMNS = 2_000_000;

/**
 * Follows every column of every tensor back to the model input it is made of.
 *
 * Columns are moved by Concat, FeatureVectorizer, Split, Slice, Gather, ArrayFeatureExtractor, Reshape, Squeeze,
 * Unsqueeze and Flatten, and changed by Cast, Imputer, Scaler, OneHotEncoder, LabelEncoder, CategoryMapper, and Where
 * on Equal or IsNaN. Everything else ends the trace: the tensor is absent from the result.
 *
 * @returns by tensor name, the tensors that could be traced
 * Never throws; nodes are visited in file order, which ONNX requires to be topological. O(nodes x columns).
 */
export function columnOrigins(model: OnnxModel): ReadonlyMap<string, TracedTensor> {
  const tensors = new Map<string, TracedTensor>();
  for (const { name, type } of model.inputs) {
    if (type.kind !== 'tensor') continue;
    const width = type.dims === null || type.dims.length < 2 ? 1 : type.dims.at(-1);
    if (width === undefined || width === null || width > MAX_COLUMNS) continue;
    const shape = type.dims?.length === 1 ? 'list' : type.dims?.length === 2 ? 'matrix' : 'unknown';
    const columns = Array.from({ length: width }, (_, position) =>
      inputColumn(name, position, type.elementType),
    );
    tensors.set(name, { columns, elementType: type.elementType, shape });
  }
  const constants = constantTensors(model.file.graph);
  const graph: Graph = { tensors, constants };
  const conditions = new Map<string, Condition>();
  let traced = 0;
  for (const node of model.file.graph.nodes) {
    noteCondition(node, constants, conditions);
    for (const [output, tensor] of tracedOutputs(node, graph, conditions)) {
      if (!tensor.columns.every((origin) => origin === null || origin.steps.length <= MAX_STEPS)) continue;
      tensors.set(output, tensor);
      traced += tensor.columns.length;
    }
    if (traced > MAX_TRACED_COLUMNS) break;
  }
  return tensors;
}

/** `tensor == value`, by which converters of SimpleImputer replace values; NaN stands for IsNaN. */
interface Condition {
  readonly tensor: string;
  readonly text: string;
  readonly number: number | null;
}

function tracedOutputs(
  node: OnnxNode,
  graph: Graph,
  conditions: ReadonlyMap<string, Condition>,
): readonly (readonly [string, TracedTensor])[] {
  const [output] = node.outputs;
  const operator = operatorOf(node);
  if (output === undefined) return [];
  const first = graph.tensors.get(node.inputs[0] ?? '');
  if (operator === 'Split') return first === undefined ? [] : splitColumns(node, first, graph);
  const tensor =
    operator === 'Concat' || operator === 'FeatureVectorizer'
      ? joined(node, graph)
      : operator === 'Where'
        ? replacedByWhere(node, graph, conditions)
        : first === undefined
          ? null
          : (encodedColumns(node, first) ?? movedColumns(node, first, graph));
  return tensor === null ? [] : [[output, tensor]];
}

function noteCondition(
  node: OnnxNode,
  constants: ReadonlyMap<string, OnnxTensor>,
  conditions: Map<string, Condition>,
): void {
  const [left = '', right = ''] = node.inputs;
  const [output] = node.outputs;
  if (output === undefined) return;
  if (operatorOf(node) === 'IsNaN') conditions.set(output, { tensor: left, text: 'NaN', number: Number.NaN });
  if (operatorOf(node) !== 'Equal') return;
  const constant = constants.get(right) ?? constants.get(left);
  const texts = constant === undefined ? null : tensorTexts(constant);
  if (constant === undefined || texts?.length !== 1) return;
  const tensor = constants.has(right) ? left : right;
  conditions.set(output, { tensor, text: texts[0]!, number: tensorFloats(constant)?.[0] ?? null });
}

function replacedByWhere(
  node: OnnxNode,
  { tensors, constants }: Graph,
  conditions: ReadonlyMap<string, Condition>,
): TracedTensor | null {
  const [condition = '', whenTrue = '', whenFalse = ''] = node.inputs;
  const tensor = tensors.get(whenFalse);
  const fill = constants.get(whenTrue);
  const compared = conditions.get(condition);
  if (tensor === undefined || fill === undefined) return inexact(tensors.get(whenTrue) ?? tensor ?? null);
  const texts = tensorTexts(fill);
  if (compared === undefined || texts === null || texts.length === 0) return inexact(tensor);
  const step = replacement(tensor.elementType, compared, texts[0]!, tensorFloats(fill)?.[0] ?? null);
  const isExact = step.length > 0 && texts.length === 1 && compared.tensor === whenFalse;
  return {
    ...tensor,
    columns: tensor.columns.map((origin) => {
      if (origin === null) return null;
      return { ...origin, steps: [...origin.steps, ...step], isExact: origin.isExact && isExact };
    }),
  };
}

const FLOAT32 = 1;
const STRING = 8;

/** The steps of a replacement; none when it cannot be said. */
function replacement(
  elementType: number,
  compared: Condition,
  to: string,
  by: number | null,
): readonly FeatureStep[] {
  if (elementType === STRING) return [{ kind: 'replace-text', from: compared.text, to }];
  if (compared.number === null || by === null) return [];
  const step: FeatureStep = { kind: 'impute', replaced: compared.number, by };
  return elementType === FLOAT32 ? [{ kind: 'float32' }, step] : [step];
}

function inexact(tensor: TracedTensor | null): TracedTensor | null {
  if (tensor === null) return null;
  const columns = tensor.columns.map((origin) => (origin === null ? null : { ...origin, isExact: false }));
  return { ...tensor, columns };
}

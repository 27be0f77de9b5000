import {
  type CoreScores,
  complemented,
  multiplied,
  normalized,
  scoresOf,
  secondColumn,
  shifted,
  withLink,
} from './core-scores.ts';
import { linearCore } from './linear-core.ts';
import { pickedColumns } from './moved-columns.ts';
import type { OnnxNode, OnnxTensor } from './onnx-types.ts';
import { attributeOf, intAttribute, operatorOf, tensorFloats, tensorIntegers } from './tensor-values.ts';
import type { TracedTensor } from './traced-tensor.ts';
import { treeCore } from './tree-core.ts';

/** Nodes between a core and the output; converters write a handful. */
const MAX_DEPTH = 32;

const FLOAT32 = 1;
const FLOAT64 = 11;

/** What the search looks up by tensor name. */
export interface CoreSearch {
  readonly producers: ReadonlyMap<string, OnnxNode>;
  readonly constants: ReadonlyMap<string, OnnxTensor>;
  /** The tensors before the core, see `columnOrigins`. */
  readonly tensors: ReadonlyMap<string, TracedTensor>;
  /** Element types of the model's inputs: one of open width is in no other place. */
  readonly elementTypeOfInput: ReadonlyMap<string, number>;
}

/**
 * The core whose scores a tensor holds, with everything on the way folded in; null when that cannot be said exactly.
 */
export function coreBehind(tensor: string, search: CoreSearch, depth = 0): CoreScores | null {
  const node = search.producers.get(tensor);
  if (node === undefined || depth > MAX_DEPTH) return null;
  const core = coreOf(node, tensor, search);
  if (core !== null) return core;
  if (operatorOf(node) === 'Concat') return concatenated(node, search, depth);
  const [first = '', second = ''] = node.inputs;
  const isSecond = search.constants.has(first) && !search.constants.has(second);
  const scores = coreBehind(isSecond ? second : first, search, depth + 1);
  return scores === null ? null : folded(node, scores, isSecond ? first : second, isSecond, search);
}

/** What a node does to the scores that reach it; `other` is its second input, a constant, which may stand first. */
function folded(
  node: OnnxNode,
  scores: CoreScores,
  other: string,
  isConstantFirst: boolean,
  search: CoreSearch,
): CoreScores | null {
  const operator = operatorOf(node);
  if (operator === 'Mul' || operator === 'Add') return arithmetic(operator, scores, other, search);
  if (isConstantFirst) return null;
  switch (operator) {
    case 'Identity':
    case 'Dropout':
      return scores;
    case 'Cast': {
      const to = intAttribute(node, 'to', 0);
      return to === FLOAT32 || to === FLOAT64 ? scores : null;
    }
    case 'Reshape':
      return keepsRows(search.constants.get(other), scores.width) ? scores : null;
    case 'Flatten':
      return intAttribute(node, 'axis', 1) === 1 ? scores : null;
    case 'Squeeze':
    case 'Unsqueeze':
      return scores.width === 1 ? scores : null;
    case 'Div':
    case 'Sub':
      return arithmetic(operator, scores, other, search);
    case 'Sigmoid':
      return withLink(scores, 'logistic');
    case 'Exp':
      return withLink(scores, 'exponential');
    case 'Softmax':
      return Math.abs(intAttribute(node, 'axis', 1)) === 1 ? withLink(scores, 'softmax') : null;
    case 'Normalizer':
      return (attributeOf(node, 'norm')?.string ?? 'MAX') === 'L1' ? normalized(scores) : null;
    case 'Slice':
    case 'Gather':
    case 'ArrayFeatureExtractor': {
      const picks = pickedColumns(node, scores.width, search.constants);
      return picks?.length === 1
        ? secondColumn(scores, picks[0]! < 0 ? picks[0]! + scores.width : picks[0]!)
        : null;
    }
    default:
      return null;
  }
}

function arithmetic(
  operator: 'Mul' | 'Div' | 'Add' | 'Sub',
  scores: CoreScores,
  constant: string,
  { constants }: CoreSearch,
): CoreScores | null {
  const tensor = constants.get(constant);
  const values = tensor === undefined ? null : tensorFloats(tensor);
  if (values === null || (values.length !== 1 && values.length !== scores.width)) return null;
  if (operator === 'Add') return shifted(scores, values);
  if (operator === 'Sub')
    return shifted(
      scores,
      values.map((value) => -value),
    );
  if (values.some((value) => value !== values[0])) return null;
  return multiplied(scores, operator === 'Mul' ? values[0]! : 1 / values[0]!);
}

/** A Reshape to [-1, width], or of a single column to [-1]. */
function keepsRows(shape: OnnxTensor | undefined, width: number): boolean {
  const dims = shape === undefined ? null : tensorIntegers(shape);
  if (dims === null || (dims[0] !== -1 && dims[0] !== 0)) return false;
  return dims.length === 2 ? dims[1] === width : dims.length === 1 && width === 1 && dims[0] === -1;
}

/** Concat of 1 - p and p. */
function concatenated(node: OnnxNode, search: CoreSearch, depth: number): CoreScores | null {
  const [first = '', second = ''] = node.inputs;
  const axis = intAttribute(node, 'axis', 0);
  const opposite = search.producers.get(first);
  if (node.inputs.length !== 2 || (axis !== 1 && axis !== -1)) return null;
  if (opposite === undefined || operatorOf(opposite) !== 'Sub' || opposite.inputs[1] !== second) return null;
  const one = search.constants.get(opposite.inputs[0] ?? '');
  const values = one === undefined ? null : tensorFloats(one);
  if (values?.length !== 1 || values[0] !== 1) return null;
  const scores = coreBehind(second, search, depth + 1);
  return scores === null ? null : complemented(scores);
}

/** The core that a node is, when `tensor` is its scores. */
function coreOf(node: OnnxNode, tensor: string, search: CoreSearch): CoreScores | null {
  const operator = operatorOf(node);
  const isClassifier = operator === 'TreeEnsembleClassifier' || operator === 'LinearClassifier';
  const isRegressor = ['TreeEnsembleRegressor', 'TreeEnsemble', 'LinearRegressor'].includes(operator);
  if (!isClassifier && !isRegressor) return null;
  if (tensor !== node.outputs[isClassifier ? 1 : 0]) return null;
  const [input = ''] = node.inputs;
  const traced = search.tensors.get(input);
  const elementType = traced?.elementType ?? search.elementTypeOfInput.get(input) ?? 0;
  if (elementType !== FLOAT32 && elementType !== FLOAT64) return null;
  const width = traced?.columns.length ?? null;
  if (operator.startsWith('Linear')) {
    // In float64 ONNX Runtime refuses linear operators or rounds them to float32.
    const linear = width === null || elementType === FLOAT64 ? null : linearCore(node, width);
    return linear === null ? null : scoresOf({ kind: 'linear', linear }, input);
  }
  const ensemble = treeCore(node, width, elementType);
  return ensemble === null ? null : scoresOf({ kind: 'trees', ensemble }, input);
}

/** The tensor and column that a single-column output picks by nodes that change nothing; null when it is no pick. */
export function columnPick(
  output: string,
  { producers, constants }: CoreSearch,
): { readonly tensor: string; readonly column: number } | null {
  let tensor = output;
  for (let depth = 0; depth <= MAX_DEPTH; depth++) {
    const node = producers.get(tensor);
    const [input] = node?.inputs ?? [];
    if (node === undefined || input === undefined) return null;
    const operator = operatorOf(node);
    if (operator === 'Slice' || operator === 'Gather' || operator === 'ArrayFeatureExtractor') {
      const picks = pickedColumns(node, MAX_CLASSES, constants);
      return picks?.length === 1 ? { tensor: input, column: picks[0]! } : null;
    }
    if (operator !== 'Identity' && operator !== 'Squeeze' && operator !== 'Reshape') return null;
    if (operator === 'Reshape' && !keepsRows(constants.get(node.inputs[1] ?? ''), 1)) return null;
    tensor = input;
  }
  return null;
}

/** Classes that could have an output each. */
const MAX_CLASSES = 1000;

/** Operators that change the values of columns, one by one: as steps of planned features. */
import type { FeatureStep } from '../../../core/model/planned-feature.ts';
import type { OnnxNode } from './onnx-types.ts';
import { attributeOf, intAttribute, operatorOf, textsOf } from './tensor-values.ts';
import type { ColumnMap, ColumnOrigin, TracedTensor } from './traced-tensor.ts';

const FLOAT32 = 1;
const INT64 = 7;
const STRING = 8;
const FLOAT64 = 11;

/** Codes up to here are exact in float32, so that shifting them is. */
const MAX_CODE = 16_777_216;

/** The output of a node that changes the columns of its first input value by value; null for other operators. */
export function encodedColumns(node: OnnxNode, tensor: TracedTensor): TracedTensor | null {
  switch (operatorOf(node)) {
    case 'Cast':
      return cast(tensor, intAttribute(node, 'to', 0));
    case 'CastLike':
    case 'StringNormalizer':
      return changed(tensor, tensor.elementType, () => null);
    case 'Imputer':
      return imputed(node, tensor);
    case 'Scaler':
      return scaled(node, tensor);
    case 'OneHotEncoder':
      return oneHot(node, tensor);
    case 'LabelEncoder':
    case 'CategoryMapper':
      return coded(node, tensor);
    default:
      return null;
  }
}

/** Every column with further steps; null steps = what happens is not said by steps. */
function changed(
  tensor: TracedTensor,
  elementType: number,
  stepsOf: (column: number) => readonly FeatureStep[] | null,
  isCopy = true,
): TracedTensor {
  const columns: ColumnMap = tensor.columns.map((origin, i) => {
    if (origin === null) return null;
    const steps = stepsOf(i);
    return {
      ...origin,
      steps: steps === null ? origin.steps : [...origin.steps, ...steps],
      isExact: origin.isExact && steps !== null,
      isCopy: origin.isCopy && isCopy,
    };
  });
  return { ...tensor, columns, elementType };
}

function cast(tensor: TracedTensor, to: number): TracedTensor {
  const from = tensor.elementType;
  if (from === to) return tensor;
  const isRounded = (from === FLOAT64 && to === FLOAT32) || (from === FLOAT32 && to === FLOAT64);
  // The codes that encoders give are integers already: a float holds them as they are.
  const isCode = from === INT64 && (to === FLOAT32 || to === FLOAT64);
  return changed(tensor, to, () => (isRounded ? [{ kind: 'float32' }] : isCode ? [] : null));
}

function imputed(node: OnnxNode, tensor: TracedTensor): TracedTensor {
  const by = attributeOf(node, 'imputed_value_floats')?.floats ?? new Float32Array(0);
  const replaced = attributeOf(node, 'replaced_value_float')?.float ?? 0;
  const isKnown = tensor.elementType === FLOAT32 && fits(by.length, tensor);
  return changed(tensor, tensor.elementType, (i) => {
    if (!isKnown) return null;
    const step: FeatureStep = { kind: 'impute', replaced, by: by[by.length === 1 ? 0 : i]! };
    return Number.isNaN(replaced) ? [step] : [{ kind: 'float32' }, step];
  });
}

function scaled(node: OnnxNode, tensor: TracedTensor): TracedTensor {
  const offsets = attributeOf(node, 'offset')?.floats ?? new Float32Array(0);
  const factors = attributeOf(node, 'scale')?.floats ?? new Float32Array(0);
  // From other types the arithmetic is not float32's.
  const isKnown =
    tensor.elementType === FLOAT32 && offsets.length === factors.length && fits(offsets.length, tensor);
  return changed(tensor, FLOAT32, (i) => {
    const at = offsets.length === 1 ? 0 : i;
    return isKnown ? [{ kind: 'scale', offset: offsets[at]!, factor: factors[at]! }] : null;
  });
}

/** True for one value per column, or one for all. */
function fits(length: number, tensor: TracedTensor): boolean {
  return length === 1 || length === tensor.columns.length;
}

/** One column per category. Without `zeros` ONNX Runtime stops at an unknown category, which no step can say. */
function oneHot(node: OnnxNode, tensor: TracedTensor): TracedTensor {
  const texts = textsOf(node, 'cats_strings');
  const isText = tensor.elementType === STRING && texts !== null;
  const categories = texts ?? textsOf(node, 'cats_int64s') ?? [];
  const isKnown =
    isText && intAttribute(node, 'zeros', 1) === 1 && new Set(categories).size === categories.length;
  const columns = tensor.columns.flatMap((origin): (ColumnOrigin | null)[] =>
    categories.map((value) => {
      if (origin === null) return null;
      const steps: readonly FeatureStep[] = [...origin.steps, { kind: 'equals-text', value }];
      const isExact = origin.isExact && isKnown;
      return { ...origin, steps, isExact, isCopy: false, category: value };
    }),
  );
  const { shape } = tensor;
  const isSingle = tensor.columns.length === 1;
  return {
    columns,
    elementType: FLOAT32,
    shape: shape === 'list' ? 'matrix' : shape === 'matrix' ? (isSingle ? 'cube' : 'block') : 'unknown',
  };
}

/** Texts to whole numbers that follow one another: `category-code`, shifted, and what an unknown text becomes. */
function coded(node: OnnxNode, tensor: TracedTensor): TracedTensor {
  const map = tensor.elementType === STRING ? codeMap(node) : null;
  const elementType = map?.elementType ?? INT64;
  if (map === null) return changed(tensor, elementType, () => null, false);
  const lowest = map.codes.reduce((least, code) => Math.min(least, code), Number.POSITIVE_INFINITY);
  const values = new Array<string | undefined>(map.codes.length);
  map.keys.forEach((key, i) => {
    values[map.codes[i]! - lowest] = key;
  });
  const isRun =
    Math.abs(lowest) <= MAX_CODE &&
    new Set(map.keys).size === map.keys.length &&
    values.length === map.keys.length &&
    !values.includes(undefined);
  if (!isRun) return changed(tensor, elementType, () => null, false);
  const steps: FeatureStep[] = [
    { kind: 'category-code', values: values.filter((text) => text !== undefined) },
  ];
  if (lowest !== 0) steps.push({ kind: 'scale', offset: -lowest, factor: 1 });
  if (!Number.isNaN(map.otherwise)) steps.push({ kind: 'impute', replaced: Number.NaN, by: map.otherwise });
  return changed(tensor, elementType, () => steps, false);
}

interface CodeMap {
  readonly keys: readonly string[];
  readonly codes: readonly number[];
  /** What a text that is no key becomes. */
  readonly otherwise: number;
  readonly elementType: number;
}

/** The keys and codes of a map from texts to numbers; null for other maps. Defaults: ai.onnx.ml-2 LabelEncoder. */
function codeMap(node: OnnxNode): CodeMap | null {
  const codesAs = (name: string, otherwise: string, elementType: number): CodeMap | null => {
    const keys = textsOf(node, operatorOf(node) === 'CategoryMapper' ? 'cats_strings' : 'keys_strings');
    const attribute = attributeOf(node, name);
    const codes = Array.from<number | bigint, number>(
      elementType === INT64 ? (attribute?.ints ?? []) : (attribute?.floats ?? []),
      Number,
    );
    if (keys === null || codes.length !== keys.length) return null;
    const fallback = attributeOf(node, otherwise);
    const none = elementType === INT64 ? -1 : -0;
    const stated = elementType === INT64 ? Number(fallback?.int ?? none) : (fallback?.float ?? none);
    return { keys, codes, otherwise: stated, elementType };
  };
  if (operatorOf(node) === 'CategoryMapper') return codesAs('cats_int64s', 'default_int64', INT64);
  return (
    codesAs('values_int64s', 'default_int64', INT64) ?? codesAs('values_floats', 'default_float', FLOAT32)
  );
}

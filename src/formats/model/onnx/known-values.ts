import { columnOrigins } from './column-origins.ts';
import type { OnnxModel } from './onnx-model.ts';
import type { OnnxNode } from './onnx-types.ts';
import { textsOf } from './tensor-values.ts';
import type { ColumnOrigin } from './traced-tensor.ts';

/** Values collected in all; beyond it a file is made to fill the memory, and further encoders are not read. */
const MAX_VALUES = 5_000_000;

/** Categories that the model's encoders know, by input name, one entry per column of the input; null = not known. */
export type KnownValues = ReadonlyMap<string, readonly (readonly string[] | null)[]>;

/**
 * Reads from the graph which categories each input column may take.
 *
 * Encoders read: OneHotEncoder (`cats_strings`, `cats_int64s`), LabelEncoder (`keys_*`, and `classes_strings` of
 * opset 1), CategoryMapper (`cats_strings` or `cats_int64s`, by the type that comes in). A column read by several
 * encoders knows the union. A value that the graph rewrites to a known one is known too.
 *
 * @returns an entry for every tensor input; columns that reach no encoder, or could not be traced, are null
 * Never throws.
 */
export function knownValues(model: OnnxModel): KnownValues {
  const origins = columnOrigins(model);
  const stringInputs = new Set(
    model.inputs
      .filter(({ type }) => type.kind === 'tensor' && type.elementType === 8)
      .map(({ name }) => name),
  );
  const found = new Map<string, Set<string>[]>();
  let collected = 0;
  for (const node of model.file.graph.nodes) {
    const tensor = origins.get(node.inputs[0] ?? '');
    if (tensor === undefined || !encoders.has(node.operator)) continue;
    for (const origin of tensor.columns) {
      // Codes that one encoder hands to the next are no values of the input.
      if (origin === null || !origin.isCopy) continue;
      const values = encoderValues(node, stringInputs.has(origin.input));
      if (values === null) continue;
      collected += values.length;
      if (collected > MAX_VALUES) break;
      addValues(found, origin, values);
    }
  }
  return new Map(
    model.inputs.map(({ name }) => {
      const sets = found.get(name);
      const columns = Array.from({ length: origins.get(name)?.columns.length ?? 0 }, (_, position) => {
        const values = sets?.[position];
        return values === undefined ? null : [...values];
      });
      return [name, columns];
    }),
  );
}

const encoders: ReadonlySet<string> = new Set(['OneHotEncoder', 'CategoryMapper', 'LabelEncoder']);

function encoderValues(node: OnnxNode, fromString: boolean): readonly string[] | null {
  if (node.domain !== 'ai.onnx.ml') return null;
  switch (node.operator) {
    case 'OneHotEncoder':
      return textsOf(node, 'cats_strings') ?? textsOf(node, 'cats_int64s');
    case 'CategoryMapper':
      return textsOf(node, fromString ? 'cats_strings' : 'cats_int64s');
    case 'LabelEncoder':
      return (
        textsOf(node, 'keys_strings') ??
        textsOf(node, 'keys_int64s') ??
        textsOf(node, 'keys_floats') ??
        textsOf(node, 'keys_tensor') ??
        textsOf(node, 'classes_strings')
      );
    default:
      return null;
  }
}

function addValues(found: Map<string, Set<string>[]>, origin: ColumnOrigin, values: readonly string[]): void {
  const columns = found.get(origin.input) ?? [];
  found.set(origin.input, columns);
  const known = columns[origin.position] ?? new Set<string>();
  columns[origin.position] = known;
  for (const value of values) known.add(value);
  // Later rewritings see the results of earlier ones, so they are undone last first.
  for (const step of origin.steps.toReversed()) {
    if (step.kind === 'replace-text' && known.has(step.to)) known.add(step.from);
  }
}

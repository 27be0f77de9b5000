import type { NativeModel } from '../opened-model.ts';
import { buildNode, buildTensorInfo } from './build-node.ts';
import type { OnnxNode, OnnxValueInfo } from './onnx-types.ts';

/** The name of the matrix input, one column per feature. */
const MATRIX = 'features';

const FLOAT32 = 1;
const STRING = 8;

/** What brings the table's columns to the trees. */
export interface Feed {
  readonly tensor: string;
  readonly nodes: readonly OnnxNode[];
  readonly inputs: readonly OnnxValueInfo[];
  /** Names for the metadata; null when the inputs have them, or the features have none. */
  readonly names: readonly string[] | null;
}

/** The inputs of a written model: one matrix, or one per feature when some are texts. */
export function feedOf({ features }: NativeModel): Feed {
  if (features.some(({ kind }) => kind === 'text')) return columnFeed(features);
  const names = features.flatMap(({ name }) => (name === null ? [] : [name]));
  const isNamed = names.length === features.length && new Set(names).size === names.length;
  const inputs = [buildTensorInfo(MATRIX, FLOAT32, [null, features.length])];
  return { tensor: MATRIX, nodes: [], inputs, names: isNamed ? names : null };
}

function columnFeed(features: NativeModel['features']): Feed {
  const inputs = features.map(({ name, kind }) =>
    buildTensorInfo(name ?? '', kind === 'text' ? STRING : FLOAT32, [null, 1]),
  );
  const taken = new Set(inputs.map(({ name }) => name));
  const nodes: OnnxNode[] = [];
  const columns = features.map(({ name, kind, categories }, j) => {
    if (kind !== 'text') return name ?? '';
    const codes = freeName(`codes of ${name}`, taken);
    // A missing cell is the empty text, and never a category.
    const known = (categories ?? []).flatMap((text, code) => (text === '' ? [] : [{ text, code }]));
    nodes.push(
      buildNode('ai.onnx.ml:LabelEncoder', [inputs[j]!.name], [codes], {
        keys_strings: known.map(({ text }) => text),
        values_floats: Float32Array.from(known, ({ code }) => code),
        default_float: { float: Number.NaN },
      }),
    );
    return codes;
  });
  const tensor = freeName(MATRIX, taken);
  nodes.push(buildNode('Concat', columns, [tensor], { axis: 1n }));
  return { tensor, nodes, inputs, names: null };
}

/** A tensor name that no column has. */
function freeName(wanted: string, taken: Set<string>): string {
  let name = wanted;
  while (taken.has(name)) name = `_${name}`;
  taken.add(name);
  return name;
}

import type { ModelInput, ModelInputKind, ModelSummary } from '../../../core/model/signature.ts';
import { classLabels } from './class-labels.ts';
import { featureNames } from './feature-names.ts';
import { type KnownValues, knownValues } from './known-values.ts';
import type { OnnxModel } from './onnx-model.ts';
import { elementTypeNames, type OnnxNode, type OnnxValueInfo } from './onnx-types.ts';

const STRING = 8;
const BOOL = 9;

/**
 * What the page, the CLI and the mapping need to know about an opened ONNX model.
 *
 * @param id SHA-256 of the file's bytes in hex, computed by the caller (hashing is the platform's)
 * Never throws.
 */
export function summariseOnnx(model: OnnxModel, id: string): ModelSummary {
  const { file } = model;
  const known = knownValues(model);
  return {
    id,
    name: model.name,
    format: 'onnx',
    formatName: 'ONNX',
    objective: null,
    core: null,
    trees: null,
    package: null,
    byteLength: model.byteLength,
    inputs: model.inputs.map((input) => summariseInput(input, known)),
    featureNames: featureNames(model),
    classLabels: classLabels(model),
    producer: `${file.producerName} ${file.producerVersion}`.trim(),
    opsets: file.opsets.map(({ domain, version }) => ({
      domain: domain === '' ? 'ai.onnx' : domain,
      version,
    })),
    operators: countOperators(file.graph.nodes),
    notices: model.notices,
  };
}

function summariseInput(input: OnnxValueInfo, known: KnownValues): ModelInput {
  const { name, type } = input;
  if (type.kind !== 'tensor') {
    return { name, kind: 'number', elementType: type.kind, columns: null, knownValues: null };
  }
  const kind: ModelInputKind =
    type.elementType === STRING ? 'string' : type.elementType === BOOL ? 'boolean' : 'number';
  const columns = type.dims === null ? null : type.dims.length < 2 ? 1 : (type.dims.at(-1) ?? null);
  const byColumn = known.get(name) ?? [];
  return {
    name,
    kind,
    elementType: elementTypeNames[type.elementType] ?? `type ${type.elementType}`,
    columns,
    knownValues: byColumn.length === 1 ? (byColumn[0] ?? null) : null,
    ...(byColumn.length > 1 && byColumn.some((values) => values !== null)
      ? { knownValuesOfColumns: byColumn }
      : {}),
  };
}

function countOperators(nodes: readonly OnnxNode[]): { readonly name: string; readonly count: number }[] {
  const counts = new Map<string, number>();
  for (const { domain, operator } of nodes) {
    const name = domain === '' ? operator : `${domain}:${operator}`;
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return [...counts].map(([name, count]) => ({ name, count })).sort((a, b) => b.count - a.count);
}

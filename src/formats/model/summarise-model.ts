import type { DecodedCore, LinearModel } from '../../core/model/decoded-core.ts';
import type { LinearFacts, ModelInput, ModelSummary } from '../../core/model/signature.ts';
import { treeStatistics } from '../../core/trees/tree-statistics.ts';
import { summariseOnnx } from './onnx/summarise-onnx.ts';
import type { NativeFeature, NativeModel, OpenedModel } from './opened-model.ts';

/**
 * What the page, the CLI and the mapping need to know about an opened model.
 *
 * A native file whose features have names asks for one column each; without names it takes one matrix, whose order only
 * the user can know.
 *
 * @param id SHA-256 of the file's bytes in hex, computed by the caller (hashing is the platform's)
 * Never throws.
 */
export function summariseModel(opened: OpenedModel, id: string): ModelSummary {
  const { decoded } = opened;
  const base =
    opened.format === 'onnx'
      ? summariseOnnx(opened.onnx, id)
      : summariseNative(opened.native, opened.format, id);
  const core = decoded?.core ?? null;
  return {
    ...base,
    package: opened.package,
    core: core?.kind ?? null,
    trees:
      core?.kind === 'trees'
        ? treeStatistics(core.ensemble, decoded?.features.map(({ name }) => name) ?? [])
        : null,
    ...(core?.kind === 'linear' ? { linear: linearFacts(core.linear, decoded?.features ?? []) } : {}),
  };
}

function linearFacts(
  { coefficients, featureCount, intercepts, link }: LinearModel,
  features: DecodedCore['features'],
): LinearFacts {
  return {
    link,
    intercepts: [...intercepts],
    coefficients: features.map(({ name }, j) => ({
      feature: name,
      values: Array.from(intercepts, (_, k) => coefficients[k * featureCount + j] ?? 0),
    })),
  };
}

/** Name of the one input of a native file that does not name its features. */
export const MATRIX_INPUT = 'features';

function summariseNative(native: NativeModel, format: 'lightgbm' | 'xgboost', id: string): ModelSummary {
  const { name, formatName, byteLength, features, classLabels, producer, objective, notices } = native;
  return {
    id,
    name,
    format,
    formatName,
    byteLength,
    objective,
    inputs: features.some((feature) => feature.name === null)
      ? [matrixInput(native, format)]
      : features.map((feature) => namedInput(feature, native.ensemble.comparison)),
    featureNames: null,
    classLabels,
    producer,
    opsets: [],
    operators: [],
    notices,
    core: null,
    trees: null,
    package: null,
  };
}

function namedInput({ name, kind, categories, range }: NativeFeature, precision: string): ModelInput {
  const kinds = {
    number: ['number', precision],
    text: ['string', 'string'],
    boolean: ['boolean', 'bool'],
  } as const;
  const [inputKind, elementType] = kinds[kind];
  return {
    name: name ?? '',
    kind: inputKind,
    elementType,
    columns: 1,
    knownValues: categories,
    ...(range === null ? {} : { trainingRanges: [range] }),
  };
}

function matrixInput({ features, ensemble }: NativeModel, format: 'lightgbm' | 'xgboost'): ModelInput {
  const known = features.map(({ categories }) => categories);
  const ranges = features.map(({ range }) => range);
  return {
    name: MATRIX_INPUT,
    kind: 'number',
    elementType: ensemble.comparison,
    columns: features.length,
    knownValues: null,
    // As LightGBM writes them, and as XGBoost calls them in dumps and importances.
    madeUpNames: features.map((_, j) => (format === 'lightgbm' ? `Column_${j}` : `f${j}`)),
    ...(known.some((values) => values !== null) ? { knownValuesOfColumns: known } : {}),
    ...(ranges.some((range) => range !== null) ? { trainingRanges: ranges } : {}),
  };
}

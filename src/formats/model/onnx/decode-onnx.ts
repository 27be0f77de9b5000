import type { DecodedCore } from '../../../core/model/decoded-core.ts';
import { modelFeatures } from '../../../core/model/model-features.ts';
import type { PlannedFeature } from '../../../core/model/planned-feature.ts';
import { columnOrigins } from './column-origins.ts';
import { type CoreSearch, columnPick, coreBehind } from './core-behind.ts';
import type { CoreScores } from './core-scores.ts';
import { constantTensors, producersOf } from './graph-tensors.ts';
import type { OnnxModel } from './onnx-model.ts';
import type { OnnxValueInfo } from './onnx-types.ts';
import { summariseOnnx } from './summarise-onnx.ts';
import type { ColumnOrigin } from './traced-tensor.ts';

/** Outputs looked at; models return a label and a handful of scores. */
const MAX_OUTPUTS = 16;

/**
 * Looks for the tree ensemble or linear model inside of an ONNX graph, what feeds it, and the output that it becomes.
 *
 * @returns the core as ONNX Runtime computes it (comparisons, sums and link rounded as there), its features as steps on the
 *   model's input columns; null when any node on the way has no exact counterpart here, the graph has no such core, or it
 *   cannot be told which output is the score. Then only ONNX Runtime can score the model.
 * Never throws. O(file).
 */
export function decodeOnnx(model: OnnxModel): DecodedCore | null {
  const search: CoreSearch = {
    producers: producersOf(model.file.graph),
    constants: constantTensors(model.file.graph),
    tensors: columnOrigins(model),
    elementTypeOfInput: new Map(
      model.inputs.map(({ name, type }) => [name, type.kind === 'tensor' ? type.elementType : 0]),
    ),
  };
  const found = scoreOutput(model, search);
  if (found === null) return null;
  const features = plannedFeatures(model, search, found.scores);
  return features === null ? null : { features, core: found.scores.core, output: found.output };
}

interface Found {
  readonly output: string | null;
  readonly scores: CoreScores;
}

/** The output that the engine takes for the score, as far as the graph decides it, with its core. */
function scoreOutput(model: OnnxModel, search: CoreSearch): Found | null {
  const outputs = model.outputs.filter(isFloat);
  if (outputs.length === 0 || outputs.length > MAX_OUTPUTS) return null;
  const perClass = classOutputs(outputs, search);
  if (perClass !== null) return { output: null, scores: perClass };
  const found = outputs.map(({ name }) => ({ output: name, scores: coreBehind(name, search) }));
  const [only] = found;
  const named = found.find(({ output }) => /prob/i.test(output));
  const chosen = found.length === 1 ? only : named;
  if (chosen?.scores === null || chosen?.scores === undefined) return null;
  const isMatrix = chosen.scores.width >= 2;
  return found.length === 1 || isMatrix ? { output: chosen.output, scores: chosen.scores } : null;
}

function isFloat({ type }: OnnxValueInfo): boolean {
  return type.kind === 'tensor' && (type.elementType === 1 || type.elementType === 11);
}

/** The core of a model whose classes have an output each, all of them columns of one tensor in their order. */
function classOutputs(outputs: readonly OnnxValueInfo[], search: CoreSearch): CoreScores | null {
  if (outputs.length < 2) return null;
  const picks = outputs.map(({ name }) => columnPick(name, search));
  const source = picks[0]?.tensor;
  if (source === undefined || picks.some((pick, i) => pick?.tensor !== source || pick.column !== i))
    return null;
  const scores = coreBehind(source, search);
  return scores?.width === outputs.length ? scores : null;
}

/** The features of the core, in its order; null when one of them cannot be said exactly. */
function plannedFeatures(
  model: OnnxModel,
  { tensors }: CoreSearch,
  { core, input }: CoreScores,
): readonly PlannedFeature[] | null {
  const count = core.kind === 'trees' ? core.ensemble.featureCount : core.linear.featureCount;
  const traced = tensors.get(input);
  const names = inputNames(model);
  if (traced === undefined) {
    // A matrix input of open width: the trees name as many columns as they read.
    if (model.inputs.length !== 1 || model.inputs[0]?.name !== input) return null;
    return Array.from({ length: count }, (_, position) => ({
      name: names(input, position),
      input,
      position,
      steps: [],
    }));
  }
  if (traced.shape !== 'matrix' || traced.columns.length !== count) return null;
  const isRounded = core.kind === 'linear';
  const features: PlannedFeature[] = [];
  for (const origin of traced.columns) {
    if (origin === null || !origin.isExact) return null;
    features.push(plannedFeature(origin, names(origin.input, origin.position), isRounded));
  }
  return features;
}

/** Trees round what they compare themselves; linear models take the values as they are. */
function plannedFeature(origin: ColumnOrigin, column: string, isRounded: boolean): PlannedFeature {
  const { input, position, steps, category } = origin;
  const name = category === null ? column : `${column}=${category === '' ? '(missing)' : category}`;
  const isNumber = steps.every(({ kind }) => kind === 'impute');
  return { name, input, position, steps: isRounded && isNumber ? [...steps, { kind: 'float32' }] : steps };
}

/** Names of the model's input columns as the mapping shows them. */
function inputNames(model: OnnxModel): (input: string, position: number) => string {
  const summary = summariseOnnx(model, '');
  const names = new Map(
    modelFeatures(summary, { columnOf: {}, order: null }).map(({ input, position, feature }) => [
      `${position} ${input}`,
      feature,
    ]),
  );
  return (input, position) => names.get(`${position} ${input}`) ?? `column ${position + 1}`;
}

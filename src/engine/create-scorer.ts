import { env, InferenceSession } from 'onnxruntime-web/wasm';
import { ModelError } from '../core/errors.ts';
import { classLabels } from '../formats/model/onnx/class-labels.ts';
import type { OnnxModel } from '../formats/model/onnx/onnx-model.ts';
import { elementTypeNames } from '../formats/model/onnx/onnx-types.ts';
import { binaryTreeQuirk } from './binary-tree-quirk.ts';
import { sessionError } from './ort-errors.ts';
import { fixedRows, runOnnx } from './run-onnx.ts';
import type { Scorer } from './scorer.ts';
import { isFeedable } from './tensor-fill.ts';

// Parallelism is by workers with one single-threaded session each: ORT's own threads would need cross-origin isolation
// everywhere and gain less. wasmPaths stays unset: Vite ships the .wasm file as an asset, Node reads it from the package.
env.wasm.numThreads = 1;
env.logLevel = 'fatal';

/** Name and version of the engine, known before any model is opened: part of the hash under which scores are kept. */
export function engineName(): string {
  return `ONNX Runtime Web ${env.versions.web ?? ''} (WebAssembly)`;
}

/**
 * Prepares a model to be run in this thread by ONNX Runtime Web (WebAssembly, one thread), in a browser worker or Node.
 *
 * @throws {ModelError} `unsupported-operator` naming operator, operator set and node; `session-failed` for weights kept
 *   in another file, inputs that are no tensors or of a type that cannot be fed, and any other refusal of the runtime
 */
export async function createScorer(model: OnnxModel): Promise<Scorer> {
  refuseExternalWeights(model);
  refuseInputs(model);
  let session: InferenceSession;
  try {
    // Severity 4 = fatal only: errors come as exceptions and are said in our words; warnings (output shapes that
    // converters state wrongly) are not the user's.
    session = await InferenceSession.create(model.runnableBytes, {
      logSeverityLevel: 4,
      externalData: model.externalData.map(({ path, bytes }) => ({ path, data: bytes })),
    });
  } catch (cause) {
    throw sessionError(model, cause);
  }
  return {
    modelName: model.name,
    engine: engineName(),
    classLabels: classLabels(model),
    fixedRows: fixedRows(model),
    mostRows: Number.POSITIVE_INFINITY,
    objective: null,
    quirkOf: (output) => binaryTreeQuirk(model, output),
    bind: (table, report) => runOnnx(model, session, table, report),
    release: () => session.release(),
  };
}

function refuseExternalWeights(model: OnnxModel): void {
  const external = model.file.graph.initializers.find((tensor) => tensor.externalLocation !== null);
  if (external === undefined) return;
  throw new ModelError(
    'session-failed',
    `${model.name} keeps its weights in another file (${external.externalLocation}), which is not here.`,
    {
      place: { file: model.name },
      advice: 'Save it as one file: onnx.save(model, path, save_as_external_data=False).',
    },
  );
}

function refuseInputs(model: OnnxModel): void {
  for (const { name, type } of model.inputs) {
    if (type.kind === 'tensor' && isFeedable(type.elementType)) continue;
    const found = type.kind === 'tensor' ? (elementTypeNames[type.elementType] ?? 'unknown') : type.kind;
    throw new ModelError(
      'session-failed',
      `The input "${name}" of ${model.name} is of type ${found}, which a table cannot feed.`,
      {
        place: { file: model.name, node: name },
        advice: 'Export the model with number, text or boolean tensors as inputs.',
      },
    );
  }
}

import type { TaskArgs } from '../contracts/tasks.ts';
import { FormatError } from '../core/errors.ts';
import type { MappingReport } from '../core/model/mapping.ts';
import type { ModelSummary } from '../core/model/signature.ts';
import { type Compute, defaultCompute, type RunOptions } from './run.ts';

/** What protobuf allows one message, and a browser one buffer: read at once, a larger file would only fail obscurely. */
const MOST_MODEL_BYTES = 2 ** 31 - 1;

/**
 * Reads a model file in the home worker: inputs, classes, operators, and what was repaired (notices; also when this
 * browser could not keep the file). The page has the bytes until the model is released, so that scoring workers and
 * restarted workers can be given the model.
 * @throws {FormatError} `not-a-model` | `corrupt-model` | `too-large`
 * @throws {ModelError} `unsupported-operator` (named) | `no-score-output`
 */
export async function openModel(
  file: File,
  options: RunOptions = {},
  compute: Compute = defaultCompute(),
): Promise<ModelSummary> {
  if (file.size > MOST_MODEL_BYTES) {
    throw new FormatError(
      'too-large',
      `${file.name} is larger than 2 GB, which no single model file can be.`,
      {
        place: { file: file.name },
        advice: 'Open the model file itself, without data or archives around it.',
      },
    );
  }
  const bytes = new Uint8Array(await file.arrayBuffer());
  return compute.run('model/open', { bytes, name: file.name, persist: true }, options);
}

/** Opens a model that this browser keeps, by its hash; null when it keeps none, or a damaged one. */
export async function restoreModel(
  modelId: string,
  options: RunOptions = {},
  compute: Compute = defaultCompute(),
): Promise<ModelSummary | null> {
  const kept = await compute.run('model/restore', { modelId }, options);
  return kept === null ? null : compute.run('model/open', { ...kept, persist: false }, options);
}

/**
 * An open model as the file that was opened, for saving it elsewhere.
 * @throws {DataError} `unknown-handle` when it is no longer open
 */
export function modelFile(modelId: string, compute: Compute = defaultCompute()): File {
  const { bytes, name } = compute.modelBytes(modelId);
  // A model's bytes came from a file or the browser's storage, never from shared memory.
  return new File([bytes as Uint8Array<ArrayBuffer>], name);
}

/** Closes a model: its bytes and its sessions are freed; what this browser keeps stays kept. Unknown ids are ignored. */
export function releaseModel(modelId: string, compute: Compute = defaultCompute()): Promise<void> {
  return compute.releaseModel(modelId);
}

/**
 * Maps the model's inputs to the table's columns and reports everything that stands between the user and a score.
 * @param args.roled columns with a role that keeps them from being features (all roles but `amount`)
 */
export function bindModel(
  args: TaskArgs<'model/bind'>,
  options: RunOptions = {},
  compute: Compute = defaultCompute(),
): Promise<MappingReport> {
  return compute.run('model/bind', args, options);
}

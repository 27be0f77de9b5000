import type { TaskArgs } from '../contracts/tasks.ts';
import type { MappingReport } from '../core/model/mapping.ts';
import type { ModelSummary } from '../core/model/signature.ts';
import { type Compute, defaultCompute, type RunOptions } from './run.ts';

/**
 * Reads a model file in the home worker: inputs, classes, operators, and what was repaired (notices).
 * The page keeps the bytes, so that scoring workers and restarted workers can be given the model.
 * @throws {FormatError} `not-a-model` | `corrupt-model` | `too-large`
 * @throws {ModelError} `unsupported-operator` (named) | `no-score-output`
 */
export async function openModel(
  file: File,
  options: RunOptions = {},
  compute: Compute = defaultCompute(),
): Promise<ModelSummary> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  return compute.run('model/open', { bytes, name: file.name }, options);
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

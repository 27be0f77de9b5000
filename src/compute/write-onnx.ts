import type { TaskResult } from '../contracts/tasks.ts';
import { type Compute, defaultCompute, type RunOptions } from './run.ts';

/**
 * A LightGBM or XGBoost model as an ONNX file to save, with what is not quite the same in it. Written in the worker.
 * @throws {ModelError} `not-writable` naming what ONNX cannot say
 * @throws {DataError} `unknown-handle` when the model is no longer open
 */
export async function writeModelAsOnnx(
  modelId: string,
  options: RunOptions = {},
  compute: Compute = defaultCompute(),
): Promise<TaskResult<'model/write-onnx'>> {
  return compute.run('model/write-onnx', { modelId }, options);
}

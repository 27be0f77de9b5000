import type { TaskArgs, TaskName, TaskResult } from '../contracts/tasks.ts';
import { CanceledError, isCutlineError } from '../core/errors.ts';
import type { WorkerSlot } from './pool.ts';
import type { Compute, RunOptions } from './run.ts';

/**
 * Runs a task that may lose its worker to something that was not its doing: one fresh worker, then the crash is the answer.
 * @throws {ModelError} `worker-crashed` when two workers died; the task's own errors
 */
export async function runTwice<T extends TaskName>(
  compute: Compute,
  slot: WorkerSlot,
  task: T,
  args: TaskArgs<T>,
  options: RunOptions,
): Promise<TaskResult<T>> {
  try {
    return await compute.runOn(slot, task, args, options);
  } catch (error) {
    if (!isWorkerCrash(error)) throw error;
    if (options.signal?.aborted) throw new CanceledError();
    return compute.runOn(slot, task, args, options).catch((again: unknown) => {
      // A second crash, perhaps while things were given back, is told as the first: it was this task that failed.
      throw isWorkerCrash(again) ? error : again;
    });
  }
}

function isWorkerCrash(error: unknown): boolean {
  return isCutlineError(error) && error.code === 'worker-crashed';
}

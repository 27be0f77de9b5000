/**
 * What crosses between a page and one of its workers. comlink carries the calls; outcomes are plain data, because an
 * error thrown through comlink loses its class, code and place (STYLE rule 18).
 */
import type { ErrorData } from './error-data.ts';
import type { Progress, TaskArgs, TaskName, TaskResult } from './tasks.ts';

/** Higher goes first between the slices of long jobs. Short jobs always run on arrival. */
export type JobPriority = 'background' | 'normal' | 'urgent';

export interface JobCall<T extends TaskName = TaskName> {
  readonly jobId: number;
  readonly task: T;
  readonly args: TaskArgs<T>;
  readonly priority: JobPriority;
}

export type JobOutcome<T extends TaskName = TaskName> =
  | { readonly ok: true; readonly result: TaskResult<T> }
  | { readonly ok: false; readonly error: ErrorData };

/** The object that `workers/cutline.worker.ts` exposes. */
export interface WorkerEndpoint {
  /** Answers once the worker holds its lock (see {@link aliveLockName}); false where the browser has no Web Locks. */
  ready(): Promise<boolean>;
  /** `onProgress` is a comlink proxy that the worker releases when the job ends, or null when nobody listens. */
  run(call: JobCall, onProgress: ((progress: Progress) => void) | null): Promise<JobOutcome>;
  /** Asks a job to end at its next slice; it then answers with a CanceledError. Unknown ids are ignored. */
  cancel(jobId: number): void;
}

/** A worker holds this Web Lock as long as it lives, so that its death is seen even when no event is sent. */
export function aliveLockName(workerName: string): string {
  return `cutline-worker-alive-${workerName}`;
}

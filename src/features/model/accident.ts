import { isCutlineError } from '../../core/errors.ts';

/** Whether trying again may help: a missing column stays missing, a worker that died may live the next time. */
export function isAccident(error: Error): boolean {
  return isCutlineError(error) && ['worker-crashed', 'out-of-memory', 'unexpected'].includes(error.code);
}

/** The one worker entry: registers every task, proves that it lives, and listens. */
import { expose } from 'comlink';
import { aliveLockName } from '../src/contracts/worker-protocol.ts';
import { Runtime } from './runtime.ts';
import { createHandlers } from './tasks/handlers.ts';

declare const self: DedicatedWorkerGlobalScope;

expose(new Runtime(createHandlers(), holdAliveLock(self.name)));

/** Takes a lock that only the end of this worker releases. */
function holdAliveLock(workerName: string): Promise<boolean> {
  const locks = navigator.locks as LockManager | undefined;
  if (locks === undefined) return Promise.resolve(false);
  return new Promise((resolve) => {
    const forever = new Promise<never>(() => undefined);
    locks
      .request(aliveLockName(workerName), () => {
        resolve(true);
        return forever;
      })
      .catch(() => resolve(false));
  });
}

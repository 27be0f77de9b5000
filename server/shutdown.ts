import type { FastifyInstance } from 'fastify';

/** Long enough for an upload of a large file to this machine; what is still under way then is cut off. */
const defaultDrainMs = 25_000;
/** What is left after that is to empty the write-ahead log; a disk that hangs must not keep the process for ever. */
const closeMs = 5000;
/** How often a server under npm looks whether npm is still there. */
const parentCheckMs = 500;

/** The parts of `process` that a shutdown needs. */
export interface EndingProcess {
  readonly ppid: number;
  readonly env: Readonly<Record<string, string | undefined>>;
  once(signal: 'SIGTERM' | 'SIGINT', listener: () => void): unknown;
  exit(code: number): void;
}

/**
 * Closes `app` when the process is asked to end: no new connections, answers on their way are finished, the store is
 * closed, then exit with code 0. After 25 seconds connections are cut, so that the store can still be closed; the code
 * is then 1. Asked to end means SIGTERM, SIGINT, or that the
 * npm which runs us has ended: npm passes a SIGTERM on to its shell only, which leaves us behind.
 */
export function closeWithProcess(app: FastifyInstance, self: EndingProcess, drainMs = defaultDrainMs): void {
  const parent = self.ppid;
  let closing = false;
  const close = (): void => {
    if (closing) return;
    closing = true;
    clearInterval(watch);
    let code = 0;
    const cut = (): void => {
      code = 1;
      app.server.closeAllConnections();
      setTimeout(() => self.exit(1), closeMs).unref();
    };
    setTimeout(cut, drainMs).unref();
    app.close().then(
      () => self.exit(code),
      () => self.exit(1),
    );
  };
  const closeWhenOrphaned = (): void => {
    if (self.ppid !== parent) close();
  };
  const isUnderNpm = self.env.npm_lifecycle_event !== undefined;
  const watch = isUnderNpm ? setInterval(closeWhenOrphaned, parentCheckMs).unref() : undefined;
  self.once('SIGTERM', close);
  self.once('SIGINT', close);
}

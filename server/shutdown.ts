import type { FastifyInstance } from 'fastify';

/** Long enough for an answer on its way; after it the process ends anyway. */
const drainMs = 10_000;
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
 * Closes `app` when the process is asked to end: no new connections, answers on their way are finished, then exit with
 * code 0; with 1 when draining fails or takes longer than ten seconds. Asked to end means SIGTERM, SIGINT, or that the
 * npm which runs us has ended: npm passes a SIGTERM on to its shell only, which leaves us behind.
 */
export function closeWithProcess(app: FastifyInstance, self: EndingProcess): void {
  const parent = self.ppid;
  let closing = false;
  const close = (): void => {
    if (closing) return;
    closing = true;
    clearInterval(watch);
    setTimeout(() => self.exit(1), drainMs).unref();
    app.close().then(
      () => self.exit(0),
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

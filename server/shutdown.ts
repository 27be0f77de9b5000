import type { FastifyInstance } from 'fastify';

/** Long enough for an answer on its way; after it the process ends anyway. */
const drainMs = 10_000;

/** The parts of `process` that a shutdown needs. */
export interface SignalSource {
  once(signal: 'SIGTERM' | 'SIGINT', listener: () => void): unknown;
  exit(code: number): void;
}

/**
 * On SIGTERM or SIGINT: no new connections, answers on their way are finished, then the process ends with code 0;
 * with 1 when draining fails or takes longer than ten seconds.
 */
export function closeOnSignal(app: FastifyInstance, source: SignalSource): void {
  let closing = false;
  const close = (): void => {
    if (closing) return;
    closing = true;
    setTimeout(() => source.exit(1), drainMs).unref();
    app.close().then(
      () => source.exit(0),
      () => source.exit(1),
    );
  };
  source.once('SIGTERM', close);
  source.once('SIGINT', close);
}

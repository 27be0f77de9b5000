import type { FastifyInstance } from 'fastify';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Uploads may take as long as they go on arriving; everything else has to be here in time. */
    isUpload?: boolean;
  }
}

/**
 * Cuts the connection of a request whose body is not here whole within `requestMs`. In the place of Node's
 * `requestTimeout`, which knows no exception for uploads. Slow headers are Node's `headersTimeout`.
 */
export function addRequestDeadline(app: FastifyInstance, requestMs: number): void {
  app.addHook('onRequest', async ({ raw, routeOptions }) => {
    if (routeOptions.config.isUpload === true) return;
    // Without a body it is here already.
    if (raw.headers['content-length'] === undefined && raw.headers['transfer-encoding'] === undefined) return;
    const timer = setTimeout(() => raw.destroy(), requestMs).unref();
    raw.once('end', () => clearTimeout(timer));
    raw.once('close', () => clearTimeout(timer));
  });
}

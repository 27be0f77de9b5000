import { randomUUID } from 'node:crypto';
import Fastify, { type FastifyInstance, type FastifyServerOptions } from 'fastify';
import { builtAppRoutes } from './built-app.ts';
import { healthRoutes } from './health.ts';
import { addJsonErrors, answerError } from './json-errors.ts';
import { addSecurityHeaders, setSecurityHeaders } from './security-headers.ts';

export interface AppOptions {
  /** Absolute path of the folder that `vite build` wrote. */
  readonly distDir: string;
  readonly version: string;
  /** Fastify's logger setting; silent when absent. */
  readonly logger?: FastifyServerOptions['logger'];
}

/** JSON bodies are small everywhere; uploads of artifacts set their own limit on their own route. */
const jsonBodyLimitBytes = 1_048_576;
/** A client that has not sent its request by then is gone. */
const requestTimeoutMs = 30_000;

/**
 * The whole server as a value: not listening yet, so that tests speak to it through `inject`. Each group of routes is
 * one Fastify plugin; headers and errors are set once for all of them.
 */
export async function buildApp({ distDir, version, logger = false }: AppOptions): Promise<FastifyInstance> {
  const app = Fastify({
    logger,
    genReqId: () => randomUUID(),
    bodyLimit: jsonBodyLimitBytes,
    requestTimeout: requestTimeoutMs,
    // A browser keeps its connections open; idle ones must not hold up a shutdown.
    forceCloseConnections: 'idle',
    trustProxy: false,
    frameworkErrors: (error, request, reply) => {
      setSecurityHeaders(request, reply);
      answerError(error, request, reply);
    },
  });
  addSecurityHeaders(app);
  addJsonErrors(app);
  await app.register(healthRoutes, { version });
  await app.register(builtAppRoutes, { distDir });
  return app;
}

import { randomBytes, randomUUID } from 'node:crypto';
import Fastify, { type FastifyInstance, type FastifyServerOptions } from 'fastify';
import { API_PREFIX } from '../src/contracts/registry/routes.ts';
import { builtAppRoutes } from './built-app.ts';
import { healthRoutes } from './health.ts';
import { addHostRules } from './hosts.ts';
import { addJsonErrors, answerError, answerUnreadable, Refusal } from './json-errors.ts';
import { defaultLimits, type ServerLimits } from './limits.ts';
import { addRequestDeadline } from './request-deadline.ts';
import { AuditWatch } from './review/audit-watch.ts';
import { PageCursors } from './review/page-cursors.ts';
import { reviewRoutes } from './review/review-routes.ts';
import { addSecurityHeaders, setSecurityHeaders } from './security-headers.ts';
import type { RegistryStore } from './store/registry-store.ts';

export interface AppOptions {
  /** Absolute path of the folder that `vite build` wrote. */
  readonly distDir: string;
  readonly version: string;
  /** Open; whoever opened it closes it after the app. */
  readonly store: RegistryStore;
  readonly limits?: Partial<ServerLimits>;
  /** Fastify's logger setting; silent when absent. */
  readonly logger?: FastifyServerOptions['logger'];
}

/** JSON bodies are small everywhere; uploads are counted on their own route. */
const jsonBodyLimitBytes = 1_048_576;
/** A name of 256 characters, each of up to four bytes, percent-encoded; a path of 512 bytes is shorter. */
const maxParamLength = 4096;

/** While the server stops, what is under way is finished and nothing new is begun; `/health` and `/ready` say so. */
function addStopping(app: FastifyInstance): () => boolean {
  let stopping = false;
  app.addHook('preClose', async () => {
    stopping = true;
  });
  app.addHook('onRequest', async ({ url }) => {
    if (!stopping || url === '/health' || url === '/ready') return;
    const message = 'Cutline is stopping. Try again when it has been started anew.';
    throw new Refusal({ status: 503, code: 'stopping', message });
  });
  // An answer that began before would leave its connection open, and the stop waiting for it.
  app.addHook('onSend', async (_request, reply) => {
    if (stopping) reply.header('connection', 'close');
  });
  return () => stopping;
}

/** The first verification runs beside the first requests; a chain that cannot be read fails here, not a request. */
function verifyAuditAtStart(app: FastifyInstance, auditWatch: AuditWatch): void {
  let verifying: Promise<unknown> = Promise.resolve();
  app.addHook('onReady', async () => {
    verifying = auditWatch.verify().catch((err: unknown) => app.log.error({ err }, 'audit not verified'));
  });
  app.addHook('onClose', () => verifying);
}

/**
 * The whole server as a value: not listening yet, so that tests speak to it through `inject`. Each group of routes is
 * one Fastify plugin; headers and errors are set once for all of them.
 */
export async function buildApp(options: AppOptions): Promise<FastifyInstance> {
  const { distDir, version, store, logger = false } = options;
  const limits = { ...defaultLimits, ...options.limits };
  const app = Fastify({
    logger,
    genReqId: () => randomUUID(),
    bodyLimit: jsonBodyLimitBytes,
    routerOptions: { maxParamLength },
    // Uploads may last; addRequestDeadline bounds everything else.
    requestTimeout: 0,
    // A browser keeps its connections open; idle ones must not hold up a shutdown.
    forceCloseConnections: 'idle',
    return503OnClosing: false,
    trustProxy: false,
    frameworkErrors: (error, request, reply) => {
      setSecurityHeaders(request, reply);
      answerError(error, request, reply);
    },
    clientErrorHandler: answerUnreadable,
  });
  app.server.headersTimeout = limits.requestMs;
  addSecurityHeaders(app);
  addJsonErrors(app);
  addHostRules(app);
  const isStopping = addStopping(app);
  addRequestDeadline(app, limits.requestMs);
  const auditWatch = new AuditWatch(store.audit);
  verifyAuditAtStart(app, auditWatch);
  await app.register(healthRoutes, { version, store, auditWatch, isStopping });
  const cursors = new PageCursors(randomBytes(32));
  await app.register(reviewRoutes, { prefix: API_PREFIX, store, auditWatch, cursors, limits, version });
  await app.register(builtAppRoutes, { distDir });
  return app;
}

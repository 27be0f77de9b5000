import type { FastifyPluginAsync, FastifyRequest } from 'fastify';
import type { ServerReadiness } from '../src/contracts/registry/routes.ts';
import type { AuditWatch } from './review/audit-watch.ts';
import type { RegistryStore } from './store/registry-store.ts';

export interface HealthOptions {
  readonly version: string;
  readonly store: RegistryStore;
  readonly auditWatch: AuditWatch;
  readonly isStopping: () => boolean;
}

function wantsJson({ headers }: FastifyRequest): boolean {
  return headers.accept?.includes('application/json') === true;
}

/**
 * `GET /health`: 200 while the process lives. The text `OK`, as MLflow's clients and monitors expect; who asks for
 * JSON gets name and version.
 *
 * `GET /ready`: 200 when requests will be carried out, else 503 and why.
 */
export const healthRoutes: FastifyPluginAsync<HealthOptions> = async (app, options) => {
  app.get('/health', async (request, reply) => {
    reply.header('cache-control', 'no-store').header('vary', 'accept');
    if (wantsJson(request)) return { status: 'ok', name: 'cutline', version: options.version };
    return reply.type('text/plain; charset=utf-8').send('OK');
  });

  app.get('/ready', async (_request, reply) => {
    const readiness = readinessOf(options);
    reply.header('cache-control', 'no-store').code(readiness.status === 'ready' ? 200 : 503);
    return readiness;
  });
};

function readinessOf({ store, auditWatch, isStopping }: HealthOptions): ServerReadiness {
  const { writable, freeBytes, floorBytes } = store.readiness();
  const auditValid = auditWatch.lastValid;
  const disk = { freeBytes, floorBytes, auditValid };
  if (isStopping()) return { status: 'stopping', ...disk };
  if (!writable) return { status: 'not-writable', ...disk };
  if (auditValid === false) return { status: 'audit-broken', ...disk };
  return { status: freeBytes < floorBytes ? 'disk-full' : 'ready', ...disk };
}

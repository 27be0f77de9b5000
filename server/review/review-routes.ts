import rateLimit from '@fastify/rate-limit';
import type { FastifyInstance, FastifyPluginAsync, FastifyRequest } from 'fastify';
import { REQUEST_HEADER, REQUEST_HEADER_VALUE } from '../../src/contracts/registry/routes.ts';
import { Refusal } from '../json-errors.ts';
import type { ServerLimits } from '../limits.ts';
import type { ApiContext } from './api-context.ts';
import { addApiErrors } from './api-errors.ts';
import { artifactRoutes } from './artifacts.ts';
import { auditRoutes } from './audit.ts';
import { blobRoutes } from './blobs.ts';
import { capabilityRoutes } from './capabilities.ts';
import { datasetRoutes } from './datasets.ts';
import { decisionRoutes } from './decisions.ts';
import { documentRoutes } from './documents.ts';
import { addJsonBodies } from './json-body.ts';
import { modelRoutes } from './models.ts';
import { versionRoutes } from './versions.ts';

const kindOf = (request: FastifyRequest): string => request.routeOptions.config.kind ?? 'change';

/** A route that does not say whether it reads or changes is a mistake of ours: the server does not start. */
function requireKinds(app: FastifyInstance): void {
  app.addHook('onRoute', ({ method, url, config }) => {
    if (config?.kind === undefined) throw new Error(`route ${String(method)} ${url} declares no kind`);
  });
}

/** A form or an image of a foreign page cannot set a header of its own without asking first, which is never granted. */
function requireRequestHeader(app: FastifyInstance): void {
  app.addHook('onRequest', async (request) => {
    if (kindOf(request) === 'read' || request.headers[REQUEST_HEADER] === REQUEST_HEADER_VALUE) return;
    const message = `A change needs the header ${REQUEST_HEADER}: ${REQUEST_HEADER_VALUE}. Add it.`;
    throw new Refusal({ status: 403, code: 'header-missing', message, place: REQUEST_HEADER });
  });
}

/** Reads and changes are counted apart, a minute and address: a chatty page does not hold up a pipeline. */
async function addRateLimits(app: FastifyInstance, limits: ServerLimits): Promise<void> {
  await app.register(rateLimit, {
    timeWindow: 60_000,
    keyGenerator: (request) => `${kindOf(request)} ${request.ip}`,
    max: (request) => (kindOf(request) === 'read' ? limits.readsPerMinute : limits.changesPerMinute),
    errorResponseBuilder: (_request, { max, ttl }) => {
      const seconds = Math.max(1, Math.ceil(ttl / 1000));
      const message = `More than ${max} such requests in a minute. Wait ${seconds} s, then go on.`;
      return new Refusal({ status: 429, code: 'too-many-requests', message });
    },
  });
}

/** Everything under `/api/v1`: one plugin per resource, over the store. */
export const reviewRoutes: FastifyPluginAsync<ApiContext> = async (app, options) => {
  const { store, auditWatch, cursors, limits, version } = options;
  // Not the options themselves: they hold our prefix, which each group would add once more.
  const context: ApiContext = { store, auditWatch, cursors, limits, version };
  requireKinds(app);
  requireRequestHeader(app);
  await addRateLimits(app, limits);
  addApiErrors(app);
  addJsonBodies(app);
  for (const routes of [
    capabilityRoutes,
    modelRoutes,
    versionRoutes,
    artifactRoutes,
    blobRoutes,
    datasetRoutes,
    decisionRoutes,
    documentRoutes,
    auditRoutes,
  ]) {
    await app.register(routes, context);
  }
};

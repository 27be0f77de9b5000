import type { FastifyPluginAsync } from 'fastify';
import type { Capabilities } from '../../src/contracts/registry/routes.ts';
import type { ApiContext } from './api-context.ts';
import { addRoute } from './api-route.ts';

/** `GET /capabilities`: tells our registry from another server, and what it takes. */
export const capabilityRoutes: FastifyPluginAsync<ApiContext> = async (app, { version, limits }) => {
  const capabilities: Capabilities = {
    name: 'cutline',
    version,
    apiVersion: 1,
    identity: 'unverified',
    maxUploadBytes: limits.maxUploadBytes,
  };
  addRoute(app, { method: 'GET', url: '/capabilities', kind: 'read', handle: () => capabilities });
};

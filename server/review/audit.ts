import type { FastifyPluginAsync } from 'fastify';
import { pageQuerySchema } from '../../src/contracts/registry/primitives.ts';
import type { ApiContext } from './api-context.ts';
import { addRoute } from './api-route.ts';

/** `/audit`: every change ever made, newest first, and whether the chain of their hashes is whole. */
export const auditRoutes: FastifyPluginAsync<ApiContext> = async (app, { store, cursors, auditWatch }) => {
  addRoute(app, {
    method: 'GET',
    url: '/audit',
    kind: 'read',
    query: pageQuerySchema,
    handle: ({ query: { limit, cursor } }) =>
      cursors.seal('audit', store.audit.list({ limit, cursor: cursors.open('audit', cursor) })),
  });

  addRoute(app, { method: 'GET', url: '/audit/verify', kind: 'read', handle: () => auditWatch.verify() });
};

import type { FastifyPluginAsync } from 'fastify';
import { z } from 'zod';
import { createDecisionSchema } from '../../src/contracts/registry/decisions.ts';
import { pageQuerySchema } from '../../src/contracts/registry/primitives.ts';
import { API_PREFIX } from '../../src/contracts/registry/routes.ts';
import type { ApiContext } from './api-context.ts';
import { addRoute, answerOnce } from './api-route.ts';

const params = z.strictObject({ id: z.string().min(1).max(100) });

/** `/decisions`: what was pinned, by whom, on what evidence. They never change. */
export const decisionRoutes: FastifyPluginAsync<ApiContext> = async (app, { store, cursors }) => {
  const { decisions } = store;

  addRoute(app, {
    method: 'GET',
    url: '/decisions',
    kind: 'read',
    query: pageQuerySchema,
    handle: ({ query: { limit, cursor } }) =>
      cursors.seal('decisions', decisions.list({ limit, cursor: cursors.open('decisions', cursor) })),
  });

  addRoute(app, {
    method: 'POST',
    url: '/decisions',
    kind: 'change',
    body: createDecisionSchema,
    handle: (input) =>
      answerOnce(store, input, (change) => {
        const decision = decisions.create(change, input.body);
        return { body: decision, location: `${API_PREFIX}/decisions/${encodeURIComponent(decision.id)}` };
      }),
  });

  addRoute(app, {
    method: 'GET',
    url: '/decisions/:id',
    kind: 'read',
    params,
    handle: ({ params: { id } }) => decisions.get(id),
  });
};

import type { FastifyPluginAsync } from 'fastify';
import { z } from 'zod';
import { putDatasetSchema } from '../../src/contracts/registry/datasets.ts';
import { pageQuerySchema, sha256Schema } from '../../src/contracts/registry/primitives.ts';
import { API_PREFIX } from '../../src/contracts/registry/routes.ts';
import { changeOf } from './actor.ts';
import type { ApiContext } from './api-context.ts';
import { addRoute } from './api-route.ts';

const params = z.strictObject({ id: sha256Schema });

/** `/datasets`: what a table was, by its content hash; never its rows. */
export const datasetRoutes: FastifyPluginAsync<ApiContext> = async (app, { store, cursors }) => {
  const { datasets } = store;

  addRoute(app, {
    method: 'GET',
    url: '/datasets',
    kind: 'read',
    query: pageQuerySchema,
    handle: ({ query: { limit, cursor } }) =>
      cursors.seal('datasets', datasets.list({ limit, cursor: cursors.open('datasets', cursor) })),
  });

  addRoute(app, {
    method: 'GET',
    url: '/datasets/:id',
    kind: 'read',
    params,
    handle: ({ params: { id } }) => datasets.get(id),
  });

  addRoute(app, {
    method: 'PUT',
    url: '/datasets/:id',
    kind: 'change',
    params,
    body: putDatasetSchema,
    handle: ({ params: { id }, body, request, reply }) => {
      const { dataset, created } = datasets.put(changeOf(request), id, body);
      reply.code(created ? 201 : 200).header('location', `${API_PREFIX}/datasets/${id}`);
      return dataset;
    },
  });
};

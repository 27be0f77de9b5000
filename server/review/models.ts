import type { FastifyPluginAsync } from 'fastify';
import { createModelSchema } from '../../src/contracts/registry/models.ts';
import { labelPatchSchema, pageQuerySchema } from '../../src/contracts/registry/primitives.ts';
import { API_PREFIX } from '../../src/contracts/registry/routes.ts';
import { changeOf } from './actor.ts';
import type { ApiContext } from './api-context.ts';
import { addRoute, answerOnce } from './api-route.ts';
import { labelledEtag } from './labelled-etag.ts';
import { assertPreconditions, isNotModified } from './preconditions.ts';
import { modelPathSchema } from './version-path.ts';

const params = modelPathSchema;

/** `/models`: registered models by name. */
export const modelRoutes: FastifyPluginAsync<ApiContext> = async (app, { store, cursors }) => {
  const { models } = store;

  addRoute(app, {
    method: 'GET',
    url: '/models',
    kind: 'read',
    query: pageQuerySchema,
    handle: ({ query: { limit, cursor } }) =>
      cursors.seal('models', models.list({ limit, cursor: cursors.open('models', cursor) })),
  });

  addRoute(app, {
    method: 'POST',
    url: '/models',
    kind: 'change',
    body: createModelSchema,
    handle: (input) =>
      answerOnce(store, input, (change) => {
        const model = models.create(change, input.body);
        return { body: model, location: `${API_PREFIX}/models/${encodeURIComponent(model.name)}` };
      }),
  });

  addRoute(app, {
    method: 'GET',
    url: '/models/:name',
    kind: 'read',
    params,
    handle: ({ params: { name }, request, reply }) => {
      const model = models.get(name);
      const etag = labelledEtag(model);
      reply.header('etag', etag).header('cache-control', 'no-cache');
      return isNotModified(request, etag) ? reply.code(304).send() : model;
    },
  });

  addRoute(app, {
    method: 'PATCH',
    url: '/models/:name',
    kind: 'change',
    params,
    body: labelPatchSchema,
    handle: ({ params: { name }, body, request, reply }) => {
      assertPreconditions(request, labelledEtag(models.get(name)));
      const model = models.patch(changeOf(request), name, body);
      reply.header('etag', labelledEtag(model));
      return model;
    },
  });

  addRoute(app, {
    method: 'DELETE',
    url: '/models/:name',
    kind: 'change',
    params,
    handle: ({ params: { name }, request, reply }) => {
      assertPreconditions(request, labelledEtag(models.get(name)));
      models.delete(changeOf(request), name);
      return reply.code(204).send();
    },
  });
};

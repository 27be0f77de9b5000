import type { FastifyPluginAsync } from 'fastify';
import { createVersionSchema } from '../../src/contracts/registry/models.ts';
import { labelPatchSchema, pageQuerySchema } from '../../src/contracts/registry/primitives.ts';
import { API_PREFIX } from '../../src/contracts/registry/routes.ts';
import { changeOf } from './actor.ts';
import type { ApiContext } from './api-context.ts';
import { addRoute, answerOnce } from './api-route.ts';
import { labelledEtag } from './labelled-etag.ts';
import { assertPreconditions, isNotModified } from './preconditions.ts';
import { modelPathSchema, versionPathSchema } from './version-path.ts';

/** `/models/{name}/versions`: frozen lists of uploaded files; only their labels change. */
export const versionRoutes: FastifyPluginAsync<ApiContext> = async (app, { store, cursors }) => {
  const { versions } = store;

  addRoute(app, {
    method: 'GET',
    url: '/models/:name/versions',
    kind: 'read',
    params: modelPathSchema,
    query: pageQuerySchema,
    handle: ({ params: { name }, query: { limit, cursor } }) => {
      const list = `models/${name}/versions`;
      return cursors.seal(list, versions.list(name, { limit, cursor: cursors.open(list, cursor) }));
    },
  });

  addRoute(app, {
    method: 'POST',
    url: '/models/:name/versions',
    kind: 'change',
    params: modelPathSchema,
    body: createVersionSchema,
    handle: (input) =>
      answerOnce(store, input, (change) => {
        const version = versions.create(change, input.params.name, input.body);
        const model = `${API_PREFIX}/models/${encodeURIComponent(version.modelName)}`;
        return { body: version, location: `${model}/versions/${version.version}` };
      }),
  });

  addRoute(app, {
    method: 'GET',
    url: '/models/:name/versions/:version',
    kind: 'read',
    params: versionPathSchema,
    handle: ({ params, request, reply }) => {
      const version = versions.get(params.name, params.version);
      const etag = labelledEtag(version);
      reply.header('etag', etag).header('cache-control', 'no-cache');
      return isNotModified(request, etag) ? reply.code(304).send() : version;
    },
  });

  addRoute(app, {
    method: 'PATCH',
    url: '/models/:name/versions/:version',
    kind: 'change',
    params: versionPathSchema,
    body: labelPatchSchema,
    handle: ({ params, body, request, reply }) => {
      assertPreconditions(request, labelledEtag(versions.get(params.name, params.version)));
      const version = versions.patch(changeOf(request), params.name, params.version, body);
      reply.header('etag', labelledEtag(version));
      return version;
    },
  });
};

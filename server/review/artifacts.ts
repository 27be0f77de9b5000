import { basename } from 'node:path/posix';
import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { artifactPathSchema } from '../../src/contracts/registry/models.ts';
import { nameSchema } from '../../src/contracts/registry/primitives.ts';
import type { ApiContext } from './api-context.ts';
import { invalidInput } from './api-errors.ts';
import { sendBlob, sendBlobHead } from './send-blob.ts';
import { countSchema } from './version-path.ts';

const paramsSchema = z.strictObject({ name: nameSchema, version: countSchema, '*': artifactPathSchema });

/** `/models/{name}/versions/{version}/artifacts/{path...}`: the bytes of one file of a version. */
export const artifactRoutes: FastifyPluginAsync<ApiContext> = async (app, { store }) => {
  function find(request: FastifyRequest) {
    const params = paramsSchema.safeParse(request.params);
    if (!params.success) throw invalidInput('path', params.error);
    const { name, version, '*': path } = params.data;
    const { sha256, size } = store.versions.artifact(name, version, path);
    return { sha256, size, fileName: basename(path) };
  }

  const url = '/models/:name/versions/:version/artifacts/*';
  const config = { kind: 'read' } as const;
  app.get(url, { config, exposeHeadRoute: false }, (request: FastifyRequest, reply: FastifyReply) =>
    sendBlob(request, reply, store.blobs, find(request)),
  );
  app.head(url, { config }, async (request, reply) => sendBlobHead(request, reply, find(request)));
};

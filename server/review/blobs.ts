import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { sha256Schema } from '../../src/contracts/registry/primitives.ts';
import { Refusal } from '../json-errors.ts';
import { StoreError } from '../store/store-error.ts';
import { changeOf } from './actor.ts';
import type { ApiContext } from './api-context.ts';
import { invalidInput } from './api-errors.ts';
import { cutAfterRefusal, requestBytes } from './request-bytes.ts';
import { sendBlob, sendBlobHead } from './send-blob.ts';
import { UploadSlots } from './upload-slots.ts';

const paramsSchema = z.strictObject({ sha256: sha256Schema });

function sha256Of({ params }: FastifyRequest): string {
  const parsed = paramsSchema.safeParse(params);
  if (parsed.success) return parsed.data.sha256;
  throw invalidInput('path', parsed.error);
}

/** Content-Length when the client said it. Node has already refused one that is not a number. */
function announcedSize({ headers }: FastifyRequest): number | undefined {
  return headers['content-length'] === undefined ? undefined : Number(headers['content-length']);
}

/** Other bytes than their address says are not a mistake of form (400) but of content. */
function asUploadRefusal(error: unknown): unknown {
  if (!(error instanceof StoreError) || error.code !== 'invalid') return error;
  return new Refusal({ status: 422, code: 'digest-mismatch', message: error.message, place: error.place });
}

/** `/blobs/{sha256}`: bytes by their digest, streamed both ways. */
export const blobRoutes: FastifyPluginAsync<ApiContext> = async (app, { store, limits }) => {
  const slots = new UploadSlots(limits.maxUploads);
  // The body stays a stream, whatever type it claims to have.
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', (_request, payload, done) => done(null, payload));

  function receive(request: FastifyRequest): Promise<{ readonly size: number; readonly created: boolean }> {
    const sha256 = sha256Of(request);
    const expectedSize = announcedSize(request);
    const bytes = requestBytes(request.raw, limits.uploadIdleMs);
    const uploadLimits = { maxBytes: limits.maxUploadBytes, expectedSize };
    return slots.run(() => store.blobs.put(changeOf(request), sha256, bytes, uploadLimits));
  }

  app.put('/blobs/:sha256', { config: { kind: 'change', isUpload: true } }, async (request, reply) => {
    try {
      const { size, created } = await receive(request);
      reply.header('etag', `"${sha256Of(request)}"`).header('cache-control', 'no-store');
      return reply.code(created ? 201 : 200).send({ sha256: sha256Of(request), size });
    } catch (error) {
      cutAfterRefusal(request, limits.uploadIdleMs);
      throw asUploadRefusal(error);
    }
  });

  function find(request: FastifyRequest) {
    const sha256 = sha256Of(request);
    const size = store.blobs.size(sha256);
    if (size === null) throw new StoreError('not-found', `There is no blob ${sha256}.`, 'sha256');
    return { sha256, size, fileName: sha256 };
  }

  const config = { kind: 'read' } as const;
  app.get(
    '/blobs/:sha256',
    { config, exposeHeadRoute: false },
    (request: FastifyRequest, reply: FastifyReply) => sendBlob(request, reply, store.blobs, find(request)),
  );
  app.head('/blobs/:sha256', { config }, async (request, reply) =>
    sendBlobHead(request, reply, find(request)),
  );
};

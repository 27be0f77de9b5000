import type { FastifyPluginAsync, FastifyRequest } from 'fastify';
import { z } from 'zod';
import {
  type DocumentKind,
  documentKindSchema,
  putDocumentSchema,
} from '../../src/contracts/registry/documents.ts';
import { impactBodySchema } from '../../src/contracts/registry/impact.ts';
import { nameSchema, pageQuerySchema } from '../../src/contracts/registry/primitives.ts';
import { API_PREFIX, documentsQuerySchema } from '../../src/contracts/registry/routes.ts';
import type { DocumentStore, ExpectedRevision } from '../store/registry-store.ts';
import { StoreError } from '../store/store-error.ts';
import { changeOf } from './actor.ts';
import type { ApiContext } from './api-context.ts';
import { invalidInput } from './api-errors.ts';
import { addRoute } from './api-route.ts';
import { assertPreconditions, hasPrecondition, isNotModified } from './preconditions.ts';
import { countSchema } from './version-path.ts';

const params = z.strictObject({ kind: documentKindSchema, name: nameSchema });
const revisionParams = params.extend({ revision: countSchema });

const etagOf = (revision: number): string => `"${revision}"`;

function currentRevision(documents: DocumentStore, kind: DocumentKind, name: string): number | null {
  try {
    return documents.get(kind, name).revision;
  } catch (error) {
    if (error instanceof StoreError && error.code === 'not-found') return null;
    throw error;
  }
}

/**
 * What the change expects, for the store to check once more in its transaction.
 * @throws {Refusal} 412 the precondition does not hold
 */
function expectedOf(
  request: FastifyRequest,
  documents: DocumentStore,
  kind: DocumentKind,
  name: string,
): ExpectedRevision {
  if (!hasPrecondition(request)) return 'any';
  const revision = currentRevision(documents, kind, name);
  assertPreconditions(request, revision === null ? null : etagOf(revision));
  return revision ?? 'absent';
}

const impactPutSchema = z.object({ body: impactBodySchema });

/**
 * Impacts hold monthly aggregates and nothing else: what is kept of people's outcomes is checked here, not trusted.
 * @throws {Refusal} 400 naming the field
 */
function checkBody(kind: DocumentKind, put: unknown): void {
  if (kind !== 'impact') return;
  const { success, error } = impactPutSchema.safeParse(put);
  if (!success) throw invalidInput('body', error);
}

/** `/documents/{kind}/{name}`: small JSON values; each put is a revision, and revisions never change. */
export const documentRoutes: FastifyPluginAsync<ApiContext> = async (app, { store, cursors }) => {
  const { documents } = store;

  addRoute(app, {
    method: 'GET',
    url: '/documents',
    kind: 'read',
    query: documentsQuerySchema,
    handle: ({ query: { limit, cursor, kind } }) => {
      const list = `documents?kind=${kind ?? ''}`;
      const page = documents.list(kind ?? null, { limit, cursor: cursors.open(list, cursor) });
      return cursors.seal(list, page);
    },
  });

  addRoute(app, {
    method: 'GET',
    url: '/documents/:kind/:name',
    kind: 'read',
    params,
    handle: ({ params: { kind, name }, request, reply }) => {
      const document = documents.get(kind, name);
      const etag = etagOf(document.revision);
      reply.header('etag', etag).header('cache-control', 'no-cache');
      return isNotModified(request, etag) ? reply.code(304).send() : document;
    },
  });

  addRoute(app, {
    method: 'PUT',
    url: '/documents/:kind/:name',
    kind: 'change',
    params,
    body: putDocumentSchema,
    handle: ({ params: { kind, name }, body, request, reply }) => {
      checkBody(kind, body);
      const expected = expectedOf(request, documents, kind, name);
      const document = documents.put(changeOf(request), kind, name, body.body, expected);
      const path = `${API_PREFIX}/documents/${kind}/${encodeURIComponent(name)}`;
      reply.code(document.revision === 1 ? 201 : 200);
      reply.header('etag', etagOf(document.revision)).header('location', path);
      return document;
    },
  });

  addRoute(app, {
    method: 'DELETE',
    url: '/documents/:kind/:name',
    kind: 'change',
    params,
    handle: ({ params: { kind, name }, request, reply }) => {
      const expected = expectedOf(request, documents, kind, name);
      documents.delete(changeOf(request), kind, name, expected);
      return reply.code(204).send();
    },
  });

  addRoute(app, {
    method: 'GET',
    url: '/documents/:kind/:name/revisions',
    kind: 'read',
    params,
    query: pageQuerySchema,
    handle: ({ params: { kind, name }, query: { limit, cursor } }) => {
      const list = `documents/${kind}/${name}/revisions`;
      const page = documents.revisions(kind, name, { limit, cursor: cursors.open(list, cursor) });
      return cursors.seal(list, page);
    },
  });

  addRoute(app, {
    method: 'GET',
    url: '/documents/:kind/:name/revisions/:revision',
    kind: 'read',
    params: revisionParams,
    handle: ({ params: { kind, name, revision }, reply }) => {
      reply.header('cache-control', 'private, max-age=31536000, immutable');
      return documents.get(kind, name, revision);
    },
  });
};

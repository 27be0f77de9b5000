/**
 * The first room of the registry API, all under `/api/v1` (docs/registry.md says the same for people):
 *
 *     GET    /capabilities                                   who answers, and what it can
 *     GET    /models            POST /models                 registered models
 *     GET    /models/{name}     PATCH, DELETE                (delete is soft: the name's counter goes on)
 *     GET    /models/{name}/versions            POST         freezes a list of uploaded blobs
 *     GET    /models/{name}/versions/{version}  PATCH        description and tags only
 *     GET    /models/{name}/versions/{version}/artifacts/{path...}     the bytes, as attachment, with ETag and Range
 *     PUT    /blobs/{sha256}    HEAD, GET                    streamed, verified while it streams, idempotent
 *     GET    /datasets          GET, PUT /datasets/{id}
 *     GET    /decisions         POST /decisions   GET /decisions/{id}
 *     GET    /documents?kind=   GET, PUT, DELETE /documents/{kind}/{name}   GET .../revisions   GET .../revisions/{n}
 *     GET    /audit             GET /audit/verify
 *
 * Outside: `GET /health` (the process lives), `GET /ready` (store writable, disk has room, not shutting down; else 503).
 * POST takes `Idempotency-Key`; the profile that acts is named by {@link PROFILE_HEADER}. Models and documents have an
 * `ETag`; a change with `If-Match` or `If-None-Match: *` that does not hold is refused with 412.
 */
import { z } from 'zod';
import { documentKindSchema } from './documents.ts';
import { pageQuerySchema } from './primitives.ts';

export const API_PREFIX = '/api/v1';

/** Name of the local profile that acts, percent-encoded UTF-8; "local" when absent. */
export const PROFILE_HEADER = 'x-cutline-profile';

/** A browser cannot send it cross-origin without a preflight, which is refused: required on every change. */
export const REQUEST_HEADER = 'x-requested-with';
export const REQUEST_HEADER_VALUE = 'cutline';

export const capabilitiesSchema = z.object({
  name: z.literal('cutline'),
  version: z.string(),
  apiVersion: z.literal(1),
  /** Local mode: profiles are names, nobody's identity is verified. */
  identity: z.enum(['unverified', 'token']),
  maxUploadBytes: z.number().int().positive(),
});

/** `GET /documents`: of one kind, or of all. */
export const documentsQuerySchema = pageQuerySchema.extend({ kind: documentKindSchema.optional() });

/** Answer of `GET /ready`, with status 200 when all is well and 503 otherwise. */
export const readinessSchema = z.object({
  status: z.enum(['ready', 'stopping', 'not-writable', 'disk-full', 'audit-broken']),
  freeBytes: z.number().int().nonnegative(),
  /** Uploads are refused below it. */
  floorBytes: z.number().int().nonnegative(),
  /** Of the last verification of the audit chain; null before the first has ended. */
  auditValid: z.boolean().nullable(),
});

export type ServerReadiness = z.infer<typeof readinessSchema>;
export type Capabilities = z.infer<typeof capabilitiesSchema>;

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
 * POST takes `Idempotency-Key`; the profile that acts is named by {@link PROFILE_HEADER}.
 */
import { z } from 'zod';

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

export type Capabilities = z.infer<typeof capabilitiesSchema>;

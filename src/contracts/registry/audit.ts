/** The append-only audit log. */
import { z } from 'zod';
import { sha256Schema, timestampSchema } from './primitives.ts';

/**
 * One event. `hash` = SHA-256 of `prevHash` followed by the canonical JSON (RFC 8785) of the event without `hash`;
 * the first `prevHash` is 64 zeros.
 */
export const auditEventSchema = z.object({
  seq: z.number().int().positive(),
  at: timestampSchema,
  actor: z.string(),
  /** False while profiles are only names (local mode). */
  identityVerified: z.boolean(),
  /** `model.create`, `version.create`, `decision.pin`, `document.put`, `dataset.put`... */
  action: z.string(),
  object: z.string(),
  before: z.json(),
  after: z.json(),
  requestId: z.string(),
  prevHash: sha256Schema,
  hash: sha256Schema,
});

/** Answer of `GET /audit/verify`. */
export const auditVerdictSchema = z.object({
  valid: z.boolean(),
  events: z.number().int().nonnegative(),
  headHash: sha256Schema,
  /** The first event that does not fit, and why; null when all do. */
  firstBroken: z.object({ seq: z.number().int(), why: z.string() }).nullable(),
});

export type AuditEvent = z.infer<typeof auditEventSchema>;
export type AuditVerdict = z.infer<typeof auditVerdictSchema>;

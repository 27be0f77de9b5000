import type { AuditEvent } from '../../src/contracts/registry/audit.ts';
import { canonicalJson, sha256OfText } from '../store/canonical-json.ts';

/** `prevHash` of the first event. */
export const chainStart = '0'.repeat(64);

/** Row of `audit_events`. */
export interface AuditRow {
  readonly seq: number;
  readonly at: number;
  readonly actor: string;
  readonly identity_verified: number;
  readonly action: string;
  readonly object: string;
  readonly before: string;
  readonly after: string;
  readonly request_id: string;
  readonly prev_hash: string;
  readonly hash: string;
}

/**
 * An event's place in the chain.
 *
 *     hash = SHA-256(prevHash as 64 hex digits, then the canonical JSON of the event without hash)
 */
export function eventHash(event: Omit<AuditEvent, 'hash'>): string {
  return sha256OfText(event.prevHash + canonicalJson(event));
}

/** @throws {SyntaxError} `before` or `after` is no longer JSON */
export function eventFrom(row: AuditRow): AuditEvent {
  return {
    seq: row.seq,
    at: row.at,
    actor: row.actor,
    identityVerified: row.identity_verified === 1,
    action: row.action,
    object: row.object,
    before: JSON.parse(row.before),
    after: JSON.parse(row.after),
    requestId: row.request_id,
    prevHash: row.prev_hash,
    hash: row.hash,
  };
}

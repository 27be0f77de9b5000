import type { AuditEvent } from '../../src/contracts/registry/audit.ts';
import { canonicalJson } from '../store/canonical-json.ts';
import type { SqlDatabase } from '../store/database.ts';
import { pageOf } from '../store/page-cursor.ts';
import type { AuditLog, Change } from '../store/registry-store.ts';
import { type AuditRow, chainStart, eventFrom, eventHash } from './audit-event.ts';
import { verifyChain } from './verify-chain.ts';

/** What happened to what; `before` and `after` are JSON values, null where there was or is nothing. */
export interface Happening {
  readonly action: string;
  /** Path of the object as the API names it: `models/pd/versions/3`. */
  readonly object: string;
  readonly before: AuditEvent['before'];
  readonly after: AuditEvent['after'];
}

/** The last event's number and hash; 0 and {@link chainStart} when there is none. */
function headOf(db: SqlDatabase): { readonly seq: number; readonly hash: string } {
  const head = db.get<{ seq: number; hash: string }>(
    'SELECT seq, hash FROM audit_events ORDER BY seq DESC LIMIT 1',
  );
  return head ?? { seq: 0, hash: chainStart };
}

/** Appends one event; call it in the transaction of the change it tells of. */
export function appendEvent(db: SqlDatabase, at: number, change: Change, happening: Happening): void {
  const head = headOf(db);
  const event = {
    seq: head.seq + 1,
    at,
    actor: change.actor,
    identityVerified: change.identityVerified,
    ...happening,
    requestId: change.requestId,
    prevHash: head.hash,
  };
  db.run('INSERT INTO audit_events VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)', [
    event.seq,
    at,
    event.actor,
    event.identityVerified ? 1 : 0,
    event.action,
    event.object,
    canonicalJson(event.before),
    canonicalJson(event.after),
    event.requestId,
    event.prevHash,
    eventHash(event),
  ]);
}

/** The log as the API reads it. */
export function auditLog(db: SqlDatabase): AuditLog {
  return {
    list: (query) =>
      pageOf(
        query,
        (before, limit) =>
          db.all<AuditRow>('SELECT * FROM audit_events WHERE seq < ? ORDER BY seq DESC LIMIT ?', [
            before,
            limit,
          ]),
        (row) => row.seq,
        eventFrom,
      ),
    verify: () => verifyChain(db),
  };
}

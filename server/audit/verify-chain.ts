import { setImmediate } from 'node:timers/promises';
import type { AuditVerdict } from '../../src/contracts/registry/audit.ts';
import type { SqlDatabase } from '../store/database.ts';
import { type AuditRow, chainStart, eventFrom, eventHash } from './audit-event.ts';

/** Hashing as many takes about 10 ms: other requests wait no longer. */
const eventsPerSlice = 500;

/** Why an event does not follow the one before; null when it does. */
function faultOf(row: AuditRow, seq: number, prevHash: string): string | null {
  if (row.seq !== seq) return `event ${seq} is missing`;
  if (row.prev_hash !== prevHash) return 'it does not follow the event before it';
  try {
    const { hash, ...event } = eventFrom(row);
    return eventHash(event) === hash ? null : 'it is not what was written: its hash differs';
  } catch {
    return 'it can no longer be read';
  }
}

/**
 * Recomputes the chain from the first event, a slice at a time. An event that was cut off the end leaves no trace in
 * the chain itself: that takes a signed head kept elsewhere, compared with `headHash`.
 *
 * @returns `headHash` of the last event that fits; 64 zeros when there is none
 */
export async function verifyChain(db: SqlDatabase): Promise<AuditVerdict> {
  let events = 0;
  let headHash = chainStart;
  for (;;) {
    const rows = db.all<AuditRow>('SELECT * FROM audit_events WHERE seq > ? ORDER BY seq LIMIT ?', [
      events,
      eventsPerSlice,
    ]);
    for (const row of rows) {
      const why = faultOf(row, events + 1, headHash);
      if (why !== null) return { valid: false, events, headHash, firstBroken: { seq: row.seq, why } };
      events += 1;
      headHash = row.hash;
    }
    if (rows.length < eventsPerSlice) return { valid: true, events, headHash, firstBroken: null };
    await setImmediate();
  }
}

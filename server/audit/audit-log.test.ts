import { createHash } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { SqlDatabase } from '../store/database.ts';
import { migrate } from '../store/migrations.ts';
import { analyst } from '../store/sample-store.ts';
import { appendEvent } from './audit-log.ts';
import { verifyChain } from './verify-chain.ts';

let db: SqlDatabase;

beforeEach(() => {
  db = new SqlDatabase(':memory:');
  migrate(db);
});

afterEach(() => db.close());

function append(count: number): void {
  for (let index = 1; index <= count; index += 1) {
    appendEvent(db, index, analyst, {
      action: 'model.create',
      object: `models/${index}`,
      before: null,
      after: { index },
    });
  }
}

/** As someone would who has the file and drops its triggers first. */
function tamper(sql: string): void {
  db.exec(`DROP TRIGGER audit_events_stay; DROP TRIGGER audit_events_remain; ${sql}`);
}

describe('the audit log', () => {
  it('chains SHA-256 over the hash before and the canonical JSON', () => {
    append(2);
    const hashes = db
      .all<{ hash: string }>('SELECT hash FROM audit_events ORDER BY seq')
      .map(({ hash }) => hash);
    const zeros = '0'.repeat(64);
    const text = (seq: number, prev: string) =>
      `${prev}{"action":"model.create","actor":"Ana","after":{"index":${seq}},"at":${seq},"before":null,` +
      `"identityVerified":false,"object":"models/${seq}","prevHash":"${prev}","requestId":"r-1","seq":${seq}}`;
    const sha = (of: string) => createHash('sha256').update(of).digest('hex');
    const first = sha(text(1, zeros));
    expect(hashes).toEqual([first, sha(text(2, first))]);
  });

  it('verifies an empty log and one longer than a slice', async () => {
    expect(await verifyChain(db)).toEqual({
      valid: true,
      events: 0,
      headHash: '0'.repeat(64),
      firstBroken: null,
    });
    db.transaction(() => append(1001));
    expect(await verifyChain(db)).toMatchObject({ valid: true, events: 1001 });
  });

  it.each([
    ['UPDATE audit_events SET actor = ? WHERE seq = 1', ['Bo']],
    ['DELETE FROM audit_events WHERE seq = 2', []],
  ])('refuses %s', (sql, values) => {
    append(2);
    expect(() => db.run(sql, values)).toThrow(/never/);
  });

  it.each([
    ["UPDATE audit_events SET actor = 'Bo' WHERE seq = 3", 3, 'its hash differs'],
    ['UPDATE audit_events SET after = \'{"index":4}\' WHERE seq = 3', 3, 'its hash differs'],
    ["UPDATE audit_events SET after = '{' WHERE seq = 3", 3, 'no longer be read'],
    ['UPDATE audit_events SET identity_verified = 1 WHERE seq = 5', 5, 'its hash differs'],
    ["UPDATE audit_events SET hash = '00' WHERE seq = 2", 2, 'its hash differs'],
    ['DELETE FROM audit_events WHERE seq = 2', 3, 'event 2 is missing'],
    ['UPDATE audit_events SET prev_hash = hash WHERE seq = 4', 4, 'does not follow'],
  ])('finds %s', async (sql, seq, why) => {
    append(5);
    tamper(sql);
    expect(await verifyChain(db)).toMatchObject({
      valid: false,
      firstBroken: { seq, why: expect.stringContaining(why) },
    });
  });

  it('shows events cut off the end only by the head', async () => {
    append(3);
    const { headHash } = await verifyChain(db);
    tamper('DELETE FROM audit_events WHERE seq = 3');
    const verdict = await verifyChain(db);
    expect(verdict).toMatchObject({ valid: true, events: 2 });
    expect(verdict.headHash).not.toBe(headHash);
  });
});

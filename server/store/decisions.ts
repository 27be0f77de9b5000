import { randomUUID } from 'node:crypto';
import type { PinnedDecision } from '../../src/contracts/registry/decisions.ts';
import { canonicalJson, sha256OfText } from './canonical-json.ts';
import type { SqlDatabase } from './database.ts';
import { pageOf } from './page-cursor.ts';
import type { DecisionStore } from './registry-store.ts';
import { changing, type StoreContext } from './store-context.ts';
import { StoreError } from './store-error.ts';

/** Row of `decisions`. */
interface DecisionRow {
  readonly seq: number;
  readonly id: string;
  readonly body: string;
  readonly created_at: number;
  readonly created_by: string;
}

function decisionOf(row: DecisionRow): PinnedDecision {
  return { ...JSON.parse(row.body), id: row.id, createdAt: row.created_at, createdBy: row.created_by };
}

function decisionBy(db: SqlDatabase, id: string): PinnedDecision {
  const row = db.get<DecisionRow>('SELECT * FROM decisions WHERE id = ?', [id]);
  if (row === undefined) throw new StoreError('not-found', `There is no decision ${id}.`, 'id');
  return decisionOf(row);
}

/** Pinned decisions over the table `decisions`. */
export function decisionStore(context: StoreContext): DecisionStore {
  const { db } = context;
  return {
    create: (change, input) =>
      changing(context, change, (now, tell) => {
        const id = `d-${randomUUID().replaceAll('-', '')}`;
        const body = canonicalJson(input);
        db.run('INSERT INTO decisions (id, body, created_at, created_by) VALUES (?, ?, ?, ?)', [
          id,
          body,
          now,
          change.actor,
        ]);
        const { threshold, reason, evidence } = input;
        tell({
          action: 'decision.pin',
          object: `decisions/${id}`,
          before: null,
          after: { threshold, reason, evidence, sha256: sha256OfText(body) },
        });
        return decisionBy(db, id);
      }),
    get: (id) => decisionBy(db, id),
    list: (query) =>
      pageOf(
        query,
        (before, limit) =>
          db.all<DecisionRow>('SELECT * FROM decisions WHERE seq < ? ORDER BY seq DESC LIMIT ?', [
            before,
            limit,
          ]),
        (row) => row.seq,
        decisionOf,
      ),
  };
}

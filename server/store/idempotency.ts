import type { IdempotentRequest, KeptResponse, RegistryStore } from './registry-store.ts';
import type { StoreContext } from './store-context.ts';
import { StoreError } from './store-error.ts';

/** A client that repeats a request does so within minutes; a day covers one that was offline. */
const keptForMs = 24 * 60 * 60 * 1000;

interface KeptRow {
  readonly request_sha256: string;
  readonly status: number;
  readonly body: string;
}

/** Answers kept under their `Idempotency-Key`, over the table `idempotency`. */
export function idempotency({ db, clock }: StoreContext): RegistryStore['once'] {
  function keptAnswer({ key, actor, requestSha256 }: IdempotentRequest): KeptResponse | null {
    const row = db.get<KeptRow>('SELECT * FROM idempotency WHERE actor = ? AND key = ?', [actor, key]);
    if (row === undefined) return null;
    if (row.request_sha256 !== requestSha256) {
      throw new StoreError(
        'conflict',
        'This Idempotency-Key was used for another request. Send a new one.',
        'idempotency-key',
      );
    }
    return { status: row.status, body: JSON.parse(row.body) };
  }

  return (request, work) =>
    db.transaction(() => {
      const now = clock();
      db.run('DELETE FROM idempotency WHERE created_at < ?', [now - keptForMs]);
      const kept = keptAnswer(request);
      if (kept !== null) return { response: kept, replayed: true };
      const response = work();
      db.run('INSERT INTO idempotency VALUES (?, ?, ?, ?, ?, ?)', [
        request.actor,
        request.key,
        request.requestSha256,
        response.status,
        JSON.stringify(response.body ?? null),
        now,
      ]);
      return { response, replayed: false };
    });
}

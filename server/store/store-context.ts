import { appendEvent, type Happening } from '../audit/audit-log.ts';
import type { SqlDatabase } from './database.ts';
import type { Change } from './registry-store.ts';

/** What every part of the store works on. */
export interface StoreContext {
  readonly db: SqlDatabase;
  /** Epoch milliseconds. */
  readonly clock: () => number;
}

/** Appends the event of a change that is under way in the same transaction. */
export type Tell = (happening: Happening) => void;

/** Runs a change in one transaction with its audit events, which get the same time as what is written. */
export function changing<T>(
  { db, clock }: StoreContext,
  change: Change,
  work: (now: number, tell: Tell) => T,
): T {
  return db.transaction(() => {
    const now = clock();
    return work(now, (happening) => appendEvent(db, now, change, happening));
  });
}

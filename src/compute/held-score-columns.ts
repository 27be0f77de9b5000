import type { TaskArgs } from '../contracts/tasks.ts';

export interface HeldScoreColumn {
  /** The scores themselves; null when only the browser's storage has them. */
  readonly put: TaskArgs<'scores/put'> | null;
  readonly restore: TaskArgs<'scores/restore'>;
  readonly isKept: boolean;
}

/** As many as a worker holds: what both hold is one piece of memory where columns are shared. */
const MOST_IN_MEMORY = 6;

/**
 * Columns of scores that the page can give to a worker. Beyond a few, those that the browser's storage keeps are let go
 * from memory, the least recently used first; those that it could not keep all stay.
 */
export class HeldScoreColumns {
  readonly #columns = new Map<string, HeldScoreColumn>();

  find(scoresId: string): HeldScoreColumn | undefined {
    return this.#columns.get(scoresId);
  }

  /** Remembers new scores. @param isKept whether the browser's storage has them too */
  put(args: TaskArgs<'scores/put'>, isKept: boolean): void {
    const { scoresId, tableId, scores } = args;
    const restore = { scoresId, tableId, rowCount: scores.length };
    this.#use(scoresId, { put: args, restore, isKept });
  }

  /** Remembers scores that the worker holds or the storage brought back. */
  restored(args: TaskArgs<'scores/restore'>): void {
    const known = this.#columns.get(args.scoresId);
    this.#use(args.scoresId, known ?? { put: null, restore: args, isKept: true });
  }

  /** Forgets the scores of a base table's rows. */
  forgetTable(tableId: string): void {
    for (const [id, { restore }] of this.#columns) if (restore.tableId === tableId) this.#columns.delete(id);
  }

  #use(scoresId: string, column: HeldScoreColumn): void {
    this.#columns.delete(scoresId);
    this.#columns.set(scoresId, column);
    const inMemory = [...this.#columns].filter(([, { put }]) => put !== null);
    let over = inMemory.length - MOST_IN_MEMORY;
    for (const [id, old] of inMemory) {
      if (over <= 0) return;
      if (!old.isKept) continue;
      this.#columns.set(id, { ...old, put: null });
      over--;
    }
  }
}

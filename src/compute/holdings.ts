/**
 * What the page can give back to a worker that lost it: tables (opaque shared columns, or what they come from: the file,
 * the browser's storage, a base and its recipe), models (bytes), scores, judgements (their definition) and grounds of
 * explanations. Nothing here is read by the page; workers are refilled lazily, right before the first job that needs a thing.
 */
import type { JudgementSpec } from '../contracts/judgement.ts';
import { baseIdOf } from '../contracts/table-id.ts';
import type { ReadTable, TaskArgs, TaskName, TaskResult } from '../contracts/tasks.ts';
import type { ExplanationGround } from '../core/explain/explanation-ground.ts';
import { HeldGrounds } from './held-grounds.ts';
import { HeldScoreColumns } from './held-score-columns.ts';
import { found, gone, keyOf, type Need, needsOf, needsOfJudgement } from './needs.ts';
import type { WorkerSlot } from './pool.ts';
import type { WorkerClient } from './worker-client.ts';

type TableOrigin = {
  [T in 'table/ingest' | 'table/restore' | 'table/derive']: { readonly task: T; readonly args: TaskArgs<T> };
}['table/ingest' | 'table/restore' | 'table/derive'];

interface HeldTable {
  readonly origin: TableOrigin;
  readonly read: ReadTable;
}

export class Holdings {
  readonly #tables = new Map<string, HeldTable>();
  readonly #models = new Map<string, TaskArgs<'model/open'>>();
  readonly #scores = new HeldScoreColumns();
  readonly #judgements = new Map<string, JudgementSpec>();
  readonly #grounds = new HeldGrounds();

  /**
   * Makes sure that a worker holds a thing, giving it now if it does not. Concurrent calls share one delivery.
   * @throws {DataError} `unknown-handle` when the page no longer has it (it was released)
   */
  async provide(client: WorkerClient, slot: WorkerSlot, need: Need): Promise<void> {
    const key = keyOf(need);
    const delivered = client.held.get(key);
    if (delivered !== undefined) return delivered;
    const delivery = this.#deliver(client, slot, need);
    client.held.set(key, delivery);
    // A failed delivery must be tried again by the next job, not remembered.
    delivery.catch(() => client.held.delete(key));
    return delivery;
  }

  /** Remembers what a finished job left in its worker, and how to make it again elsewhere. */
  learn<T extends TaskName>(client: WorkerClient, task: T, args: TaskArgs<T>, result: TaskResult<T>): void {
    const left = this.#remember({ task, args, result } as FinishedJob);
    if (left !== null) client.held.set(keyOf(left), Promise.resolve());
  }

  /** How the changed and joined columns of an open table were made, by name; {} for a base. @throws {DataError} `unknown-handle` */
  madeOf(tableId: string): ReadTable['made'] {
    return found(this.#tables.get(tableId), { kind: 'table', id: tableId }).read.made;
  }

  /**
   * Forgets a table, what was derived from it and its scores; what the browser's storage keeps stays there. Definitions of
   * judgements stay: an answer about them may be cached still, and the table opened again.
   */
  forgetTable(tableId: string): void {
    const isDoomed = (id: string) => id === tableId || baseIdOf(id) === tableId;
    for (const id of this.#tables.keys()) if (isDoomed(id)) this.#tables.delete(id);
    this.#scores.forgetTable(tableId);
    this.#grounds.forget((ground) => isDoomed(ground.tableId));
  }

  forgetModel(modelId: string): void {
    this.#models.delete(modelId);
    this.#grounds.forget((ground) => ground.modelId === modelId);
  }

  /** The ground of an explanation as it was prepared; null when it was not, or was let go. */
  groundOf(groundId: string): ExplanationGround | null {
    return this.#grounds.find(groundId)?.ground ?? null;
  }

  /** The bytes of an open model, with the name that the file had. @throws {DataError} `unknown-handle` */
  modelBytes(modelId: string): Pick<TaskArgs<'model/open'>, 'bytes' | 'name'> {
    return found(this.#models.get(modelId), { kind: 'model', id: modelId });
  }

  #remember(job: FinishedJob): Need | null {
    switch (job.task) {
      case 'table/ingest':
        return this.#rememberTable({ origin: job, read: job.result });
      case 'table/derive':
        // The base may have been released while this ran: what hangs on it must not come back alone.
        if (!this.#tables.has(job.args.baseId)) return null;
        return this.#rememberTable({ origin: job, read: job.result });
      case 'table/restore':
        return job.result === null ? null : this.#rememberTable({ origin: job, read: job.result });
      case 'model/open':
        // Kept once is kept: whoever is given the model later shall not write it again.
        this.#models.set(job.result.id, { ...job.args, persist: false });
        return { kind: 'model', id: job.result.id };
      case 'scores/put':
        this.#scores.put(job.args, job.args.persist && job.result.notice === null);
        return { kind: 'scores', id: job.args.scoresId };
      case 'scores/restore':
        if (job.result.info === null) return null;
        this.#scores.restored(job.args);
        return { kind: 'scores', id: job.args.scoresId };
      case 'explain/prepare':
        this.#grounds.put({ ...job.args, ground: job.result.ground });
        return { kind: 'ground', id: job.args.groundId };
      case 'judgement/open':
        this.#judgements.set(job.result.id, job.args.spec);
        return { kind: 'judgement', id: job.result.id };
      default:
        return null;
    }
  }

  /** A table that is there already keeps its origin: the empty recipe gives the base, and a file needs no storage. */
  #rememberTable({ origin, read }: HeldTable): Need {
    const { id } = read.summary;
    const known = origin.task === 'table/ingest' ? undefined : this.#tables.get(id);
    this.#tables.set(id, {
      origin: known?.origin ?? ({ task: origin.task, args: origin.args } as TableOrigin),
      read,
    });
    return { kind: 'table', id };
  }

  async #deliver(client: WorkerClient, slot: WorkerSlot, need: Need): Promise<void> {
    switch (need.kind) {
      case 'table':
        return this.#deliverTable(client, slot, need, found(this.#tables.get(need.id), need));
      case 'model':
        await client.run('model/open', found(this.#models.get(need.id), need));
        return;
      case 'scores':
        return this.#deliverScores(client, need);
      case 'ground':
        await client.run('explain/attach', found(this.#grounds.find(need.id), need));
        return;
      case 'judgement': {
        const spec = found(this.#judgements.get(need.id), need);
        for (const part of needsOfJudgement(spec)) await this.provide(client, slot, part);
        await client.run('judgement/open', { spec });
      }
    }
  }

  /** Shared columns are handed over as they are; others come from where they came from first. */
  async #deliverTable(client: WorkerClient, slot: WorkerSlot, need: Need, held: HeldTable): Promise<void> {
    const { origin, read } = held;
    if (read.shared !== null) {
      const summary = slot === 'home' ? read.summary : null;
      await client.run('table/attach', { tableId: need.id, table: read.shared, summary });
      return;
    }
    if (origin.task === 'table/restore') {
      if ((await client.run('table/restore', origin.args)) === null) throw gone(need);
      return;
    }
    for (const part of needsOf(origin.task, origin.args)) await this.provide(client, slot, part);
    await client.run(origin.task, origin.args);
  }

  async #deliverScores(client: WorkerClient, need: Need): Promise<void> {
    const { put, restore } = found(this.#scores.find(need.id), need);
    if (put !== null) {
      await client.run('scores/put', { ...put, persist: false });
      return;
    }
    const { info } = await client.run('scores/restore', restore);
    if (info === null) throw gone(need);
  }
}

type FinishedJob = {
  [T in TaskName]: { readonly task: T; readonly args: TaskArgs<T>; readonly result: TaskResult<T> };
}[TaskName];

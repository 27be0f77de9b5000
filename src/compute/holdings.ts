/**
 * What the page can give back to a worker that lost it: tables (opaque shared columns, or the file to read again),
 * models (bytes), scores and judgements (their definition). Nothing here is read by the page; workers are refilled
 * lazily, right before the first job that needs a thing.
 */
import type { JudgementSpec } from '../contracts/judgement.ts';
import type { ReadTable, TaskArgs, TaskName, TaskResult } from '../contracts/tasks.ts';
import { DataError } from '../core/errors.ts';
import type { ColumnKind } from '../core/table/column.ts';
import type { WorkerSlot } from './pool.ts';
import type { WorkerClient } from './worker-client.ts';

type ThingKind = 'table' | 'model' | 'scores' | 'judgement';

export interface Need {
  readonly kind: ThingKind;
  readonly id: string;
}

interface HeldTable {
  readonly file: TaskArgs<'table/ingest'>;
  /** The table as it was read, and the changes of kind since, in order. */
  readonly asRead: ReadTable;
  readonly changes: readonly { readonly column: string; readonly kind: ColumnKind }[];
  readonly current: ReadTable;
}

type HeldScores = TaskArgs<'scores/put'> | TaskArgs<'scores/restore'>;

export class Holdings {
  readonly #tables = new Map<string, HeldTable>();
  readonly #models = new Map<string, TaskArgs<'model/open'>>();
  readonly #scores = new Map<string, HeldScores>();
  readonly #judgements = new Map<string, JudgementSpec>();

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

  /** Forgets a table and what hangs on it; scores kept in the browser's storage stay there. */
  forgetTable(tableId: string): void {
    this.#tables.delete(tableId);
    for (const [id, scores] of this.#scores) if (scores.tableId === tableId) this.#scores.delete(id);
    for (const [id, spec] of this.#judgements) if (spec.tableId === tableId) this.#judgements.delete(id);
  }

  #remember(job: FinishedJob): Need | null {
    switch (job.task) {
      case 'table/ingest': {
        const { summary } = job.result;
        this.#tables.set(summary.id, {
          file: job.args,
          asRead: job.result,
          changes: [],
          current: job.result,
        });
        return { kind: 'table', id: summary.id };
      }
      case 'table/retype':
        return this.#rememberRetype(job.args, job.result);
      case 'model/open':
        this.#models.set(job.result.id, job.args);
        return { kind: 'model', id: job.result.id };
      case 'scores/put':
        this.#scores.set(job.args.scoresId, job.args);
        return { kind: 'scores', id: job.args.scoresId };
      case 'scores/restore':
        if (job.result.info === null) return null;
        this.#scores.set(job.args.scoresId, job.args);
        return { kind: 'scores', id: job.args.scoresId };
      case 'judgement/open':
        this.#judgements.set(job.result.id, job.args.spec);
        return { kind: 'judgement', id: job.result.id };
      default:
        return null;
    }
  }

  #rememberRetype(args: TaskArgs<'table/retype'>, result: ReadTable): Need | null {
    const before = this.#tables.get(args.tableId);
    if (before === undefined) return null;
    const change = { column: args.column, kind: args.kind };
    this.#tables.set(result.summary.id, {
      ...before,
      changes: [...before.changes, change],
      current: result,
    });
    return { kind: 'table', id: result.summary.id };
  }

  async #deliver(client: WorkerClient, slot: WorkerSlot, need: Need): Promise<void> {
    switch (need.kind) {
      case 'table':
        return this.#deliverTable(client, slot, found(this.#tables.get(need.id), need));
      case 'model':
        await client.run('model/open', found(this.#models.get(need.id), need));
        return;
      case 'scores':
        return this.#deliverScores(client, need, found(this.#scores.get(need.id), need));
      case 'judgement': {
        const spec = found(this.#judgements.get(need.id), need);
        for (const part of needsOfJudgement(spec)) await this.provide(client, slot, part);
        await client.run('judgement/open', { spec });
      }
    }
  }

  /** A scoring worker takes the columns as they are now; the home worker also needs the way back to the first kinds. */
  async #deliverTable(client: WorkerClient, slot: WorkerSlot, held: HeldTable): Promise<void> {
    const { asRead, current, changes } = held;
    if (slot !== 'home' && current.shared !== null) {
      await client.run('table/attach', { tableId: current.summary.id, table: current.shared, summary: null });
      return;
    }
    let tableId = asRead.summary.id;
    if (asRead.shared === null) await client.run('table/ingest', held.file);
    else await client.run('table/attach', { tableId, table: asRead.shared, summary: asRead.summary });
    for (const change of changes) {
      const retyped = await client.run('table/retype', { tableId, ...change, share: asRead.shared !== null });
      if (retyped.summary.id !== tableId) await client.run('table/release', { tableId });
      tableId = retyped.summary.id;
    }
  }

  async #deliverScores(client: WorkerClient, need: Need, held: HeldScores): Promise<void> {
    if ('scores' in held) {
      await client.run('scores/put', { ...held, persist: false });
      return;
    }
    const { info } = await client.run('scores/restore', held);
    if (info === null) throw gone(need);
  }
}

type FinishedJob = {
  [T in TaskName]: { readonly task: T; readonly args: TaskArgs<T>; readonly result: TaskResult<T> };
}[TaskName];

type StartedJob = { [T in TaskName]: { readonly task: T; readonly args: TaskArgs<T> } }[TaskName];

/** What a worker must hold before it can run a job, in the order in which to give it. */
export function needsOf<T extends TaskName>(task: T, args: TaskArgs<T>): readonly Need[] {
  const job = { task, args } as StartedJob;
  switch (job.task) {
    case 'table/retype':
      return [{ kind: 'table', id: job.args.tableId }];
    case 'model/engine':
      return [{ kind: 'model', id: job.args.modelId }];
    case 'model/bind':
    case 'model/score':
      return [
        { kind: 'table', id: job.args.tableId },
        { kind: 'model', id: job.args.modelId },
      ];
    case 'scores/csv':
      return [{ kind: 'scores', id: job.args.scoresId }];
    case 'judgement/open':
      return needsOfJudgement(job.args.spec);
    case 'judgement/scenario':
    case 'judgement/at':
    case 'judgement/step':
      return [{ kind: 'judgement', id: job.args.judgementId }];
    default:
      return [];
  }
}

export function keyOf(need: Need): string {
  return `${need.kind}:${need.id}`;
}

function needsOfJudgement(spec: JudgementSpec): readonly Need[] {
  const table: Need = { kind: 'table', id: spec.tableId };
  return spec.scores.kind === 'model' ? [table, { kind: 'scores', id: spec.scores.scoresId }] : [table];
}

function found<V>(value: V | undefined, need: Need): V {
  if (value === undefined) throw gone(need);
  return value;
}

const NAME_OF: Record<ThingKind, string> = {
  table: 'table',
  model: 'model',
  scores: 'column of scores',
  judgement: 'analysis',
};

function gone(need: Need): DataError {
  return new DataError('unknown-handle', `This ${NAME_OF[need.kind]} is no longer open.`, {
    advice: 'Open the file again; scores that were kept in this browser come back at once.',
  });
}

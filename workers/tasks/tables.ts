import { baseIdOf } from '../../src/contracts/table-id.ts';
import type { Progress, ReadTable, TaskArgs } from '../../src/contracts/tasks.ts';
import { CanceledError } from '../../src/core/errors.ts';
import type { Table } from '../../src/core/table/column.ts';
import { summarizeTableSliced } from '../../src/core/table/profile.ts';
import { openTable, outlineTable } from '../../src/formats/data/open-table.ts';
import { contentHash } from '../content-hash.ts';
import { deriveTable } from '../derive-table.ts';
import { baseTable, type HeldTable, type MadePart, type Shelf, summaryOf } from '../holds.ts';
import type { Job } from '../job.ts';
import { keepTable, restoreTable } from '../kept/kept-tables.ts';
import { maxTableBytes } from '../max-table-bytes.ts';
import { shortHash } from '../recipe.ts';
import type { TaskHandlers } from '../runtime.ts';
import type { JudgementShelves } from './judgement.ts';

type TablesTasks = Pick<
  TaskHandlers,
  | 'table/outline'
  | 'table/ingest'
  | 'table/keep'
  | 'table/restore'
  | 'table/attach'
  | 'table/derive'
  | 'table/release'
>;

const sharedBuffer = (byteLength: number) => new SharedArrayBuffer(byteLength);
const ownBuffer = (byteLength: number) => new ArrayBuffer(byteLength);

/** Reading, keeping, handing over, deriving and closing tables. */
export function tablesTasks({ tables, scores, judgements }: JudgementShelves): TablesTasks {
  const hold = (held: HeldTable, share: boolean): ReadTable => {
    tables.put(summaryOf(held).id, held);
    return { summary: summaryOf(held), shared: share ? held.table : null, made: held.made };
  };
  return {
    'table/outline': ({ file, name }) => outlineTable(file, { name, maxTableBytes: maxTableBytes() }),

    'table/ingest': async (args, job) => hold(await ingest(args, job), args.share),

    'table/keep': async ({ tableId }, job) => {
      const held = tables.get(tableId);
      return { notice: await keepTable(held.table, summaryOf(held), job) };
    },

    'table/restore': async ({ tableId, share }, job) => {
      const known = tables.find(tableId);
      if (known !== undefined && known.summary !== null) return hold(known, share);
      const kept = await restoreTable(tableId, share ? sharedBuffer : ownBuffer, job);
      return kept === null ? null : hold(baseTable(kept.table, kept.summary), share);
    },

    'table/attach': ({ tableId, table, summary }) => {
      tables.put(tableId, baseTable(table, summary));
      return null;
    },

    'table/derive': async ({ baseId, recipe, share }, job) => {
      const derived = await deriveTable(tables.get(baseId), recipe, {
        known: partsOf(tables, baseId),
        tableOf: (tableId): Table => tables.get(tableId).table,
        allocate: share ? sharedBuffer : null,
        job,
      });
      return hold(derived, share);
    },

    'table/release': ({ tableId }) => {
      // Releasing a base releases what was derived from it; a derived table leaves its base and the scores of its rows.
      const isDoomed = (id: string): boolean => id === tableId || baseIdOf(id) === tableId;
      tables.deleteWhere((_table, id) => isDoomed(id));
      judgements.deleteWhere((held) => isDoomed(held.tableId));
      scores.deleteWhere((column) => column.tableId === tableId);
      return null;
    },
  };
}

function partsOf(tables: Shelf<HeldTable>, baseId: string): ReadonlyMap<string, MadePart> {
  const parts = new Map<string, MadePart>();
  for (const [id, held] of tables.entries())
    if (baseIdOf(id) === baseId) for (const [key, part] of held.parts) parts.set(key, part);
  return parts;
}

/** Hashes and parses side by side: the platform hashes on threads of its own. */
async function ingest(args: TaskArgs<'table/ingest'>, job: Job): Promise<HeldTable> {
  const { file, name, share, columns } = args;
  const hashing = hashWhileWanted(file, job);
  try {
    const read = await openTable(file, {
      name,
      columns,
      maxTableBytes: maxTableBytes(),
      onChunk: ({ bytes, rows }) => {
        job.progress(bytesRead(bytes, file.size, rows));
        return job.turn();
      },
      ...(share ? { allocate: sharedBuffer } : {}),
    });
    const { table, notices, unparsable } = read;
    job.progress(bytesRead(file.size, file.size, table.rowCount));
    await job.turn();
    const id = await tableIdOf(await hashing.id, columns === null ? null : table);
    const facts = { id, byteLength: file.size, notices, unparsable };
    const summary = await job.drain(summarizeTableSliced(table, facts));
    return baseTable(table, summary);
  } finally {
    hashing.stop();
  }
}

/** The file's hash, followed by a hash of the columns (in the file's order) where only some were read. */
async function tableIdOf(fileHash: string, chosen: Table | null): Promise<string> {
  return chosen === null
    ? fileHash
    : `${fileHash}~${await shortHash(chosen.columns.map(({ name }) => name))}`;
}

/** A file that is no table is not worth hashing to its end. */
function hashWhileWanted(file: TaskArgs<'table/ingest'>['file'], job: Job) {
  let wanted = true;
  const id = contentHash(file, {
    turn: () => (wanted ? job.turn() : Promise.reject(new CanceledError())),
  });
  // When reading fails first, nobody waits for the hash any more.
  id.catch(() => undefined);
  const stop = () => {
    wanted = false;
  };
  return { id, stop };
}

function bytesRead(done: number, total: number, rows: number): Progress {
  return { done, total, unit: 'bytes', rows };
}

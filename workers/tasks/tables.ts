import type { Progress, ReadTable, TaskArgs } from '../../src/contracts/tasks.ts';
import { CanceledError } from '../../src/core/errors.ts';
import { summarizeTableSliced } from '../../src/core/table/profile.ts';
import { openTable } from '../../src/formats/data/open-table.ts';
import { contentHash } from '../content-hash.ts';
import type { HeldScores, HeldTable, Shelf } from '../holds.ts';
import type { Job } from '../job.ts';
import { retypeTable, summaryOf } from '../retype-table.ts';
import type { TaskHandlers } from '../runtime.ts';

type TablesTasks = Pick<TaskHandlers, 'table/ingest' | 'table/attach' | 'table/retype' | 'table/release'>;

const sharedBuffer = (byteLength: number) => new SharedArrayBuffer(byteLength);

/** Reading, handing over, retyping and closing tables. */
export function tablesTasks(tables: Shelf<HeldTable>, scores: Shelf<HeldScores>): TablesTasks {
  return {
    'table/ingest': async (args, job) => {
      const held = await ingest(args, job);
      tables.put(summaryOf(held).id, held);
      return readTableOf(held, args.share);
    },
    'table/attach': ({ tableId, table, summary }) => {
      tables.put(tableId, { table, summary, changed: new Map() });
      return null;
    },
    'table/retype': async ({ tableId, column, kind, share }) => {
      const held = await retypeTable(tables.get(tableId), column, kind, share ? sharedBuffer : null);
      tables.put(summaryOf(held).id, held);
      return readTableOf(held, share);
    },
    'table/release': ({ tableId }) => {
      tables.delete(tableId);
      scores.deleteWhere((column) => column.tableId === tableId);
      return null;
    },
  };
}

/** Hashes and parses side by side: the platform hashes on threads of its own. */
async function ingest({ file, name, share }: TaskArgs<'table/ingest'>, job: Job): Promise<HeldTable> {
  const hashing = hashWhileWanted(file, job);
  try {
    const read = await openTable(file, {
      name,
      onChunk: ({ bytes, rows }) => {
        job.progress(bytesRead(bytes, file.size, rows));
        return job.turn();
      },
      ...(share ? { allocate: sharedBuffer } : {}),
    });
    const { table, notices, unparsable } = read;
    job.progress(bytesRead(file.size, file.size, table.rowCount));
    await job.turn();
    const id = await hashing.id;
    const facts = { id, byteLength: file.size, notices, unparsable };
    const summary = await job.drain(summarizeTableSliced(table, facts));
    return { table, summary, changed: new Map() };
  } finally {
    hashing.stop();
  }
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

function readTableOf(held: HeldTable, share: boolean): ReadTable {
  return { summary: summaryOf(held), shared: share ? held.table : null };
}

import type { KeptData, KeptFile } from '../../src/contracts/tasks.ts';
import { DataError } from '../../src/core/errors.ts';
import { limitBytes } from '../kept/kept-room.ts';
import { forget, forgetAll, type KeptEntry, listKept } from '../kept/kept-store.ts';
import type { TaskHandlers } from '../runtime.ts';

type KeptTasks = Pick<TaskHandlers, 'kept/list' | 'kept/forget'>;

/** What this browser keeps: shown, and forgotten. */
export function keptTasks(): KeptTasks {
  return {
    'kept/list': async () => keptData(await listKept(), await limitBytes()),

    'kept/forget': async ({ ids }) => {
      try {
        return { files: await (ids === 'all' ? forgetAll() : forget(new Set(ids))) };
      } catch {
        throw new DataError('unexpected', 'The browser did not let go of all the kept data.', {
          advice: 'Clear the data of this site in the browser settings.',
        });
      }
    },
  };
}

/** The list that is shown of kept files, the most recently used first as they come. */
function keptData(entries: readonly KeptEntry[], limit: number): KeptData {
  const scores = entries.filter(({ label }) => label.kind === 'scores');
  return {
    tables: entries.flatMap((entry) => fileOf(entry, 'table')),
    models: entries.flatMap((entry) => fileOf(entry, 'model')),
    scores: { count: scores.length, byteLength: bytesOf(scores) },
    usedBytes: bytesOf(entries),
    limitBytes: limit,
  };
}

function fileOf({ label, byteLength, lastUsedMs }: KeptEntry, kind: 'table' | 'model'): KeptFile[] {
  if ('tableId' in label || label.kind !== kind) return [];
  const shape = label.kind === 'table' ? label.shape : null;
  return [{ id: label.id, name: label.name, byteLength, lastUsedMs, shape }];
}

function bytesOf(entries: readonly KeptEntry[]): number {
  return entries.reduce((bytes, entry) => bytes + entry.byteLength, 0);
}

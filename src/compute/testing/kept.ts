/** For browser tests: what is kept, and waiting until it is. */
import type { JudgementSpec } from '../../contracts/judgement.ts';
import type { Notice } from '../../core/table/summary.ts';
import { keptData } from '../kept.ts';
import type { Compute } from '../run.ts';
import { ingestTable } from '../tables.ts';
import { scoredTable } from './tables.ts';

export const keptFolder = async () =>
  (await navigator.storage.getDirectory()).getDirectoryHandle('kept', { create: true });

/** Names of all files in the folder, whole or not. */
export async function fileNames(): Promise<string[]> {
  const names: string[] = [];
  for await (const name of (await keptFolder()).keys()) names.push(name);
  return names.sort();
}

export const tableNames = async (own: Compute) => (await keptData(own)).tables.map(({ name }) => name);

/** Tries again until `check` no longer throws, for at most twenty seconds; then throws what it threw last. */
export async function waitFor<R>(check: () => Promise<R>): Promise<R> {
  const endMs = performance.now() + 20_000;
  for (;;) {
    try {
      return await check();
    } catch (error) {
      if (performance.now() > endMs) throw error;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }
}

/** Opens a table and waits until it is kept, or until it is said that it could not be. */
export async function openAndKeep(file: File, own: Compute) {
  const notices: Notice[] = [];
  const summary = await ingestTable(file, { onNotice: (notice) => notices.push(notice) }, own);
  await waitFor(async () => {
    const { tables } = await keptData(own);
    const isSettled = notices.length > 0 || tables.some(({ id }) => id === summary.id);
    if (!isSettled) throw new Error(`${file.name} is neither kept nor refused`);
  });
  return { summary, notices };
}

/** About 24 bytes a row. */
export const named = (rowCount: number, name: string) => new File([scoredTable(rowCount)], name);

export const specOf = (tableId: string): JudgementSpec => ({
  tableId,
  scores: { kind: 'column', column: 'score' },
  target: { column: 'y', positive: ['bad'], excluded: [] },
  split: { column: 'split', value: 'test' },
  amountColumns: ['amount'],
  recalibration: null,
});

import type { Table } from '../../src/core/table/column.ts';
import { rowCountOf } from '../../src/core/table/column-access.ts';
import type { Allocate } from '../../src/core/table/place-column.ts';
import type { Notice, TableSummary } from '../../src/core/table/summary.ts';
import type { Job } from '../job.ts';
import { keep, recall } from './kept-store.ts';
import { readTableSections, tableSections } from './table-sections.ts';

/**
 * Keeps a table as it was read; a notice when the storage has no room or refuses.
 * @throws {CanceledError} between two pieces; nothing is left behind
 */
export async function keepTable(
  table: Table,
  summary: TableSummary,
  job: Pick<Job, 'turn' | 'progress'>,
): Promise<Notice | null> {
  const sections = tableSections(table, summary);
  const total = sections.reduce((bytes, section) => bytes + section.length, 0);
  const shape = { rowCount: summary.rowCount, columnCount: table.columns.length };
  const label = { kind: 'table', id: summary.id, name: summary.name, shape } as const;
  const kept = await keep(label, sections, bytesTurn(job, total, summary.rowCount));
  return kept ? null : notKept(summary.name);
}

/**
 * Brings a kept table back, its arrays in buffers from `allocate`; null when there is none, or a damaged one.
 * @throws {CanceledError} between two pieces
 */
export function restoreTable(
  tableId: string,
  allocate: Allocate,
  job: Pick<Job, 'turn' | 'progress'>,
): Promise<{ readonly table: Table; readonly summary: TableSummary } | null> {
  return recall({ kind: 'table', id: tableId }, async (reader) => {
    const total = reader.sectionBytes.slice(1).reduce((bytes, section) => bytes + section, 0);
    const { label } = reader;
    const rowCount = label.kind === 'table' ? label.shape.rowCount : 0;
    const read = await readTableSections(reader, allocate, bytesTurn(job, total, rowCount));
    const isWhole = read?.table.columns.every((column) => rowCountOf(column) === rowCount) ?? false;
    return isWhole ? read : null;
  });
}

/** Rows are finished only with the last byte; until then their share of the bytes is told. */
function bytesTurn(job: Pick<Job, 'turn' | 'progress'>, total: number, rowCount: number) {
  return (done: number): Promise<void> => {
    job.progress({ done, total, unit: 'bytes', rows: Math.floor((rowCount * done) / Math.max(1, total)) });
    return job.turn();
  };
}

function notKept(name: string): Notice {
  return {
    code: 'table-not-kept',
    message: `"${name}" could not be kept in this browser (no room, or no access to its storage): it stays open until the page is closed, and is asked for again after a reload.`,
  };
}

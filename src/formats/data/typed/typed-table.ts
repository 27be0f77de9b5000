import type { Column } from '../../../core/table/column.ts';
import type { Allocate } from '../../../core/table/place-column.ts';
import type { Notice } from '../../../core/table/summary.ts';
import { impossibleDates } from './typed-notices.ts';
import type { TypedSink } from './typed-sink.ts';

export const allocateBuffer: Allocate = (byteLength) => new ArrayBuffer(byteLength);

export interface FinishedTable {
  readonly columns: readonly Column[];
  readonly notices: readonly Notice[];
  readonly unparsable: ReadonlyMap<string, number>;
}

/** @throws {Error} a column lacks rows */
export function finishTable(sinks: readonly TypedSink[]): FinishedTable {
  const columns: Column[] = [];
  const notices: Notice[] = [];
  const unparsable = new Map<string, number>();
  for (const sink of sinks) {
    const { column, unparsable: lost } = sink.finish();
    columns.push(column);
    if (lost === 0) continue;
    unparsable.set(column.name, lost);
    notices.push(impossibleDates(column.name, lost));
  }
  return { columns, notices, unparsable };
}

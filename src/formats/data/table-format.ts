import type { Table } from '../../core/table/column.ts';
import type { Notice } from '../../core/table/summary.ts';
import type { SlicedBytes } from './chunks.ts';
import type { CsvOptions } from './csv.ts';
import type { TableOutline } from './table-outline.ts';

/** What every table format's reader answers. */
export interface TableRead {
  readonly table: Table;
  readonly notices: readonly Notice[];
  /** Cells by column name that held a value which the column's kind could not hold; missing in the table. */
  readonly unparsable: ReadonlyMap<string, number>;
  /** As shown to the user: `CSV (semicolon)`, `CSV, gzip`. */
  readonly format: string;
  readonly byteLength: number;
}

/** Options that every format understands. */
export type TableOptions = Omit<CsvOptions, 'delimiter' | 'sourceBytes'>;

export interface OutlineOptions {
  readonly name: string;
  /** As in `TableOptions`; told in the outline. */
  readonly maxTableBytes?: number;
}

/** One table format: `match` is cheap and never throws, `open` throws FormatError. */
export interface TableFormat {
  readonly name: string;
  match(head: Uint8Array): boolean;
  open(source: SlicedBytes, options: TableOptions): Promise<TableRead>;
  outline(source: SlicedBytes, options: OutlineOptions): Promise<TableOutline>;
}

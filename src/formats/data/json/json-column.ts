import type { Notice } from '../../../core/table/summary.ts';
import { encodeUtf8 } from '../../../core/table/utf8.ts';
import { ColumnBuilder } from '../column-builder.ts';
import type { Expected } from '../growing.ts';

const NOTHING = new Uint8Array(0);

/** One key of the objects. */
export class JsonColumn {
  readonly name: string;
  /** The key as it is written when nothing in it needs an escape. */
  readonly key: Uint8Array;
  /** Null for a column that is not wanted. */
  readonly builder: ColumnBuilder | null;
  /** Rows that have a cell, missing ones too. */
  rows = 0;
  private nested = 0;
  private firstNestedLine = 0;

  constructor(name: string, isWanted: boolean, asideLimit: number, expected: Expected) {
    this.name = name;
    this.key = encodeUtf8(name);
    this.builder = isWanted ? new ColumnBuilder(name, asideLimit, expected) : null;
  }

  /** True when `bytes[start, end)` is the key, byte by byte. */
  isKey(bytes: Uint8Array, start: number, end: number): boolean {
    const { key } = this;
    if (key.length !== end - start) return false;
    for (let i = 0; i < key.length; i++) if (key[i] !== bytes[start + i]) return false;
    return true;
  }

  add(bytes: Uint8Array, start: number, end: number, line: number): void {
    this.builder?.addCell(bytes, start, end, line);
    this.rows++;
  }

  /** Missing cells up to (not including) a row. */
  fillTo(row: number): void {
    const { builder } = this;
    if (builder !== null) for (let i = this.rows; i < row; i++) builder.addCell(NOTHING, 0, 0, 0);
    this.rows = Math.max(this.rows, row);
  }

  addNested(bytes: Uint8Array, start: number, end: number, line: number): void {
    if (this.nested++ === 0) this.firstNestedLine = line;
    this.add(bytes, start, end, line);
  }

  notices(): Notice[] {
    if (this.nested === 0 || this.builder === null) return [];
    const { name, nested: count, firstNestedLine: line } = this;
    return [
      {
        code: 'nested-values',
        message: `${count} ${count === 1 ? 'value' : 'values'} of "${name}" ${count === 1 ? 'is an object or list' : 'are objects or lists'}, kept as JSON text; first in line ${line}.`,
        column: name,
        count,
        line,
      },
    ];
  }
}

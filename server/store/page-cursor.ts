import type { Page } from '../../src/contracts/registry/primitives.ts';
import type { PageQuery } from './registry-store.ts';
import { StoreError } from './store-error.ts';

/** The number that a list is sorted by, falling: every row before the first page's end has a greater one. */
function encodeCursor(last: number): string {
  return Buffer.from(JSON.stringify({ before: last })).toString('base64url');
}

function decodeCursor(cursor: string): number {
  try {
    const { before } = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')) as { before: unknown };
    if (Number.isSafeInteger(before)) return before as number;
  } catch {
    // Said below.
  }
  throw new StoreError(
    'invalid',
    'The cursor is not one that a page of this list gave. Start at the first page.',
    'cursor',
  );
}

/** A page ends after the row that takes it past as many characters: 1000 versions of 1000 files each would not fit in memory. */
const maxPageLength = 4 * 1024 * 1024;
/** Rows are read in steps of as many, so that hardly more than a page is ever in memory. */
const rowsPerRead = 20;

function lengthOf(row: object): number {
  return Object.values(row).reduce(
    (sum: number, value) => sum + (typeof value === 'string' ? value.length : 0),
    0,
  );
}

/**
 * One page of a list that is sorted by a falling number: at least one row when there is one, at most `limit`, and fewer
 * when they are large.
 *
 * @param read rows whose number is below `before`, greatest first, at most `limit` of them
 * @param numberOf the number of a row
 * @throws {StoreError} `invalid` cursor
 */
export function pageOf<Row extends object, Item>(
  { limit, cursor }: PageQuery,
  read: (before: number, limit: number) => Row[],
  numberOf: (row: Row) => number,
  itemOf: (row: Row) => Item,
): Page<Item> {
  let before = cursor === undefined ? Number.MAX_SAFE_INTEGER : decodeCursor(cursor);
  const items: Item[] = [];
  for (let length = 0; ; ) {
    const asked = Math.min(rowsPerRead, limit - items.length + 1);
    const rows = read(before, asked);
    for (const row of rows) {
      if (items.length === limit || length > maxPageLength)
        return { items, nextCursor: encodeCursor(before) };
      items.push(itemOf(row));
      length += lengthOf(row);
      before = numberOf(row);
    }
    if (rows.length < asked) return { items, nextCursor: null };
  }
}

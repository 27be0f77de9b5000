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

/**
 * One page of a list that is sorted by a falling number.
 *
 * @param read rows whose number is below `before`, greatest first, at most `limit` of them
 * @param numberOf the number of a row
 * @throws {StoreError} `invalid` cursor
 */
export function pageOf<Row, Item>(
  { limit, cursor }: PageQuery,
  read: (before: number, limit: number) => Row[],
  numberOf: (row: Row) => number,
  itemOf: (row: Row) => Item,
): Page<Item> {
  const before = cursor === undefined ? Number.MAX_SAFE_INTEGER : decodeCursor(cursor);
  const rows = read(before, limit + 1);
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  const more = rows.length > limit && last !== undefined;
  return { items: shown.map(itemOf), nextCursor: more ? encodeCursor(numberOf(last)) : null };
}

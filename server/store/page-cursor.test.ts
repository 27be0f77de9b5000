import { describe, expect, it } from 'vitest';
import { pageOf } from './page-cursor.ts';

interface Row {
  readonly seq: number;
  readonly text: string;
}

/** A list of rows with the numbers `count` to 1; tells how many were ever read at once. */
function listOf(count: number, text: string) {
  let mostAtOnce = 0;
  const read = (before: number, limit: number): Row[] => {
    const first = Math.min(count, before - 1);
    const rows = Array.from({ length: Math.min(limit, first) }, (_, i) => ({ seq: first - i, text }));
    mostAtOnce = Math.max(mostAtOnce, rows.length);
    return rows;
  };
  const page = (limit: number, cursor?: string) =>
    pageOf(
      { limit, cursor },
      read,
      ({ seq }) => seq,
      ({ seq }) => seq,
    );
  return { page, mostAtOnce: () => mostAtOnce };
}

/** All pages, one after the other. */
function pagesOf(
  page: (limit: number, cursor?: string) => ReturnType<ReturnType<typeof listOf>['page']>,
  limit: number,
) {
  const pages: (readonly number[])[] = [];
  let cursor: string | undefined;
  do {
    const { items, nextCursor } = page(limit, cursor);
    pages.push(items);
    cursor = nextCursor ?? undefined;
  } while (cursor !== undefined);
  return pages;
}

describe('pageOf', () => {
  it.each([
    [0, 1],
    [1, 1],
    [20, 20],
    [21, 20],
    [41, 100],
    [100, 7],
  ])('gives %i rows in pages of %i, each once, newest first', (count, limit) => {
    const pages = pagesOf(listOf(count, 'x').page, limit);
    expect(pages.flat()).toEqual(Array.from({ length: count }, (_, i) => count - i));
    for (const page of pages.slice(0, -1)) expect(page).toHaveLength(limit);
  });

  it('ends a page of large rows early, and goes on after it', () => {
    const list = listOf(60, 'x'.repeat(1_000_000));
    const pages = pagesOf(list.page, 1000);
    expect(pages.flat()).toEqual(Array.from({ length: 60 }, (_, i) => 60 - i));
    expect(pages[0]).toHaveLength(5);
    expect(list.mostAtOnce()).toBeLessThanOrEqual(20);
  });

  it('gives a row that is larger than a page alone', () => {
    const { page } = listOf(2, 'x'.repeat(5_000_000));
    expect(page(10).items).toEqual([2]);
  });
});

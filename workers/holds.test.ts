import { describe, expect, it } from 'vitest';
import { Shelf } from './holds.ts';

describe('Shelf', () => {
  it('gives what was put, and says unknown-handle for the rest', () => {
    const shelf = new Shelf<number>('table');
    shelf.put('a', 1);
    expect(shelf.get('a')).toBe(1);
    expect(shelf.find('b')).toBeUndefined();
    expect(() => shelf.get('b')).toThrowError(expect.objectContaining({ code: 'unknown-handle' }));
  });

  it('lets go of the least recently used beyond its size', () => {
    const shelf = new Shelf<number>('judgement', 2);
    shelf.put('a', 1);
    shelf.put('b', 2);
    shelf.get('a');
    shelf.put('c', 3);
    expect([shelf.find('a'), shelf.find('b'), shelf.find('c')]).toEqual([1, undefined, 3]);
  });

  it('replaces a thing without making room for it', () => {
    const shelf = new Shelf<number>('judgement', 2);
    shelf.put('a', 1);
    shelf.put('b', 2);
    shelf.put('b', 3);
    expect([shelf.find('a'), shelf.find('b')]).toEqual([1, 3]);
  });

  it('deletes by handle and by content', () => {
    const shelf = new Shelf<number>('scores');
    for (const n of [1, 2, 3, 4]) shelf.put(String(n), n);
    shelf.delete('1');
    shelf.deleteWhere((n) => n % 2 === 0);
    expect(['1', '2', '3', '4'].map((id) => shelf.find(id))).toEqual([undefined, undefined, 3, undefined]);
  });

  it('keeps what may not go, however much there is', () => {
    const shelf = new Shelf<number>('column of scores', 2, (n) => n % 2 === 0);
    for (const n of [1, 2, 3, 4, 5]) shelf.put(String(n), n);
    expect([...shelf.entries()].map(([, n]) => n)).toEqual([1, 3, 5]);
    shelf.put('6', 6);
    expect(shelf.find('6')).toBe(6);
  });
});

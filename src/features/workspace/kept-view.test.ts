import { describe, expect, it } from 'vitest';
import type { KeptData } from '../../contracts/tasks.ts';
import { forgottenText, keptLine, keptRows, rowsNotOpen, whenText } from './kept-view.ts';

const now = new Date(2026, 2, 5, 14, 30).getTime();
const HOUR = 3_600_000;
const plain = (text: string | null): string => (text ?? '').replaceAll('\u00a0', ' ');
const table = (name: string, hoursAgo: number) => ({
  id: name,
  name,
  byteLength: 2_000_000,
  lastUsedMs: now - hoursAgo * HOUR,
  shape: { rowCount: 4454, columnCount: 16 },
});
const kept: KeptData = {
  tables: [table('new.csv', 1), table('old.csv', 100)],
  models: [{ ...table('model.onnx', 20), shape: null }],
  scores: { count: 1, byteLength: 35_000 },
  usedBytes: 6_000_000,
  limitBytes: 1_200_000_000,
};
const nothing: KeptData = {
  tables: [],
  models: [],
  scores: { count: 0, byteLength: 0 },
  usedBytes: 0,
  limitBytes: 0,
};

describe('keptRows', () => {
  it('without those that are open', () => {
    const rows = rowsNotOpen(keptRows(kept, now, 'en'), [{ id: 'new.csv' }, { id: 'model.onnx' }]);
    expect(rows.map(({ name }) => name)).toEqual(['old.csv']);
  });

  it('are tables and models together, the last used first', () => {
    expect(keptRows(kept, now, 'en').map(({ name, kind }) => `${kind} ${name}`)).toEqual([
      'table new.csv',
      'model model.onnx',
      'table old.csv',
    ]);
    const [first, second] = keptRows(kept, now, 'en');
    expect(plain(first?.what ?? '')).toBe('4,454 rows × 16 columns');
    expect(plain(first?.size ?? '')).toBe('2.00 MB');
    expect(second?.what).toBe('model');
  });
});

describe('whenText', () => {
  it.each([
    [now - HOUR, 'today, 1:30 PM'],
    [now - 14 * HOUR, 'today, 12:30 AM'],
    [now - 15 * HOUR, 'yesterday'],
    [now - 38 * HOUR, 'yesterday'],
    [now - 39 * HOUR, 'Mar 3, 2026'],
  ])('%d', (ms, text) => {
    expect(whenText(ms, now, 'en').replaceAll('\u202f', ' ')).toBe(text);
  });
});

describe('keptLine', () => {
  it('says how much of how much', () => {
    expect(plain(keptLine(kept))).toBe('6.00 MB of 1.20 GB');
  });

  it('says nothing without storage', () => {
    expect(keptLine(nothing)).toBeNull();
  });
});

describe('forgottenText', () => {
  it('names what goes', () => {
    expect(forgottenText(kept).map(plain)).toEqual([
      '2 tables: new.csv, old.csv',
      '1 model: model.onnx',
      '1 column of scores, 35.0 kB',
    ]);
    expect(forgottenText(nothing)).toEqual([]);
  });

  it('names at most five', () => {
    const many = { ...nothing, tables: 'abcdefg'.split('').map((name) => table(name, 1)) };
    expect(plain(forgottenText(many)[0] ?? '')).toBe('7 tables: a, b, c, d, e and 2 more');
  });
});

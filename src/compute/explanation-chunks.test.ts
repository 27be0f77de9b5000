import { expect, it } from 'vitest';
import { chunkEnds } from './explanation-chunks.ts';

const sizes = (ends: readonly number[]) => ends.map((end, i) => end - (ends[i - 1] ?? 0));

it.each([
  [0, [0]],
  [1, [1]],
  [2048, [2048]],
  [2049, [2048, 1]],
  [12_001, [2048, 4096, 4096, 1761]],
  [100_000, [2048, 24_488, 24_488, 24_488, 24_488]],
])('begins with few rows for an answer at once, then shares the rest: %i rows', (rowCount, expected) => {
  expect(sizes(chunkEnds(rowCount, 'tree-path-dependent'))).toEqual(expected);
});

it('has no chunk of more than 32,768 rows, however many there are', () => {
  const chunks = sizes(chunkEnds(1_000_000, 'tree-interventional'));
  expect(Math.max(...chunks)).toBe(32_768);
  expect(chunks.reduce((sum, size) => sum + size, 0)).toBe(1_000_000);
});

it('gives sampling a few rows at a time', () => {
  expect(sizes(chunkEnds(40, 'sampling'))).toEqual([16, 16, 8]);
});

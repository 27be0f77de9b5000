import { expect, test } from 'vitest';
import { fileNameOf } from './save-file.ts';

test('a title becomes a file name', () => {
  expect(fileNameOf('Net value by threshold, per year')).toBe('net-value-by-threshold-per-year');
  expect(fileNameOf('ROC')).toBe('roc');
  expect(fileNameOf('../..')).toBe('picture');
});

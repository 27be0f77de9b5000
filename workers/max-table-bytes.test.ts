import { describe, expect, it } from 'vitest';
import { maxTableBytes } from './max-table-bytes.ts';

const GIB = 1024 ** 3;

describe('maxTableBytes', () => {
  it('is 60 % of a small memory, at most 2 GiB, and 2 GiB where nothing is told', () => {
    expect(maxTableBytes(1)).toBe(Math.floor(0.6 * GIB));
    expect(maxTableBytes(0.25)).toBe(Math.floor(0.15 * GIB));
    expect(maxTableBytes(8)).toBe(2 * GIB);
    expect(maxTableBytes(undefined)).toBe(2 * GIB);
  });
});

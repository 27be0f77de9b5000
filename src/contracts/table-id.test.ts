import { describe, expect, it } from 'vitest';
import { fileHashOf } from './table-id.ts';

describe('fileHashOf', () => {
  it('is the id itself while no kind was changed', () => {
    expect(fileHashOf('ab12')).toBe('ab12');
  });
  it('is the part before the hash of changed kinds', () => {
    expect(fileHashOf('ab12+00ff')).toBe('ab12');
  });
});

import { describe, expect, it } from 'vitest';
import { nameSchema } from '../../contracts/registry/primitives.ts';
import { keptName } from './kept-name.ts';

const hash = `${'ab12'.repeat(16)}`;

describe('keptName', () => {
  it('is the file name and the beginning of its hash', () => {
    expect(keptName('loans.csv', hash)).toBe('loans.csv ab12ab12ab12');
  });

  it('is the same for changed readings of one file', () => {
    expect(keptName('loans.csv', `${hash}+${'0'.repeat(64)}`)).toBe(keptName('loans.csv', hash));
  });

  it.each([
    'C:\\data\\loans.csv',
    'a/b:c.csv',
    ` ${'long'.repeat(100)}.csv`,
    'two\nlines\u202e.csv',
    '',
    `${'x'.repeat(199)}\u{1F4B6}.csv`,
  ])('is a name that the registry takes: %j', (name) => {
    const kept = keptName(name, hash);
    expect(nameSchema.parse(kept)).toBe(kept);
    expect(kept.endsWith('ab12ab12ab12')).toBe(true);
  });
});

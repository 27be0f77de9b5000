import { describe, expect, it } from 'vitest';
import { initialChoices } from '../../state/workspace-store.ts';
import { loans } from './sample-table.laws.ts';
import { rowsInSplit, splitColumns, splitWarning } from './split-choices.ts';
import { guessedChoices } from './table-choices.ts';

const chosen = { ...initialChoices, ...guessedChoices(loans, true) };

describe('the split', () => {
  it('offers columns of few values, the split first, never the target', () => {
    expect(splitColumns(loans, chosen).map(({ name }) => name)).toEqual(['split', 'Home']);
  });

  it('counts its rows', () => {
    expect(rowsInSplit(loans, { column: 'split', value: 'test' })).toBe(30);
    expect(rowsInSplit(loans, null)).toBe(100);
    expect(rowsInSplit(loans, { column: 'split', value: 'oot' })).toBeNaN();
  });

  it('test rows raise no warning', () => {
    expect(splitWarning(loans, chosen)).toBeNull();
  });

  it('warns when a split is seen and not used, whether its role was kept or taken away', () => {
    expect(splitWarning(loans, { ...chosen, split: null })).toMatch(/“split” looks like a split/);
    expect(splitWarning(loans, { ...chosen, split: null, roles: {} })).toMatch(/trained on/);
  });

  it('warns when training rows are judged', () => {
    expect(splitWarning(loans, { ...chosen, split: { column: 'split', value: 'train' } })).toMatch(
      /trained a model/,
    );
  });

  it('warns of a value that no row holds', () => {
    expect(splitWarning(loans, { ...chosen, split: { column: 'split', value: 'oot' } })).toMatch(/No row/);
  });

  it('is silent on a table without a split', () => {
    const plain = { ...loans, columns: loans.columns.filter(({ name }) => name !== 'split') };
    expect(splitWarning(plain, { ...initialChoices, ...guessedChoices(plain, true) })).toBeNull();
  });
});

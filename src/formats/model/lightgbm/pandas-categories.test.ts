import { describe, expect, it } from 'vitest';
import { type CategoryCandidate, parsePandasCategories, placeCategories } from './pandas-categories.ts';

const number = (low: number, high: number): CategoryCandidate => ({
  isCategorical: false,
  codes: [low, high],
});
const category = (highest: number): CategoryCandidate => ({ isCategorical: true, codes: [0, highest] });
const constant: CategoryCandidate = { isCategorical: false, codes: null };
const constantCategory: CategoryCandidate = { isCategorical: true, codes: null };

function place(
  lengths: readonly number[],
  candidates: readonly CategoryCandidate[],
): readonly number[] | null {
  const lists = lengths.map((length) => ({
    kind: 'text' as const,
    values: Array.from({ length }, (_, code) => String(code)),
  }));
  return placeCategories(lists, candidates);
}

describe('parsePandasCategories', () => {
  it('spells categories as a table does', () => {
    expect(parsePandasCategories('[["a", "b c"], [1, 2.5, 1.0, -3], [false, true], []]')).toEqual([
      { kind: 'text', values: ['a', 'b c'] },
      { kind: 'number', values: ['1', '2.5', '1', '-3'] },
      { kind: 'boolean', values: ['False', 'True'] },
      { kind: 'text', values: [] },
    ]);
    expect(parsePandasCategories('[["\\u00e4", "年"]]')).toEqual([{ kind: 'text', values: ['ä', '年'] }]);
    expect(parsePandasCategories('[["a", 1, true]]')).toEqual([{ kind: 'text', values: ['a', '1', 'True'] }]);
  });

  it('takes nothing for no categories', () => {
    expect(parsePandasCategories('null')).toEqual([]);
    expect(parsePandasCategories('[]')).toEqual([]);
  });

  it.each(['', '{', '{}', '"a"', '1', '["a"]', '[["a"], null]', '[[null]]', '[[["a"]]]', '[[NaN]]'])(
    'knows that %j is no such list',
    (text) => expect(parsePandasCategories(text)).toBeNull(),
  );
});

describe('placeCategories', () => {
  it('gives each categorical feature its list, in order', () => {
    expect(place([3, 2], [number(0, 1), category(2), number(0, 9), category(1)])).toEqual([1, 3]);
    expect(place([3, 1], [category(1), constantCategory, constant])).toEqual([0, 1]);
    expect(place([], [number(0, 1)])).toEqual([]);
  });

  it('finds ordered categories, which are numbers in the file, where there is one way only', () => {
    // The first list fits `number(0, 3)` alone: the features before it hold larger values or fractions.
    expect(place([4, 6], [number(18, 80), number(0, 0.5), number(0, 3), category(5)])).toEqual([2, 3]);
    expect(place([4], [number(-1, 3), number(1, 3)])).toEqual([1]);
  });

  it('finds the categorical features that pandas held as categories, where others were whole numbers', () => {
    expect(place([3], [category(40), category(2)])).toEqual([1]);
  });

  it('does not choose between several ways', () => {
    expect(place([4, 6], [number(0, 1), number(0, 3), category(5)])).toBeNull();
    expect(place([3], [category(1), category(2)])).toBeNull();
  });

  it('gives no list to a feature whose codes it does not reach', () => {
    expect(place([2], [category(2)])).toBeNull();
    expect(place([2, 2], [category(1)])).toBeNull();
    expect(place([2, 2], [category(1), constant])).toBeNull();
  });

  it('leaves no categorical feature without a list while lists go to numbers', () => {
    // Two lists, two categorical features, but the second one is too short for its feature.
    expect(place([2, 2], [category(1), number(0, 1), category(5)])).toBeNull();
  });
});

import { describe, expect, it } from 'vitest';
import { ensembleOf, type HandSplit, type HandTree } from '../../../fixtures/ensemble-of.ts';
import { withoutImplied } from './implied-branches.ts';

/** What is kept of the left (or right) branches of two splits: the first is node 0, the second node 1. */
function kept(first: Partial<HandSplit>, second: Partial<HandSplit>, side: 0 | 1): readonly number[] {
  const split = (parts: Partial<HandSplit>, below: HandTree): HandTree => ({
    ...{ feature: 0, threshold: 5, left: below, right: 0 },
    ...parts,
  });
  const ensemble = ensembleOf([split(first, split(second, 1))]);
  return withoutImplied(ensemble, [side, 2 + side]).map((branch) => branch >> 1);
}

describe('withoutImplied', () => {
  it('keeps the tighter of two limits', () => {
    expect(kept({ threshold: 5 }, { threshold: 3 }, 0)).toEqual([1]);
    expect(kept({ threshold: 3 }, { threshold: 5 }, 0)).toEqual([0]);
    expect(kept({ threshold: 5 }, { threshold: 3 }, 1)).toEqual([0]);
    expect(kept({ threshold: 3 }, { threshold: 5 }, 1)).toEqual([1]);
  });

  it('tells < from <= at equal thresholds', () => {
    expect(kept({ rule: 'less' }, { rule: 'lessOrEqual' }, 0)).toEqual([0]);
    expect(kept({ rule: 'less' }, { rule: 'lessOrEqual' }, 1)).toEqual([1]);
    expect(kept({ rule: 'less' }, { rule: 'less' }, 1)).toEqual([0]);
  });

  it('keeps both when missing values take the tighter branch alone', () => {
    expect(kept({ threshold: 5 }, { threshold: 3, defaultLeft: true }, 0)).toEqual([0, 1]);
    expect(kept({ threshold: 5, defaultLeft: true }, { threshold: 3 }, 0)).toEqual([1]);
    expect(kept({ threshold: 3, defaultLeft: true }, { threshold: 5 }, 1)).toEqual([0, 1]);
    const zeros = { missing: 'nanAndZero', threshold: 3 } as const;
    expect(kept({ threshold: 5 }, zeros, 0)).toEqual([0, 1]);
    const compared = { missing: 'nanIsZero', defaultLeft: true } as const;
    expect(kept({ ...compared, threshold: 5, defaultLeft: false }, { ...compared, threshold: 3 }, 0)).toEqual(
      [1],
    );
  });

  it('keeps equalities, category sets and thresholds that are no number', () => {
    expect(kept({ rule: 'equal' }, { rule: 'equal' }, 0)).toEqual([0, 1]);
    expect(kept({ set: [1] }, { set: [1] }, 0)).toEqual([0, 1]);
    expect(kept({ threshold: Number.NaN }, { threshold: 3 }, 0)).toEqual([0, 1]);
  });
});

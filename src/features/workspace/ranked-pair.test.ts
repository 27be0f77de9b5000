import { describe, expect, it } from 'vitest';
import { rankedPair } from './ranked-pair.ts';
import type { TargetView } from './target-values.ts';

function view(negative: readonly string[], unlisted = 0): TargetView {
  return {
    values: negative.map((value) => ({ value, count: 5, group: 'negative' as const })),
    rows: { positive: 5, negative: 5 * negative.length + unlisted, excluded: 0 },
    missing: 0,
    unlisted,
    absent: [],
    problem: null,
  };
}

describe('rankedPair', () => {
  it('uses label values that read as properties', () => {
    expect(rankedPair(['bad'], view(['good']))).toEqual({ positive: 'a bad one', negative: 'a good one' });
    expect(rankedPair(['Late'], view(['active']))).toEqual({
      positive: 'a Late one',
      negative: 'an active one',
    });
  });

  it.each([
    ['numbers', ['1'], view(['0'])],
    ['answers', ['yes'], view(['no'])],
    ['letters', ['B'], view(['G'])],
    ['several positives', ['bad', 'late'], view(['good'])],
    ['several negatives', ['bad'], view(['good', 'other'])],
    ['values beyond the list', ['bad'], view(['good'], 3)],
    ['no column', ['bad'], null],
  ] as const)('speaks of positive and negative rows for %s', (_, positive, target) => {
    expect(rankedPair(positive, target)).toEqual({ positive: 'a positive row', negative: 'a negative one' });
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { splitRule } from '../../core/trees/tree-ensemble.ts';
import { splitCut } from './split-cut.ts';

const { lessOrEqual, less } = splitRule;
const tiny = 2 ** -149;

describe('splitCut', () => {
  it.each([
    [0.1, lessOrEqual, false, 0.1],
    [1, less, false, 1 - 2 ** -53],
    [0, less, false, -Number.MIN_VALUE],
    [-1, less, false, -1 - 2 ** -52],
    [-0, lessOrEqual, false, 0],
    // The float32 nearest to 0.1 lies above it, the one nearest to 0.3 too; that of 0.7 lies below.
    [0.1, lessOrEqual, true, 0.099_999_994_039_535_52],
    [0.7, less, true, Math.fround(0.7)],
    [1, less, true, 1 - 2 ** -24],
    [-0, less, true, -tiny],
    [1e39, lessOrEqual, true, 3.4028234663852886e38],
    [Number.POSITIVE_INFINITY, lessOrEqual, false, Number.POSITIVE_INFINITY],
    [Number.POSITIVE_INFINITY, less, false, Number.MAX_VALUE],
    [Number.NEGATIVE_INFINITY, lessOrEqual, false, Number.NEGATIVE_INFINITY],
    [Number.NEGATIVE_INFINITY, less, true, null],
    [Number.NaN, lessOrEqual, false, null],
  ])('of %d, rule %d, single %s is %d', (threshold, rule, isSingle, cut) => {
    expect(splitCut(threshold, rule, isSingle)).toBe(cut);
  });

  it('says the same as the rule, of the numbers around the threshold too', () => {
    const neighbours = (t: number) => [t, t * (1 + 2 ** -52), t * (1 - 2 ** -53), t + tiny, t - tiny, -t];
    fc.assert(
      fc.property(
        fc.double(),
        fc.double(),
        fc.boolean(),
        fc.boolean(),
        (threshold, other, isSingle, isLess) => {
          const cut = splitCut(threshold, isLess ? less : lessOrEqual, isSingle);
          for (const value of [other, ...neighbours(threshold)]) {
            const x = isSingle ? Math.fround(value) : value;
            expect(cut !== null && x <= cut).toBe(isLess ? x < threshold : x <= threshold);
          }
        },
      ),
    );
  });
});

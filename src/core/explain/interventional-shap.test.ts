import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bruteForceShap, float64Margins, largestGap, marginSize, sumsOf } from './brute-force.laws.ts';
import { interventionalShap } from './interventional-shap.ts';
import { forestCases, questionOf } from './random-forest.laws.ts';

const numRuns = process.env.CUTLINE_LANE === 'slow' ? 5000 : 150;

describe('interventional SHAP, directly', () => {
  it('is what enumeration gives, and adds up to the margin', () => {
    fc.assert(
      fc.property(forestCases, (forest) => {
        const { block } = forest;
        const question = questionOf(forest, 'interventional');
        const tolerance = 1e-12 * marginSize(question);
        const { baseValue, values } = interventionalShap(question, block);
        const expected = bruteForceShap(question, block);
        expect(Math.abs(baseValue - expected.baseValue)).toBeLessThanOrEqual(tolerance);
        expect(largestGap(values, expected.values)).toBeLessThanOrEqual(tolerance);
        const sums = sumsOf(baseValue, values, block.rowCount);
        expect(largestGap(sums, float64Margins(question, block))).toBeLessThanOrEqual(tolerance);
      }),
      { numRuns },
    );
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bruteForceShap, largestGap, marginSize } from './brute-force.laws.ts';
import { interventionalShap } from './interventional-shap.ts';
import { shapInteractions } from './quadrature-interactions.ts';
import { pathDependentShap } from './quadrature-shap.ts';
import { forestCases, questionOf } from './random-forest.laws.ts';

const numRuns = process.env.CUTLINE_LANE === 'slow' ? 3000 : 100;

describe.each([
  ['path-dependent', pathDependentShap],
  ['interventional', interventionalShap],
] as const)('%s interactions', (kind, contributions) => {
  it('are what enumeration gives, symmetric, and add up to the contributions', () => {
    fc.assert(
      fc.property(forestCases, (forest) => {
        const { block, columnCount } = forest;
        const question = questionOf(forest, kind);
        const tolerance = 1e-12 * marginSize(question) * columnCount;
        const { baseValue, values } = shapInteractions(question, block);
        const expected = bruteForceShap(question, block);
        expect(Math.abs(baseValue - expected.baseValue)).toBeLessThanOrEqual(tolerance);
        expect(largestGap(values, expected.interactions)).toBeLessThanOrEqual(tolerance);
        const cell = (row: number, a: number, b: number) =>
          values[(row * columnCount + a) * columnCount + b]!;
        const sums = new Float64Array(columnCount * block.rowCount);
        for (let row = 0; row < block.rowCount; row++)
          for (let a = 0; a < columnCount; a++)
            for (let b = 0; b < columnCount; b++) {
              expect(cell(row, a, b)).toBe(cell(row, b, a));
              sums[a * block.rowCount + row]! += cell(row, a, b);
            }
        expect(largestGap(sums, contributions(question, block).values)).toBeLessThanOrEqual(tolerance);
      }),
      { numRuns },
    );
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bruteForceShap, float64Margins, marginSize } from './brute-force.laws.ts';
import { patternShap } from './pattern-shap.ts';
import { forestCases, questionOf } from './random-forest.laws.ts';
import type { ShapQuestion } from './shap-question.ts';

const numRuns = process.env.CUTLINE_LANE === 'slow' ? 5000 : 150;

describe('SHAP by pattern tables', () => {
  for (const kind of ['path-dependent', 'interventional'] as const) {
    it(`is what enumeration gives, and adds up to the margin: ${kind}`, () => {
      fc.assert(
        fc.property(forestCases, (forest) => {
          const question = questionOf(forest, kind);
          const { baseValue, values } = patternShap(question, forest.block);
          const expected = bruteForceShap(question, forest.block);
          const tolerance = 1e-13 * marginSize(question);
          expect(Math.abs(baseValue - expected.baseValue)).toBeLessThanOrEqual(tolerance);
          expect(largestGap(values, expected.values)).toBeLessThanOrEqual(tolerance);
          expect(
            largestGap(
              sums(question, forest.block.rowCount, values, baseValue),
              float64Margins(question, forest.block),
            ),
          ).toBeLessThanOrEqual(tolerance);
        }),
        { numRuns },
      );
    });
  }
});

function sums(
  { columnCount }: ShapQuestion,
  rowCount: number,
  values: Float64Array,
  base: number,
): Float64Array {
  return Float64Array.from({ length: rowCount }, (_, row) => {
    let sum = base;
    for (let c = 0; c < columnCount; c++) sum += values[c * rowCount + row]!;
    return sum;
  });
}

/** The largest difference; NaN when a value is not a number. */
function largestGap(a: Float64Array, b: Float64Array): number {
  expect(a.length).toBe(b.length);
  return a.reduce((worst, value, i) => Math.max(worst, Math.abs(value - b[i]!)), 0);
}

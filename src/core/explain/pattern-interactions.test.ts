import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bruteForceShap, largestGap, marginSize } from './brute-force.laws.ts';
import { patternInteractions } from './pattern-interactions.ts';
import { patternShap } from './pattern-shap.ts';
import { forestCases, questionOf } from './random-forest.laws.ts';

const numRuns = process.env.CUTLINE_LANE === 'slow' ? 3000 : 100;

describe.each(['path-dependent', 'interventional'] as const)('%s interactions by pattern tables', (kind) => {
  it('are what enumeration gives, symmetric, and add up to the contributions', () => {
    fc.assert(
      fc.property(forestCases, (forest) => {
        const { block, columnCount } = forest;
        const question = questionOf(forest, kind);
        const tolerance = 1e-13 * marginSize(question) * columnCount;
        const { baseValue, values } = patternInteractions(question, block);
        const expected = bruteForceShap(question, block);
        expect(Math.abs(baseValue - expected.baseValue)).toBeLessThanOrEqual(tolerance);
        expect(largestGap(values, expected.interactions)).toBeLessThanOrEqual(tolerance);
        const contributions = patternShap(question, block).values;
        let uneven = 0;
        for (let row = 0; row < block.rowCount; row++) {
          for (let a = 0; a < columnCount; a++) {
            let sum = 0;
            for (let b = 0; b < columnCount; b++) {
              const cell = values[(row * columnCount + a) * columnCount + b]!;
              if (cell !== values[(row * columnCount + b) * columnCount + a]) uneven += 1;
              sum += cell;
            }
            if (Math.abs(sum - contributions[a * block.rowCount + row]!) > tolerance) uneven += 1;
          }
        }
        expect(uneven).toBe(0);
      }),
      { numRuns },
    );
  });
});

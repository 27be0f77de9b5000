import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bruteForceShap, marginSize } from '../../core/explain/brute-force.laws.ts';
import { forestCases, questionOf } from '../../core/explain/random-forest.laws.ts';
import { createTableExplainer, tableRefusal } from './table-kernel.ts';

const isSlow = process.env.CUTLINE_LANE === 'slow';
const kinds = ['path-dependent', 'interventional'] as const;

function farthest(a: Float64Array, b: Float64Array): number {
  expect(a.length).toBe(b.length);
  return a.reduce((most, value, i) => Math.max(most, Math.abs(value - b[i]!)), 0);
}

describe('createTableExplainer', () => {
  it.each(kinds)('equals enumeration on random forests, %s', (kind) => {
    const equals = (forest: Parameters<typeof questionOf>[0]) => {
      const question = questionOf(forest, kind);
      expect(tableRefusal(question)).toBeNull();
      const explainer = createTableExplainer(question);
      const { baseValue, values } = bruteForceShap(question, forest.block);
      const size = marginSize(question);
      expect(Math.abs(explainer.baseValue - baseValue)).toBeLessThanOrEqual(1e-12 * size);
      expect(farthest(explainer.explain(forest.block), values)).toBeLessThanOrEqual(1e-12 * size);
      explainer.release();
    };
    fc.assert(fc.property(forestCases, equals), { numRuns: isSlow ? 1500 : 60 });
  });
});

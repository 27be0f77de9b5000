import { describe, expect, it } from 'vitest';
import { blockOf, ensembleOf } from '../../../fixtures/ensemble-of.ts';
import { bruteForceShap } from './brute-force.laws.ts';

/** x0 <= 0 ? (x1 <= 0 ? 8 : 4) : 0 with covers 1 : 1 : 2. */
const ensemble = ensembleOf([{ feature: 0, left: { feature: 1, left: 8, right: 4 }, right: 0 }]);
const covers = { nodes: Float64Array.of(4, 2), leaves: Float64Array.of(1, 1, 2) };
const common = { ensemble, output: 0, columnOf: Int32Array.of(0, 1), columnCount: 2 };
const block = blockOf([[0, 0]]);

describe('SHAP by enumeration, by hand', () => {
  it('path-dependent: v = 3, v(0) = 6, v(1) = 4, v(01) = 8', () => {
    const question = { ...common, expectation: { kind: 'path-dependent', covers } } as const;
    const found = bruteForceShap(question, block);
    expect(found).toEqual({
      baseValue: 3,
      values: Float64Array.of(3.5, 1.5),
      interactions: Float64Array.of(3, 0.5, 0.5, 1),
    });
  });

  it('interventional on one row (1, 1): v = 0, v(0) = 4, v(1) = 0, v(01) = 8', () => {
    const expectation = { kind: 'interventional', background: blockOf([[1, 1]]) } as const;
    const found = bruteForceShap({ ...common, expectation }, block);
    expect(found).toEqual({
      baseValue: 0,
      values: Float64Array.of(6, 2),
      interactions: Float64Array.of(4, 2, 2, 0),
    });
  });
});

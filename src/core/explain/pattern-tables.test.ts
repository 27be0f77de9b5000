import { describe, expect, it } from 'vitest';
import { ensembleOf } from '../../../fixtures/ensemble-of.ts';
import { leafEntryValues, pairPlace, tableBuilder, termShares } from './pattern-tables.ts';
import { planGroups } from './plan-groups.ts';

const leaf = (left: number, right: number) => ({ feature: 1, threshold: 0, left, right });

/** x0 <= 0: 8 when x1 <= 0, else 0. x0 > 0: 4. */
const ensemble = ensembleOf([{ feature: 0, threshold: 0, left: leaf(8, 0), right: 4 }], {
  treeWeights: Float64Array.of(0.5),
});
const groups = planGroups(ensemble, 0, Int32Array.of(0, 1), 2);

/** Half of the rows went left, and of them a quarter left again. */
const covers = { nodes: Float64Array.of(8, 4), leaves: Float64Array.of(1, 3, 4) };

function tableOf(shares: Float64Array | null, histogram: Float64Array | null, numbers: number) {
  const table = new Float64Array(numbers);
  const leafValues = leafEntryValues(groups, ensemble, 0);
  tableBuilder({ groups, leafValues, shares }, numbers === 8 ? 'contributions' : 'interactions').add(
    0,
    histogram,
    table,
    0,
  );
  return table;
}

function expectClose(found: Float64Array, expected: readonly number[]): void {
  expect(found.length).toBe(expected.length);
  for (const [i, value] of expected.entries()) expect(found[i]).toBeCloseTo(value, 14);
}

describe('termShares', () => {
  it('multiplies the shares along a path by feature, with even ones below an empty node', () => {
    expect(groups.termFeatures).toEqual(Int32Array.of(1, 0, 1, 0, 0));
    expect(termShares(groups, ensemble, covers)).toEqual(Float64Array.of(0.25, 0.5, 0.75, 0.5, 0.5));
    const empty = { nodes: Float64Array.of(8, 0), leaves: Float64Array.of(0, 0, 8) };
    expect(termShares(groups, ensemble, empty)).toEqual(Float64Array.of(0.5, 0, 0.5, 0, 1));
  });
});

describe('leafEntryValues', () => {
  it('weighs the leaves of a tree, and takes the column of an output', () => {
    expect(leafEntryValues(groups, ensemble, 0)).toEqual(Float64Array.of(4, 0, 2));
    const vectors = ensembleOf([{ feature: 0, threshold: 0, left: [1, 2], right: [3, 4] }]);
    const both = planGroups(vectors, 1, Int32Array.of(0), 1);
    expect(leafEntryValues(both, vectors, 1)).toEqual(Float64Array.of(2, 4));
  });
});

describe('tableBuilder', () => {
  // Bits: x0 goes left (1), x1 goes left (2). Patterns 0: neither, 1: x0 only, 2: x1 only, 3: both.
  const values = [2, 0, 2, 4];

  it('tabulates path-dependent contributions and pairs', () => {
    // v(none) = 1/2 · (1/4 · 4) + 1/2 · 2 = 1.5; v(x0) = 1 or 2; v(x1) = 1/2 · (4 or 0) + 1.
    const expected = values.map((value, p) => {
      const [none, x0, x1] = [1.5, (p & 1) === 1 ? 1 : 2, (p & 2) === 2 ? 3 : 1];
      return {
        x0: (x0 - none + value - x1) / 2,
        x1: (x1 - none + value - x0) / 2,
        pair: (value - x0 - x1 + none) / 2,
      };
    });
    const shares = termShares(groups, ensemble, covers);
    expectClose(tableOf(shares, null, 8), [...expected.map(({ x0 }) => x0), ...expected.map(({ x1 }) => x1)]);
    expectClose(
      tableOf(shares, null, 4),
      expected.map(({ pair }) => pair),
    );
  });

  it('tabulates interventional contributions and pairs', () => {
    // Background: a quarter of the rows has pattern 1, the others 2.
    const histogram = Float64Array.of(0, 0.25, 0.75, 0);
    const expected = values.map((value, p) => {
      const mixed = (fromRow: number) => {
        const of = (b: number) => values[(p & fromRow) | (b & ~fromRow)]!;
        return 0.25 * of(1) + 0.75 * of(2);
      };
      const [none, x0, x1] = [mixed(0), mixed(1), mixed(2)];
      return {
        x0: (x0 - none + value - x1) / 2,
        x1: (x1 - none + value - x0) / 2,
        pair: (value - x0 - x1 + none) / 2,
      };
    });
    expectClose(tableOf(null, histogram, 8), [
      ...expected.map(({ x0 }) => x0),
      ...expected.map(({ x1 }) => x1),
    ]);
    expectClose(
      tableOf(null, histogram, 4),
      expected.map(({ pair }) => pair),
    );
  });
});

describe('pairPlace', () => {
  it('numbers the pairs of slots in order', () => {
    expect([pairPlace(4, 0, 1), pairPlace(4, 0, 3), pairPlace(4, 1, 2), pairPlace(4, 2, 3)]).toEqual([
      0, 2, 3, 5,
    ]);
  });
});

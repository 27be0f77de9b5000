import { describe, expect, it } from 'vitest';
import { ensembleOf, type HandTree } from '../../../fixtures/ensemble-of.ts';
import { treeStatistics } from './tree-statistics.ts';

// Depths of the leaves: 2, 2, 1.
const three: HandTree = {
  feature: 0,
  threshold: 1,
  left: { feature: 2, set: [1], left: 1, right: 2 },
  right: 3,
};

describe('treeStatistics', () => {
  it('counts trees, nodes, leaves and depths', () => {
    const statistics = treeStatistics(ensembleOf([three, 5, three]), ['a', 'b', 'c']);
    expect(statistics).toEqual({
      treeCount: 3,
      leafCount: 7,
      nodeCount: 4,
      maxDepth: 2,
      meanDepth: 10 / 7,
      maxLeavesOfTree: 3,
      categoricalSplits: 2,
      outputCount: 1,
      covers: null,
      hasLinearLeaves: false,
      featureUse: [
        { feature: 'a', splits: 2, gain: null },
        { feature: 'b', splits: 0, gain: null },
        { feature: 'c', splits: 2, gain: null },
      ],
    });
  });

  it('adds up gains, and says what covers are', () => {
    const { featureUse, covers } = treeStatistics(
      ensembleOf([three, three], {
        gains: Float64Array.of(10, 1, 20, 2),
        covers: { kind: 'hessian', nodes: new Float64Array(4), leaves: new Float64Array(6) },
      }),
      ['a', 'b', 'c'],
    );
    expect(featureUse.map(({ gain }) => gain)).toEqual([30, 0, 3]);
    expect(covers).toBe('hessian');
  });

  it('counts leaves, not their values, where a leaf holds one value per output', () => {
    const tree: HandTree = { feature: 0, threshold: 0, left: [1, 2], right: [3, 4] };
    expect(treeStatistics(ensembleOf([tree]), ['a'])).toMatchObject({
      leafCount: 2,
      outputCount: 2,
      meanDepth: 1,
    });
  });

  it('takes trees of one leaf, and none', () => {
    expect(treeStatistics(ensembleOf([1, 2]), ['a'])).toMatchObject({
      maxDepth: 0,
      meanDepth: 0,
      maxLeavesOfTree: 1,
    });
    expect(treeStatistics(ensembleOf([]), [])).toMatchObject({ treeCount: 0, leafCount: 0, meanDepth: 0 });
  });

  it('does not overflow the stack on a tree of 100,000 levels', () => {
    const levels = 100_000;
    const chain = ensembleOf([], {
      roots: Int32Array.of(0),
      features: new Int32Array(levels),
      rules: new Uint8Array(levels),
      left: Int32Array.from({ length: levels }, (_, node) => (node + 1 < levels ? node + 1 : ~levels)),
      right: Int32Array.from({ length: levels }, (_, node) => ~node),
      leafValues: new Float64Array(levels + 1),
    });
    expect(treeStatistics(chain, ['a'])).toMatchObject({ maxDepth: levels, maxLeavesOfTree: levels + 1 });
  });
});

import { describe, expect, it } from 'vitest';
import { ensembleOf, type HandTree } from '../../../fixtures/ensemble-of.ts';
import { draftTableSize } from './draft-table-size.ts';
import { placeCount, type TableKind } from './pattern-tables.ts';
import { planGroups } from './plan-groups.ts';

/** A path through `features` features with a leaf at every node, and two subtrees of three leaves at its end. */
function chain(features: number): HandTree {
  const three = { feature: 0, threshold: 9, left: 1, right: { feature: 1, threshold: 9, left: 2, right: 3 } };
  let tree: HandTree = { feature: features - 1, threshold: 0, left: three, right: three };
  for (let j = features - 2; j >= 0; j--) tree = { feature: j, threshold: 0, left: j, right: tree };
  return tree;
}

/** Bytes of the tables of the groups themselves. */
function plannedBytes(tree: HandTree, features: number, kind: TableKind): number {
  const ensemble = ensembleOf([tree], { featureCount: features });
  const columnOf = Int32Array.from({ length: features }, (_, j) => j);
  const groups = planGroups(ensemble, 0, columnOf, features);
  return groups.bitCounts.reduce(
    (sum, bits, group) => sum + ((8 * placeCount(groups, group, kind)) << bits),
    0,
  );
}

describe('draftTableSize', () => {
  it('is 8 bytes for every pattern of a pair of leaves and each of its columns, or pairs of columns', () => {
    const pair = { feature: 2, threshold: 0, left: 1, right: 2 };
    const tree = {
      feature: 0,
      threshold: 0,
      left: 3,
      right: { feature: 1, threshold: 0, left: 4, right: pair },
    };
    const size = draftTableSize(ensembleOf([tree]), 0);
    expect(size).toEqual({ contributions: 8 * 3 * 2 ** 3, interactions: 8 * 3 * 2 ** 3, nodes: 3 });
  });

  it.each([10, 12, 13])('comes near the tables of the groups on paths of %i features', (features) => {
    const tree = chain(features);
    const size = draftTableSize(ensembleOf([tree]), 0);
    for (const kind of ['contributions', 'interactions'] as const) {
      const planned = plannedBytes(tree, features, kind);
      expect(size[kind] / planned).toBeGreaterThan(0.9);
      expect(size[kind] / planned).toBeLessThan(1.25);
    }
  });

  it('counts no trees of other outputs, of one leaf, or with paths too long for a table', () => {
    const ensemble = ensembleOf([chain(15), 4, chain(10), chain(10)], {
      outputCount: 2,
      treeOutputs: Int32Array.of(0, 0, 1, 0),
    });
    expect(draftTableSize(ensemble, 0)).toEqual(draftTableSize(ensemble, 1));
    expect(draftTableSize(ensemble, 1).nodes).toBe(14);
    expect(draftTableSize(ensembleOf([4]), 0)).toEqual({ contributions: 0, interactions: 0, nodes: 0 });
  });
});

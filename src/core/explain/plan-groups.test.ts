import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ensembleOf, type HandTree } from '../../../fixtures/ensemble-of.ts';
import { goesLeft, leafOf } from '../trees/evaluate-trees.ts';
import type { FeatureBlock, TreeEnsemble } from '../trees/tree-ensemble.ts';
import { MAX_BITS, MAX_SLOTS, PACKED_BITS, type PatternGroups } from './pattern-groups.ts';
import { planGroups } from './plan-groups.ts';
import { forestCases } from './random-forest.laws.ts';

const numRuns = process.env.CUTLINE_LANE === 'slow' ? 5000 : 150;

function identity(count: number): Int32Array {
  return Int32Array.from({ length: count }, (_, i) => i);
}

/** The pattern of a row in a group, from the definition in PatternGroups. */
function patternOf(
  ensemble: TreeEnsemble,
  groups: PatternGroups,
  group: number,
  rows: FeatureBlock,
  i: number,
): number {
  let pattern = 2 ** groups.bitCounts[group]! - 1;
  for (let op = groups.groupOps[group]!; op < groups.groupOps[group + 1]!; op++) {
    const node = groups.opNodes[op]!;
    const isLeft = goesLeft(ensemble, node, rows.columns[ensemble.features[node]!]![i]!);
    if (isLeft === (groups.opInverted[op] === 1)) pattern &= ~(1 << groups.opBits[op]!);
  }
  return pattern;
}

/** Whether a row passes every split of a leaf's path on one feature. */
function passes(
  ensemble: TreeEnsemble,
  leaf: number,
  root: number,
  feature: number,
  rows: FeatureBlock,
  i: number,
): boolean {
  const walk = (item: number): boolean | null => {
    if (item < 0) return ~item === leaf ? true : null;
    const isLeft = goesLeft(ensemble, item, rows.columns[ensemble.features[item]!]![i]!);
    const [left, right] = [walk(ensemble.left[item]!), walk(ensemble.right[item]!)];
    if (left === null && right === null) return null;
    const isTaken = isLeft === (left !== null);
    return (left ?? right!) && (ensemble.features[item] !== feature || isTaken);
  };
  return walk(root)!;
}

/** A path that splits on each feature once, to the left; a leaf on every right. */
function chain(features: readonly number[]): HandTree {
  return features.reduceRight<HandTree>(
    (below, feature, i) => ({ feature, threshold: i, left: below, right: -i }),
    100,
  );
}

function leavesOf(groups: PatternGroups): number[] {
  return [...groups.leaves].sort((a, b) => a - b);
}

describe('planGroups', () => {
  it('puts every leaf of the output into one group, within the limits', () => {
    fc.assert(
      fc.property(forestCases, ({ ensemble, output, columnOf, columnCount, block, background }) => {
        const groups = planGroups(ensemble, output, columnOf, columnCount);
        const trees = [...ensemble.roots.keys()].filter(
          (tree) => ensemble.leafWidth > 1 || ensemble.treeOutputs[tree] === output,
        );
        expect([...groups.trees]).toEqual(trees);
        const reachable = new Set<number>();
        const gather = (item: number) => {
          if (item < 0) reachable.add(~item);
          else for (const side of [ensemble.left, ensemble.right]) gather(side[item]!);
        };
        for (const tree of trees) gather(ensemble.roots[tree]!);
        expect(leavesOf(groups)).toEqual([...reachable].sort((a, b) => a - b));
        for (let tree = 0; tree < trees.length; tree++) {
          for (let group = groups.treeGroups[tree]!; group < groups.treeGroups[tree + 1]!; group++) {
            for (const rows of [block, background])
              checkGroup(ensemble, groups, group, trees[tree]!, rows, columnOf);
          }
        }
      }),
      { numRuns },
    );
  });

  it('shares the bit of a condition and its opposite, and of a box of conditions', () => {
    const pair = (feature: number): HandTree => ({ feature, threshold: 0, left: 1, right: 2 });
    const ensemble = ensembleOf([{ feature: 0, threshold: 0, left: pair(1), right: pair(2) }]);
    const groups = planGroups(ensemble, 0, identity(3), 3);
    expect(groups.bitCounts).toEqual(Uint8Array.of(3));
    expect(groups.opNodes).toEqual(Int32Array.of(0, 1, 2));
    expect(groups.opInverted).toEqual(Uint8Array.of(0, 0, 0));
    expect(groups.leaves).toEqual(Int32Array.of(0, 1, 2, 3));
    expect(groups.leafTerms).toEqual(Int32Array.of(0, 2, 4, 6, 8));
    expect(groups.termFeatures).toEqual(Int32Array.of(1, 0, 1, 0, 2, 0, 2, 0));
    expect(groups.termRequired).toEqual(Uint16Array.of(2, 1, 2, 1, 4, 1, 4, 1));
    expect(groups.termValues).toEqual(Uint16Array.of(2, 1, 0, 1, 4, 0, 0, 0));
  });

  it('tabulates paths of 14 features and leaves those of 15 to quadrature', () => {
    const ensemble = ensembleOf([chain([...identity(14)]), chain([...identity(15)]), 7]);
    const groups = planGroups(ensemble, 0, identity(15), 15);
    expect([...groups.trees]).toEqual([0, 2]);
    expect([...groups.longTrees]).toEqual([1]);
    expect(Math.max(...groups.bitCounts)).toBe(14);
    expect(groups.leaves.length).toBe(16);
  });

  it('makes one group without bits of a tree of one leaf, and none of an output without trees', () => {
    const ensemble = ensembleOf([3], { outputCount: 2 });
    const single = planGroups(ensemble, 0, identity(1), 1);
    expect([...single.bitCounts]).toEqual([0]);
    expect([...single.groupSlots]).toEqual([0, 0]);
    expect([...single.leafTerms]).toEqual([0, 0]);
    const none = planGroups(ensemble, 1, identity(1), 1);
    expect(none.trees.length).toBe(0);
    expect([...none.treeGroups]).toEqual([0]);
    expect([...none.groupLeaves]).toEqual([0]);
  });
});

function checkGroup(
  ensemble: TreeEnsemble,
  groups: PatternGroups,
  group: number,
  tree: number,
  block: FeatureBlock,
  columnOf: Int32Array,
): void {
  const columns = groups.slotColumns.subarray(groups.groupSlots[group]!, groups.groupSlots[group + 1]!);
  const [firstLeaf, endLeaf] = [groups.groupLeaves[group]!, groups.groupLeaves[group + 1]!];
  expect(new Set(columns).size).toBe(columns.length);
  expect(columns.length).toBeLessThanOrEqual(MAX_SLOTS);
  expect(groups.bitCounts[group]).toBeLessThanOrEqual(endLeaf - firstLeaf > 2 ? PACKED_BITS : MAX_BITS);
  let wrong = 0;
  for (let i = 0; i < block.rowCount; i++) {
    const pattern = patternOf(ensemble, groups, group, block, i);
    for (let entry = firstLeaf; entry < endLeaf; entry++) {
      const leaf = groups.leaves[entry]!;
      let isReached = true;
      for (let term = groups.leafTerms[entry]!; term < groups.leafTerms[entry + 1]!; term++) {
        const isMet = (pattern & groups.termRequired[term]!) === groups.termValues[term];
        const feature = groups.termFeatures[term]!;
        if (isMet !== passes(ensemble, leaf, ensemble.roots[tree]!, feature, block, i)) wrong += 1;
        if (columns[groups.termSlots[term]!] !== columnOf[feature]) wrong += 1;
        isReached &&= isMet;
      }
      if (isReached !== (leafOf(ensemble, block, i, tree) === leaf)) wrong += 1;
    }
  }
  expect(wrong).toBe(0);
}

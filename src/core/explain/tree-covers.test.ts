import { describe, expect, it } from 'vitest';
import { blockOf, ensembleOf } from '../../../fixtures/ensemble-of.ts';
import { drain } from '../sliced.ts';
import { coverShares, modelCovers, routedCovers } from './tree-covers.ts';

/** Node 0 on feature 0, node 1 (left of it) on feature 1; leaves 0, 1 below node 1 and 2. */
const trees = [
  { feature: 0, threshold: 1, left: { feature: 1, threshold: 1, left: 1, right: 2 }, right: 3 },
  7,
];

describe('covers', () => {
  it('of a file take the leaves and add them up, whatever the file says of nodes', () => {
    const covers = {
      kind: 'hessian',
      nodes: Float64Array.of(99, 99),
      leaves: Float64Array.of(1, 2, 5, 8),
    } as const;
    const found = modelCovers(ensembleOf(trees, { covers }));
    expect(found).toEqual({ nodes: Float64Array.of(8, 3), leaves: covers.leaves });
    expect(found?.leaves).not.toBe(covers.leaves);
  });

  it('are not there when the file holds none', () => {
    expect(modelCovers(ensembleOf(trees))).toBeNull();
  });

  it('of reference rows count them, missing values on their default side', () => {
    const block = blockOf([
      [0, 0],
      [1, 2],
      [2, 0],
      [Number.NaN, Number.NaN],
      [0, Number.NaN],
    ]);
    expect(drain(routedCovers(ensembleOf(trees), block))).toEqual({
      nodes: Float64Array.of(5, 3),
      leaves: Float64Array.of(1, 2, 2, 5),
    });
  });

  it('of reference rows come in slices that can be stopped between', () => {
    const many = Array.from({ length: 3000 }, (_, i) => 1000 - (i % 7));
    const rows = Array.from({ length: 1000 }, (_, i) => [i % 3, i % 2]);
    const run = routedCovers(ensembleOf([...many, ...trees]), blockOf(rows));
    expect(run.next()).toMatchObject({ done: false, value: { done: 349, total: 1000 } });
    expect(drain(run).nodes[0]).toBe(1000);
  });
});

describe('the share of a left child', () => {
  it('is its part of what both children hold', () => {
    const covers = { nodes: Float64Array.of(8, 3), leaves: Float64Array.of(1, 2, 5, 0) };
    expect(coverShares(ensembleOf(trees), covers).left).toEqual(Float64Array.of(3 / 8, 1 / 3));
  });

  it('is 0 when it is empty and 1/2 below an empty parent', () => {
    const covers = { nodes: Float64Array.of(5, 0), leaves: Float64Array.of(0, 0, 5, 0) };
    expect(coverShares(ensembleOf(trees), covers).left).toEqual(Float64Array.of(0, 0.5));
  });
});

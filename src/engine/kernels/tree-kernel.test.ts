import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { marginsOf } from '../../core/trees/evaluate-trees.ts';
import type { FeatureBlock, TreeEnsemble } from '../../core/trees/tree-ensemble.ts';
import { type EnsembleRecipe, ensembleRecipe, randomEnsemble, randomRows } from './random-ensemble.laws.ts';
import { createTreeKernel } from './tree-kernel.ts';
import { planTrees } from './tree-program.ts';

const isSlow = process.env.CUTLINE_LANE === 'slow';

function kernelMargins(ensemble: TreeEnsemble, block: FeatureBlock): Float64Array {
  const kernel = createTreeKernel(ensemble);
  const out = new Float64Array(block.rowCount * ensemble.outputCount).fill(7);
  kernel.margins(block, out);
  kernel.release();
  return out;
}

/** The first number that differs, also in the sign of zero; null when none does. */
function firstDifference(a: Float64Array, b: Float64Array): string | null {
  const at = a.findIndex((value, i) => !Object.is(value, b[i]));
  return at < 0 && a.length === b.length ? null : `${at}: ${a[at]} is not ${b[at]}`;
}

describe('createTreeKernel', () => {
  it('answers bit for bit what the plain evaluation does, for every rule and edge value', () => {
    const numRuns = isSlow ? 5000 : 150;
    const ways = { chosen: 0, walked: 0 };
    const answersAlike = (recipe: EnsembleRecipe) => {
      const ensemble = randomEnsemble(recipe);
      const block = randomRows(ensemble, recipe.rows, recipe.seed);
      expect(firstDifference(kernelMargins(ensemble, block), marginsOf(ensemble, block))).toBeNull();
      const { isWalked } = planTrees(ensemble);
      for (const walked of isWalked) ways[walked ? 'walked' : 'chosen']++;
    };
    fc.assert(fc.property(ensembleRecipe, answersAlike), { numRuns });
    expect(ways.walked).toBeGreaterThan(numRuns / 20);
    expect(ways.chosen).toBeGreaterThan(numRuns);
  });
});

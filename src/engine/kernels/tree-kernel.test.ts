import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { marginsOf } from '../../core/trees/evaluate-trees.ts';
import { type FeatureBlock, splitRule, type TreeEnsemble } from '../../core/trees/tree-ensemble.ts';
import { openModelFile } from '../../formats/model/open-model.ts';
import { type EnsembleRecipe, ensembleRecipe, randomEnsemble, randomRows } from './random-ensemble.laws.ts';
import { createTreeKernel, KERNEL_NAME, kernelRefusal } from './tree-kernel.ts';
import { planTrees } from './tree-program.ts';

const isSlow = process.env.CUTLINE_LANE === 'slow';
const fixtures = new URL('../../../fixtures/', import.meta.url).pathname;

const recipe: EnsembleRecipe = {
  ...{ seed: 7, trees: 5, depth: 6, stop: 0.1, outputs: 2, features: 4, thresholds: 40, rows: 0 },
  ...{ comparison: 'float64', sums: 'float64', vectorLeaves: false, weights: true },
};

function kernelMargins(ensemble: TreeEnsemble, block: FeatureBlock): Float64Array {
  const kernel = createTreeKernel(ensemble);
  expect(kernel.name).toBe(KERNEL_NAME);
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

/** Rows of the block in another order. */
function takeRows({ columns }: FeatureBlock, rows: readonly number[]): FeatureBlock {
  return {
    rowCount: rows.length,
    columns: columns.map((column) => Float64Array.from(rows, (r) => column[r]!)),
  };
}

function modelFiles(): string[] {
  return ['credit_data', 'mlc_churn'].flatMap((dataset) =>
    readdirSync(`${fixtures}${dataset}/models`).map((file) => `${dataset}/models/${file}`),
  );
}

function treesOf(path: string): TreeEnsemble | null {
  const { decoded } = openModelFile(new Uint8Array(readFileSync(fixtures + path)), path);
  return decoded?.core.kind === 'trees' ? decoded.core.ensemble : null;
}

describe('createTreeKernel', () => {
  it('answers bit for bit what the plain evaluation does, for every rule and edge value', () => {
    const numRuns = isSlow ? 5000 : 150;
    const ways = { chosen: 0, walked: 0 };
    const answersAlike = (random: EnsembleRecipe) => {
      const ensemble = randomEnsemble(random);
      const block = randomRows(ensemble, random.rows, random.seed);
      expect(firstDifference(kernelMargins(ensemble, block), marginsOf(ensemble, block))).toBeNull();
      const { isWalked } = planTrees(ensemble);
      for (const walked of isWalked) ways[walked ? 'walked' : 'chosen']++;
    };
    fc.assert(fc.property(ensembleRecipe, answersAlike), { numRuns });
    expect(ways.walked).toBeGreaterThan(numRuns / 20);
    expect(ways.chosen).toBeGreaterThan(numRuns);
  });

  const files = modelFiles().filter((path) => !path.endsWith('.dump.json'));
  const accepted: string[] = [];

  it.each(files)('runs %s as the plain evaluation does, around every threshold of it', (path) => {
    const ensemble = treesOf(path);
    if (ensemble === null) return;
    if (ensemble.linearLeaves !== null) {
      expect(kernelRefusal(ensemble)).toBe('Its leaves hold linear models.');
      return;
    }
    expect(kernelRefusal(ensemble)).toBeNull();
    accepted.push(path);
    const block = randomRows(ensemble, isSlow ? 5000 : 600, 3);
    expect(firstDifference(kernelMargins(ensemble, block), marginsOf(ensemble, block))).toBeNull();
  });

  it('has run every tree model of the fixtures but those with linear leaves', () => {
    const withTrees = files.filter((path) => !/logistic|mlp|linear_tree/.test(path));
    expect(withTrees.length).toBeGreaterThan(40);
    expect(accepted).toEqual(withTrees);
  });

  it('answers each row alike wherever it lies and however many there are', () => {
    const ensemble = randomEnsemble(recipe);
    const block = randomRows(ensemble, 5001, 11);
    const whole = kernelMargins(ensemble, block);
    // 1237 has no divisor in common with 5001.
    const order = Array.from({ length: 5001 }, (_, i) => (i * 1237) % 5001);
    const shuffled = kernelMargins(ensemble, takeRows(block, order));
    const back = new Float64Array(whole.length);
    for (const [at, row] of order.entries()) back.set(shuffled.subarray(at * 2, at * 2 + 2), row * 2);
    expect(firstDifference(back, whole)).toBeNull();
    const part = kernelMargins(ensemble, takeRows(block, [2049, 2050, 2051]));
    expect(firstDifference(part, whole.slice(2049 * 2, 2052 * 2))).toBeNull();
  });

  it('leaves the columns as they are, and what follows the rows in out', () => {
    const ensemble = randomEnsemble({ ...recipe, comparison: 'float32' });
    const block = randomRows(ensemble, 300, 5);
    const before = block.columns.map((column) => column.slice());
    const out = new Float64Array(700).fill(7);
    createTreeKernel(ensemble).margins(block, out);
    expect(block.columns).toEqual(before);
    expect(out.subarray(600)).toEqual(new Float64Array(100).fill(7));
  });

  it('lives beside other kernels in one thread', () => {
    const ensembles = [1, 2, 3].map((seed) => randomEnsemble({ ...recipe, seed }));
    const kernels = ensembles.map(createTreeKernel);
    for (const at of [0, 2, 1, 0]) {
      const block = randomRows(ensembles[at]!, 500, at);
      const out = new Float64Array(1000);
      kernels[at]!.margins(block, out);
      expect(firstDifference(out, marginsOf(ensembles[at]!, block))).toBeNull();
    }
    kernels[1]!.release();
    const block = randomRows(ensembles[0]!, 3, 1);
    expect(() => kernels[1]!.margins(block, new Float64Array(6))).toThrow('released');
    kernels[0]!.margins(block, new Float64Array(6));
  });

  it('answers nothing of no rows, and the base values of no trees', () => {
    const ensemble = randomEnsemble(recipe);
    createTreeKernel(ensemble).margins(randomRows(ensemble, 0, 1), new Float64Array(0));
    const bare = { ...ensemble, roots: new Int32Array(0), treeOutputs: new Int32Array(0), treeWeights: null };
    const block = randomRows(bare, 2, 1);
    expect(kernelMargins(bare, block)).toEqual(marginsOf(bare, block));
  });

  it('refuses more thresholds of a feature than bins can tell apart', () => {
    const nodes = 70_000;
    const chain = Int32Array.from({ length: nodes }, (_, i) => (i + 1 < nodes ? i + 1 : ~nodes));
    const ensemble: TreeEnsemble = {
      ...randomEnsemble({ ...recipe, outputs: 1, trees: 1, weights: false }),
      roots: Int32Array.of(0),
      treeOutputs: Int32Array.of(0),
      features: new Int32Array(nodes),
      rules: new Uint8Array(nodes),
      missing: new Uint8Array(nodes),
      defaultLeft: new Uint8Array(nodes),
      thresholds: Float64Array.from(chain.keys()),
      left: Int32Array.from(chain.keys(), (i) => ~i),
      right: chain,
      leafValues: Float64Array.from({ length: nodes + 1 }, (_, i) => i),
    };
    const why = 'One of its features has more than 65000 different thresholds.';
    expect(kernelRefusal(ensemble)).toBe(why);
    expect(() => createTreeKernel(ensemble)).toThrow(why);
    const fewer = { ...ensemble, thresholds: ensemble.thresholds.map((t) => Math.floor(t / 2)) };
    const block = {
      rowCount: 4,
      columns: Array.from({ length: 4 }, () => Float64Array.of(-1, 7.5, 34_999, 1e9)),
    };
    expect([...kernelMargins(fewer, block)]).toEqual([...marginsOf(fewer, block)]);
  });

  it('refuses category sets that would take the memory of the worker, before it lists their members', () => {
    const words = 2000;
    /** Stumps, of which some ask for a set of 64,000 members and the others for one of none. */
    const stumps = (count: number, large: number): TreeEnsemble => ({
      ...randomEnsemble({ ...recipe, outputs: 1, trees: 1, weights: false }),
      roots: Int32Array.from({ length: count }, (_, i) => i),
      treeOutputs: new Int32Array(count),
      features: new Int32Array(count),
      rules: new Uint8Array(count).fill(splitRule.inSet),
      missing: new Uint8Array(count),
      defaultLeft: new Uint8Array(count),
      thresholds: Float64Array.from({ length: count }, (_, i) => Number(i >= large)),
      left: new Int32Array(count).fill(~0),
      right: new Int32Array(count).fill(~1),
      categorySets: {
        boundaries: Int32Array.of(0, words, words),
        words: new Uint32Array(words).fill(0xffffffff),
      },
      leafValues: Float64Array.of(1, 2),
    });
    expect(kernelRefusal(stumps(100, 20))).toBeNull();
    expect(kernelRefusal(stumps(100, 63))).toBe('Its category sets have more than four million members.');
    const tooLarge = 'Its category sets would take more than 256 MB of memory in each worker.';
    expect(kernelRefusal(stumps(40_000, 1))).toBe(tooLarge);
  });
});

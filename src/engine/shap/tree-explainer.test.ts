import fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { ensembleOf, type HandTree } from '../../../fixtures/ensemble-of.ts';
import { bruteForceShap, float64Margins, marginSize } from '../../core/explain/brute-force.laws.ts';
import { type ForestCase, forestCases, questionOf } from '../../core/explain/random-forest.laws.ts';
import type { ShapQuestion } from '../../core/explain/shap-question.ts';
import { modelCovers } from '../../core/explain/tree-covers.ts';
import { drain } from '../../core/sliced.ts';
import type { FeatureBlock } from '../../core/trees/tree-ensemble.ts';
import { createInteractionExplainer, createTreeExplainer } from './tree-explainer.ts';

const isSlow = process.env.CUTLINE_LANE === 'slow';
const FEW = 1;
const MANY = 1_000_000;
const kinds = ['path-dependent', 'interventional'] as const;

function largestGap(a: Float64Array, b: Float64Array): number {
  expect(a.length).toBe(b.length);
  return a.reduce((most, value, i) => Math.max(most, Math.abs(value - b[i]!)), 0);
}

/** A path through `features` features, its leaves worth 1, 2, 3, ... */
function chain(features: number): HandTree {
  let tree: HandTree = features + 1;
  for (let j = features - 1; j >= 0; j--) tree = { feature: j, threshold: 0, left: j + 1, right: tree };
  return tree;
}

/** One training row in every leaf. */
function evenCovers(leafCount: number) {
  return { kind: 'count', nodes: new Float64Array(0), leaves: new Float64Array(leafCount).fill(1) } as const;
}

function questionAbout(trees: readonly HandTree[], features: number): ShapQuestion {
  const ensemble = ensembleOf(trees, { featureCount: features, baseValues: Float64Array.of(-0.5) });
  const covers = modelCovers({ ...ensemble, covers: evenCovers(ensemble.leafValues.length) })!;
  const columnOf = Int32Array.from({ length: features }, (_, j) => j);
  return {
    ...{ ensemble, output: 0, columnOf, columnCount: features },
    expectation: { kind: 'path-dependent', covers },
  };
}

function waves(features: number, rowCount: number): FeatureBlock {
  const column = (j: number) =>
    Float64Array.from({ length: rowCount }, (_, i) => Math.sin(i * (j + 2)) + 0.5);
  return { rowCount, columns: Array.from({ length: features }, (_, j) => column(j)) };
}

/** The explained margins, from base value and contributions. */
function sumsOf(question: ShapQuestion, block: FeatureBlock, totalRows: number): Float64Array {
  const explainer = createTreeExplainer(question, totalRows);
  const sums = new Float64Array(block.rowCount).fill(explainer.baseValue);
  for (const [i, value] of explainer.explain(block).entries()) sums[i % block.rowCount]! += value;
  explainer.release();
  return sums;
}

describe('createTreeExplainer', () => {
  it.each(kinds)('gives the contributions of the definition for few rows and for many, %s', (kind) => {
    const isExact = (one: ForestCase) => {
      const question = questionOf(one, kind);
      const expected = bruteForceShap(question, one.block);
      const limit = 1e-12 * Math.max(1, marginSize(question));
      for (const totalRows of [FEW, MANY]) {
        const explainer = createTreeExplainer(question, totalRows);
        expect(largestGap(explainer.explain(one.block), expected.values)).toBeLessThan(limit);
        expect(drain(explainer.explainSliced(one.block))).toEqual(explainer.explain(one.block));
        expect(Math.abs(explainer.baseValue - expected.baseValue)).toBeLessThan(limit);
        explainer.release();
      }
    };
    fc.assert(fc.property(forestCases, isExact), { numRuns: isSlow ? 1000 : 25 });
  });

  it('answers few rows by quadrature and many by tables, whatever the block is', () => {
    const question = questionAbout([chain(3)], 3);
    const nameFor = (totalRows: number) => createTreeExplainer(question, totalRows).name;
    expect(nameFor(1)).toContain('quadrature kernel');
    expect(nameFor(3999)).toContain('quadrature kernel');
    expect(nameFor(4000)).toContain('table kernel');
  });

  it('answers against background rows by tables from the first row', () => {
    const expectation = { kind: 'interventional', background: waves(3, 5) } as const;
    expect(createTreeExplainer({ ...questionAbout([chain(3)], 3), expectation }, 1).name).toContain(
      'table kernel',
    );
  });

  it('answers paths too long for a table by quadrature, alone or beside tables', () => {
    const long = questionAbout([chain(20)], 20);
    expect(createTreeExplainer(long, MANY).name).toContain('quadrature kernel');
    const both = questionAbout([chain(20), chain(2), chain(16), 4], 20);
    expect(createTreeExplainer(both, MANY).name).toContain('table kernel');
    const block = waves(20, 37);
    for (const question of [long, both])
      expect(largestGap(sumsOf(question, block, MANY), float64Margins(question, block))).toBeLessThan(1e-11);
  });

  it('builds no tables that take longer than quadrature of all rows', () => {
    const large = questionAbout(Array<HandTree>(20).fill(chain(14)), 14);
    const nameFor = (totalRows: number) => createTreeExplainer(large, totalRows).name;
    expect(nameFor(4000)).toContain('quadrature kernel');
    expect(nameFor(MANY)).toContain('table kernel');
    const wide = { ...large, columnCount: 2000 };
    expect(createTreeExplainer(wide, MANY).name).toContain('quadrature kernel');
  });

  it('refuses leaves that hold linear models', () => {
    const question = questionAbout([chain(1)], 1);
    const nothing = { constants: new Float64Array(2), coefficients: new Float64Array(0) };
    const linearLeaves = { ...nothing, offsets: new Int32Array(3), features: new Int32Array(0) };
    const linear = { ...question, ensemble: { ...question.ensemble, linearLeaves } };
    for (const totalRows of [FEW, MANY])
      expect(() => createTreeExplainer(linear, totalRows)).toThrow(/linear/);
  });
});

describe('createTreeExplainer without WebAssembly', () => {
  afterEach(() => {
    vi.unstubAllGlobals();
    vi.resetModules();
  });

  it.each(kinds)('gives the same contributions in plain TypeScript, %s', async (kind) => {
    const question = questionAbout([chain(4), chain(16)], 16);
    const block = waves(16, 9);
    const asked: ShapQuestion =
      kind === 'path-dependent' ? question : { ...question, expectation: { kind, background: waves(16, 4) } };
    const expected = createTreeExplainer(asked, MANY).explain(block);
    vi.stubGlobal('WebAssembly', undefined);
    vi.resetModules();
    const plain = await import('./tree-explainer.ts');
    for (const totalRows of [FEW, MANY]) {
      const explainer = plain.createTreeExplainer(asked, totalRows);
      expect(explainer.name).toContain('plain TypeScript');
      expect(largestGap(explainer.explain(block), expected)).toBeLessThan(1e-12);
    }
  });
});

describe('createInteractionExplainer', () => {
  it.each(kinds)('gives matrices of the definition, whose rows add up to the contributions, %s', (kind) => {
    const isExact = (one: ForestCase) => {
      const question = questionOf(one, kind);
      const expected = bruteForceShap(question, one.block);
      const limit = 1e-12 * Math.max(1, marginSize(question));
      for (const totalRows of [FEW, MANY]) {
        const explainer = createInteractionExplainer(question, totalRows);
        expect(largestGap(explainer.explain(one.block), expected.interactions)).toBeLessThan(limit);
        expect(Math.abs(explainer.baseValue - expected.baseValue)).toBeLessThan(limit);
        explainer.release();
      }
    };
    fc.assert(fc.property(forestCases, isExact), { numRuns: isSlow ? 500 : 15 });
  });

  it('goes row by row for few rows, and by tables for many', () => {
    const question = questionAbout([chain(3)], 3);
    expect(createInteractionExplainer(question, 31).name).toContain('plain TypeScript');
    expect(createInteractionExplainer(question, 32).name).toContain('table kernel');
  });

  it('builds no tables that take longer than all rows one by one', () => {
    const large = questionAbout(Array<HandTree>(5).fill(chain(14)), 14);
    expect(createInteractionExplainer(large, MANY).name).toContain('plain TypeScript');
  });

  it('goes row by row where every path is too long for a table', () => {
    const long = questionAbout([chain(20)], 20);
    expect(createInteractionExplainer(long, MANY).name).toContain('plain TypeScript');
  });
});

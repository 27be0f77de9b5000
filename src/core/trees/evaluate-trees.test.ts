import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { blockOf, ensembleOf, type HandSplit, type HandTree } from '../../../fixtures/ensemble-of.ts';
import { goesLeft, leafOf, marginsOf } from './evaluate-trees.ts';
import { type TreeEnsemble, ZERO_THRESHOLD } from './tree-ensemble.ts';

const numRuns = process.env.CUTLINE_LANE === 'slow' ? 5000 : 200;
const { NaN: nan, POSITIVE_INFINITY: inf } = Number;

function isLeft(split: Partial<HandSplit>, value: number, parts: Partial<TreeEnsemble> = {}): boolean {
  return goesLeft(ensembleOf([{ feature: 0, left: 1, right: 2, ...split }], parts), 0, value);
}

describe('goesLeft', () => {
  it.each([
    ['lessOrEqual', [1, 1.5, -inf], [1.5000000000000002, 2, inf]],
    ['less', [1, 1.4999999999999998, -inf], [1.5, 2, inf]],
    ['equal', [1.5], [1.4999999999999998, 1.5000000000000002, inf, -inf]],
  ] as const)('%s 1.5', (rule, left, right) => {
    for (const x of left) expect(isLeft({ rule, threshold: 1.5 }, x), `${x}`).toBe(true);
    for (const x of right) expect(isLeft({ rule, threshold: 1.5 }, x), `${x}`).toBe(false);
  });

  it('rounds the value to float32 before it compares, where the ensemble says so', () => {
    // 0.1 lies below its float32, 0.100000001490116...; so does every value that rounds to it.
    const threshold = Math.fround(0.1);
    const parts = { comparison: 'float32' } as const;
    expect(isLeft({ rule: 'less', threshold }, 0.1)).toBe(true);
    expect(isLeft({ rule: 'less', threshold }, 0.1, parts)).toBe(false);
    expect(isLeft({ rule: 'equal', threshold }, 0.1)).toBe(false);
    expect(isLeft({ rule: 'equal', threshold }, 0.1, parts)).toBe(true);
    // Beyond float32: an infinity, which lies above every threshold.
    expect(isLeft({ rule: 'lessOrEqual', threshold: 1e38 }, 1e39, parts)).toBe(false);
  });

  it.each([
    ['nanIsZero', true, { '-1': true, 0: true, 1: false, NaN: true }],
    ['nanIsZero', false, { '-1': true, 0: true, 1: false, NaN: true }],
    ['nan', true, { '-1': true, 0: true, 1: false, NaN: true }],
    ['nan', false, { '-1': true, 0: true, 1: false, NaN: false }],
    ['nanAndZero', true, { '-1': true, 0: true, 1: false, NaN: true }],
    ['nanAndZero', false, { '-1': true, 0: false, 1: false, NaN: false }],
  ] as const)('missing rule %s, default left %s, x <= 0.5', (missing, defaultLeft, expected) => {
    for (const [value, left] of Object.entries(expected)) {
      expect(isLeft({ threshold: 0.5, missing, defaultLeft }, Number(value)), value).toBe(left);
    }
  });

  it('takes NaN for the number 0, which may lie on either side', () => {
    expect(isLeft({ threshold: -0.5, missing: 'nanIsZero', defaultLeft: true }, nan)).toBe(false);
    expect(isLeft({ threshold: 0, rule: 'less', missing: 'nanIsZero', defaultLeft: true }, nan)).toBe(false);
  });

  it('takes values up to the zero threshold for missing, and no larger ones', () => {
    const split = { threshold: 1, missing: 'nanAndZero', defaultLeft: false } as const;
    for (const x of [0, -0, 1e-36, -1e-36, ZERO_THRESHOLD, -ZERO_THRESHOLD])
      expect(isLeft(split, x)).toBe(false);
    for (const x of [1.0000000180025097e-35, -1.1e-35]) expect(isLeft(split, x)).toBe(true);
  });

  it('finds categories in sets of several words', () => {
    const set = [0, 31, 32, 63, 64];
    for (const x of set) expect(isLeft({ set }, x), `${x}`).toBe(true);
    for (const x of [1, 30, 33, 62, 65, 95, 96, 4096, 2 ** 32, 2 ** 32 + 31]) {
      expect(isLeft({ set }, x), `${x}`).toBe(false);
    }
  });

  it('cuts the fraction off a category, or takes whole numbers only', () => {
    expect(isLeft({ set: [1] }, 1.7)).toBe(true);
    expect(isLeft({ set: [0] }, -0.5)).toBe(true);
    expect(isLeft({ set: [1], rule: 'inSetExactly' }, 1.7)).toBe(false);
    expect(isLeft({ set: [1], rule: 'inSetExactly' }, 1)).toBe(true);
    expect(isLeft({ set: [0], rule: 'inSetExactly' }, -0.5)).toBe(false);
  });

  it.each(['inSet', 'inSetExactly'] as const)(
    '%s: no member is negative, infinite or of an empty set',
    (rule) => {
      for (const x of [-1, -31, -32, inf, -inf, 1e300]) {
        expect(isLeft({ set: [0, 1, 31], rule }, x), `${x}`).toBe(false);
      }
      expect(isLeft({ set: [], rule }, 0)).toBe(false);
    },
  );

  it('sends a missing category to the default side', () => {
    expect(isLeft({ set: [0] }, nan)).toBe(false);
    expect(isLeft({ set: [0], defaultLeft: true }, nan)).toBe(true);
    expect(isLeft({ set: [0], missing: 'nanIsZero' }, nan)).toBe(true);
  });

  it('keeps sets apart', () => {
    const inner = { feature: 0, set: [40], left: 1, right: 2 };
    const ensemble = ensembleOf([{ feature: 0, set: [2], left: 0, right: inner }]);
    expect([2, 40, 8].map((x) => leafOf(ensemble, blockOf([[x]]), 0, 0))).toEqual([0, 1, 2]);
  });
});

describe('leafOf', () => {
  const tree: HandTree = {
    feature: 0,
    threshold: 10,
    left: { feature: 1, threshold: 0, left: 1, right: 2 },
    right: 3,
  };

  it('numbers leaves through all trees', () => {
    const ensemble = ensembleOf([tree, 7, tree]);
    const block = blockOf([
      [5, -1],
      [5, 1],
      [11, 0],
    ]);
    const leaves = [0, 1, 2].map((row) => [0, 1, 2].map((t) => leafOf(ensemble, block, row, t)));
    expect(leaves).toEqual([
      [0, 3, 4],
      [1, 3, 5],
      [2, 3, 6],
    ]);
  });
});

describe('marginsOf', () => {
  const stump = (left: number, right: number): HandTree => ({ feature: 0, threshold: 0, left, right });
  const block = blockOf([[-1], [1]]);

  it('adds base value and weighted leaves', () => {
    const ensemble = ensembleOf([stump(1, 2), 10, stump(100, 200)], {
      treeWeights: Float64Array.of(1, 0.5, 0.25),
      baseValues: Float64Array.of(-3),
    });
    expect([...marginsOf(ensemble, block)]).toEqual([1 + 5 + 25 - 3, 2 + 5 + 50 - 3]);
  });

  it('leaves the sum of an averaging model a sum', () => {
    expect([...marginsOf(ensembleOf([stump(1, 2), stump(3, 4)], { averageOver: 2 }), block)]).toEqual([4, 6]);
  });

  it('adds each tree to its own output', () => {
    const ensemble = ensembleOf([stump(1, 2), stump(10, 20), stump(4, 8), stump(40, 80)], {
      outputCount: 2,
      treeOutputs: Int32Array.of(0, 1, 0, 1),
      baseValues: Float64Array.of(0.5, -0.5),
    });
    expect([...marginsOf(ensemble, block)]).toEqual([5.5, 49.5, 10.5, 99.5]);
  });

  it('adds leaves that hold one value per output', () => {
    const vector: HandTree = { feature: 0, threshold: 0, left: [1, 2, 3], right: [4, 5, 6] };
    const ensemble = ensembleOf([vector, [10, 20, 30]], { treeWeights: Float64Array.of(2, 1) });
    expect([...marginsOf(ensemble, block)]).toEqual([12, 24, 36, 18, 30, 42]);
  });

  it('rounds as its library does: at every step, from the base value or to it', () => {
    // In float32 2^24 + 1 is 2^24: the order of the three terms decides.
    const big = 2 ** 24;
    const trees = [1, 1];
    const baseValues = Float64Array.of(big);
    const margin = (sums: TreeEnsemble['sums']) =>
      marginsOf(ensembleOf(trees, { sums, baseValues }), blockOf([[0]]))[0];
    expect(margin('float64')).toBe(big + 2);
    expect(margin('float32')).toBe(big + 2);
    expect(margin('float32-from-base')).toBe(big);
  });

  it('rounds weight x leaf before it adds, in float32', () => {
    // 2^-24 is half a step above 1: alone it is lost (ties go to even), with any more it counts as a whole step.
    const half = 2 ** -24;
    const parts = { treeWeights: Float64Array.of(1, 1 + 2 ** -26) };
    const margins = (trees: HandTree[], sums: TreeEnsemble['sums']) => [
      ...marginsOf(ensembleOf(trees, { ...parts, sums }), blockOf([[0]])),
    ];
    expect(margins([1, half], 'float32')).toEqual([1]);
    expect(margins([1, half], 'float32-from-base')).toEqual([1]);
    expect(margins([1, half], 'float64')).toEqual([1 + half * (1 + 2 ** -26)]);
    const vectors = [
      [1, 1],
      [half, 0],
    ];
    expect(margins(vectors, 'float32')).toEqual([1, 1]);
  });

  it('evaluates linear leaves, and falls back on the plain value where a feature is missing', () => {
    const ensemble = ensembleOf([{ feature: 0, threshold: 0, left: 7, right: 9 }], {
      linearLeaves: {
        constants: Float64Array.of(0.5, 1.5),
        offsets: Int32Array.of(0, 2, 2),
        features: Int32Array.of(0, 1),
        coefficients: Float64Array.of(2, 10),
      },
    });
    const rows = [
      [-1, 3],
      [-1, nan],
      [1, nan],
      [nan, 3],
    ];
    expect([...marginsOf(ensemble, blockOf(rows))]).toEqual([0.5 - 2 + 30, 7, 1.5, 1.5]);
  });

  it('writes into the array it is given, and takes a block of no rows', () => {
    const out = new Float64Array(2);
    expect(marginsOf(ensembleOf([stump(1, 2)]), block, out)).toBe(out);
    expect([...out]).toEqual([1, 2]);
    expect(marginsOf(ensembleOf([stump(1, 2)]), { rowCount: 0, columns: [new Float64Array(0)] }).length).toBe(
      0,
    );
  });

  it('gives the base value without trees', () => {
    expect([...marginsOf(ensembleOf([], { baseValues: Float64Array.of(4) }), blockOf([[1]]))]).toEqual([4]);
  });
});

describe('laws', () => {
  const value = fc.oneof(fc.constantFrom(nan, 0, 1, 31, 32, -1, inf, -inf), fc.double());
  const row = fc.tuple(value, value, value);
  const { tree } = fc.letrec<{ tree: HandTree }>((tie) => ({
    tree: fc.oneof(
      { maxDepth: 5, depthSize: 'medium' },
      fc.double({ min: -1, max: 1, noNaN: true }),
      fc.record(
        {
          feature: fc.nat(2),
          rule: fc.constantFrom('lessOrEqual', 'less', 'equal'),
          threshold: fc.double({ noNaN: true }),
          missing: fc.constantFrom('nanIsZero', 'nan', 'nanAndZero'),
          defaultLeft: fc.boolean(),
          left: tie('tree'),
          right: tie('tree'),
        },
        { requiredKeys: ['feature', 'left', 'right'] },
      ),
      fc.record({
        feature: fc.nat(2),
        set: fc.uniqueArray(fc.nat(70), { maxLength: 8 }),
        left: tie('tree'),
        right: tie('tree'),
      }),
    ) as fc.Arbitrary<HandTree>,
  }));
  const rows = fc.array(row, { minLength: 1, maxLength: 6 });

  it('the margin of a row does not depend on the rows around it', () => {
    fc.assert(
      fc.property(fc.array(tree, { maxLength: 4 }), rows, (trees, given) => {
        const ensemble = ensembleOf(trees);
        const together = marginsOf(ensemble, blockOf(given));
        const backwards = marginsOf(ensemble, blockOf([...given].reverse())).reverse();
        const alone = given.map((one) => marginsOf(ensemble, blockOf([one]))[0]);
        expect([...backwards]).toEqual([...together]);
        expect(alone).toEqual([...together]);
      }),
      { numRuns },
    );
  });

  it('a row reaches a leaf of the tree, whose value is added', () => {
    fc.assert(
      fc.property(tree, rows, (only, given) => {
        const ensemble = ensembleOf([only]);
        const block = blockOf(given);
        given.forEach((_, i) => {
          const leaf = leafOf(ensemble, block, i, 0);
          expect(leaf).toBeGreaterThanOrEqual(0);
          expect(leaf).toBeLessThan(ensemble.leafValues.length);
          expect(marginsOf(ensemble, block)[i]).toBe(0 + ensemble.leafValues[leaf]! + 0);
        });
      }),
      { numRuns },
    );
  });

  it('margins of an ensemble are the sums of those of its trees', () => {
    fc.assert(
      fc.property(fc.array(tree, { minLength: 1, maxLength: 4 }), rows, (trees, given) => {
        const block = blockOf(given);
        const single = trees.map((one) => marginsOf(ensembleOf([one]), block));
        const sums = given.map((_, i) => single.reduce((sum, margins) => sum + margins[i]!, 0));
        expect([...marginsOf(ensembleOf(trees), block)]).toEqual(sums);
      }),
      { numRuns },
    );
  });
});

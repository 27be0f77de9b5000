import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ensembleOf, type HandTree } from '../../../../fixtures/ensemble-of.ts';
import { runOnMatrix } from '../../../../fixtures/run-onnx.ts';
import { numbersOf, tableOfCsv, takeRows } from '../../../../fixtures/table-of-csv.ts';
import { bindInputs } from '../../../core/model/binding.ts';
import { bindFeatures, featureBlock } from '../../../core/model/feature-block.ts';
import { applyLink } from '../../../core/trees/apply-link.ts';
import { marginsOf } from '../../../core/trees/evaluate-trees.ts';
import type { FeatureBlock, TreeEnsemble } from '../../../core/trees/tree-ensemble.ts';
import { createScorer } from '../../../engine/create-scorer.ts';
import { scoreRows } from '../../../engine/score-rows.ts';
import { decodedNative } from '../decode-native.ts';
import { openModelFile } from '../open-model.ts';
import type { NativeModel } from '../opened-model.ts';
import { decodeOnnx } from './decode-onnx.ts';
import { openOnnx } from './open-onnx.ts';
import { summariseOnnx } from './summarise-onnx.ts';
import { float32Below } from './tree-rows.ts';
import { writeTreesAsOnnx } from './write-trees.ts';

const fixtures = new URL('../../../../fixtures/', import.meta.url).pathname;
const runs = process.env.CUTLINE_LANE === 'slow' ? 2000 : 60;

/** Between float64 sums and float32 ones; /fixtures/README. */
const TOLERANCE = 2e-6;

function nativeOf(path: string): NativeModel {
  const opened = openModelFile(new Uint8Array(readFileSync(fixtures + path)), path.split('/').at(-1)!);
  if (opened.format === 'onnx') throw new Error(`${path} is no native model`);
  return opened.native;
}

/** A hand-made model of features `a`, `b`, ... */
function modelOf(ensemble: TreeEnsemble, parts: Partial<NativeModel> = {}): NativeModel {
  return {
    name: 'hand.txt',
    byteLength: 0,
    formatName: 'by hand',
    producer: 'test',
    objective: 'none',
    features: Array.from({ length: ensemble.featureCount }, (_, j) => ({
      name: 'abcdefgh'[j]!,
      kind: 'number',
      isCoded: false,
      categories: null,
      range: null,
    })),
    classLabels: null,
    ensemble,
    notices: [],
    ...parts,
  };
}

function outputOf({ classCount }: TreeEnsemble): string {
  return classCount === 0 ? 'prediction' : 'probabilities';
}

/** What the written model returns, and what the original does. */
async function bothScores(model: NativeModel, block: FeatureBlock) {
  const { bytes } = writeTreesAsOnnx(model);
  const { ensemble } = model;
  const plain = applyLink(ensemble, marginsOf(ensemble, block));
  const written = await runOnMatrix(bytes, 'features', outputOf(ensemble), block.columns);
  return { bytes, plain, written };
}

function expectClose(found: Float64Array, expected: Float64Array, scale = 1): void {
  expect(found.length).toBe(expected.length);
  const worst = expected.reduce((most, value, i) => {
    const difference = Object.is(value, found[i]) ? 0 : Math.abs(value - found[i]!);
    return Math.max(most, difference / Math.max(1, Math.abs(value) * scale));
  }, 0);
  expect(worst).toBeLessThanOrEqual(TOLERANCE);
}

function rounded({ rowCount, columns }: FeatureBlock): FeatureBlock {
  return { rowCount, columns: columns.map((column) => column.map(Math.fround)) };
}

const refused: Readonly<Record<string, RegExp>> = {
  lightgbm_small_zero_as_missing: /zeros that count as missing/,
  lightgbm_small_linear_tree: /linear models/,
};

for (const dataset of ['credit_data', 'mlc_churn']) {
  const matrices = new Map<number, FeatureBlock>();
  for (const file of readdirSync(fixtures + dataset).filter((name) => name.startsWith('matrix_'))) {
    if (file.includes('pipeline')) continue;
    const table = await tableOfCsv(`${fixtures}${dataset}/${file}`);
    const columns = table.columns.filter(({ name }) => name !== 'row_id');
    const block = { rowCount: table.rowCount, columns: columns.map(({ name }) => numbersOf(table, name)) };
    matrices.set(columns.length, matrices.get(columns.length) ?? block);
  }
  const files = readdirSync(`${fixtures}${dataset}/models`).filter(
    (file) => /\.(txt|json|ubj)$/.test(file) && !file.includes('dump') && !file.includes('raw_columns'),
  );

  describe(`${dataset}: native models written as ONNX`, () => {
    it.each(files)('%s', async (file) => {
      const model = nativeOf(`${dataset}/models/${file}`);
      const name = file.replace(/\.[a-z]+$/, '');
      const refusal = refused[name];
      if (refusal !== undefined) {
        expect(() => writeTreesAsOnnx(model)).toThrow(refusal);
        expect(() => writeTreesAsOnnx(model)).toThrow(expect.objectContaining({ code: 'not-writable' }));
        return;
      }
      const { featureCount } = model.ensemble;
      // Models of the numeric columns take the first ones of a wider matrix.
      const wide = [...matrices]
        .filter(([width]) => width >= featureCount)
        .sort((a, b) => a[0] - b[0])[0]![1];
      const block = rounded({ rowCount: wide.rowCount, columns: wide.columns.slice(0, featureCount) });
      const { bytes, plain, written } = await bothScores(model, block);
      expectClose(written, plain, name.includes('regression') ? 1 : 0);
      const decoded = decodeOnnx(openOnnx(bytes, `${name}.onnx`));
      expect(decoded?.features.length).toBe(featureCount);
      if (decoded?.core.kind !== 'trees') throw new Error('what was written is not decoded');
      const again = decoded.core.ensemble;
      expect(applyLink(again, marginsOf(again, block))).toEqual(written);
    });

    it('lightgbm_raw_columns.txt takes the texts of the table', async () => {
      const model = nativeOf(`${dataset}/models/lightgbm_raw_columns.txt`);
      const onnx = openOnnx(writeTreesAsOnnx(model).bytes, 'raw.onnx');
      const whole = await tableOfCsv(`${fixtures}${dataset}/data_raw.csv`);
      const table = takeRows(
        whole,
        Array.from({ length: 1500 }, (_, row) => row),
      );
      const summary = summariseOnnx(onnx, 'raw');
      const report = bindInputs(summary, table, { columnOf: {}, order: null }, []);
      expect(report).toMatchObject({ ready: true, missing: [], mistyped: [] });
      const scorer = await createScorer(onnx);
      const run = scoreRows(scorer, table, report, { rowStart: 0, rowEnd: 1500, positiveValues: ['1'] });
      let step = await run.next();
      while (step.done !== true) step = await run.next();
      await scorer.release();
      const native = decodedNative(model);
      const places = native.features.map(({ input }) => ({
        input,
        position: 0,
        feature: input,
        column: input,
        how: 'name' as const,
      }));
      const block = featureBlock(
        bindFeatures(table, { ...report, bindings: places }, native.features),
        0,
        1500,
      );
      const plain = applyLink(model.ensemble, marginsOf(model.ensemble, rounded(block)));
      expectClose(
        step.value.scores,
        plain.filter((_, i) => i % 2 === 1),
      );
      const decoded = decodeOnnx(onnx);
      expect(decoded?.features.map(({ input, steps }) => [input, steps])).toEqual(
        // ONNX knows texts only, so that a missing cell is one; in the native file it never is.
        native.features.map(({ input, steps }) => [
          input,
          steps.map((step) => (step.kind === 'pandas-code' ? { ...step, kind: 'category-code' } : step)),
        ]),
      );
    });
  });
}

describe('what is written', () => {
  const stump = (parts: Partial<TreeEnsemble>) =>
    modelOf(
      ensembleOf([{ feature: 0, threshold: 0.5, left: -1.5, right: 0.7 }], { featureCount: 2, ...parts }),
    );

  it('names, inputs, outputs and notices', () => {
    const model = stump({ classCount: 2, link: { kind: 'logistic', slope: 1 } });
    const { bytes, notices } = writeTreesAsOnnx({ ...model, classLabels: ['good', 'bad'] });
    const summary = summariseOnnx(openOnnx(bytes, 'stump.onnx'), '');
    expect(summary).toMatchObject({
      featureNames: ['a', 'b'],
      classLabels: ['good', 'bad'],
      producer: 'Cutline',
    });
    expect(summary.inputs).toMatchObject([{ name: 'features', elementType: 'float32', columns: 2 }]);
    expect(notices.map(({ code }) => code)).toEqual(['float32-inputs']);
  });

  it('a set is a chain whose true branches are one node; fractions are noted', async () => {
    const tree: HandTree = {
      feature: 0,
      set: [0, 3, 40],
      left: { feature: 1, threshold: 0, left: 1, right: 2 },
      right: 4,
    };
    const model = modelOf(ensembleOf([tree, { feature: 0, set: [], left: 8, right: 16 }]));
    const codes = [0, 1, 3, 40, 41, -1, Number.NaN, 1e9];
    const block = {
      rowCount: 8,
      columns: [Float64Array.from(codes), Float64Array.from(codes, (_, i) => (i % 2) - 0.5)],
    };
    const { plain, written } = await bothScores(model, block);
    expect([...written]).toEqual([17, 20, 17, 18, 20, 20, 20, 20]);
    expect(written).toEqual(plain);
    expect(writeTreesAsOnnx(model).notices.map(({ code }) => code)).toEqual([
      'float32-inputs',
      'whole-categories',
    ]);
  });

  it('zeros that count as missing are written where the comparison sends them there anyway', async () => {
    const tree = (threshold: number, defaultLeft: boolean): HandTree => ({
      feature: 0,
      missing: 'nanAndZero',
      threshold,
      defaultLeft,
      left: 1,
      right: 2,
    });
    const model = modelOf(ensembleOf([tree(1, true), tree(-1, false)]));
    const block = { rowCount: 5, columns: [Float64Array.of(0, 1e-36, -2, 2, Number.NaN)] };
    const { plain, written } = await bothScores(model, block);
    expect(written).toEqual(plain);
    for (const split of [tree(1, false), tree(-1, true), tree(0, false)]) {
      expect(() => writeTreesAsOnnx(modelOf(ensembleOf([split])))).toThrow(/zeros that count as missing/);
    }
  });

  it('refuses listed categories that are no texts', () => {
    const rooms = { name: 'a', kind: 'number', isCoded: true, categories: ['10'], range: null } as const;
    const ensemble = ensembleOf([{ feature: 0, threshold: 0, left: 1, right: 2 }]);
    expect(() => writeTreesAsOnnx(modelOf(ensemble, { features: [rooms] }))).toThrow(
      'a list of categories that are numbers or truth values',
    );
  });

  it('refuses text categories beside features without a name, and classes that no operator makes', () => {
    const text = { name: null, kind: 'text', isCoded: true, categories: ['x'], range: null } as const;
    const model = modelOf(ensembleOf([{ feature: 0, threshold: 0, left: 1, right: 2 }]), {
      features: [text],
    });
    expect(() => writeTreesAsOnnx(model)).toThrow(/text categories/);
    const identity = modelOf(ensembleOf([1], { classCount: 2, featureCount: 1 }));
    expect(() => writeTreesAsOnnx(identity)).toThrow(/no operator makes 2 classes/);
  });

  it('an output without trees keeps its base value', async () => {
    const model = modelOf(
      ensembleOf([3], { outputCount: 2, featureCount: 1, baseValues: Float64Array.of(0.5, 7) }),
    );
    const { written } = await bothScores(model, { rowCount: 1, columns: [Float64Array.of(0)] });
    expect([...written]).toEqual([3.5, 7]);
  });
});

describe('float32Below', () => {
  it('is the largest float32 that is not above', () => {
    expect(float32Below(0.5)).toBe(0.5);
    expect(float32Below(0.1)).toBe(0.09999999403953552);
    expect(float32Below(-0.1)).toBe(-0.10000000149011612);
    expect(float32Below(1e-50)).toBe(0);
    expect(float32Below(-1e-50)).toBe(-1.401298464324817e-45);
    expect(float32Below(1e300)).toBe(3.4028234663852886e38);
    expect(float32Below(-1e300)).toBe(Number.NEGATIVE_INFINITY);
    expect(float32Below(Number.NaN)).toBeNaN();
  });

  it('law: every float32 compares with it as with the number itself', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true }), fc.float({ noNaN: true }), (threshold, x) => {
        const near = [x, Math.fround(threshold), float32Below(threshold), -float32Below(-threshold)];
        for (const value of near) {
          expect(value <= float32Below(threshold)).toBe(value <= threshold);
          expect(value < -float32Below(-threshold)).toBe(value < threshold);
        }
      }),
    );
  });
});

const number = fc.constantFrom(0, 0.1, 0.3, 1, 2, 2.5, 7, -1, 1e-36, 1e300);
const tree: fc.Arbitrary<HandTree> = fc.letrec<{ tree: HandTree }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    fc.integer({ min: -9, max: 9 }).map((value) => value / 7),
    fc
      .record({
        feature: fc.nat(1),
        rule: fc.constantFrom('lessOrEqual', 'less', 'equal', 'inSetExactly'),
        threshold: number,
        set: fc.uniqueArray(fc.constantFrom(0, 1, 2, 7, 31, 32, 40), { maxLength: 4 }),
        missing: fc.constantFrom('nan', 'nanIsZero'),
        defaultLeft: fc.boolean(),
        left: tie('tree'),
        right: tie('tree'),
      })
      .map(({ set, ...split }): HandTree => (split.rule === 'inSetExactly' ? { ...split, set } : split)),
  ),
})).tree as fc.Arbitrary<HandTree>;

describe('laws: random ensembles, written and run by ONNX Runtime', () => {
  const value = fc.constantFrom(0, 1, 2, 2.5, 7, 31, 32, 40, -1, 0.1, Number.NaN, Number.POSITIVE_INFINITY);
  const rows = fc.array(fc.tuple(value, value), { minLength: 1, maxLength: 20 });
  const links = fc.constantFrom(
    { classCount: 0, outputCount: 1, link: { kind: 'identity' } },
    { classCount: 2, outputCount: 1, link: { kind: 'logistic', slope: 0.7 } },
    { classCount: 0, outputCount: 1, link: { kind: 'exponential' } },
    { classCount: 0, outputCount: 1, link: { kind: 'signed-square' } },
    { classCount: 3, outputCount: 3, link: { kind: 'softmax' } },
    { classCount: 3, outputCount: 3, link: { kind: 'logistic', slope: 2 } },
    { classCount: 2, outputCount: 2, link: { kind: 'softmax' } },
    { classCount: 2, outputCount: 2, link: { kind: 'logistic', slope: 0.5 } },
    { classCount: 0, outputCount: 2, link: { kind: 'softmax' } },
  ) as fc.Arbitrary<Pick<TreeEnsemble, 'classCount' | 'outputCount' | 'link'>>;

  it('score as the original, and come back as the same ensemble', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(tree, { minLength: 1, maxLength: 6 }),
        links,
        fc.boolean(),
        fc.constantFrom(1, 4),
        rows,
        async (trees, link, isWeighted, averageOver, given) => {
          const ensemble = ensembleOf(trees, {
            ...link,
            featureCount: 2,
            treeOutputs: Int32Array.from(trees, (_, t) => t % link.outputCount),
            treeWeights: isWeighted ? Float64Array.from(trees, (_, t) => 1 / (t + 1)) : null,
            baseValues: Float64Array.from({ length: link.outputCount }, (_, k) => k / 3),
            averageOver,
          });
          const block = rounded({
            rowCount: given.length,
            columns: [0, 1].map((j) => Float64Array.from(given, (row) => row[j]!)),
          });
          const { bytes, plain, written } = await bothScores(modelOf(ensemble), block);
          expectClose(written, plain, 1);
          const decoded = decodeOnnx(openOnnx(bytes, 'random.onnx'));
          if (link.link.kind === 'signed-square') return;
          if (decoded?.core.kind !== 'trees') throw new Error('what was written is not decoded');
          const again = decoded.core.ensemble;
          expectClose(applyLink(again, marginsOf(again, block)), written, 1);
        },
      ),
      { numRuns: runs },
    );
  });
});

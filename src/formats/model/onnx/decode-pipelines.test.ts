import { describe, expect, it } from 'vitest';
import { categoryColumn, numberColumn } from '../../../../fixtures/table-of-csv.ts';
import { bindInputs } from '../../../core/model/binding.ts';
import type { DecodedCore } from '../../../core/model/decoded-core.ts';
import { bindFeatures, featureBlock } from '../../../core/model/feature-block.ts';
import type { Table } from '../../../core/table/column.ts';
import { applyLink } from '../../../core/trees/apply-link.ts';
import { marginsOf } from '../../../core/trees/evaluate-trees.ts';
import { createScorer } from '../../../engine/create-scorer.ts';
import { buildNode, buildTensor, buildTensorInfo } from './build-node.ts';
import { decodeOnnx } from './decode-onnx.ts';
import type { OnnxModel } from './onnx-model.ts';
import type { OnnxNode, OnnxTensor, OnnxValueInfo } from './onnx-types.ts';
import { openOnnx } from './open-onnx.ts';
import { summariseOnnx } from './summarise-onnx.ts';
import { writeOnnxFile } from './write-onnx-file.ts';

const ints = (...values: number[]) => BigInt64Array.from(values, BigInt);
const floats = (...values: number[]) => Float32Array.from(values);

interface Parts {
  readonly nodes: readonly OnnxNode[];
  readonly constants?: readonly OnnxTensor[];
  readonly inputs: readonly OnnxValueInfo[];
  readonly outputs?: readonly OnnxValueInfo[];
}

function modelOf({ nodes, constants = [], inputs, outputs }: Parts): OnnxModel {
  const bytes = writeOnnxFile({
    irVersion: 9,
    producerName: 'decode-pipelines.test',
    producerVersion: '',
    opsets: [
      { domain: '', version: 19 },
      { domain: 'ai.onnx.ml', version: 3 },
    ],
    metadata: [],
    graph: {
      name: 'pipeline',
      nodes,
      initializers: constants,
      inputs,
      outputs: outputs ?? [buildTensorInfo('out', 1, null)],
    },
  });
  return openOnnx(bytes, 'pipeline.onnx');
}

/** Stumps, one per feature: x <= threshold ? a : b, for targets in turn. */
function stumps(from: string, to: string, thresholds: readonly number[], targets = 1): OnnxNode {
  const trees = thresholds.flatMap((_, t) => [t, t, t]);
  const each = <T>(values: (t: number) => readonly T[]) => thresholds.flatMap((_, t) => values(t));
  return buildNode('ai.onnx.ml:TreeEnsembleRegressor', [from], [to], {
    nodes_treeids: ints(...trees),
    nodes_nodeids: ints(...each(() => [0, 1, 2])),
    nodes_featureids: ints(...each((t) => [t, 0, 0])),
    nodes_modes: each(() => ['BRANCH_LEQ', 'LEAF', 'LEAF']),
    nodes_values: floats(...each((t) => [thresholds[t]!, 0, 0])),
    nodes_truenodeids: ints(...each(() => [1, 0, 0])),
    nodes_falsenodeids: ints(...each(() => [2, 0, 0])),
    nodes_missing_value_tracks_true: ints(...each((t) => [t % 2, 0, 0])),
    target_treeids: ints(...each((t) => [t, t])),
    target_nodeids: ints(...each(() => [1, 2])),
    target_ids: ints(...each((t) => [t % targets, t % targets])),
    target_weights: floats(...each((t) => [2 ** t / 10, -(2 ** t) / 7])),
    n_targets: BigInt(targets),
  });
}

const table: Table = {
  name: 'rows',
  rowCount: 6,
  columns: [
    numberColumn('age', [18, 30, Number.NaN, 44.5, 30.000001, 71]),
    numberColumn('income', [1000.1, Number.NaN, 0, -3, 2500.55, 1e9]),
    categoryColumn('home', ['own', 'rent', null, 'castle', 'own', 'rent']),
    categoryColumn('job', ['a', null, 'b', 'zzz', 'missing', 'b']),
  ],
};

/** The first output by ONNX Runtime and by the decoded trees. */
async function bothScores(
  model: OnnxModel,
): Promise<{ decoded: DecodedCore; ort: number[]; plain: number[] }> {
  const report = bindInputs(summariseOnnx(model, ''), table, { columnOf: {}, order: null }, []);
  const scorer = await createScorer(model);
  const [output] = await scorer.bind(table, report).run(0, table.rowCount, null);
  await scorer.release();
  const decoded = decodeOnnx(model);
  if (decoded?.core.kind !== 'trees') throw new Error('no trees were decoded');
  const block = featureBlock(bindFeatures(table, report, decoded.features), 0, table.rowCount);
  const { ensemble } = decoded.core;
  return { decoded, ort: [...output!.data], plain: [...applyLink(ensemble, marginsOf(ensemble, block))] };
}

function expectClose(found: readonly number[], expected: readonly number[]): void {
  expect(found.length).toBe(expected.length);
  for (const [i, value] of found.entries()) {
    expect(Math.abs(value - expected[i]!)).toBeLessThanOrEqual(2e-6);
  }
}

const columns = [
  buildTensorInfo('age', 1, [null, 1]),
  buildTensorInfo('income', 11, [null, 1]),
  buildTensorInfo('home', 8, [null, 1]),
  buildTensorInfo('job', 8, [null, 1]),
];

const encoder = (zeros: bigint) =>
  buildNode('ai.onnx.ml:OneHotEncoder', ['home'], ['homes'], { cats_strings: ['', 'own', 'rent'], zeros });

/** Everything scikit-learn's converters put in front of trees, in one graph. */
function preparation(zeros = 1n): Pick<Parts, 'nodes' | 'constants'> {
  return {
    constants: [
      buildTensor('nothing', [1], ['']),
      buildTensor('word', [1], ['missing']),
      buildTensor('flat', [2], ints(-1, 3)),
      buildTensor('order', [5], ints(5, 1, 0, 3, -4)),
    ],
    nodes: [
      buildNode('Cast', ['income'], ['income32'], { to: 1n }),
      buildNode('Concat', ['age', 'income32'], ['numbers'], { axis: 1n }),
      buildNode('ai.onnx.ml:Imputer', ['numbers'], ['filled'], {
        imputed_value_floats: floats(33.3, 1500),
        replaced_value_float: { float: Number.NaN },
      }),
      buildNode('ai.onnx.ml:Scaler', ['filled'], ['scaled'], {
        offset: floats(40.1, 900),
        scale: floats(0.07, 0.0003),
      }),
      encoder(zeros),
      buildNode('Reshape', ['homes', 'flat'], ['home3']),
      buildNode('Equal', ['job', 'nothing'], ['isNothing']),
      buildNode('Where', ['isNothing', 'word', 'job'], ['job2']),
      buildNode('ai.onnx.ml:LabelEncoder', ['job2'], ['code'], {
        keys_strings: ['b', 'a', 'missing'],
        values_int64s: ints(2, 1, 3),
        default_int64: -7n,
      }),
      buildNode('Cast', ['code'], ['codes'], { to: 1n }),
      buildNode('Concat', ['scaled', 'home3', 'codes'], ['all'], { axis: -1n }),
      buildNode('Gather', ['all', 'order'], ['matrix'], { axis: 1n }),
    ],
  };
}

describe('columns on their way to the trees', () => {
  it('are planned step by step, as ONNX Runtime computes them', async () => {
    const { nodes, constants } = preparation();
    const trees = stumps('matrix', 'out', [1.5, 0.1, -0.5, 0.5, 0.5]);
    const { decoded, ort, plain } = await bothScores(
      modelOf({ nodes: [...nodes, trees], constants: constants!, inputs: columns }),
    );
    expect(decoded.features.map(({ name }) => name)).toEqual([
      'job',
      'income',
      'age',
      'home=own',
      'home=(missing)',
    ]);
    expect(decoded.features[0]!.steps).toEqual([
      { kind: 'replace-text', from: '', to: 'missing' },
      { kind: 'category-code', values: ['a', 'b', 'missing'] },
      { kind: 'scale', offset: -1, factor: 1 },
      { kind: 'impute', replaced: Number.NaN, by: -7 },
    ]);
    expect(plain).toEqual(ort);
    expect(new Set(ort).size).toBeGreaterThan(3);
  });

  it('IsNaN and Where fill numbers in float64', async () => {
    const inputs = [columns[1]!];
    const nodes = [
      buildNode('IsNaN', ['income'], ['isMissing']),
      buildNode('Where', ['isMissing', 'fill', 'income'], ['filled']),
      stumps('filled', 'out', [1000.1]),
    ];
    const constants = [buildTensor('fill', [1], Float64Array.of(5))];
    const { decoded, ort, plain } = await bothScores(modelOf({ nodes, constants, inputs }));
    expect(decoded.core).toMatchObject({ ensemble: { comparison: 'float64' } });
    expect(plain.map(Math.fround)).toEqual(ort);
  });

  it('nothing is decoded where a step has no counterpart', () => {
    const matrix = [buildTensorInfo('x', 1, [null, 1])];
    const tree = stumps('y', 'out', [0.5]);
    const decoded = (node: OnnxNode, inputs = matrix) => decodeOnnx(modelOf({ nodes: [node, tree], inputs }));
    expect(decoded(buildNode('Identity', ['x'], ['y']))).not.toBeNull();
    expect(decoded(buildNode('Abs', ['x'], ['y']))).toBeNull();
    expect(decoded(buildNode('ai.onnx.ml:Normalizer', ['x'], ['y'], { norm: 'L2' }))).toBeNull();
    expect(decoded(buildNode('com.acme:Identity', ['x'], ['y']))).toBeNull();
    // Whole-number inputs are not fed rows with a fraction or nothing; the trees alone would score them.
    const whole = [buildTensorInfo('x', 7, [null, 1])];
    expect(decoded(buildNode('Cast', ['x'], ['y'], { to: 1n }), whole)).toBeNull();
    // Without `zeros` ONNX Runtime stops at a category that it does not know.
    const { nodes, constants } = preparation(0n);
    const trees = stumps('matrix', 'out', [1.5, 0.1, -0.5, 0.5, 0.5]);
    expect(
      decodeOnnx(modelOf({ nodes: [...nodes, trees], constants: constants!, inputs: columns })),
    ).toBeNull();
  });
});

describe('what follows the trees', () => {
  const inputs = [buildTensorInfo('age', 1, [null, 1])];
  const core = (targets = 1) => stumps('ages', 'm', [31], targets);
  const wide = [
    buildNode('Concat', ['age', 'age'], ['ages'], { axis: 1n }),
    stumps('ages', 'm', [31, 20], 2),
  ];
  const single = [buildNode('Identity', ['age'], ['ages']), core()];
  const one = buildTensor('one', [1], floats(1));
  const constants = [
    one,
    buildTensor('half', [1], floats(0.5)),
    buildTensor('three', [1], floats(3)),
    buildTensor('pair', [2], floats(0.25, -1)),
    buildTensor('second', [1], ints(1)),
    buildTensor('rows', [2], ints(-1, 1)),
  ];
  const chain = (
    ...steps: readonly (readonly [string, readonly string[], Record<string, bigint | string>?])[]
  ) =>
    steps.map(([operator, others, attributes], i) => {
      const from = i === 0 ? 'm' : `m${i}`;
      return buildNode(
        operator,
        [from, ...others],
        [i === steps.length - 1 ? 'out' : `m${i + 1}`],
        attributes ?? {},
      );
    });

  it.each<[string, readonly OnnxNode[]]>([
    ['Add, Div, Sigmoid', [...single, ...chain(['Add', ['half']], ['Div', ['three']], ['Sigmoid', []])]],
    ['Mul, Sub, Exp', [...single, ...chain(['Mul', ['half']], ['Sub', ['three']], ['Exp', []])]],
    [
      'Cast, Reshape, Sigmoid, times one',
      [
        ...single,
        ...chain(['Cast', [], { to: 1n }], ['Reshape', ['rows']], ['Sigmoid', []], ['Mul', ['one']]),
      ],
    ],
    ['bases of two margins, Softmax', [...wide, ...chain(['Add', ['pair']], ['Softmax', [], { axis: 1n }])]],
    [
      'Softmax, Normalizer',
      [...wide, ...chain(['Softmax', [], { axis: -1n }], ['ai.onnx.ml:Normalizer', [], { norm: 'L1' }])],
    ],
    [
      '1 - p and p',
      [
        ...single,
        buildNode('Sigmoid', ['m'], ['p']),
        buildNode('Sub', ['one', 'p'], ['q']),
        buildNode('Concat', ['q', 'p'], ['out'], { axis: 1n }),
      ],
    ],
    [
      'the second of 1 - p and p',
      [
        ...single,
        buildNode('Sigmoid', ['m'], ['p']),
        buildNode('Sub', ['one', 'p'], ['q']),
        buildNode('Concat', ['q', 'p'], ['both'], { axis: 1n }),
        buildNode('Gather', ['both', 'second'], ['out'], { axis: 1n }),
      ],
    ],
  ])('%s', async (_, nodes) => {
    const { ort, plain } = await bothScores(modelOf({ nodes, constants, inputs }));
    expectClose(plain, ort);
    expect(new Set(ort).size).toBeGreaterThan(1);
  });

  it.each<[string, readonly OnnxNode[]]>([
    ['a factor on a probability', [...single, ...chain(['Sigmoid', []], ['Mul', ['half']])]],
    ['two sigmoids', [...single, ...chain(['Sigmoid', []], ['Sigmoid', []])]],
    ['Softmax of one margin', [...single, ...chain(['Softmax', [], { axis: 1n }])]],
    ['Softmax over rows', [...wide, ...chain(['Softmax', [], { axis: 0n }])]],
    [
      'classes scaled to one',
      [...wide, ...chain(['Sigmoid', []], ['ai.onnx.ml:Normalizer', [], { norm: 'L1' }])],
    ],
    ['one minus the margin', [...single, buildNode('Sub', ['one', 'm'], ['out'])]],
    ['an operator that is not known', [...single, ...chain(['Tanh', []])]],
  ])('%s is not decoded', (_, nodes) => {
    expect(decodeOnnx(modelOf({ nodes, constants, inputs }))).toBeNull();
  });

  it('of several outputs, the one named after probabilities is the score; else nothing is', () => {
    const outputs = (...names: string[]) => names.map((name) => buildTensorInfo(name, 1, null));
    const nodes = [
      ...wide,
      buildNode('Softmax', ['m'], ['probabilities'], { axis: 1n }),
      buildNode('Identity', ['m'], ['raw']),
    ];
    const decode = (...names: string[]) =>
      decodeOnnx(modelOf({ nodes, constants, inputs, outputs: outputs(...names) }));
    expect(decode('raw', 'probabilities')?.output).toBe('probabilities');
    expect(decode('raw')?.output).toBe('raw');
    expect(decode('raw', 'm')).toBeNull();
  });
});

describe('nodes that share children', () => {
  /** x == 1, 2, 3 lead to one leaf; `tracks` per comparison. */
  const chained = (tracks: readonly [number, number, number], values = [1, 2, 3]) =>
    modelOf({
      inputs: [buildTensorInfo('age', 1, [null, 1])],
      nodes: [
        buildNode('ai.onnx.ml:TreeEnsembleRegressor', ['age'], ['out'], {
          nodes_treeids: ints(0, 0, 0, 0, 0),
          nodes_nodeids: ints(0, 1, 2, 3, 4),
          nodes_featureids: ints(0, 0, 0, 0, 0),
          nodes_modes: ['BRANCH_EQ', 'BRANCH_EQ', 'BRANCH_EQ', 'LEAF', 'LEAF'],
          nodes_values: floats(...values, 0, 0),
          nodes_truenodeids: ints(3, 3, 3, 0, 0),
          nodes_falsenodeids: ints(1, 2, 4, 0, 0),
          nodes_missing_value_tracks_true: ints(...tracks, 0, 0),
          target_treeids: ints(0, 0),
          target_nodeids: ints(3, 4),
          target_ids: ints(0, 0),
          target_weights: floats(1, -1),
          n_targets: 1n,
        }),
      ],
    });
  const splits = (decoded: DecodedCore | null) =>
    decoded?.core.kind === 'trees' ? decoded.core.ensemble.rules.length : null;

  it('a chain of comparisons with one target is a set', async () => {
    const { decoded, ort, plain } = await bothScores(chained([1, 1, 1], [18, 30, 71]));
    expect(splits(decoded)).toBe(1);
    expect(ort).toEqual([1, 1, 1, -1, -1, 1]);
    expect(plain).toEqual(ort);
  });

  it('a fraction keeps its comparison beside the set', async () => {
    const { decoded, ort, plain } = await bothScores(chained([0, 0, 0], [44.5, 30, 71]));
    expect(splits(decoded)).toBe(2);
    expect(plain).toEqual(ort);
  });

  it('NaN that only a later comparison tracks cannot be told', () => {
    expect(decodeOnnx(chained([0, 1, 0]))).toBeNull();
  });
});

import { describe, expect, it } from 'vitest';
import { runOnMatrix } from '../../../../fixtures/run-onnx.ts';
import { applyLink } from '../../../core/trees/apply-link.ts';
import { marginsOf } from '../../../core/trees/evaluate-trees.ts';
import { buildNode, buildTensorInfo } from './build-node.ts';
import { decodeOnnx } from './decode-onnx.ts';
import { openOnnx } from './open-onnx.ts';
import { writeOnnxFile } from './write-onnx-file.ts';

const ints = (...values: number[]) => BigInt64Array.from(values, BigInt);

/** One tree, x <= 0.5, whose leaves score these classes with these weights. */
function stump(
  ids: readonly number[],
  weights: readonly number[],
  bases: readonly number[],
  transform: string,
) {
  const half = ids.length / 2;
  const node = buildNode('ai.onnx.ml:TreeEnsembleClassifier', ['x'], ['label', 'y'], {
    nodes_treeids: ints(0, 0, 0),
    nodes_nodeids: ints(0, 1, 2),
    nodes_featureids: ints(0, 0, 0),
    nodes_modes: ['BRANCH_LEQ', 'LEAF', 'LEAF'],
    nodes_values: Float32Array.of(0.5, 0, 0),
    nodes_truenodeids: ints(1, 0, 0),
    nodes_falsenodeids: ints(2, 0, 0),
    class_treeids: ints(...ids.map(() => 0)),
    class_nodeids: ints(...ids.map((_, i) => (i < half ? 1 : 2))),
    class_ids: ints(...ids),
    class_weights: Float32Array.from(weights),
    classlabels_int64s: ints(0, 1),
    post_transform: transform,
    ...(bases.length === 0 ? {} : { base_values: Float32Array.from(bases) }),
  });
  return writeOnnxFile({
    irVersion: 7,
    producerName: 'classifier-scores.test',
    producerVersion: '',
    opsets: [
      { domain: '', version: 13 },
      { domain: 'ai.onnx.ml', version: 1 },
    ],
    metadata: [],
    graph: {
      name: 'stump',
      nodes: [node],
      initializers: [],
      inputs: [buildTensorInfo('x', 1, [null, 1])],
      outputs: [buildTensorInfo('y', 1, [null, 2])],
    },
  });
}

const mixed = [-1.5, 0.7];
const positive = [0.2, 0.7];

/** Which columns of ONNX Runtime's output the decoded core gives back; null = it is not decoded. */
const cases: readonly [
  string,
  readonly number[],
  readonly number[],
  readonly number[],
  string,
  'both' | 'second' | null,
][] = [
  ['class 0', [0, 0], mixed, [], 'LOGISTIC', 'both'],
  ['class 0, one base', [0, 0], mixed, [0.3], 'LOGISTIC', 'both'],
  ['class 0, two bases', [0, 0], mixed, [0.3, 0.2], 'LOGISTIC', null],
  ['class 0, raw margins', [0, 0], mixed, [], 'NONE', null],
  ['class 0, probabilities', [0, 0], positive, [], 'NONE', 'both'],
  ['class 0, probabilities and a base', [0, 0], positive, [0.3], 'NONE', 'both'],
  ['class 0, softmax left out', [0, 0], mixed, [], 'SOFTMAX', null],
  ['class 1, half beside', [1, 1], mixed, [], 'LOGISTIC', 'second'],
  ['class 1, a base of 0', [1, 1], mixed, [0], 'LOGISTIC', 'second'],
  ['class 1, softmax', [1, 1], mixed, [], 'SOFTMAX', 'both'],
  ['class 1, the base is dropped', [1, 1], mixed, [0.3], 'LOGISTIC', null],
  ['class 1, the trees vanish', [1, 1], mixed, [0.3, 0.2], 'LOGISTIC', null],
  ['class 1, raw', [1, 1], positive, [], 'NONE', null],
  ['both', [0, 1, 0, 1], [0.3, -1, 0.2, 0.7], [], 'SOFTMAX', 'both'],
  ['both, one base', [0, 1, 0, 1], [0.3, -1, 0.2, 0.7], [0.3], 'LOGISTIC', 'both'],
  ['both, two bases', [0, 1, 0, 1], [0.3, -1, 0.2, 0.7], [0.3, 0.2], 'NONE', null],
  ['one class a leaf', [0, 1], mixed, [], 'SOFTMAX', null],
  ['probit', [0, 0], positive, [], 'PROBIT', null],
];

describe('classifiers of two classes: what ONNX Runtime makes of their leaves', () => {
  it.each(cases)('%s', async (_, ids, weights, bases, transform, columns) => {
    const bytes = stump(ids, weights, bases, transform);
    const decoded = decodeOnnx(openOnnx(bytes, 'stump.onnx'));
    if (columns === null) {
      expect(decoded).toBeNull();
      return;
    }
    if (decoded?.core.kind !== 'trees') throw new Error('no trees were decoded');
    const { ensemble } = decoded.core;
    const block = { rowCount: 2, columns: [Float64Array.of(0, 1)] };
    const reference = await runOnMatrix(bytes, 'x', 'y', block.columns);
    const scores = applyLink(ensemble, marginsOf(ensemble, block));
    const first = columns === 'both' ? 0 : 1;
    for (let i = 0; i < 4; i++) {
      if (i % 2 >= first) expect(Math.abs(scores[i]! - reference[i]!)).toBeLessThanOrEqual(2e-7);
    }
  });
});

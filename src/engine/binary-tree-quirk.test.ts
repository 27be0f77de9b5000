import { describe, expect, it } from 'vitest';
import { numberColumn } from '../../fixtures/table-of-csv.ts';
import { bindInputs } from '../core/model/binding.ts';
import type { Table } from '../core/table/column.ts';
import { buildNode, buildTensorInfo } from '../formats/model/onnx/build-node.ts';
import { openOnnx } from '../formats/model/onnx/open-onnx.ts';
import { summariseOnnx } from '../formats/model/onnx/summarise-onnx.ts';
import { writeOnnxFile } from '../formats/model/onnx/write-onnx-file.ts';
import { type BinaryTreeQuirk, binaryTreeQuirk } from './binary-tree-quirk.ts';
import { createScorer } from './create-scorer.ts';
import { scoreRows } from './score-rows.ts';

/** One tree, x <= 0.5 ? -1.5 : 0.7, whose leaves score `classId` of the classes 0 and 1. */
function stump(classId: 0 | 1, bases: readonly number[], postTransform: string): Uint8Array {
  const ints = (...values: number[]) => BigInt64Array.from(values, BigInt);
  const node = buildNode('ai.onnx.ml:TreeEnsembleClassifier', ['x'], ['label', 'tree_probabilities'], {
    nodes_treeids: ints(0, 0, 0),
    nodes_nodeids: ints(0, 1, 2),
    nodes_featureids: ints(0, 0, 0),
    nodes_modes: ['BRANCH_LEQ', 'LEAF', 'LEAF'],
    nodes_values: Float32Array.of(0.5, 0, 0),
    nodes_truenodeids: ints(1, 0, 0),
    nodes_falsenodeids: ints(2, 0, 0),
    class_treeids: ints(0, 0),
    class_nodeids: ints(1, 2),
    class_ids: ints(classId, classId),
    class_weights: Float32Array.of(-1.5, 0.7),
    classlabels_int64s: ints(0, 1),
    post_transform: postTransform,
    ...(bases.length === 0 ? {} : { base_values: Float32Array.from(bases) }),
  });
  return writeOnnxFile({
    irVersion: 7,
    producerName: 'binary-tree-quirk.test',
    producerVersion: '',
    opsets: [
      { domain: '', version: 13 },
      { domain: 'ai.onnx.ml', version: 1 },
    ],
    metadata: [],
    graph: {
      name: 'stump',
      // Identity stands for the pass-through nodes that converters add behind the trees.
      nodes: [node, buildNode('Identity', ['tree_probabilities'], ['probabilities'])],
      initializers: [],
      inputs: [buildTensorInfo('x', 1, [null, 1])],
      outputs: [buildTensorInfo('label', 7, [null]), buildTensorInfo('probabilities', 1, [null, 2])],
    },
  });
}

const table: Table = { name: 'two rows', rowCount: 2, columns: [numberColumn('x', [0, 1])] };

async function scoresOf(bytes: Uint8Array) {
  const model = openOnnx(bytes, 'stump.onnx');
  const report = bindInputs(summariseOnnx(model, 'stump'), table, { columnOf: {}, order: null }, []);
  const scorer = await createScorer(model);
  const run = scoreRows(scorer, table, report, { rowStart: 0, rowEnd: 2, positiveValues: ['1'] });
  let step = await run.next();
  while (step.done !== true) step = await run.next();
  return step.value;
}

const logistic = (margin: number) => 1 / (1 + Math.exp(-margin));

/** What the measured table of ONNX Runtime says becomes of each kind of file. `scores` null = refused. */
const cases: readonly {
  classId: 0 | 1;
  bases: readonly number[];
  post: string;
  quirk: BinaryTreeQuirk;
  scores: readonly [number, number] | null;
}[] = [
  { classId: 0, bases: [], post: 'LOGISTIC', quirk: 'none', scores: [logistic(-1.5), logistic(0.7)] },
  { classId: 0, bases: [0.3], post: 'LOGISTIC', quirk: 'none', scores: [logistic(-1.2), logistic(1)] },
  { classId: 0, bases: [], post: 'SOFTMAX', quirk: 'raw-margins', scores: null },
  { classId: 0, bases: [0.3], post: 'SOFTMAX', quirk: 'raw-margins', scores: null },
  { classId: 0, bases: [0.3, 0.2], post: 'LOGISTIC', quirk: 'two-bases', scores: null },
  { classId: 0, bases: [0.3, 0.2], post: 'SOFTMAX', quirk: 'two-bases', scores: null },
  { classId: 0, bases: [], post: 'NONE', quirk: 'none', scores: null },
  { classId: 1, bases: [], post: 'LOGISTIC', quirk: 'half-beside', scores: [logistic(-1.5), logistic(0.7)] },
  { classId: 1, bases: [0], post: 'LOGISTIC', quirk: 'half-beside', scores: [logistic(-1.5), logistic(0.7)] },
  { classId: 1, bases: [0.3], post: 'LOGISTIC', quirk: 'base-ignored', scores: null },
  { classId: 1, bases: [], post: 'SOFTMAX', quirk: 'none', scores: [logistic(-1.5), logistic(0.7)] },
  { classId: 1, bases: [0.3, 0.2], post: 'LOGISTIC', quirk: 'trees-vanish', scores: null },
  { classId: 1, bases: [0.3, 0.2], post: 'SOFTMAX', quirk: 'trees-vanish', scores: null },
];

describe('binary tree classifiers as ONNX Runtime runs them', () => {
  for (const { classId, bases, post, quirk, scores } of cases) {
    const outcome = scores === null ? 'is refused' : 'scores p';
    it(`class_ids all ${classId}, bases [${bases}], ${post}: ${quirk}, ${outcome}`, async () => {
      const bytes = stump(classId, bases, post);
      expect(binaryTreeQuirk(openOnnx(bytes, 'stump.onnx'), 'probabilities')).toBe(quirk);
      if (scores === null) {
        const code = quirk === 'none' ? 'score-out-of-range' : 'no-score-output';
        await expect(scoresOf(bytes)).rejects.toMatchObject({ code });
        return;
      }
      const result = await scoresOf(bytes);
      expect(result.scores[0]).toBeCloseTo(scores[0], 6);
      expect(result.scores[1]).toBeCloseTo(scores[1], 6);
      const codes = result.notices.map((notice) => notice.code);
      expect(codes).toEqual(quirk === 'half-beside' ? ['half-beside-probability'] : []);
    });
  }

  it('says of untransformed margins what they are', async () => {
    await expect(scoresOf(stump(0, [], 'NONE'))).rejects.toThrow(/margins \(log-odds\)/);
  });
});

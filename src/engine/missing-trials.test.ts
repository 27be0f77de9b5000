import { expect, it } from 'vitest';
import { categoryColumn, numberColumn } from '../../fixtures/table-of-csv.ts';
import { bindInputs } from '../core/model/binding.ts';
import type { Table } from '../core/table/column.ts';
import { buildNode, buildTensorInfo } from '../formats/model/onnx/build-node.ts';
import { openOnnx } from '../formats/model/onnx/open-onnx.ts';
import { summariseOnnx } from '../formats/model/onnx/summarise-onnx.ts';
import { writeOnnxFile } from '../formats/model/onnx/write-onnx-file.ts';
import { createScorer } from './create-scorer.ts';
import { type MissingTrials, missingTrials } from './missing-trials.ts';

/** y = 1 / (1 + exp(-(a + whole + imputed))), where a missing `imputed` is 2 and `whole` takes whole numbers. */
const bytes = writeOnnxFile({
  irVersion: 8,
  producerName: 'missing-trials.test',
  producerVersion: '',
  opsets: [
    { domain: '', version: 13 },
    { domain: 'ai.onnx.ml', version: 3 },
  ],
  metadata: [],
  graph: {
    name: 'g',
    nodes: [
      buildNode('Cast', ['whole'], ['w'], { to: 1n }),
      buildNode('ai.onnx.ml:Imputer', ['imputed'], ['i'], {
        imputed_value_floats: Float32Array.of(2),
        replaced_value_float: { float: Number.NaN },
      }),
      buildNode('Add', ['a', 'w'], ['s'], {}),
      buildNode('Add', ['s', 'i'], ['m'], {}),
      buildNode('Sigmoid', ['m'], ['y'], {}),
    ],
    initializers: [],
    inputs: [
      buildTensorInfo('a', 1, [null, 1]),
      buildTensorInfo('whole', 7, [null, 1]),
      buildTensorInfo('imputed', 1, [null, 1]),
    ],
    outputs: [buildTensorInfo('y', 1, [null, 1])],
  },
});

const a = [0.5, -1, Number.NaN, 2];
const whole = [1, 0, -1, 0];
const imputed = [1, 2, 0, -3];

async function trialsOf(table: Table): Promise<MissingTrials> {
  const model = openOnnx(bytes, 'model.onnx');
  const report = bindInputs(summariseOnnx(model, 'id'), table, { columnOf: {}, order: null }, []);
  const scorer = await createScorer(model);
  const run = missingTrials(scorer, table, report, []);
  let step = await run.next();
  while (step.done !== true) step = await run.next();
  await scorer.release();
  return step.value;
}

const columns = [
  numberColumn('a', a),
  numberColumn('whole', whole),
  numberColumn('imputed', imputed),
  categoryColumn('other', ['x', 'y', 'x', null]),
];

it('tells inputs that lose the score, that are refused and that are filled in, and how far scores move', async () => {
  const { trials, sampleRows } = await trialsOf({ name: 't', rowCount: 4, columns });
  expect(sampleRows).toBe(4);
  expect(trials.map(({ feature }) => feature)).toEqual(['a', 'whole', 'imputed']);
  // Row 2 has no score to begin with, so it is not lost.
  expect(trials[0]).toMatchObject({ outcome: 'unscored', lost: 3, meanShift: Number.NaN });
  expect(trials[1]).toMatchObject({ outcome: 'refused', lost: 4 });
  expect(trials[1]?.message).toContain('whole');
  const score = (margin: number) => 1 / (1 + Math.exp(-margin));
  const shifts = [0, 1, 3].map((row) => {
    const rest = a[row]! + whole[row]!;
    return Math.abs(score(rest + 2) - score(rest + imputed[row]!));
  });
  expect(trials[2]).toMatchObject({ outcome: 'scored', lost: 0, message: '' });
  expect(trials[2]?.meanShift).toBeCloseTo(shifts.reduce((sum, shift) => sum + shift, 0) / 3, 6);
});

it('tries nothing on a table without rows', async () => {
  const empty = ['a', 'whole', 'imputed'].map((name) => numberColumn(name, []));
  expect(await trialsOf({ name: 't', rowCount: 0, columns: empty })).toEqual({ trials: [], sampleRows: 0 });
});

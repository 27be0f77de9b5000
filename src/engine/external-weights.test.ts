import { strToU8, zipSync } from 'fflate';
import { expect, it } from 'vitest';
import { numberColumn } from '../../fixtures/table-of-csv.ts';
import { bindInputs } from '../core/model/binding.ts';
import { buildNode, buildTensor, buildTensorInfo } from '../formats/model/onnx/build-node.ts';
import { summariseOnnx } from '../formats/model/onnx/summarise-onnx.ts';
import { writeOnnxFile } from '../formats/model/onnx/write-onnx-file.ts';
import { openModelFile } from '../formats/model/open-model.ts';
import { createScorer } from './create-scorer.ts';

it('ONNX Runtime runs a model whose weights lie in a file beside it', async () => {
  const offset = { ...buildTensor('b', [1], Float32Array.of()), externalOffset: 4, externalLength: 4 };
  const factor = { ...buildTensor('w', [1], Float32Array.of()), externalOffset: 0, externalLength: 4 };
  const external = { rawData: null, externalLocation: 'weights.bin' };
  const onnx = writeOnnxFile({
    irVersion: 8,
    producerName: 'test',
    producerVersion: '',
    opsets: [{ domain: '', version: 17 }],
    metadata: [],
    graph: {
      name: 'g',
      nodes: [buildNode('Mul', ['x', 'w'], ['h']), buildNode('Add', ['h', 'b'], ['y'])],
      initializers: [
        { ...factor, ...external },
        { ...offset, ...external },
      ],
      inputs: [buildTensorInfo('x', 1, [null, 1])],
      outputs: [buildTensorInfo('y', 1, [null, 1])],
    },
  });
  const zip = zipSync({
    'model/MLmodel': strToU8('flavors:\n  onnx:\n    data: model.onnx\n'),
    'model/model.onnx': onnx,
    'model/weights.bin': new Uint8Array(Float32Array.of(0.5, 0.25).buffer),
  });
  const opened = openModelFile(zip, 'model.zip');
  if (opened.format !== 'onnx') throw new Error('not ONNX');
  const scorer = await createScorer(opened.onnx);
  const table = { name: 't', rowCount: 3, columns: [numberColumn('x', [0, 0.5, 1])] };
  const report = bindInputs(summariseOnnx(opened.onnx, 'id'), table, { columnOf: {}, order: ['x'] }, []);
  const [output] = await scorer.bind(table, report).run(0, 3, null);
  expect([...(output?.data ?? [])]).toEqual([0.25, 0.5, 0.75]);
  await scorer.release();
});

import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { buildNode, buildTensorInfo } from '../formats/model/onnx/build-node.ts';
import { openOnnx } from '../formats/model/onnx/open-onnx.ts';
import { writeOnnxFile } from '../formats/model/onnx/write-onnx-file.ts';
import { createScorer } from './create-scorer.ts';

function fixture(path: string): Uint8Array {
  return new Uint8Array(readFileSync(new URL(`../../fixtures/${path}`, import.meta.url)));
}

describe('fixtures/broken, as its README says', () => {
  it('unsupported-operator.onnx names its operator', async () => {
    const bytes = writeOnnxFile({
      irVersion: 8,
      producerName: 'cutline-fixtures',
      producerVersion: '1',
      opsets: [
        { domain: '', version: 13 },
        { domain: 'com.example', version: 1 },
      ],
      metadata: [],
      graph: {
        name: 'unsupported',
        nodes: [buildNode('com.example:RiskScore', ['Income'], ['probabilities'], {}, 'risk')],
        initializers: [],
        inputs: [buildTensorInfo('Income', 1, [null, 1])],
        outputs: [buildTensorInfo('probabilities', 1, [null, 2])],
      },
    });
    const committed = fixture('broken/unsupported-operator.onnx');
    expect(committed).toEqual(bytes);
    await expect(createScorer(openOnnx(committed, 'unsupported-operator.onnx'))).rejects.toMatchObject({
      name: 'ModelError',
      code: 'unsupported-operator',
      message:
        'unsupported-operator.onnx uses the operator RiskScore of operator set com.example 1 (node "risk"), which ONNX Runtime Web does not have.',
    });
  });

  it('corrupt.onnx is damaged at a byte', () => {
    const committed = fixture('broken/corrupt.onnx');
    const whole = fixture('credit_data/models/sklearn_logistic_pipeline.no_zipmap.onnx');
    expect(committed).toEqual(whole.subarray(0, 1500));
    expect(() => openOnnx(committed, 'corrupt.onnx')).toThrow(
      expect.objectContaining({
        name: 'FormatError',
        code: 'corrupt-model',
        message: expect.stringMatching(/at byte \d+/),
      }),
    );
  });
});

import { describe, expect, it } from 'vitest';
import { type AttributeValue, buildNode, buildTensor, buildTensorInfo } from './build-node.ts';
import { knownValues } from './known-values.ts';
import type { OnnxNode, OnnxTensor, OnnxValueInfo } from './onnx-types.ts';
import { openOnnx } from './open-onnx.ts';
import { summariseOnnx } from './summarise-onnx.ts';
import { writeOnnxFile } from './write-onnx-file.ts';

const STRING = 8;

function opened(
  inputs: readonly OnnxValueInfo[],
  nodes: readonly OnnxNode[],
  initializers: readonly OnnxTensor[] = [],
  metadata: readonly { key: string; value: string }[] = [],
) {
  const bytes = writeOnnxFile({
    irVersion: 8,
    producerName: 'known-values.test',
    producerVersion: '',
    opsets: [{ domain: '', version: 13 }],
    metadata,
    graph: { name: 'g', nodes, initializers, inputs, outputs: [buildTensorInfo('y', 1, null)] },
  });
  return openOnnx(bytes, 'model.onnx');
}

const text = (name: string, width: number | null = 1) => buildTensorInfo(name, STRING, [null, width]);
const encode = (
  from: string,
  cats: readonly string[],
  operator = 'OneHotEncoder',
  attribute = 'cats_strings',
) =>
  buildNode(`ai.onnx.ml:${operator}`, [from], [`${from}_encoded`], { [attribute]: cats } as Record<
    string,
    AttributeValue
  >);
const integers = (name: string, ...values: number[]) =>
  buildTensor(name, [values.length], BigInt64Array.from(values, BigInt));

describe('knownValues', () => {
  it.each([
    ['OneHotEncoder', 'cats_strings'],
    ['LabelEncoder', 'keys_strings'],
    ['LabelEncoder', 'classes_strings'],
    ['CategoryMapper', 'cats_strings'],
  ])('%s %s', (operator, attribute) => {
    const model = opened([text('Job')], [encode('Job', ['a', 'b'], operator, attribute)]);
    expect(knownValues(model).get('Job')).toEqual([['a', 'b']]);
  });

  it('integer categories as texts, through a Cast', () => {
    const input = buildTensorInfo('x', 1, [null, 1]);
    const cats = { cats_int64s: BigInt64Array.of(1n, 5n) };
    const nodes = [
      buildNode('Cast', ['x'], ['i'], { to: 7n }),
      buildNode('ai.onnx.ml:OneHotEncoder', ['i'], ['y'], cats),
    ];
    expect(knownValues(opened([input], nodes)).get('x')).toEqual([['1', '5']]);
  });

  it('keys of a LabelEncoder as a tensor (opset 4)', () => {
    const keys = { keys_tensor: buildTensor('keys', [2], ['u', 'v']) };
    const model = opened([text('x')], [buildNode('ai.onnx.ml:LabelEncoder', ['x'], ['y'], keys)]);
    expect(knownValues(model).get('x')).toEqual([['u', 'v']]);
  });

  it('columns put side by side and picked apart again', () => {
    const nodes = [
      buildNode('Concat', ['p', 'q'], ['pq'], { axis: 1n }),
      buildNode('Identity', ['pq'], ['same']),
      buildNode('ai.onnx.ml:ArrayFeatureExtractor', ['same', 'one'], ['second']),
      encode('second', ['q1', 'q2']),
      buildNode('Gather', ['same', 'zero'], ['first'], { axis: 1n }),
      encode('first', ['p1']),
    ];
    const model = opened([text('p'), text('q')], nodes, [integers('zero', 0), integers('one', 1)]);
    expect(knownValues(model).get('p')).toEqual([['p1']]);
    expect(knownValues(model).get('q')).toEqual([['q1', 'q2']]);
  });

  it.each<[string, OnnxNode[]]>([
    ['Split with stated widths', [buildNode('Split', ['m', 'widths'], ['left', 'right'], { axis: 1n })]],
    [
      'Slice',
      [
        buildNode('Slice', ['m', 'zero', 'two', 'one'], ['left']),
        buildNode('Slice', ['m', 'two', 'three', 'one'], ['right']),
      ],
    ],
  ])('columns of a matrix by %s', (_, nodes) => {
    const constants = [
      integers('widths', 2, 1),
      integers('zero', 0),
      integers('one', 1),
      integers('two', 2),
      integers('three', 3),
    ];
    const model = opened(
      [text('m', 3)],
      [...nodes, encode('left', ['l']), encode('right', ['r'])],
      constants,
    );
    expect(knownValues(model).get('m')).toEqual([['l'], ['l'], ['r']]);
    expect(summariseOnnx(model, '').inputs[0]).toMatchObject({
      columns: 3,
      knownValues: null,
      knownValuesOfColumns: [['l'], ['l'], ['r']],
    });
  });

  it('a value that the graph rewrites to a known one is known', () => {
    const nodes = [
      buildNode('Equal', ['x', 'empty'], ['is_empty']),
      buildNode('Where', ['is_empty', 'fill', 'x'], ['filled']),
      encode('filled', ['a', 'unknown']),
    ];
    const constants = [buildTensor('empty', [1], ['']), buildTensor('fill', [1], ['unknown'])];
    expect(knownValues(opened([text('x')], nodes, constants)).get('x')).toEqual([['a', 'unknown', '']]);
  });

  it('several encoders of one column know the union', () => {
    const second = buildNode('ai.onnx.ml:LabelEncoder', ['x'], ['z'], { keys_strings: ['b', 'c'] });
    expect(knownValues(opened([text('x')], [encode('x', ['a', 'b']), second])).get('x')).toEqual([
      ['a', 'b', 'c'],
    ]);
  });

  it('null where the trace ends', () => {
    const nodes = [
      buildNode('ai.onnx.ml:Tokenizer', ['x'], ['tokens']),
      encode('tokens', ['a']),
      buildNode('Concat', ['x', 'x'], ['stacked'], { axis: 0n }),
      encode('stacked', ['b']),
    ];
    expect(knownValues(opened([text('x')], nodes)).get('x')).toEqual([null]);
  });
});

describe('featureNames of the summary', () => {
  const matrix = buildTensorInfo('input', 1, [null, 2]);
  const namesIn = (key: string, value: string, input = matrix) =>
    summariseOnnx(opened([input], [buildNode('Identity', ['input'], ['y'])], [], [{ key, value }]), '')
      .featureNames;

  it.each([
    ['feature_names', '["age", "income"]', ['age', 'income']],
    ['Feature Names', 'age, income', ['age', 'income']],
    ['feature_names', '["age"]', null],
    ['feature_names', '["age", "age"]', null],
    ['feature_names', '{"age": 1, "income": 2}', null],
    ['author', 'age, income', null],
  ])('%s = %s', (key, value, names) => expect(namesIn(key, value)).toEqual(names));

  it('any number when the width is open', () => {
    expect(namesIn('columns', 'a,b,c', buildTensorInfo('input', 1, [null, null]))).toEqual(['a', 'b', 'c']);
  });
});

import { readFileSync } from 'node:fs';
import { strToU8, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { FormatError } from '../../../core/errors.ts';
import { buildNode, buildTensor, buildTensorInfo } from '../onnx/build-node.ts';
import type { OnnxTensor } from '../onnx/onnx-types.ts';
import { writeOnnxFile } from '../onnx/write-onnx-file.ts';
import { openModelFile } from '../open-model.ts';
import { summariseModel } from '../summarise-model.ts';
import { openModelFolder } from './open-model-folder.ts';

const fixtures = new URL('../../../../fixtures/', import.meta.url).pathname;

function fixture(path: string): Uint8Array {
  return new Uint8Array(readFileSync(`${fixtures}credit_data/models/${path}`));
}

/** MLmodel as MLflow 3.5 writes it, shortened. */
function mlmodel(flavor: string, data: string, signature = ''): Uint8Array {
  return strToU8(`artifact_path: mlflow-artifacts:/2/models/m-1/artifacts
flavors:
  ${flavor}:
    code: null
    data: ${data}
  python_function:
    data: ${data}
    env:
      conda: conda.yaml
    loader_module: mlflow.${flavor}
mlflow_version: 3.5.1
run_id: 90210000000000000000000000000001
${signature}utc_time_created: '2026-11-20 14:44:28.399064'
`);
}

function folder(entries: Record<string, Uint8Array | string>): ReadonlyMap<string, Uint8Array> {
  return new Map(
    Object.entries(entries).map(([path, of]) => [path, typeof of === 'string' ? strToU8(of) : of]),
  );
}

function refusal(open: () => unknown): FormatError {
  try {
    open();
  } catch (error) {
    expect(error).toBeInstanceOf(FormatError);
    return error as FormatError;
  }
  throw new Error('it was opened');
}

const models: readonly [flavor: string, data: string, fixture: string, format: string][] = [
  ['onnx', 'model.onnx', 'sklearn_logistic_pipeline.no_zipmap.onnx', 'onnx'],
  ['lightgbm', 'model.lgb', 'lightgbm_small_dart.txt', 'lightgbm'],
  ['xgboost', 'model.xgb', 'xgboost_base_score.ubj', 'xgboost'],
  ['xgboost', 'model.ubj', 'xgboost_base_score.ubj', 'xgboost'],
  ['xgboost', 'model.json', 'xgboost_base_score.json', 'xgboost'],
];

describe('openModelFolder', () => {
  it.each(models)('%s: %s', (flavor, data, file, format) => {
    const bytes = fixture(file);
    const opened = openModelFolder(
      folder({
        MLmodel: mlmodel(flavor, data),
        [data]: bytes,
        'conda.yaml': 'name: env',
        'requirements.txt': 'x',
      }),
      'churn',
    );
    expect(opened.format).toBe(format);
    expect(opened.package).toEqual({
      dataPath: data,
      flavor,
      mlflowVersion: '3.5.1',
      runId: '90210000000000000000000000000001',
      createdAt: '2026-11-20 14:44:28.399064',
    });
    expect(summariseModel(opened, 'id')).toMatchObject({ name: 'churn', package: opened.package });
  });

  it.each([0, 6] as const)('as a zip of level %i, with the folder itself in it', (level) => {
    const zip = zipSync(
      {
        'model/MLmodel': mlmodel('lightgbm', 'model.lgb'),
        'model/model.lgb': fixture('lightgbm_small_dart.txt'),
        '__MACOSX/model/._MLmodel': strToU8('junk'),
        'model/.DS_Store': strToU8('junk'),
      },
      { level },
    );
    const opened = openModelFile(zip, 'model.zip');
    expect(opened.format).toBe('lightgbm');
    expect(opened.package?.dataPath).toBe('model/model.lgb');
    expect(opened.name).toBe('model.zip');
  });

  it('the highest MLmodel is the one', () => {
    const inner = mlmodel('xgboost', 'gone.json');
    const files = folder({
      'a/MLmodel': mlmodel('lightgbm', 'model.lgb'),
      'a/model.lgb': fixture('lightgbm_small_dart.txt'),
      'a/code/MLmodel': inner,
    });
    expect(openModelFolder(files, 'f').package?.flavor).toBe('lightgbm');
  });

  it('without MLmodel the one model in it opens', () => {
    const files = folder({
      'readme.md': 'A model.',
      './m/model.txt': fixture('lightgbm_small_dart.txt'),
      'rows.csv': 'a,b\n1,2',
    });
    const opened = openModelFolder(files, 'f');
    expect(opened).toMatchObject({ format: 'lightgbm', name: 'f', package: null });
  });

  describe('names of the signature', () => {
    const unnamed = () => {
      const document = JSON.parse(new TextDecoder().decode(fixture('xgboost_base_score.json'))) as {
        learner: { feature_names: string[] };
      };
      document.learner.feature_names = [];
      return strToU8(JSON.stringify(document));
    };
    const columns = (names: readonly string[]) =>
      `signature:\n  inputs: '${JSON.stringify(names.map((name) => ({ type: 'double', name, required: true })))}'\n`;
    const names = ['Seniority', 'Time', 'Age', 'Expenses', 'Income', 'Assets', 'Debt', 'Amount', 'Price'];
    const open = (signature: string, file: Uint8Array) =>
      openModelFolder(
        folder({ MLmodel: mlmodel('xgboost', 'model.json', signature), 'model.json': file }),
        'f',
      );

    it('name the features that the file does not', () => {
      const opened = open(columns(names), unnamed());
      if (opened.format === 'onnx') throw new Error('not native');
      expect(opened.native.features.map(({ name }) => name)).toEqual(names);
      expect(opened.decoded?.features.map(({ input }) => input)).toEqual(names);
      expect(opened.native.notices).toMatchObject([{ code: 'names-from-signature' }]);
    });

    it.each([
      ['of another number', columns(names.slice(1))],
      [
        'of a tensor',
        `signature:\n  inputs: '[{"type": "tensor", "tensor-spec": {"dtype": "float64", "shape": [-1, 9]}}]'\n`,
      ],
      ['that is no JSON', `signature:\n  inputs: 'x'\n`],
      ['without inputs', ''],
    ])('are left alone %s', (_, signature) => {
      const opened = open(signature, unnamed());
      if (opened.format === 'onnx') throw new Error('not native');
      expect(opened.native.features.every(({ name }) => name === null)).toBe(true);
      expect(opened.native.notices).toEqual([]);
    });

    it('do not replace names that the file has', () => {
      const opened = open(columns(names.toReversed()), fixture('xgboost_base_score.json'));
      if (opened.format === 'onnx') throw new Error('not native');
      expect(opened.native.features.map(({ name }) => name)).toEqual(names);
    });
  });

  const pickle = Uint8Array.of(0x80, 4, 0x95, 1, 2);
  const refused: readonly [
    what: string,
    ReadonlyMap<string, Uint8Array>,
    code: string,
    message: RegExp,
    advice: RegExp,
  ][] = [
    [
      'sklearn',
      folder({ MLmodel: mlmodel('sklearn', 'model.pkl'), 'model.pkl': pickle }),
      'not-a-model',
      /pickled scikit-learn model/,
      /log_model\(model\.booster_\)/,
    ],
    [
      'a pickled LGBMClassifier',
      folder({ MLmodel: mlmodel('lightgbm', 'model.pkl'), 'model.pkl': pickle }),
      'not-a-model',
      /pickle/,
      /Log the booster/,
    ],
    [
      'XGBoost in the old binary form',
      folder({ MLmodel: mlmodel('xgboost', 'model.xgb'), 'model.xgb': 'binf....' }),
      'not-a-model',
      /old binary form/,
      /model_format="json"/,
    ],
    ['keras', folder({ MLmodel: mlmodel('keras', 'data') }), 'not-a-model', /Keras/, /tf2onnx/],
    ['pytorch', folder({ MLmodel: mlmodel('pytorch', 'data') }), 'not-a-model', /PyTorch/, /torch\.onnx/],
    [
      'another flavor',
      folder({ MLmodel: mlmodel('prophet', 'model.pr') }),
      'not-a-model',
      /flavor prophet/,
      /ONNX/,
    ],
    [
      'a Python function',
      folder({ MLmodel: 'flavors:\n  python_function:\n    loader_module: mlflow.pyfunc.model\n' }),
      'not-a-model',
      /Python function \(mlflow\.pyfunc\.model\)/,
      /booster/,
    ],
    [
      'a model file that is missing',
      folder({ 'm/MLmodel': mlmodel('onnx', 'model.onnx') }),
      'corrupt-model',
      /lacks m\/model\.onnx/,
      /whole folder/,
    ],
    [
      'a path out of the folder',
      folder({ MLmodel: mlmodel('onnx', '../model.onnx') }),
      'corrupt-model',
      /leads out of it/,
      /Pack/,
    ],
    [
      'MLmodel that is no YAML',
      folder({ MLmodel: 'a: [1, {' }),
      'corrupt-model',
      /not YAML/,
      /model file itself/,
    ],
    ['MLmodel without flavors', folder({ MLmodel: 'run_id: 1' }), 'corrupt-model', /no flavor/, /model file/],
    [
      'MLmodel that multiplies itself',
      folder({ MLmodel: `a: &a [1]\nb: &b [${'*a, '.repeat(9)}*a]\nflavors: [${'*b, '.repeat(9)}*b]` }),
      'corrupt-model',
      /not YAML/,
      /model file/,
    ],
    ['MLmodel of 3 MB', folder({ MLmodel: new Uint8Array(3e6) }), 'too-large', /2 MB/, /model file/],
    [
      'two MLmodels',
      folder({ 'a/MLmodel': mlmodel('onnx', 'm'), 'b/MLmodel': mlmodel('onnx', 'm') }),
      'not-a-model',
      /2 model folders: a\/MLmodel, b\/MLmodel/,
      /one of them/,
    ],
    [
      'several models without MLmodel',
      folder({ 'a.txt': fixture('lightgbm_small_dart.txt'), 'b.ubj': fixture('xgboost_base_score.ubj') }),
      'not-a-model',
      /2 models: a\.txt, b\.ubj/,
      /one of them/,
    ],
    ['no model', folder({ 'a.md': 'x', 'b.md': 'y' }), 'not-a-model', /no model: a\.md, b\.md/, /MLflow/],
    ['nothing', folder({}), 'not-a-model', /it is empty/, /MLflow/],
    ['a pickle alone', folder({ 'model.pkl': pickle }), 'not-a-model', /pickle/, /skl2onnx/],
    [
      'a Keras archive',
      folder({ 'model.weights.h5': 'x', 'config.json': '{}' }),
      'not-a-model',
      /Keras/,
      /tf2onnx/,
    ],
    [
      'a PyTorch archive',
      folder({ 'a/data.pkl': pickle, 'a/version': '3' }),
      'not-a-model',
      /PyTorch/,
      /onnx/,
    ],
  ];

  it.each(refused)('refuses %s', (_, files, code, message, advice) => {
    const error = refusal(() => openModelFolder(files, 'folder'));
    expect(error.code).toBe(code);
    expect(error.message).toMatch(message);
    expect(error.message).toContain('folder');
    expect(error.advice).toMatch(advice);
  });
});

describe('weights in other files', () => {
  const external = (changes: Partial<OnnxTensor>): OnnxTensor => ({
    ...buildTensor('w', [2], Float32Array.of()),
    rawData: null,
    externalLocation: './weights.bin',
    ...changes,
  });
  const onnx = (changes: Partial<OnnxTensor>): Uint8Array =>
    writeOnnxFile({
      irVersion: 8,
      producerName: 'test',
      producerVersion: '',
      opsets: [{ domain: '', version: 17 }],
      metadata: [],
      graph: {
        name: 'g',
        nodes: [buildNode('Mul', ['x', 'w'], ['y'])],
        initializers: [external(changes)],
        inputs: [buildTensorInfo('x', 1, [null, 2])],
        outputs: [buildTensorInfo('y', 1, [null, 2])],
      },
    });
  const weights = new Uint8Array(Float32Array.of(9, 0.5, 2).buffer);

  it('are found beside the model, each tensor at its place', () => {
    const files = folder({
      'model/MLmodel': mlmodel('onnx', 'model.onnx'),
      'model/model.onnx': onnx({ externalOffset: 4, externalLength: 8 }),
      'model/weights.bin': weights,
    });
    const opened = openModelFolder(files, 'f');
    if (opened.format !== 'onnx') throw new Error('not ONNX');
    expect(opened.onnx.externalData).toEqual([{ path: './weights.bin', bytes: weights }]);
    expect(opened.onnx.file.graph.initializers[0]?.rawData).toEqual(weights.subarray(4));
    expect(opened.onnx.notices).toEqual([]);
  });

  it.each([
    ['missing', {}, {}, /keeps weights in \.\/weights\.bin, which is not among/],
    [
      'too short',
      { externalOffset: 8, externalLength: 8 },
      { 'weights.bin': weights },
      /has 12 bytes, and 16/,
    ],
    ['before the file', { externalOffset: -4 }, { 'weights.bin': weights }, /weights\.bin/],
  ])('%s: the file is named', (_, changes, files, message) => {
    const error = refusal(() =>
      openModelFolder(folder({ MLmodel: mlmodel('onnx', 'm.onnx'), 'm.onnx': onnx(changes), ...files }), 'f'),
    );
    expect(error.code).toBe('corrupt-model');
    expect(error.message).toMatch(message);
    expect(error.advice).toContain('whole folder');
  });

  it('a model file alone opens with a notice', () => {
    const opened = openModelFile(onnx({}), 'model.onnx');
    if (opened.format !== 'onnx') throw new Error('not ONNX');
    expect(opened.onnx.notices).toMatchObject([{ code: 'external-data' }]);
    expect(opened.onnx.externalData).toEqual([]);
  });
});

import { readdirSync, readFileSync } from 'node:fs';
import { gzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { FormatError } from '../../core/errors.ts';
import { openModelFile } from './open-model.ts';
import { summariseModel } from './summarise-model.ts';

const fixtures = new URL('../../../fixtures/', import.meta.url).pathname;

const modelPaths = ['credit_data', 'mlc_churn'].flatMap((dataset) =>
  readdirSync(`${fixtures}${dataset}/models`).map((file) => `${dataset}/models/${file}`),
);

function refusal(bytes: Uint8Array, name: string): FormatError {
  try {
    openModelFile(bytes, name);
  } catch (error) {
    expect(error).toBeInstanceOf(FormatError);
    return error as FormatError;
  }
  throw new Error(`${name} was opened`);
}

describe('openModelFile on the fixtures', () => {
  const formatOf = (path: string) =>
    path.endsWith('.onnx') ? 'onnx' : /xgboost/.test(path) ? 'xgboost' : 'lightgbm';

  it.each(modelPaths.filter((path) => !path.endsWith('.dump.json')))('opens %s by its content', (path) => {
    const bytes = new Uint8Array(readFileSync(fixtures + path));
    const opened = openModelFile(bytes, 'model');
    expect(opened.format).toBe(formatOf(path));
    expect(opened.package).toBeNull();
    const summary = summariseModel(opened, 'id');
    expect(summary).toMatchObject({ name: 'model', byteLength: bytes.length });
    if (opened.format !== 'onnx') {
      expect(summary.core).toBe('trees');
      expect(summary.trees?.treeCount).toBeGreaterThan(0);
      expect(summary.inputs.length).toBe(opened.native.features.length);
    }
  });

  it.each(['lightgbm_small_dart.txt', 'xgboost_base_score.json', 'xgboost_base_score.onnx'])(
    'opens %s as gzip',
    (file) => {
      const bytes = new Uint8Array(readFileSync(`${fixtures}credit_data/models/${file}`));
      const packed = gzipSync(bytes);
      expect(openModelFile(packed, 'm')).toEqual(openModelFile(bytes, 'm'));
      expect(refusal(packed.subarray(0, -9), 'm').code).toBe('corrupt-gzip');
    },
  );

  it.each([
    [
      'lightgbm_small_use_missing_false.txt',
      /feature_names=.*/,
      'feature_names=Column_0',
      ' Column_',
      'Column_8',
    ],
    ['xgboost_base_score.json', /"feature_names":\s*\[[^\]]*\]/, '"feature_names":[]', '', 'f8'],
  ])(
    'asks for one matrix where %s names no features, and says what the library calls them',
    (file, names, by, next, last) => {
      const others = next === '' ? '' : Array.from({ length: 8 }, (_, j) => `${next}${j + 1}`).join('');
      const text = readFileSync(`${fixtures}credit_data/models/${file}`, 'utf8').replace(names, by + others);
      const { inputs } = summariseModel(openModelFile(new TextEncoder().encode(text), 'm'), 'id');
      expect(inputs.length).toBe(1);
      expect(inputs[0]).toMatchObject({ columns: 9, kind: 'number' });
      expect(inputs[0]?.madeUpNames?.length).toBe(9);
      expect(inputs[0]?.madeUpNames?.at(-1)).toBe(last);
    },
  );

  it('tells what is inside of an ONNX file too', () => {
    const bytes = readFileSync(`${fixtures}credit_data/models/xgboost_base_score.onnx`);
    const summary = summariseModel(openModelFile(new Uint8Array(bytes), 'm.onnx'), 'id');
    expect(summary.trees?.treeCount).toBe(40);
  });

  it.each(modelPaths.filter((path) => path.endsWith('.dump.json')))('refuses the dump %s', (path) => {
    const error = refusal(new Uint8Array(readFileSync(fixtures + path)), 'dump.json');
    expect(error.message).toMatch(/LightGBM JSON dump/);
    expect(error.advice).toContain('booster.save_model("model.txt")');
  });
});

describe('what is no model', () => {
  const text = (content: string) => new TextEncoder().encode(content);
  const bytes = (...parts: (string | number[])[]) =>
    Uint8Array.from(parts.flatMap((part) => (typeof part === 'string' ? [...text(part)] : part)));
  /** Parameters and objective of a model in the binary form, which XGBoost 1.7 wrote into MLflow's model.xgb. */
  const oldXgboost = bytes(
    [0, 0, 0, 0x3f, 2],
    new Array<number>(131).fill(0),
    [15, 0, 0, 0, 0, 0, 0, 0],
    'binary:logistic',
  );

  const foreign: readonly [string, Uint8Array, RegExp, RegExp][] = [
    [
      'model.pkl',
      bytes([0x80, 4, 0x95], 'sklearn'),
      /pickle or joblib/,
      /save_model\("model\.txt"\).*skl2onnx/,
    ],
    ['model.joblib', bytes([0x78, 0x9c, 1, 2, 3]), /compressed joblib/, /save_model/],
    ['dump.json', text('{"name":"tree","version":"v4","tree_info":[]}'), /LightGBM JSON dump/, /model\.txt/],
    ['dump.json', text('[{"nodeid":0,"depth":0}]'), /dump of an XGBoost model/, /model\.json/],
    ['dump.txt', text('booster[0]:\n0:[f0<1] yes=1,no=2'), /dump of an XGBoost model/, /model\.json/],
    ['rows.json', text('{"a": 1, "b": 2}'), /JSON without a model/, /save_model/],
    ['rows.json', text('[1, 2, 3]'), /JSON without a model/, /save_model/],
    ['old.model', bytes('binf', [0, 0, 0]), /old binary form/, /model\.json/],
    ['model.xgb', oldXgboost, /old binary form/, /model\.json/],
    ['model.h5', bytes([0x89], 'HDF', [13, 10, 0x1a, 10, 0]), /HDF5 file \(Keras/, /tf2onnx/],
    ['saved_model.pb', bytes([8, 1, 0x12, 0xa0, 2, 10], 'meta serve'), /TensorFlow saved model/, /tf2onnx/],
    ['model.tflite', bytes([28, 0, 0, 0], 'TFL3'), /TensorFlow Lite/, /tf2onnx/],
    ['model.ort', bytes([28, 0, 0, 0], 'ORTM'), /ORT format/, /\.onnx/],
    ['model.cbm', bytes('CBM1', [0, 0]), /CatBoost/, /save_model/],
    ['model.pmml', text('<?xml version="1.0"?>\n<PMML version="4.4">'), /PMML/, /ONNX/],
    ['rows.csv', text('a,b,c\n1,2,3\n'), /delimited text table/, /as the table/],
    ['rows.parquet', bytes('PAR1', [21, 4]), /Parquet table/, /as the table/],
    [
      'model.onnx',
      text('version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 1\n'),
      /pointer of Git LFS/,
      /git lfs pull/,
    ],
    ['model.txt', text('\n<!DOCTYPE html>\n<html><body>Sign in</body></html>'), /web page/, /download it/],
    ['notes.txt', text('hello'), /neither a table nor a model that opens/, /ONNX, LightGBM text, XGBoost/],
    [
      'noise.bin',
      bytes([255, 254, 253, 252]),
      /neither a table nor a model that opens/,
      /ONNX, LightGBM text, XGBoost/,
    ],
  ];

  it.each(foreign)('%s is refused by name', (name, content, message, advice) => {
    const error = refusal(content, name);
    expect(error.code).toBe('not-a-model');
    expect(error.message).toContain(name);
    expect(error.message).toMatch(message);
    expect(error.advice).toMatch(advice);
  });

  it('an empty file is empty', () => expect(refusal(new Uint8Array(0), 'm').code).toBe('empty-file'));
});

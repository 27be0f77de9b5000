import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fileKindOf, HEAD_BYTES } from './file-kind.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
/** The head of a zip whose first entry has this name. */
const zipOf = (entry: string): Uint8Array => {
  const head = new Uint8Array(30 + entry.length);
  head.set([0x50, 0x4b, 3, 4, 20]);
  head[26] = entry.length;
  head.set(bytes(entry), 30);
  return head;
};
const models = ['credit_data', 'mlc_churn'].flatMap((set) =>
  readdirSync(`fixtures/${set}/models`).map((name) => `fixtures/${set}/models/${name}`),
);

describe('fileKindOf', () => {
  it.each(models)('%s is a model, under any name', (path) => {
    const head = readFileSync(path).subarray(0, HEAD_BYTES);
    expect(fileKindOf(head, 'model.onnx')).toBe('model');
    expect(fileKindOf(head, 'loans.csv')).toBe('model');
  });

  it.each([
    ['a table', 'id,amount\n1,2\n', 'loans.csv', 'table'],
    ['a table under a model’s name', 'id,amount\n1,2\n', 'loans.onnx', 'table'],
    ['a table of one column', 'Status\nbad\n', 'loans.txt', 'table'],
    ['an empty file', '', 'loans.csv', 'table'],
    ['an empty model', '', 'model.onnx', 'model'],
    ['words called a model', 'not a model', 'model.onnx', 'model'],
    ['a LightGBM model', 'tree\nversion=v4\nnum_class=1\n', 'model.txt', 'model'],
    ['a table with a column called tree', 'tree\noak\nelm\n', 'trees.csv', 'table'],
    ['an XGBoost model', '{"learner":{"attributes":{}}}', 'model.json', 'model'],
    ['a picture', '\u0089PNG\r\n\u001a\n\u0000\u0000', 'picture.png', 'table'],
    ['an old binary of XGBoost', 'binf\u0000\u0000\u0000', 'model.xgb', 'model'],
    ['a damaged model', '\u0007\u0000\u0000\u0000', 'model.onnx', 'model'],
  ] as const)('%s', (_name, text, name, kind) => {
    expect(fileKindOf(bytes(text), name)).toBe(kind);
  });

  it.each([
    ['Parquet', [0x50, 0x41, 0x52, 0x31, 0x15, 4, 0, 0]],
    ['an Arrow file', [0x41, 0x52, 0x52, 0x4f, 0x57, 0x31, 0, 0]],
    ['an Arrow stream', [0xff, 0xff, 0xff, 0xff, 0x10, 1, 0, 0]],
  ])('%s is a table, under any name', (_name, head) => {
    expect(fileKindOf(Uint8Array.from(head), 'model.bin')).toBe('table');
    expect(fileKindOf(Uint8Array.from(head), 'part-0')).toBe('table');
  });

  it.each([
    ['rows', '{"id":1,"amount":2}\n{"id":2,"amount":3}\n', 'loans.jsonl', 'table'],
    ['rows with a version', '{"version":1,"amount":2}\n{"version":2,"amount":3}\n', 'a.json', 'table'],
    ['an XGBoost model', '{"learner":{"attributes":{}},"version":[2,0,0]}', 'model.jsonl', 'model'],
    ['a written-out one', '{\n  "learner": {\n    "attributes": {}\n  }\n}', 'model.json', 'model'],
    ['one that names its version first', '{"version":[2,0,0],"learner":{}}\n', 'model.json', 'model'],
  ] as const)('JSON: %s', (_name, text, name, kind) => {
    expect(fileKindOf(bytes(text), name)).toBe(kind);
  });

  it.each([
    ['an MLflow folder', zipOf('MLmodel'), 'model'],
    ['a folder of its own within the zip', zipOf('model/MLmodel'), 'model'],
    ['a PyTorch model', zipOf('archive/data.pkl'), 'model'],
    ['a zipped table', zipOf('loans.csv'), 'table'],
    ['an Excel workbook', zipOf('[Content_Types].xml'), 'table'],
    ['an OpenDocument sheet', zipOf('mimetype'), 'table'],
  ] as const)('a zip: %s', (_name, head, kind) => {
    expect(fileKindOf(head, 'archive.zip')).toBe(kind);
  });

  it.each([
    ['UBJSON', Uint8Array.of(0x7b, 0x4c, 0, 0, 0, 0, 0, 0, 0, 7, ...bytes('learner{')), 'model'],
    ['UBJSON with short lengths', Uint8Array.of(0x7b, 0x69, 7, ...bytes('version[')), 'model'],
    ['UBJSON of something else', Uint8Array.of(0x7b, 0x69, 4, ...bytes('rows[')), 'table'],
    ['a pickle', Uint8Array.of(0x80, 4, 0x95, 0, 0), 'model'],
  ] as const)('%s under a table’s name', (_name, head, kind) => {
    expect(fileKindOf(head, 'loans.csv')).toBe(kind);
  });

  it('takes gzip for a table', () => {
    expect(fileKindOf(Uint8Array.of(0x1f, 0x8b, 8, 0), 'loans.csv.gz')).toBe('table');
  });

  it('never throws', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 100 }), fc.string(), (head, name) => {
        expect(['table', 'model']).toContain(fileKindOf(head, name));
      }),
    );
  });
});

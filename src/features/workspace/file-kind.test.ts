import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fileKindOf, HEAD_BYTES } from './file-kind.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
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
    ['a damaged model', '\u0007\u0000\u0000\u0000', 'model.onnx', 'model'],
  ] as const)('%s', (_name, text, name, kind) => {
    expect(fileKindOf(bytes(text), name)).toBe(kind);
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

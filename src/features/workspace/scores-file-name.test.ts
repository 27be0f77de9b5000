import { expect, it } from 'vitest';
import { scoresFileName } from './scores-file-name.ts';

it.each([
  ['loans.csv', 'model.onnx', 'loans-model-scores.csv'],
  ['loan book.2024.csv.gz', 'gb v1.2.onnx', 'loan_book.2024-gb_v1.2-scores.csv'],
  ['', 'a/b.onnx', 'a_b-scores.csv'],
])('%s and %s', (table, model, name) => {
  expect(scoresFileName(table, model)).toBe(name);
});

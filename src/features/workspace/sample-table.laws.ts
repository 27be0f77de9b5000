/** A small table for the tests of this folder: what the reader would say of 100 loan applications. */

import type { ModelSummary } from '../../core/model/signature.ts';
import type { ColumnSummary, TableSummary } from '../../core/table/summary.ts';

export const tableHash = 'ab'.repeat(32);
export const modelHash = 'cd'.repeat(32);

export function category(
  name: string,
  counts: Readonly<Record<string, number>>,
  change: Partial<ColumnSummary> = {},
): ColumnSummary {
  const topValues = Object.entries(counts)
    .map(([value, count]) => ({ value, count }))
    .sort((a, b) => b.count - a.count);
  return {
    name,
    kind: 'category',
    missing: 0,
    unparsable: 0,
    distinct: topValues.length,
    min: null,
    median: null,
    max: null,
    quartiles: null,
    missingTokens: [],
    reading: {},
    topValues,
    histogram: null,
    guessedRole: null,
    ...change,
  };
}

export function number(
  name: string,
  min: number,
  max: number,
  change: Partial<ColumnSummary> = {},
): ColumnSummary {
  return {
    ...category(name, {}),
    kind: 'number',
    distinct: 90,
    min,
    median: (min + max) / 2,
    max,
    quartiles: [min + (max - min) / 4, max - (max - min) / 4],
    histogram: [1, 2, 3],
    ...change,
  };
}

export const loans: TableSummary = {
  id: tableHash,
  name: 'loans.csv',
  byteLength: 5000,
  rowCount: 100,
  columns: [
    number('row_id', 0, 99, { distinct: 100, guessedRole: 'id' }),
    category('split', { train: 70, test: 30 }, { guessedRole: 'split' }),
    category('Status', { good: 60, bad: 30, unknown: 6 }, { missing: 4, guessedRole: 'target' }),
    number('Age', 18, 70),
    category('Home', { rent: 50, owner: 50 }),
    number('Amount', 100, 5000, { guessedRole: 'amount' }),
    number('p_bad', 0, 1, { guessedRole: 'score' }),
    number('p_other', 0.1, 0.9),
  ],
  notices: [],
};

export const pipeline: ModelSummary = {
  id: modelHash,
  name: 'model.onnx',
  format: 'onnx',
  formatName: 'ONNX',
  objective: null,
  core: null,
  trees: null,
  package: null,
  byteLength: 1000,
  inputs: [
    { name: 'Age', kind: 'number', elementType: 'float', columns: 1, knownValues: null },
    { name: 'Home', kind: 'string', elementType: 'string', columns: 1, knownValues: ['rent', 'owner'] },
  ],
  featureNames: null,
  classLabels: ['good', 'bad'],
  producer: 'skl2onnx',
  opsets: [{ domain: '', version: 15 }],
  operators: [{ name: 'TreeEnsembleClassifier', count: 1 }],
  notices: [],
};

import { expect, test } from 'vitest';
import type { LendingScenario } from '../../core/money/scenario.ts';
import { sourceLine } from './source-line.ts';

const scenario: LendingScenario = {
  template: 'lending',
  name: 'Review of risky loans',
  currency: 'EUR',
  amount: { column: 'Amount' },
  lossRate: 0.8,
  reviewCost: 50,
  frictionCost: 0,
  fixedCost: 0,
  rowsPerYear: null,
};
const from = { versus: null, table: 'credit.csv', scoredBy: 'model.onnx', rows: '1,336 test rows' };

test('names file, rows, model and the scenario in full', () => {
  expect(sourceLine({ ...from, scenario })).toBe(
    'credit.csv, 1,336 test rows; model.onnx; Review of risky loans: loss rate 0.8, review cost 50, amount at risk Amount, in EUR',
  );
});

test('leaves out what there is not', () => {
  expect(sourceLine({ ...from, scenario: null })).toBe('credit.csv, 1,336 test rows; model.onnx');
  const constant = { ...scenario, currency: '', amount: { constant: 2000 } };
  expect(sourceLine({ ...from, table: '', scoredBy: '', scenario: constant })).toBe(
    '1,336 test rows; Review of risky loans: loss rate 0.8, review cost 50, amount at risk 2,000',
  );
});

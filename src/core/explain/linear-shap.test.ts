import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { tableOfCsv } from '../../../fixtures/table-of-csv.ts';
import { fedColumns, hybridTable, isSameCell } from '../../engine/explain/hybrid-table.ts';
import { openModelFile } from '../../formats/model/open-model.ts';
import { summariseModel } from '../../formats/model/summarise-model.ts';
import { bindInputs } from '../model/binding.ts';
import type { LinearModel } from '../model/decoded-core.ts';
import { bindFeatures, featureBlock, featureBlockOfRows } from '../model/feature-block.ts';
import type { Table } from '../table/column.ts';
import { cellText } from '../table/column-access.ts';
import type { FeatureBlock } from '../trees/tree-ensemble.ts';
import { linearShap } from './linear-shap.ts';
import { DEFAULT_SAMPLING, permutationShap } from './permutation-shap.ts';

const fixtures = new URL('../../../fixtures/', import.meta.url).pathname;

function model(coefficients: readonly number[][], intercepts: readonly number[]): LinearModel {
  return {
    featureCount: coefficients[0]!.length,
    outputCount: coefficients.length,
    coefficients: Float64Array.from(coefficients.flat()),
    intercepts: Float64Array.from(intercepts),
    link: 'logistic',
    classCount: 2,
  };
}

function blockOf(rows: readonly (readonly number[])[]): FeatureBlock {
  const width = rows[0]?.length ?? 0;
  const columns = Array.from({ length: width }, (_, j) => Float64Array.from(rows, (row) => row[j]!));
  return { rowCount: rows.length, columns };
}

/** Shapley values by their definition: every coalition of columns against every background row. */
function enumerated(
  margin: (x: readonly number[]) => number,
  x: readonly number[],
  background: readonly (readonly number[])[],
  columnOf: readonly number[],
  columnCount: number,
): number[] {
  const value = (coalition: number) =>
    background.reduce(
      (sum, row) => sum + margin(row.map((b, j) => ((coalition >> columnOf[j]!) & 1 ? x[j]! : b))),
      0,
    ) / background.length;
  const worth = Array.from({ length: 1 << columnCount }, (_, coalition) => value(coalition));
  const factorial = (n: number): number => (n <= 1 ? 1 : n * factorial(n - 1));
  return Array.from({ length: columnCount }, (_, c) =>
    worth.reduce((phi, without, coalition) => {
      if ((coalition >> c) & 1) return phi;
      const size = coalition.toString(2).replaceAll('0', '').length;
      const weight = (factorial(size) * factorial(columnCount - 1 - size)) / factorial(columnCount);
      return phi + weight * (worth[coalition | (1 << c)]! - without);
    }, 0),
  );
}

describe('linear SHAP by hand', () => {
  const question = {
    linear: model([[2, -1, 0.5]], [3]),
    output: 0,
    background: blockOf([
      [0, 10, 4],
      [2, 30, 0],
    ]),
    columnOf: Int32Array.of(1, 0, 1),
    columnCount: 2,
  };

  it('weighs the distance to the mean of the background, added up by column', () => {
    const shap = linearShap(question);
    // means 1, 20, 2: base = 3 + 2 - 20 + 1; column 0 is feature 1, column 1 features 0 and 2
    expect(shap.baseValue).toBe(-14);
    expect(shap.backgroundRows).toBe(2);
    expect([
      ...shap.explain(
        blockOf([
          [5, 21, 2],
          [1, 20, 0],
        ]),
      ),
    ]).toEqual([-1, 0, 8, -1]);
  });

  it('explains the margin of the output that is asked for', () => {
    const mirrored = {
      ...question,
      linear: model(
        [
          [-2, 1, -0.5],
          [2, -1, 0.5],
        ],
        [-3, 3],
      ),
    };
    const row = blockOf([[5, 21, 2]]);
    expect([...linearShap({ ...mirrored, output: 1 }).explain(row)]).toEqual([-1, 8]);
    expect([...linearShap({ ...mirrored, output: 0 }).explain(row)]).toEqual([1, -8]);
    expect(linearShap({ ...mirrored, output: 0 }).baseValue).toBe(14);
  });

  it('gives NaN where the model gives none: the column of a missing value, and the sum of its row', () => {
    expect([...linearShap(question).explain(blockOf([[Number.NaN, 21, 2]]))]).toEqual([-1, Number.NaN]);
  });

  it('leaves background rows without a margin out of the means', () => {
    const background = blockOf([
      [0, 10, 4],
      [Number.NaN, 500, 500],
      [2, 30, 0],
      [1, Number.POSITIVE_INFINITY, 1],
    ]);
    expect(linearShap({ ...question, background })).toMatchObject({ baseValue: -14, backgroundRows: 2 });
    const none = linearShap({ ...question, background: blockOf([[Number.NaN, 1, 1]]) });
    expect(none).toMatchObject({ baseValue: Number.NaN, backgroundRows: 0 });
    expect([...none.explain(blockOf([[1, 1, 1]]))]).toEqual([Number.NaN, Number.NaN]);
  });

  it('refuses an output that the model does not have, and blocks of another width', () => {
    expect(() => linearShap({ ...question, output: 1 })).toThrow('has 1 margin, and no number 1');
    expect(() => linearShap({ ...question, background: blockOf([[1, 2]]) })).toThrow('3 features, not 2');
    expect(() => linearShap({ ...question, columnOf: Int32Array.of(0) })).toThrow('3 features, not 1');
    expect(() => linearShap(question).explain(blockOf([[1, 2, 3, 4]]))).toThrow('3 features, not 4');
  });
});

describe('linear SHAP', () => {
  const value = fc.double({ min: -1000, max: 1000, noNaN: true });

  it('is what enumerating all coalitions of columns gives, and adds up to the margin', () => {
    const question = fc.integer({ min: 1, max: 6 }).chain((width) =>
      fc.record({
        weights: fc.array(value, { minLength: width, maxLength: width }),
        intercept: value,
        columnOf: fc.array(fc.nat({ max: 3 }), { minLength: width, maxLength: width }),
        background: fc.array(fc.array(value, { minLength: width, maxLength: width }), {
          minLength: 1,
          maxLength: 4,
        }),
        row: fc.array(value, { minLength: width, maxLength: width }),
      }),
    );
    fc.assert(
      fc.property(question, ({ weights, intercept, columnOf, background, row }) => {
        const margin = (x: readonly number[]) => x.reduce((sum, v, j) => sum + weights[j]! * v, intercept);
        const shap = linearShap({
          linear: model([weights], [intercept]),
          output: 0,
          background: blockOf(background),
          columnOf: Int32Array.from(columnOf),
          columnCount: 4,
        });
        const values = [...shap.explain(blockOf([row]))];
        const expected = enumerated(margin, row, background, columnOf, 4);
        // Products reach 6e6, so 1e-7 is some hundred roundings.
        for (const [c, phi] of values.entries()) expect(Math.abs(phi - expected[c]!)).toBeLessThan(1e-7);
        const sum = values.reduce((total, phi) => total + phi, shap.baseValue);
        expect(Math.abs(sum - margin(row))).toBeLessThan(1e-7);
      }),
    );
  });
});

interface LogisticPipeline {
  readonly numeric_columns: readonly string[];
  readonly categorical_columns: readonly string[];
  readonly imputer_median: readonly number[];
  readonly scaler_mean: readonly number[];
  readonly scaler_scale: readonly number[];
  readonly onehot_categories: readonly (readonly string[])[];
  readonly coef: readonly number[];
  readonly intercept: number;
}

/** What one raw column adds to the margin of a row, from the coefficients that scikit-learn wrote down. */
function contributionOf(p: LogisticPipeline, table: Table, name: string, row: number): number {
  const column = table.columns.find((candidate) => candidate.name === name)!;
  const n = p.numeric_columns.indexOf(name);
  if (n >= 0) {
    const cell = column.kind === 'number' ? column.values[row]! : Number.NaN;
    const filled = Number.isNaN(cell) ? p.imputer_median[n]! : cell;
    return (p.coef[n]! * (filled - p.scaler_mean[n]!)) / p.scaler_scale[n]!;
  }
  const c = p.categorical_columns.indexOf(name);
  const before = p.onehot_categories.slice(0, c).reduce((sum, values) => sum + values.length, 0);
  const level = p.onehot_categories[c]!.indexOf(cellText(column, row) ?? 'missing');
  return level < 0 ? 0 : p.coef[p.numeric_columns.length + before + level]!;
}

for (const dataset of ['credit_data', 'mlc_churn']) {
  const folder = `${fixtures}${dataset}/`;
  for (const name of readForms(folder)) {
    it(`explains ${dataset} ${name} by its raw columns as scikit-learn's coefficients do`, async () => {
      const table = await tableOfCsv(`${folder}data_raw.csv`);
      const opened = openModelFile(
        new Uint8Array(readFileSync(`${folder}models/${name}.onnx`)),
        `${name}.onnx`,
      );
      const report = bindInputs(summariseModel(opened, name), table, { columnOf: {}, order: null }, []);
      const decoded = opened.decoded!;
      if (decoded.core.kind !== 'linear') throw new Error('not linear');
      const pipeline = JSON.parse(
        readFileSync(`${folder}expected/coefficients_sklearn_logistic_pipeline.json`, 'utf8'),
      ) as LogisticPipeline;
      const rawColumns = [...pipeline.numeric_columns, ...pipeline.categorical_columns];
      const bound = bindFeatures(table, report, decoded.features);
      const backgroundRows = Uint32Array.from({ length: 100 }, (_, i) => i * 37);
      const rows = Uint32Array.from({ length: 300 }, (_, i) => i * 11);
      const shap = linearShap({
        linear: decoded.core.linear,
        output: decoded.core.linear.outputCount - 1,
        background: featureBlockOfRows(bound, backgroundRows),
        columnOf: Int32Array.from(decoded.features, ({ input }) => rawColumns.indexOf(input)),
        columnCount: rawColumns.length,
      });
      const values = shap.explain(featureBlockOfRows(bound, rows));
      let base = pipeline.intercept;
      for (const [c, raw] of rawColumns.entries()) {
        const each = (row: number) => contributionOf(pipeline, table, raw, row);
        const mean = backgroundRows.reduce((sum, row) => sum + each(row), 0) / backgroundRows.length;
        base += mean;
        for (const [i, row] of rows.entries()) {
          // Coefficients, offsets and scaled values are float32 in the file.
          expect(Math.abs(values[c * rows.length + i]! - (each(row) - mean))).toBeLessThan(2e-6);
        }
      }
      expect(Math.abs(shap.baseValue - base)).toBeLessThan(2e-6);
    });
  }
}

it('is what enumerating the raw columns gives, whatever imputer, scaler and encoder make of them', async () => {
  const folder = `${fixtures}credit_data/`;
  const name = 'sklearn_logistic_pipeline.no_zipmap';
  const table = await tableOfCsv(`${folder}data_raw.csv`);
  const opened = openModelFile(new Uint8Array(readFileSync(`${folder}models/${name}.onnx`)), `${name}.onnx`);
  const report = bindInputs(summariseModel(opened, name), table, { columnOf: {}, order: null }, []);
  const { core, features } = opened.decoded!;
  if (core.kind !== 'linear') throw new Error('not linear');
  const { linear } = core;
  const rows = Uint32Array.of(14, 3);
  const background = Uint32Array.of(0, 198, 204);
  const fed = fedColumns(table, report);
  const margins = (made: Table) => {
    const { columns } = featureBlock(bindFeatures(made, report, features), 0, made.rowCount);
    return Float64Array.from({ length: made.rowCount }, (_, i) =>
      columns.reduce((sum, column, j) => sum + linear.coefficients[j]! * column[i]!, linear.intercepts[0]!),
    );
  };
  const run = permutationShap({
    ...{ ...DEFAULT_SAMPLING, rows, backgroundCount: background.length, playerCount: fed.columns.length },
    isSame: (r, b, player) => isSameCell(fed.columns[player]!, rows[r]!, background[b]!),
  });
  let step = run.next();
  while (step.done !== true) {
    step = run.next(margins(hybridTable('made', fed, step.value, rows, background)));
  }
  const enumeratedValues = step.value;
  expect(enumeratedValues.isExact).toBe(true);
  const bound = bindFeatures(table, report, features);
  const shap = linearShap({
    ...{ linear, output: 0, background: featureBlockOfRows(bound, background) },
    columnOf: Int32Array.from(features, ({ input }) =>
      fed.columns.findIndex((column) => column.name === input),
    ),
    columnCount: fed.columns.length,
  });
  const values = shap.explain(featureBlockOfRows(bound, rows));
  expect(Math.abs(shap.baseValue - enumeratedValues.baseValue)).toBeLessThan(1e-12);
  for (let c = 0; c < 13; c++) {
    for (let r = 0; r < 2; r++)
      expect(Math.abs(values[c * 2 + r]! - enumeratedValues.values[r * 13 + c]!)).toBeLessThan(1e-12);
  }
});

function readForms(folder: string): string[] {
  return readdirSync(`${folder}models`)
    .filter((file) => file.startsWith('sklearn_logistic_pipeline'))
    .map((file) => file.replace(/\.onnx$/, ''));
}

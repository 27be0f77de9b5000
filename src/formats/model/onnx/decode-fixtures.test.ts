import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { numbersOf, tableOfCsv, takeColumns, takeRows } from '../../../../fixtures/table-of-csv.ts';
import { bindInputs, columnsWithoutRole } from '../../../core/model/binding.ts';
import type { DecodedCore, LinearModel } from '../../../core/model/decoded-core.ts';
import { bindFeatures, featureBlock } from '../../../core/model/feature-block.ts';
import type { MappingReport } from '../../../core/model/mapping.ts';
import type { Table } from '../../../core/table/column.ts';
import { applyLink } from '../../../core/trees/apply-link.ts';
import { marginsOf } from '../../../core/trees/evaluate-trees.ts';
import type { FeatureBlock, TreeEnsemble } from '../../../core/trees/tree-ensemble.ts';
import { createScorer } from '../../../engine/create-scorer.ts';
import { scoreRows } from '../../../engine/score-rows.ts';
import { decodeOnnx } from './decode-onnx.ts';
import { openOnnx } from './open-onnx.ts';
import { summariseOnnx } from './summarise-onnx.ts';

const fixtures = new URL('../../../../fixtures/', import.meta.url).pathname;

/** Between ONNX Runtime builds, and between it and our float32 arithmetic; /fixtures/README. */
const TOLERANCE = 2e-6;

const matrixOfUnlisted: Readonly<Record<string, string>> = {
  'lightgbm_small_dart.zipmap': 'native_codes',
  'sklearn_gradient_boosting.zipmap': 'imputed_onehot',
  trap_xgboost_base_score_wrong_conversion: 'numeric',
  trap_xgboost_dart_wrong_conversion: 'onehot',
  trap_float32_precision_lightgbm: 'float32_trap',
  xgboost_hist_ties: 'numeric_div7',
  sklearn_gradient_boosting_raw_pipeline: 'pipeline_input',
};

function openFixture(dataset: string, name: string) {
  const path = `${fixtures}${dataset}/models/${name}.onnx`;
  return openOnnx(new Uint8Array(readFileSync(path)), `${name}.onnx`);
}

async function matrixTable(dataset: string, matrix: string): Promise<Table> {
  const folder = `${fixtures}${dataset}/`;
  const schema = JSON.parse(readFileSync(`${folder}schema.json`, 'utf8')) as { columns_numeric: string[] };
  if (matrix === 'numeric') {
    const table = await tableOfCsv(`${folder}matrix_native_codes_test.csv`);
    return takeColumns(table, ['row_id', ...schema.columns_numeric]);
  }
  if (matrix.startsWith('pipeline_input')) {
    const raw = await tableOfCsv(`${folder}data_raw.csv`);
    const [split] = takeColumns(raw, ['split']).columns;
    const rows = Array.from({ length: raw.rowCount }, (_, r) => r).filter(
      (r) => split?.kind === 'category' && split.dictionary[split.codes[r]!] === 'test',
    );
    return takeRows(raw, rows);
  }
  const file = `matrix_${matrix}_test.csv`;
  // Nothing is missing in mlc_churn, so that its imputed matrix is the plain one.
  return tableOfCsv(folder + (readdirSync(folder).includes(file) ? file : 'matrix_imputed_onehot_test.csv'));
}

function bound(
  dataset: string,
  name: string,
  table: Table,
): { report: MappingReport; decoded: DecodedCore | null } {
  const model = openFixture(dataset, name);
  const roled = ['row_id', 'split', 'Status', 'churn'];
  const order = columnsWithoutRole(table, roled);
  const report = bindInputs(summariseOnnx(model, name), table, { columnOf: {}, order }, roled);
  expect(report.ready).toBe(true);
  return { report, decoded: decodeOnnx(model) };
}

/** P(positive) by ONNX Runtime, of all rows. */
async function ortScores(dataset: string, name: string, table: Table, report: MappingReport) {
  const scorer = await createScorer(openFixture(dataset, name));
  const request = { rowStart: 0, rowEnd: table.rowCount, positiveValues: ['bad', 'yes'] };
  const run = scoreRows(scorer, table, report, request);
  let step = await run.next();
  while (step.done !== true) step = await run.next();
  await scorer.release();
  return step.value.scores;
}

/** Second of the two class columns. */
function positive(scores: Float64Array): Float64Array {
  return Float64Array.from({ length: scores.length / 2 }, (_, i) => scores[2 * i + 1]!);
}

function treesOf(decoded: DecodedCore | null): TreeEnsemble {
  if (decoded?.core.kind !== 'trees') throw new Error('no trees were decoded');
  return decoded.core.ensemble;
}

/** The linear model of two classes, row by row. */
function linearScores(decoded: DecodedCore, block: FeatureBlock): Float64Array {
  if (decoded.core.kind !== 'linear') throw new Error('no linear model was decoded');
  const { coefficients, intercepts, link, outputCount, classCount } = decoded.core.linear;
  expect([link, outputCount, classCount]).toEqual(['logistic', 1, 2]);
  return Float64Array.from({ length: block.rowCount }, (_, i) => {
    const margin = block.columns.reduce(
      (sum, column, j) => sum + coefficients[j]! * column[i]!,
      intercepts[0]!,
    );
    return 1 / (1 + Math.exp(-margin));
  });
}

function largestDifference(scores: Float64Array, expected: Float64Array): number {
  return expected.reduce((worst, value, i) => Math.max(worst, Math.abs(value - scores[i]!)), 0);
}

interface CoefficientsFile {
  readonly numeric_columns: readonly string[];
  readonly categorical_columns: readonly string[];
  readonly imputer_median: readonly number[];
  readonly scaler_mean: readonly number[];
  readonly scaler_scale: readonly number[];
  readonly onehot_categories: readonly (readonly string[])[];
  readonly coef: readonly number[];
  readonly intercept: number;
}

/** The file is float64, the graph float32: 7 digits. */
function checkCoefficients({ features }: DecodedCore, linear: LinearModel, expected: CoefficientsFile): void {
  const { numeric_columns: numeric, categorical_columns: categorical, onehot_categories: known } = expected;
  const encoded = categorical.flatMap((column, c) => known[c]!.map((value) => `${column}=${value}`));
  expect(features.map(({ name }) => name)).toEqual([...numeric, ...encoded]);
  numeric.forEach((_, j) => {
    const [impute, scale] = features[j]!.steps;
    if (impute?.kind !== 'impute' || scale?.kind !== 'scale') throw new Error(`feature ${j} is not scaled`);
    expect(impute.by).toBeCloseTo(expected.imputer_median[j]!, 4);
    expect(scale.offset / expected.scaler_mean[j]!).toBeCloseTo(1, 6);
    expect(scale.factor * expected.scaler_scale[j]!).toBeCloseTo(1, 6);
  });
  expect(linear.intercepts.length).toBe(1);
  expect(linear.intercepts[0]).toBeCloseTo(expected.intercept, 6);
  for (const [j, value] of expected.coef.entries()) expect(linear.coefficients[j]).toBeCloseTo(value, 6);
}

for (const dataset of ['credit_data', 'mlc_churn']) {
  const folder = `${fixtures}${dataset}/`;
  const index = JSON.parse(readFileSync(`${folder}onnx_index.json`, 'utf8')) as Record<
    string,
    { feature_matrix?: string }
  >;
  const golden = await tableOfCsv(`${folder}expected/onnxruntime_probabilities_test.csv`);
  const goldenNames = new Set(golden.columns.map(({ name }) => name));
  const names = readdirSync(`${folder}models`)
    .filter((file) => file.endsWith('.onnx') && !file.includes('mlp'))
    .map((file) => file.slice(0, -'.onnx'.length));

  describe(`${dataset}: ONNX files, decoded and evaluated plainly`, () => {
    it.each(names)('%s', async (name) => {
      const table = await matrixTable(dataset, index[name]?.feature_matrix ?? matrixOfUnlisted[name] ?? '');
      const { report, decoded } = bound(dataset, name, table);
      const block = featureBlock(bindFeatures(table, report, decoded?.features ?? []), 0, table.rowCount);
      const isLinear = name.includes('logistic');
      const scores = isLinear
        ? linearScores(decoded!, block)
        : positive(applyLink(treesOf(decoded), marginsOf(treesOf(decoded), block)));
      const reference = await ortScores(dataset, name, table, report);
      expect(scores.length).toBe(table.rowCount);
      expect(largestDifference(scores, reference)).toBeLessThanOrEqual(TOLERANCE);
      // Trees are summed and linked in ONNX Runtime's own steps: not one bit differs in any row.
      if (!isLinear) expect(scores).toEqual(reference);
      const column = name.replace('.zipmap', '.no_zipmap').replace('_columns', '');
      if (!goldenNames.has(column)) return;
      expect(largestDifference(scores, numbersOf(golden, column))).toBeLessThanOrEqual(TOLERANCE);
    });
  });
}

describe('what is decoded', () => {
  it('the raw pipeline has its columns and what is done to them', () => {
    const decoded = decodeOnnx(openFixture('credit_data', 'sklearn_gradient_boosting_raw_pipeline'));
    const features = decoded?.features ?? [];
    expect(decoded?.output).toBe('probabilities');
    expect(features.length).toBe(28);
    expect(features[0]).toEqual({
      name: 'Seniority',
      input: 'Seniority',
      position: 0,
      steps: [{ kind: 'impute', replaced: Number.NaN, by: 5 }],
    });
    expect(features.slice(9, 13).map(({ name }) => name)).toEqual([
      'Home=(missing)',
      'Home=ignore',
      'Home=other',
      'Home=owner',
    ]);
    expect(features[12]).toEqual({
      name: 'Home=owner',
      input: 'Home',
      position: 0,
      steps: [{ kind: 'equals-text', value: 'owner' }],
    });
  });

  it('neural networks have no core', () => {
    expect(decodeOnnx(openFixture('credit_data', 'sklearn_mlp_pipeline.no_zipmap'))).toBeNull();
  });

  it('classes with an output each share one core', () => {
    const perClass = decodeOnnx(openFixture('credit_data', 'sklearn_logistic_pipeline.zipmap_columns'));
    const plain = decodeOnnx(openFixture('credit_data', 'sklearn_logistic_pipeline.no_zipmap'));
    expect(perClass).toEqual({ ...plain, output: null });
  });

  it.each(['credit_data', 'mlc_churn'])('%s: the coefficients of the logistic pipeline', (dataset) => {
    const path = `${fixtures}${dataset}/expected/coefficients_sklearn_logistic_pipeline.json`;
    const expected = JSON.parse(readFileSync(path, 'utf8')) as CoefficientsFile;
    const decoded = decodeOnnx(openFixture(dataset, 'sklearn_logistic_pipeline.no_zipmap'));
    if (decoded?.core.kind !== 'linear') throw new Error('no linear model was decoded');
    checkCoefficients(decoded, decoded.core.linear, expected);
  });
});

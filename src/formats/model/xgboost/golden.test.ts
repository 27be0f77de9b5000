import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { blockOfCsv, blockOfRows, type GoldenNumber } from '../../../../fixtures/feature-block.ts';
import { goldenCsv, goldenJson, numbers } from '../../../../fixtures/golden.ts';
import { applyLink } from '../../../core/trees/apply-link.ts';
import { marginsOf } from '../../../core/trees/evaluate-trees.ts';
import type { FeatureBlock } from '../../../core/trees/tree-ensemble.ts';
import type { NativeModel } from '../opened-model.ts';
import { openXgboost } from './open-xgboost.ts';
import { type UbjsonValue, withPackedLists, writeUbjson } from './write-ubjson.laws.ts';

const fixtures = new URL('../../../../fixtures/', import.meta.url).pathname;

function openFixture(path: string): NativeModel {
  return openXgboost(new Uint8Array(readFileSync(fixtures + path)), path);
}

function scoresOf({ ensemble }: NativeModel, block: FeatureBlock): { margins: number[]; scores: number[] } {
  const margins = marginsOf(ensemble, block);
  const link = applyLink(ensemble, margins);
  const scores = ensemble.classCount === 2 ? link.filter((_, i) => i % 2 === 1) : link;
  return { margins: [...margins], scores: [...scores] };
}

function largestDifference(actual: readonly number[], expected: ArrayLike<number>): number {
  expect(actual.length).toBe(expected.length);
  return actual.reduce((max, value, i) => Math.max(max, Math.abs(value - expected[i]!)), 0);
}

function namesOf(model: NativeModel): string[] {
  return model.features.map(({ name }) => name!);
}

describe('openXgboost on the reference models', () => {
  const scored: readonly [file: string, column: string, matrix: string][] = [
    ['credit_data/models/xgboost_binary.json', 'xgboost_binary', 'matrix_onehot_test.csv'],
    ['credit_data/models/xgboost_dart.json', 'xgboost_dart', 'matrix_onehot_test.csv'],
    ['credit_data/models/xgboost_base_score.json', 'xgboost_base_score', 'matrix_native_codes_test.csv'],
    ['credit_data/models/xgboost_base_score.ubj', 'xgboost_base_score', 'matrix_native_codes_test.csv'],
    [
      'credit_data/models/synthetic_xgboost31_base_score_array.json',
      'xgboost_base_score',
      'matrix_native_codes_test.csv',
    ],
    ['credit_data/models/xgboost_categorical.json', 'xgboost_categorical', 'matrix_native_codes_test.csv'],
    ['mlc_churn/models/xgboost_base_score.json', 'xgboost_base_score', 'matrix_native_codes_test.csv'],
    ['mlc_churn/models/xgboost_base_score.ubj', 'xgboost_base_score', 'matrix_native_codes_test.csv'],
    ['mlc_churn/models/xgboost_categorical.json', 'xgboost_categorical', 'matrix_native_codes_test.csv'],
  ];

  it.each(scored)('%s gives the probabilities of all test rows', (file, column, matrix) => {
    const model = openFixture(file);
    const dataset = file.slice(0, file.indexOf('/'));
    const block = blockOfCsv(`./${dataset}/${matrix}`, namesOf(model));
    const expected = numbers(goldenCsv(`./${dataset}/expected/probabilities_test.csv`)(column));
    // The stated tolerance is 2e-6; the file's nine digits are met.
    expect(largestDifference(scoresOf(model, block).scores, expected)).toBeLessThan(1e-7);
  });

  const edges: readonly [file: string, expected: string][] = [
    ['credit_data/models/xgboost_base_score.json', 'edge_rows_xgboost_base_score.json'],
    ['credit_data/models/xgboost_base_score.ubj', 'edge_rows_xgboost_base_score.json'],
    ['credit_data/models/synthetic_xgboost31_base_score_array.json', 'edge_rows_xgboost_base_score.json'],
    ['credit_data/models/xgboost_binary.json', 'edge_rows_xgboost_binary.json'],
    ['credit_data/models/xgboost_categorical.json', 'edge_rows_xgboost_categorical.json'],
    ['mlc_churn/models/xgboost_base_score.json', 'edge_rows_xgboost_base_score.json'],
    ['mlc_churn/models/xgboost_categorical.json', 'edge_rows_xgboost_categorical.json'],
  ];

  it.each(edges)('%s gives the edge rows of %s', (file, expectedFile) => {
    const model = openFixture(file);
    const golden = goldenJson<{
      feature_names: string[];
      rows: GoldenNumber[][];
      raw_margin: number[];
      probability: number[];
    }>(`./${file.slice(0, file.indexOf('/'))}/expected/${expectedFile}`);
    expect(namesOf(model)).toEqual(golden.feature_names);
    const { margins, scores } = scoresOf(model, blockOfRows(golden.rows));
    expect(largestDifference(margins, golden.raw_margin)).toBeLessThan(1e-6);
    expect(largestDifference(scores, golden.probability)).toBeLessThan(1e-7);
  });

  it('rounds value and threshold to float32 where they tie', () => {
    const model = openFixture('credit_data/models/xgboost_hist_ties.json');
    const golden = goldenJson<{ row_ids: number[]; raw_margin: number[]; probability: number[] }>(
      './credit_data/expected/xgboost_hist_ties.json',
    );
    const file = './credit_data/matrix_numeric_div7_test.csv';
    const ids = goldenCsv(file)('row_id').map(Number);
    const all = blockOfCsv(file, namesOf(model));
    const rows = golden.row_ids.map((id) => ids.indexOf(id));
    const columns = all.columns.map((column) => Float64Array.from(rows, (row) => column[row]!));
    const { margins, scores } = scoresOf(model, { rowCount: rows.length, columns });
    expect(largestDifference(margins, golden.raw_margin)).toBeLessThan(1e-6);
    expect(largestDifference(scores, golden.probability)).toBeLessThan(1e-7);
  });

  it.each(['credit_data', 'mlc_churn'])('the classes of %s/xgboost_small_multiclass', (dataset) => {
    const model = openFixture(`${dataset}/models/xgboost_small_multiclass.json`);
    const golden = goldenJson<{ row_ids: number[]; raw_margin: number[][]; probability: number[][] }>(
      `./${dataset}/expected/predictions_xgboost_small_multiclass.json`,
    );
    const file = `./${dataset}/matrix_native_codes_test.csv`;
    const ids = goldenCsv(file)('row_id').map(Number);
    const all = blockOfCsv(file, namesOf(model));
    const rows = golden.row_ids.map((id) => ids.indexOf(id));
    const columns = all.columns.map((column) => Float64Array.from(rows, (row) => column[row]!));
    const { margins, scores } = scoresOf(model, { rowCount: rows.length, columns });
    expect(largestDifference(margins, golden.raw_margin.flat())).toBeLessThan(1e-6);
    expect(largestDifference(scores, golden.probability.flat())).toBeLessThan(1e-6);
    expect(model.classLabels).toEqual(['0', '1', '2']);
  });

  it.each(['credit_data', 'mlc_churn'])('UBJSON and JSON of %s are one model', (dataset) => {
    const json = openFixture(`${dataset}/models/xgboost_base_score.json`);
    const ubjson = openFixture(`${dataset}/models/xgboost_base_score.ubj`);
    expect(json.formatName).toBe('XGBoost JSON (1.7.4)');
    expect(ubjson.formatName).toBe('XGBoost UBJSON (1.7.4)');
    expect({ ...ubjson, name: '', byteLength: 0, formatName: '' }).toEqual({
      ...json,
      name: '',
      byteLength: 0,
      formatName: '',
    });
  });

  it.each(
    ['credit_data', 'mlc_churn'].flatMap((dataset) =>
      readdirSync(`${fixtures}${dataset}/models`)
        .filter((file) => /xgboost.*\.json$/.test(file))
        .map((file) => `${dataset}/models/${file}`),
    ),
  )('law: %s written as UBJSON is the same model', (file) => {
    const text = readFileSync(fixtures + file, 'utf8').replaceAll('NaN', 'null');
    const written = writeUbjson(withPackedLists(JSON.parse(text) as UbjsonValue));
    const twin = openXgboost(written, file);
    const { byteLength, formatName } = twin;
    expect(twin).toEqual({ ...openFixture(file), byteLength, formatName });
  });

  it('what the file says beside the trees', () => {
    const model = openFixture('credit_data/models/xgboost_dart.json');
    expect(model).toMatchObject({ producer: 'XGBoost 1.7.4', objective: 'binary:logistic', notices: [] });
    expect(model.classLabels).toEqual(['0', '1']);
    expect(model.features[9]).toEqual({
      name: 'Home=ignore',
      kind: 'number',
      isCoded: false,
      categories: null,
      range: null,
    });
    expect(model.ensemble.treeWeights?.[0]).toBe(Math.fround(0.9615385));
    expect(model.ensemble.covers?.kind).toBe('hessian');
    expect(model.ensemble.covers?.nodes[0]).toBe(Math.fround(654.78));
    expect(model.ensemble.gains?.[0]).toBe(Math.fround(247.46994));
  });
});

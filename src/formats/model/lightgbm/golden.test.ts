import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { blockOfCsv, blockOfRows, type GoldenNumber } from '../../../../fixtures/feature-block.ts';
import { goldenCsv, goldenJson, numbers } from '../../../../fixtures/golden.ts';
import { applyLink } from '../../../core/trees/apply-link.ts';
import { leafOf, marginsOf } from '../../../core/trees/evaluate-trees.ts';
import type { FeatureBlock, TreeEnsemble } from '../../../core/trees/tree-ensemble.ts';
import type { NativeModel } from '../opened-model.ts';
import { matchLightgbm, openLightgbm } from './open-lightgbm.ts';

const fixtures = new URL('../../../../fixtures/', import.meta.url).pathname;
const MARGIN = 1e-12;
const PROBABILITY = 1e-10;

const models = ['credit_data', 'mlc_churn'].flatMap((dataset) =>
  readdirSync(`${fixtures}${dataset}/models`)
    .filter((file) => file.endsWith('.txt'))
    .map((file) => ({ dataset, model: file.slice(0, -4) })),
);

function opened(dataset: string, model: string): NativeModel {
  const bytes = new Uint8Array(readFileSync(`${fixtures}${dataset}/models/${model}.txt`));
  expect(matchLightgbm(bytes.subarray(0, 64))).toBe(true);
  return openLightgbm(bytes, `${model}.txt`);
}

function namesOf({ features }: NativeModel): string[] {
  return features.map(({ name }) => name!);
}

/** Column `column` of what the model returns. */
function outputs(ensemble: TreeEnsemble, block: FeatureBlock, column = 1): Float64Array {
  const values = applyLink(ensemble, marginsOf(ensemble, block));
  const width = values.length / block.rowCount;
  return Float64Array.from({ length: block.rowCount }, (_, row) => values[row * width + column]!);
}

function largestDifference(actual: ArrayLike<number>, expected: ArrayLike<number>): number {
  expect(actual.length).toBe(expected.length);
  let largest = 0;
  for (let i = 0; i < expected.length; i++) {
    const difference = Math.abs(actual[i]! - expected[i]!);
    if (!(difference <= largest)) largest = difference;
  }
  return largest;
}

describe('probabilities of the test rows', () => {
  const coded = models.flatMap(({ dataset, model }) => {
    const small = goldenScores(dataset, 'probabilities_small_models_first_300_test_rows', model);
    const expected = goldenScores(dataset, 'probabilities_test', model) ?? small;
    return expected === null ? [] : [{ dataset, model, expected }];
  });

  it('cover every binary model with coded columns', () => {
    expect(models.length).toBe(24);
    expect(coded.length).toBe(17);
  });

  it.each(coded)('$dataset $model', ({ dataset, model, expected }) => {
    const native = opened(dataset, model);
    const all = blockOfCsv(`./${dataset}/matrix_native_codes_test.csv`, namesOf(native));
    const block = { ...all, rowCount: expected.length };
    expect(native.classLabels).toEqual(['0', '1']);
    expect(largestDifference(outputs(native.ensemble, block), expected)).toBeLessThan(PROBABILITY);
  });

  it.each(['credit_data', 'mlc_churn'])('%s lightgbm_raw_columns, from the texts of the table', (dataset) => {
    const native = opened(dataset, 'lightgbm_raw_columns');
    const raw = goldenCsv(`./${dataset}/data_raw.csv`);
    const golden = goldenCsv(`./${dataset}/expected/probabilities_lightgbm_raw_columns.csv`);
    const columns = native.features.map(({ name, kind, categories }) => {
      const cells = raw(name!);
      if (kind === 'number') return numbers(cells);
      return Float64Array.from(cells, (cell) =>
        categories!.includes(cell) ? categories!.indexOf(cell) : Number.NaN,
      );
    });
    const expected = numbers(golden('probability'));
    const block = { rowCount: expected.length, columns };
    expect(native.features.filter(({ kind }) => kind === 'text').length).toBe(4);
    expect(largestDifference(outputs(native.ensemble, block), expected)).toBeLessThan(PROBABILITY);
  });

  it('values that float32 cannot tell apart', () => {
    const { ensemble, ...native } = opened('credit_data', 'trap_float32_precision_lightgbm');
    const golden = goldenJson<{ row_ids: number[]; probability_float64: number[] }>(
      './credit_data/expected/trap_float32_precision_lightgbm.json',
    );
    const path = './credit_data/matrix_float32_trap_test.csv';
    const block = rowsOf(blockOfCsv(path, namesOf({ ensemble, ...native })), path, golden.row_ids);
    expect(largestDifference(outputs(ensemble, block), golden.probability_float64)).toBeLessThan(PROBABILITY);
    const rounded = outputs({ ...ensemble, comparison: 'float32' }, block);
    expect(largestDifference(rounded, golden.probability_float64)).toBeGreaterThan(1e-3);
  });
});

/** Scores of one model; null when the file has none of it. */
function goldenScores(dataset: string, file: string, model: string): Float64Array | null {
  try {
    return numbers(goldenCsv(`./${dataset}/expected/${file}.csv`)(model));
  } catch {
    return null;
  }
}

/** The rows of a test matrix with these numbers in data_raw.csv. */
function rowsOf(block: FeatureBlock, path: string, ids: readonly number[]): FeatureBlock {
  const rowOf = new Map(goldenCsv(path)('row_id').map((id, row) => [Number(id), row]));
  const columns = block.columns.map((column) => Float64Array.from(ids, (id) => column[rowOf.get(id)!]!));
  return { rowCount: ids.length, columns };
}

describe('hand-made rows', () => {
  interface EdgeRows {
    readonly feature_names: readonly string[];
    readonly row_descriptions: readonly string[];
    readonly rows: readonly (readonly GoldenNumber[])[];
    readonly probability: readonly number[];
    readonly raw_margin: readonly number[];
    readonly leaf_index: readonly (readonly number[])[];
  }
  const files = ['credit_data', 'mlc_churn'].flatMap((dataset) =>
    readdirSync(`${fixtures}${dataset}/expected`)
      .filter((file) => file.startsWith('edge_rows_lightgbm_'))
      .map((file) => ({ dataset, model: file.slice('edge_rows_'.length, -'.json'.length) })),
  );

  it('has 12 files', () => expect(files.length).toBe(12));

  it.each(files)('$dataset $model: leaves, margins and probabilities', ({ dataset, model }) => {
    const golden = goldenJson<EdgeRows>(`./${dataset}/expected/edge_rows_${model}.json`);
    const native = opened(dataset, model);
    const { ensemble } = native;
    expect(namesOf(native)).toEqual(golden.feature_names);
    const block = blockOfRows(golden.rows);
    const firstLeaves = firstLeavesOf(ensemble);
    golden.leaf_index.forEach((leaves, row) => {
      const reached = leaves.map((_, tree) => leafOf(ensemble, block, row, tree) - firstLeaves[tree]!);
      expect(reached, golden.row_descriptions[row]).toEqual(leaves);
    });
    expect(largestDifference(marginsOf(ensemble, block), golden.raw_margin)).toBeLessThan(MARGIN);
    expect(largestDifference(outputs(ensemble, block), golden.probability)).toBeLessThan(PROBABILITY);
  });

  /** Trees hold their leaves one after the other: the lowest leaf number below each root. */
  function firstLeavesOf({ roots, left, right }: TreeEnsemble): number[] {
    const lowest = (node: number): number =>
      node < 0 ? ~node : Math.min(lowest(left[node]!), lowest(right[node]!));
    return [...roots].map(lowest);
  }
});

describe('margins', () => {
  it.each(['credit_data', 'mlc_churn'])('%s lightgbm_small_linear_tree', (dataset) => {
    const golden = goldenJson<{ row_ids: number[]; raw_margin: number[]; probability: number[] }>(
      `./${dataset}/expected/predictions_lightgbm_small_linear_tree.json`,
    );
    const native = opened(dataset, 'lightgbm_small_linear_tree');
    const path = `./${dataset}/matrix_native_codes_test.csv`;
    const block = rowsOf(blockOfCsv(path, namesOf(native)), path, golden.row_ids);
    expect(native.ensemble.linearLeaves).not.toBeNull();
    expect(largestDifference(marginsOf(native.ensemble, block), golden.raw_margin)).toBeLessThan(MARGIN);
    expect(largestDifference(outputs(native.ensemble, block), golden.probability)).toBeLessThan(PROBABILITY);
  });

  // The library's contributions of a row add up to its margin, which the fixtures do not hold for these models.
  interface Contributions {
    readonly row_ids: readonly number[];
    readonly base_value: number | readonly number[];
    readonly shap_values: readonly (readonly (number | readonly number[])[])[];
  }

  it.each(['credit_data', 'mlc_churn'])('%s lightgbm_small_regression', (dataset) => {
    const { native, block, golden } = contributions(dataset, 'lightgbm_small_regression');
    const expected = golden.shap_values.map((row) =>
      sum([golden.base_value as number, ...(row as number[])]),
    );
    expect(native.ensemble).toMatchObject({ outputCount: 1, classCount: 0, link: { kind: 'identity' } });
    expect(native.classLabels).toBeNull();
    const scale = Math.max(...expected.map(Math.abs));
    expect(largestDifference(marginsOf(native.ensemble, block), expected) / scale).toBeLessThan(MARGIN);
  });

  it.each(['credit_data', 'mlc_churn'])('%s lightgbm_small_multiclass', (dataset) => {
    const { native, block, golden } = contributions(dataset, 'lightgbm_small_multiclass');
    const base = golden.base_value as number[];
    const expected = golden.shap_values.flatMap((row) =>
      base.map((value, k) => sum([value, ...(row[k] as number[])])),
    );
    expect(native.classLabels).toEqual(['0', '1', '2']);
    expect(native.ensemble).toMatchObject({ outputCount: 3, classCount: 3, link: { kind: 'softmax' } });
    expect(largestDifference(marginsOf(native.ensemble, block), expected)).toBeLessThan(MARGIN);
  });

  function contributions(dataset: string, model: string) {
    const golden = goldenJson<Contributions>(`./${dataset}/expected/shap_${model}_pred_contrib.json`);
    const native = opened(dataset, model);
    const path = `./${dataset}/matrix_native_codes_test.csv`;
    const block = rowsOf(blockOfCsv(path, namesOf(native)), path, golden.row_ids);
    return { native, block, golden };
  }

  function sum(values: readonly number[]): number {
    return values.reduce((total, value) => total + value, 0);
  }
});

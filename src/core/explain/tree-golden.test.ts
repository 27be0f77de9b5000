import { describe, expect, it } from 'vitest';
import {
  type Dataset,
  datasets,
  expectedFiles,
  explainedRows,
  explainedTrees,
  goldenContributions,
  matrixOf,
  oneHotRows,
  type ShapGolden,
  shapGolden,
} from '../../../fixtures/explained.ts';
import { blockOfCsv, blockOfRows, type GoldenNumber } from '../../../fixtures/feature-block.ts';
import { goldenJson } from '../../../fixtures/golden.ts';
import { drain } from '../sliced.ts';
import type { FeatureBlock, TreeEnsemble } from '../trees/tree-ensemble.ts';
import { float64Margins, largestGap, sumsOf } from './brute-force.laws.ts';
import { interventionalShap } from './interventional-shap.ts';
import { shapInteractions } from './quadrature-interactions.ts';
import { pathDependentShap } from './quadrature-shap.ts';
import type { Expectation, ShapQuestion } from './shap-question.ts';
import { modelCovers, routedCovers } from './tree-covers.ts';

/** Of fixtures/README.md, by who made the model. */
const pathDependentTolerance = { lightgbm: 1e-9, xgboost: 1e-5, sklearn: 1e-6 };
const interventionalTolerance = { lightgbm: 1e-9, xgboost: 1e-6, sklearn: 1e-6 };
const INTERACTION_TOLERANCE = 5e-5;
const ADDITIVITY_TOLERANCE = 1e-9;

function makerOf(model: string): keyof typeof pathDependentTolerance {
  return model.split('_')[0] as keyof typeof pathDependentTolerance;
}

function questionOn(ensemble: TreeEnsemble, output: number, expectation: Expectation): ShapQuestion {
  const columnCount = ensemble.featureCount;
  const columnOf = Int32Array.from({ length: columnCount }, (_, j) => j);
  return { ensemble, output, expectation, columnOf, columnCount };
}

/** Covers of the file, or those of the training rows. */
function coversOf(
  dataset: Dataset,
  ensemble: TreeEnsemble,
  { model, feature_names: names }: ShapGolden,
): Expectation {
  const covers =
    modelCovers(ensemble) ?? drain(routedCovers(ensemble, oneHotRows(dataset, model, names, 'train')));
  return { kind: 'path-dependent', covers };
}

function backgroundOf(dataset: Dataset, golden: ShapGolden): Expectation {
  const { model, feature_names: names, background_row_ids: ids } = golden;
  return {
    kind: 'interventional',
    background: explainedRows(dataset, model, names, ids ?? [], 'background'),
  };
}

function rowsOf(dataset: Dataset, { model, feature_names: names, row_ids: ids }: ShapGolden): FeatureBlock {
  return explainedRows(dataset, model, names, ids, 'test');
}

/** Contributions, after base and contributions of every row were seen to add up to its margin. */
function explain(question: ShapQuestion, rows: FeatureBlock) {
  const isPathDependent = question.expectation.kind === 'path-dependent';
  const found = isPathDependent ? pathDependentShap(question, rows) : interventionalShap(question, rows);
  const sums = sumsOf(found.baseValue, found.values, rows.rowCount);
  expect(largestGap(sums, float64Margins(question, rows))).toBeLessThanOrEqual(ADDITIVITY_TOLERANCE);
  return found;
}

function expectContributions(
  dataset: Dataset,
  golden: ShapGolden,
  expectation: Expectation,
  tolerance: number,
): void {
  const ensemble = explainedTrees(dataset, golden.model);
  for (let output = 0; output < ensemble.outputCount; output++) {
    const found = explain(questionOn(ensemble, output, expectation), rowsOf(dataset, golden));
    const expected = goldenContributions(golden, output);
    expect(Math.abs(found.baseValue - expected.baseValue)).toBeLessThanOrEqual(tolerance);
    expect(largestGap(found.values, expected.values)).toBeLessThanOrEqual(tolerance);
  }
}

const PATH_DEPENDENT = /^shap_(?!sklearn_random_forest).*_(pred_contribs?|tree_path_dependent)$/;
const INTERVENTIONAL = /^shap_(?!sklearn_mlp).*_interventional_(raw|bruteforce)$/;

interface EdgeRows {
  readonly model: string;
  readonly rows: readonly (readonly GoldenNumber[])[];
  readonly pred_contrib_including_base_last?: readonly (readonly number[])[];
  readonly pred_contribs_including_base_last?: readonly (readonly number[])[];
}

describe.each(datasets)('%s: path-dependent contributions', (dataset) => {
  it.each(expectedFiles(dataset, PATH_DEPENDENT))('%s', (file) => {
    const golden = shapGolden(dataset, file);
    const expectation = coversOf(dataset, explainedTrees(dataset, golden.model), golden);
    expectContributions(dataset, golden, expectation, pathDependentTolerance[makerOf(golden.model)]);
  });

  it.each(expectedFiles(dataset, /^edge_rows_/))('%s', (file) => {
    const edge = goldenJson<EdgeRows>(`./${dataset}/expected/${file}.json`);
    const contributions = edge.pred_contrib_including_base_last ?? edge.pred_contribs_including_base_last;
    const ensemble = explainedTrees(dataset, edge.model);
    const question = questionOn(ensemble, 0, { kind: 'path-dependent', covers: modelCovers(ensemble)! });
    const { baseValue, values } = explain(question, blockOfRows(edge.rows));
    const tolerance = pathDependentTolerance[makerOf(edge.model)];
    const expected = Array.from({ length: question.columnCount + 1 }, (_, j) =>
      contributions!.map((row) => row[j]!),
    );
    const base = new Float64Array(edge.rows.length).fill(baseValue);
    expect(
      largestGap(Float64Array.from([...values, ...base]), Float64Array.from(expected.flat())),
    ).toBeLessThanOrEqual(tolerance);
  });
});

describe.each(datasets)('%s: interventional contributions', (dataset) => {
  it.each(expectedFiles(dataset, INTERVENTIONAL))('%s', (file) => {
    const golden = shapGolden(dataset, file);
    const tolerance = interventionalTolerance[makerOf(golden.model)];
    expectContributions(dataset, golden, backgroundOf(dataset, golden), tolerance);
  });
});

describe('a random forest, whose file does not hold the bootstrapped covers it was explained with', () => {
  it('adds up to its probability on routed covers', () => {
    const golden = shapGolden('credit_data', 'shap_sklearn_random_forest_tree_path_dependent');
    const ensemble = explainedTrees('credit_data', golden.model);
    const expectation = coversOf('credit_data', ensemble, golden);
    const rows = rowsOf('credit_data', golden);
    const { baseValue, values } = explain(questionOn(ensemble, 0, expectation), rows);
    const { probability } = golden as ShapGolden & { readonly probability: readonly number[] };
    const sums = sumsOf(baseValue, values, rows.rowCount);
    expect(largestGap(sums, Float64Array.from(probability))).toBeLessThanOrEqual(1e-6);
  });
});

describe("XGBoost's interactions", () => {
  it('are met, base apart', () => {
    const golden = goldenJson<{ readonly interactions: readonly (readonly (readonly number[])[])[] }>(
      './credit_data/expected/shap_xgboost_binary_pred_interactions.json',
    );
    const rows = shapGolden('credit_data', 'shap_xgboost_binary_pred_interactions');
    const ensemble = explainedTrees('credit_data', rows.model);
    const question = questionOn(ensemble, 0, { kind: 'path-dependent', covers: modelCovers(ensemble)! });
    const block = rowsOf('credit_data', { ...rows, feature_names: rows.feature_names.slice(0, -1) });
    const { baseValue, values } = shapInteractions(question, block);
    const width = question.columnCount;
    const expected = golden.interactions.flatMap((matrix) =>
      matrix.slice(0, width).flatMap((row) => row.slice(0, width)),
    );
    expect(largestGap(values, Float64Array.from(expected))).toBeLessThanOrEqual(INTERACTION_TOLERANCE);
    for (const matrix of golden.interactions)
      expect(Math.abs(matrix[width]![width]! - baseValue)).toBeLessThanOrEqual(INTERACTION_TOLERANCE);
  });
});

describe('the one-hot matrix that training rows are brought into', () => {
  it.each([
    ['credit_data', 'sklearn_gradient_boosting'],
    ['credit_data', 'sklearn_hist_gradient_boosting'],
    ['mlc_churn', 'sklearn_gradient_boosting'],
  ] as const)('is that of the test rows of %s for %s', (dataset, model) => {
    const { feature_names: names } = shapGolden(dataset, `shap_${model}_tree_path_dependent`);
    const expected = blockOfCsv(`./${dataset}/matrix_${matrixOf(dataset, model, names)}_test.csv`, names);
    expect(oneHotRows(dataset, model, names, 'test')).toEqual(expected);
  });
});

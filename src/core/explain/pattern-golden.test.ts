import { describe, expect, it } from 'vitest';
import {
  type Dataset,
  datasets,
  expectedFiles,
  explainedRows,
  explainedTrees,
  matrixOf,
  oneHotRows,
  shapGolden,
} from '../../../fixtures/explained.ts';
import { goldenCsv } from '../../../fixtures/golden.ts';
import { drain } from '../sliced.ts';
import type { FeatureBlock, TreeEnsemble } from '../trees/tree-ensemble.ts';
import { float64Margins, largestGap, sumsOf } from './brute-force.laws.ts';
import { interventionalShap } from './interventional-shap.ts';
import { patternInteractions } from './pattern-interactions.ts';
import { patternShap } from './pattern-shap.ts';
import { shapInteractions } from './quadrature-interactions.ts';
import { pathDependentShap } from './quadrature-shap.ts';
import type { Expectation, ShapQuestion } from './shap-question.ts';
import { modelCovers, routedCovers } from './tree-covers.ts';

/** Rows on which the tables are compared with the other methods, which are slow. */
const COMPARED_ROWS = 25;
const PAIR_ROWS = 4;

const ADDITIVITY_TOLERANCE = 1e-9;
/** Both methods are exact but for rounding; the largest margins are about 10. */
const METHOD_TOLERANCE = 1e-12;

const models: readonly (readonly [Dataset, string])[] = datasets.flatMap((dataset) =>
  expectedFiles(dataset, /^shap_.*_(pred_contribs?|tree_path_dependent)$/).map(
    (file) => [dataset, file] as const,
  ),
);

function questionOn(ensemble: TreeEnsemble, output: number, expectation: Expectation): ShapQuestion {
  const columnCount = ensemble.featureCount;
  const columnOf = Int32Array.from({ length: columnCount }, (_, j) => j);
  return { ensemble, output, expectation, columnOf, columnCount };
}

/** All test rows of a model, its path-dependent covers, and some rows as a background. */
function materialOf(dataset: Dataset, file: string) {
  const { model, feature_names: names } = shapGolden(dataset, file);
  const ensemble = explainedTrees(dataset, model);
  const ids = goldenCsv(`./${dataset}/matrix_${matrixOf(dataset, model, names)}_test.csv`)('row_id').map(
    Number,
  );
  const rows = explainedRows(dataset, model, names, ids, 'test');
  const covers =
    modelCovers(ensemble) ?? drain(routedCovers(ensemble, oneHotRows(dataset, model, names, 'train')));
  const background = explainedRows(dataset, model, names, ids.slice(0, 100), 'test');
  return { ensemble, rows, covers, background };
}

function firstRows({ columns }: FeatureBlock, rowCount: number): FeatureBlock {
  return { rowCount, columns };
}

function valuesOf(all: Float64Array, rowCount: number, count: number): Float64Array {
  return all.filter((_, i) => i % rowCount < count);
}

describe.each(models)('pattern tables on %s %s', (dataset, file) => {
  const { ensemble, rows, covers, background } = materialOf(dataset, file);
  const few = firstRows(rows, COMPARED_ROWS);
  it('add up to the margin of every test row, and are what quadrature gives', () => {
    for (let output = 0; output < ensemble.outputCount; output++) {
      const question = questionOn(ensemble, output, { kind: 'path-dependent', covers });
      const { baseValue, values } = patternShap(question, rows);
      const sums = sumsOf(baseValue, values, rows.rowCount);
      expect(largestGap(sums, float64Margins(question, rows))).toBeLessThanOrEqual(ADDITIVITY_TOLERANCE);
      const other = pathDependentShap(question, few);
      expect(Math.abs(baseValue - other.baseValue)).toBeLessThanOrEqual(METHOD_TOLERANCE);
      const first = valuesOf(values, rows.rowCount, COMPARED_ROWS);
      expect(largestGap(first, other.values)).toBeLessThanOrEqual(METHOD_TOLERANCE);
    }
  });

  it('hold for a background, as the direct method does', () => {
    const question = questionOn(ensemble, 0, { kind: 'interventional', background });
    const { baseValue, values } = patternShap(question, rows);
    const sums = sumsOf(baseValue, values, rows.rowCount);
    expect(largestGap(sums, float64Margins(question, rows))).toBeLessThanOrEqual(ADDITIVITY_TOLERANCE);
    const other = interventionalShap(question, few);
    expect(Math.abs(baseValue - other.baseValue)).toBeLessThanOrEqual(METHOD_TOLERANCE);
    const first = valuesOf(values, rows.rowCount, COMPARED_ROWS);
    expect(largestGap(first, other.values)).toBeLessThanOrEqual(METHOD_TOLERANCE);
  });
});

describe.each(
  models.filter(
    ([dataset, file]) =>
      dataset === 'credit_data' && /lightgbm_categorical|xgboost_binary|hist_gradient|multiclass/.test(file),
  ),
)('interactions by pattern tables on %s %s', (dataset, file) => {
  it('are what quadrature and the direct method give', () => {
    const { ensemble, rows, covers, background } = materialOf(dataset, file);
    const few = firstRows(rows, PAIR_ROWS);
    const expectations: Expectation[] = [
      { kind: 'path-dependent', covers },
      { kind: 'interventional', background: firstRows(background, 20) },
    ];
    for (const expectation of expectations) {
      const question = questionOn(ensemble, ensemble.outputCount - 1, expectation);
      const found = patternInteractions(question, few);
      const other = shapInteractions(question, few);
      expect(largestGap(found.values, other.values)).toBeLessThanOrEqual(METHOD_TOLERANCE);
    }
  });
});

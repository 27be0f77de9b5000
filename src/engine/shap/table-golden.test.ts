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
import { float64Margins, largestGap, sumsOf } from '../../core/explain/brute-force.laws.ts';
import { patternShap } from '../../core/explain/pattern-shap.ts';
import type { Expectation, ShapQuestion } from '../../core/explain/shap-question.ts';
import { modelCovers, routedCovers } from '../../core/explain/tree-covers.ts';
import { drain } from '../../core/sliced.ts';
import { createTableExplainer } from './table-kernel.ts';

const ADDITIVITY_TOLERANCE = 1e-9;
/** Both are exact but for rounding; the largest margins are about 10. */
const METHOD_TOLERANCE = 1e-12;

const models: readonly (readonly [Dataset, string])[] = datasets.flatMap((dataset) =>
  expectedFiles(dataset, /^shap_.*_(pred_contribs?|tree_path_dependent)$/).map(
    (file) => [dataset, file] as const,
  ),
);

describe.each(models)('the table kernel on %s %s', (dataset, file) => {
  it('adds up to the margin of every test row, and is what plain TypeScript gives', () => {
    const { model, feature_names: names } = shapGolden(dataset, file);
    const ensemble = explainedTrees(dataset, model);
    const csv = goldenCsv(`./${dataset}/matrix_${matrixOf(dataset, model, names)}_test.csv`);
    const ids = csv('row_id').map(Number);
    const rows = explainedRows(dataset, model, names, ids, 'test');
    const covers =
      modelCovers(ensemble) ?? drain(routedCovers(ensemble, oneHotRows(dataset, model, names, 'train')));
    const background = explainedRows(dataset, model, names, ids.slice(0, 100), 'test');
    const expectations: Expectation[] = [
      { kind: 'path-dependent', covers },
      { kind: 'interventional', background },
    ];
    const columnCount = ensemble.featureCount;
    const columnOf = Int32Array.from({ length: columnCount }, (_, j) => j);
    for (const expectation of expectations) {
      for (let output = 0; output < ensemble.outputCount; output++) {
        const question: ShapQuestion = { ensemble, output, expectation, columnOf, columnCount };
        const explainer = createTableExplainer(question);
        const values = explainer.explain(rows);
        const sums = sumsOf(explainer.baseValue, values, rows.rowCount);
        expect(largestGap(sums, float64Margins(question, rows))).toBeLessThanOrEqual(ADDITIVITY_TOLERANCE);
        const plain = patternShap(question, rows);
        expect(Math.abs(explainer.baseValue - plain.baseValue)).toBeLessThanOrEqual(METHOD_TOLERANCE);
        expect(largestGap(values, plain.values)).toBeLessThanOrEqual(METHOD_TOLERANCE);
      }
    }
  });
});

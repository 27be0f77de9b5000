import { describe, expect, it } from 'vitest';
import { goldenJson } from '../../../fixtures/golden.ts';
import type { RowContributions } from '../../core/explain/explanation.ts';
import type { ExplanationGround } from '../../core/explain/explanation-ground.ts';
import { drain } from '../../core/sliced.ts';
import { explainRows, sumContributions } from './explain-rows.ts';
import { choiceOf, groundOf, matrixTable, modelOn, rawTable } from './explained-fixtures.laws.ts';
import type { ExplainedModel } from './explanation-approach.ts';
import { createRowExplainer } from './row-explainer.ts';

const split = { column: 'split', value: 'test' };
const codes = await matrixTable('native_codes');
const imputed = await matrixTable('imputed_onehot');

function explained(
  model: ExplainedModel,
  ground: ExplanationGround,
  rows: Uint32Array,
  totalRows = rows.length,
) {
  const explainer = createRowExplainer(model, ground, totalRows);
  const found = drain(explainRows(explainer, rows, ground.plan.features.length));
  explainer.release();
  return found;
}

/** Largest |base + Σφ − output| of a row. */
function additivityError({ values, outputs }: RowContributions, { plan }: ExplanationGround): number {
  const width = plan.features.length;
  const errors = outputs.map((output, i) =>
    Math.abs(
      values.subarray(i * width, (i + 1) * width).reduce((sum, value) => sum + value, plan.baseValue) -
        output,
    ),
  );
  return Math.max(...errors);
}

const everyRow = (rowCount: number) => Uint32Array.from({ length: rowCount }, (_, row) => row);

describe('contributions of rows', () => {
  it('are those of the library that trained the model, row by row in the order asked for', async () => {
    const model = modelOn(rawTable, 'lightgbm_raw_columns.txt');
    const ground = await groundOf(model, { split });
    const golden = goldenJson<{ row_ids: number[]; shap_values: number[][]; raw_margin: number[] }>(
      'credit_data/expected/shap_lightgbm_raw_columns_pred_contrib.json',
    );
    const rows = Uint32Array.from(golden.row_ids).reverse();
    const { values, outputs } = explained(model, ground, rows);
    const wanted = golden.shap_values.toReversed().flat();
    expect(values.length).toBe(wanted.length);
    expect(Math.max(...wanted.map((value, i) => Math.abs(value - values[i]!)))).toBeLessThan(1e-9);
    const margins = golden.raw_margin.toReversed();
    expect(Math.max(...margins.map((margin, i) => Math.abs(margin - outputs[i]!)))).toBeLessThan(1e-9);
  });

  it.each([
    ['lightgbm_raw_columns.txt', 'auto'],
    ['lightgbm_raw_columns.txt', 'interventional'],
    ['sklearn_gradient_boosting_raw_pipeline.onnx', 'auto'],
    ['sklearn_gradient_boosting_raw_pipeline.onnx', 'interventional'],
    ['sklearn_logistic_pipeline.no_zipmap.onnx', 'auto'],
  ] as const)('of %s by %s add up to the margin over the raw columns', async (file, method) => {
    const model = modelOn(rawTable, file);
    const ground = await groundOf(model, { split, choice: choiceOf(method) });
    const found = explained(model, ground, everyRow(300));
    expect(found.values.length).toBe(300 * 13);
    expect(found.standardErrors).toBeNull();
    expect(additivityError(found, ground)).toBeLessThan(1e-9);
    expect(new Set(found.outputs).size).toBeGreaterThan(250);
  });

  it('are turned round with the sign, outputs too', async () => {
    const of = async (file: string, table: typeof codes, positive: string) => {
      const model = modelOn(table, file, [positive]);
      const ground = await groundOf(model);
      const found = explained(model, ground, everyRow(20));
      expect(additivityError(found, ground)).toBeLessThan(1e-9);
      return found;
    };
    const bad = await of('lightgbm_numeric.txt', codes, '1');
    const good = await of('lightgbm_numeric.txt', codes, '0');
    expect(good.values).toEqual(bad.values.map((value) => 0 - value));
    expect(good.outputs).toEqual(bad.outputs.map((value) => 0 - value));
    const forest = await of('sklearn_random_forest.no_zipmap.onnx', imputed, '0');
    const chance = await of('sklearn_random_forest.no_zipmap.onnx', imputed, '1');
    expect(forest.outputs).toEqual(chance.outputs.map((value) => 1 - value));
    expect(Math.min(...forest.outputs)).toBeGreaterThanOrEqual(0);
  });

  it('are nought for a row that is its own background', async () => {
    const model = modelOn(rawTable, 'lightgbm_raw_columns.txt');
    const ground = await groundOf(model, { split, choice: choiceOf('interventional', { size: 1 }) });
    const { values } = explained(model, ground, ground.backgroundRows!);
    expect(values).toEqual(new Float64Array(13));
  });

  it('of no rows are empty', async () => {
    const model = modelOn(rawTable, 'lightgbm_raw_columns.txt');
    const found = explained(model, await groundOf(model), new Uint32Array(0));
    expect(found).toMatchObject({ values: new Float64Array(0), outputs: new Float64Array(0) });
  });

  it('by sampling are not to be had here', async () => {
    const model = modelOn(codes, 'lightgbm_small_linear_tree.txt', ['1']);
    const ground = await groundOf(model);
    expect(() => createRowExplainer(model, ground, 1)).toThrow(
      expect.objectContaining({ code: 'invalid-argument' }),
    );
  });
});

describe('sums of contributions', () => {
  it('are those of the rows one by one, and say how far they are from the margins', async () => {
    const model = modelOn(rawTable, 'lightgbm_raw_columns.txt');
    const ground = await groundOf(model, { split });
    const rows = everyRow(500);
    const explainer = createRowExplainer(model, ground, rows.length);
    const sums = drain(sumContributions(explainer, rows, 13, ground.plan.baseValue));
    const { values } = drain(explainRows(explainer, rows, 13));
    for (let feature = 0; feature < 13; feature++) {
      const own = values.filter((_, i) => i % 13 === feature);
      expect(sums.signed[feature]).toBeCloseTo(
        own.reduce((sum, value) => sum + value, 0),
        9,
      );
      expect(sums.absolute[feature]).toBeCloseTo(
        own.reduce((sum, value) => sum + Math.abs(value), 0),
        9,
      );
    }
    expect(sums.rowCount).toBe(500);
    expect(sums.maxAdditivityError).toBeLessThan(1e-9);
  });

  it('are off by as much as the base is', async () => {
    const model = modelOn(rawTable, 'lightgbm_raw_columns.txt');
    const ground = await groundOf(model);
    const explainer = createRowExplainer(model, ground, 5);
    const sums = drain(sumContributions(explainer, everyRow(5), 13, ground.plan.baseValue + 0.25));
    expect(sums.maxAdditivityError).toBeCloseTo(0.25, 9);
  });
});

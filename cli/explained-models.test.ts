/** Every model of the fixtures that opens as trees or linear, on every test row: what explains it adds up. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { tableOfCsv } from '../fixtures/table-of-csv.ts';
import { bindInputs } from '../src/core/model/binding.ts';
import type { DecodedCore } from '../src/core/model/decoded-core.ts';
import { bindFeatures, featureBlockOfRows } from '../src/core/model/feature-block.ts';
import { drain } from '../src/core/sliced.ts';
import type { Table } from '../src/core/table/column.ts';
import { marginsOf } from '../src/core/trees/evaluate-trees.ts';
import type { FeatureBlock } from '../src/core/trees/tree-ensemble.ts';
import { explainRows } from '../src/engine/explain/explain-rows.ts';
import type { ExplainedModel } from '../src/engine/explain/explanation-approach.ts';
import { explanationGround } from '../src/engine/explain/explanation-ground.ts';
import { createRowExplainer } from '../src/engine/explain/row-explainer.ts';
import { openModelFile } from '../src/formats/model/open-model.ts';
import { summariseModel } from '../src/formats/model/summarise-model.ts';
import { toEnd } from './to-end.ts';

const fixtures = join(import.meta.dirname, '..', 'fixtures');

/** Which matrix of test rows a model takes, by its name. */
function matrixOf(dataSet: string, model: string): string {
  if (/raw_columns|raw_pipeline/.test(model)) return 'data_raw.csv';
  if (/_pipeline/.test(model))
    return dataSet === 'credit_data' ? 'matrix_pipeline_input_test.csv' : 'data_raw.csv';
  if (/trap_float32/.test(model)) return 'matrix_float32_trap_test.csv';
  if (/hist_ties/.test(model)) return 'matrix_numeric_div7_test.csv';
  if (/sklearn_(random|gradient)/.test(model)) return 'matrix_imputed_onehot_test.csv';
  const isOneHot = /xgboost_(binary|dart)|hist_gradient/.test(model);
  if (isOneHot)
    return dataSet === 'credit_data' ? 'matrix_onehot_test.csv' : 'matrix_imputed_onehot_test.csv';
  return 'matrix_native_codes_test.csv';
}

const ROLED = ['row_id', 'split', 'Status', 'churn'];
const CATEGORIES = [
  ...['Home', 'Marital', 'Records', 'Job'],
  ...['state', 'area_code', 'international_plan', 'voice_mail_plan'],
];

async function modelOn(dataSet: string, file: string): Promise<ExplainedModel> {
  const table = await tableOfCsv(join(fixtures, dataSet, matrixOf(dataSet, file)));
  const opened = openModelFile(readFileSync(join(fixtures, dataSet, 'models', file)), file);
  const summary = summariseModel(opened, file);
  const plain = bindInputs(summary, table, { columnOf: {}, order: null }, ROLED);
  const width = plain.bindings.length;
  const order = table.columns.map(({ name }) => name).filter((name) => !ROLED.includes(name));
  const numeric = order.filter((name) => !CATEGORIES.includes(name));
  const fitting = order.length === width ? order : numeric;
  const report = plain.needsOrderConsent
    ? bindInputs(summary, table, { columnOf: {}, order: fitting }, ROLED)
    : plain;
  return { opened, table, report, positiveValues: ['1'] };
}

/** The explained margins by the plain evaluation, in float64. */
function float64Margins(core: DecodedCore['core'], output: number, block: FeatureBlock): Float64Array {
  if (core.kind === 'linear') {
    const { featureCount, coefficients, intercepts } = core.linear;
    return Float64Array.from({ length: block.rowCount }, (_, i) =>
      block.columns.reduce(
        (sum, column, j) => sum + coefficients[output * featureCount + j]! * column[i]!,
        intercepts[output]!,
      ),
    );
  }
  const { outputCount } = core.ensemble;
  const margins = marginsOf({ ...core.ensemble, sums: 'float64' }, block);
  return margins.filter((_, i) => i % outputCount === output);
}

function testRows(table: Table): Uint32Array {
  const split = table.columns.find(({ name }) => name === 'split');
  const all = Uint32Array.from({ length: table.rowCount }, (_, row) => row);
  if (split?.kind !== 'category') return all;
  return all.filter((row) => split.dictionary[split.codes[row]!] === 'test');
}

/** Largest |base + Σφ - margin| over the test rows. `totalRows`: few are explained by quadrature, many by tables. */
async function additivityError(
  model: ExplainedModel,
  method: 'path-dependent' | 'interventional',
  totalRows: number,
): Promise<number> {
  const background = { rows: { kind: 'all' }, size: 100, seed: 1 } as const;
  const request = { choice: { method, background }, split: null, scores: null };
  const ground = await toEnd(explanationGround(model, request, () => Promise.reject(new Error('sampled'))));
  const { features, baseValue, sign } = ground.plan;
  const rows = testRows(model.table);
  const explainer = createRowExplainer(model, ground, totalRows);
  const { values } = drain(explainRows(explainer, rows, features.length));
  explainer.release();
  const bound = bindFeatures(model.table, model.report, model.opened.decoded!.features);
  const margins = float64Margins(model.opened.decoded!.core, ground.output, featureBlockOfRows(bound, rows));
  const errors = Array.from(margins, (margin, i) => {
    const start = i * features.length;
    const sum = values.subarray(start, start + features.length).reduce((a, b) => a + b, baseValue);
    return Math.abs(sum - sign * margin);
  });
  expect(errors.length).toBeGreaterThanOrEqual(600);
  return Math.max(...errors);
}

describe.each(['credit_data', 'mlc_churn'])('%s: base and contributions add up to the margin', (dataSet) => {
  const models = readdirSync(join(fixtures, dataSet, 'models')).filter(
    // A dump is no model; linear leaves and the network have no exact method.
    (file) => !/dump|linear_tree|mlp/.test(file),
  );

  it.each(models)('%s', async (file) => {
    const model = await modelOn(dataSet, file);
    expect(model.report.ready).toBe(true);
    expect(model.opened.decoded).not.toBeNull();
    for (const method of ['path-dependent', 'interventional'] as const) {
      for (const totalRows of [1, 100_000]) {
        expect(await additivityError(model, method, totalRows)).toBeLessThanOrEqual(1e-9);
      }
    }
  });
});

import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { numbersOf, tableOfCsv, takeColumns, takeRows } from '../../fixtures/table-of-csv.ts';
import { bindInputs, columnsWithoutRole } from '../core/model/binding.ts';
import type { Table } from '../core/table/column.ts';
import { openModelFile } from '../formats/model/open-model.ts';
import { summariseModel } from '../formats/model/summarise-model.ts';
import { createModelScorer, scoringCandidates } from './model-scorers.ts';
import { type LendScorer, runGate } from './run-gate.ts';
import { type ScoreRequest, type ScoreResult, scoreRows } from './score-rows.ts';

const fixtures = new URL('../../fixtures/', import.meta.url).pathname;

/** Absolute tolerance between ONNX Runtime builds; /fixtures/README. */
const TOLERANCE = 2e-6;

/** Matrix of the models that onnx_index.json does not list: the twins, and the traps. */
const matrixOfUnlisted: Readonly<Record<string, string>> = {
  'lightgbm_small_dart.zipmap': 'native_codes',
  'sklearn_gradient_boosting.zipmap': 'imputed_onehot',
  trap_xgboost_base_score_wrong_conversion: 'numeric',
  trap_xgboost_dart_wrong_conversion: 'onehot',
  trap_float32_precision_lightgbm: 'float32_trap',
  xgboost_hist_ties: 'numeric_div7',
};

function openFixture(dataset: string, name: string) {
  const path = `${fixtures}${dataset}/models/${name}.onnx`;
  const opened = openModelFile(new Uint8Array(readFileSync(path)), `${name}.onnx`);
  return { opened, summary: summariseModel(opened, name) };
}

/** The model on a table whose columns without a role are, in their order, the features of a model without names. */
function bound(dataset: string, name: string, table: Table) {
  const { opened, summary } = openFixture(dataset, name);
  const roled = ['row_id', 'split', 'Status', 'churn'];
  const order = columnsWithoutRole(table, roled);
  const report = bindInputs(summary, table, { columnOf: {}, order }, roled);
  expect(report).toMatchObject({ ready: true, missing: [], mistyped: [], unseen: [] });
  return { opened, report };
}

async function toEnd<S, R>(slices: AsyncGenerator<S, R, void>): Promise<R> {
  let step = await slices.next();
  while (step.done !== true) step = await slices.next();
  return step.value;
}

const positiveValues = ['bad', 'yes'];

async function score(
  dataset: string,
  name: string,
  table: Table,
  request: Partial<ScoreRequest> = {},
): Promise<ScoreResult> {
  const { opened, report } = bound(dataset, name, table);
  const scorer = await createModelScorer(opened, 'reference');
  const whole = { rowStart: 0, rowEnd: table.rowCount, positiveValues };
  const result = await toEnd(scoreRows(scorer, table, report, { ...whole, ...request }));
  await scorer.release();
  return result;
}

/** Trees are known inside of every tree model of fixtures: the kernel answers as ONNX Runtime does. */
async function expectGatePassed(dataset: string, name: string, table: Table): Promise<void> {
  const { opened, report } = bound(dataset, name, table);
  const candidates = await scoringCandidates(opened);
  const isOfTrees = !/logistic|mlp/.test(name);
  const lend: LendScorer = async (engine, use) => {
    const scorer = await createModelScorer(opened, engine);
    const result = await use(scorer);
    await scorer.release();
    return result;
  };
  const gate = await runGate(candidates, lend, { table, report, positiveValues }, toEnd);
  const reason = isOfTrees ? null : expect.any(String);
  expect(gate).toMatchObject({ engine: isOfTrees ? 'kernel' : 'reference', flipped: 0, reason });
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
  const name = existing(folder, `matrix_${matrix}_test.csv`) ?? 'matrix_imputed_onehot_test.csv';
  return tableOfCsv(folder + name);
}

function existing(folder: string, name: string): string | null {
  return readdirSync(folder).includes(name) ? name : null;
}

function largestDifference(scores: Float64Array, expected: Float64Array): number {
  return expected.reduce((worst, value, i) => Math.max(worst, Math.abs(value - scores[i]!)), 0);
}

for (const dataset of ['credit_data', 'mlc_churn']) {
  const folder = `${fixtures}${dataset}/`;
  const index = JSON.parse(readFileSync(`${folder}onnx_index.json`, 'utf8')) as Record<
    string,
    { feature_matrix?: string }
  >;
  const expected = await tableOfCsv(`${folder}expected/onnxruntime_probabilities_test.csv`);
  const expectedColumns = new Set(expected.columns.map(({ name }) => name));
  const names = readdirSync(`${folder}models`)
    .filter((file) => file.endsWith('.onnx') && !file.includes('raw_pipeline'))
    .map((file) => file.slice(0, -'.onnx'.length));

  describe(`${dataset}: every ONNX model of fixtures`, () => {
    it('is there', () => expect(names.length).toBeGreaterThanOrEqual(7));

    for (const name of names) {
      const matrix = index[name]?.feature_matrix ?? matrixOfUnlisted[name];
      it(`${name} (${matrix})`, async () => {
        const table = await matrixTable(dataset, matrix ?? '');
        const { scores, missingScores } = await score(dataset, name, table, { chunkRows: 500 });
        expect(missingScores).toBe(0);
        expect(scores.length).toBe(table.rowCount);
        await expectGatePassed(dataset, name, table);
        const twin = name.replace('.zipmap', '.no_zipmap').replace('_columns', '');
        const column = expectedColumns.has(name) ? name : twin;
        // These two have no ONNX Runtime golden: that every score is a probability, checked on reading, is all.
        if (name === 'xgboost_hist_ties' || name === 'trap_float32_precision_lightgbm') return;
        expect(expectedColumns).toContain(column);
        const rowIds = numbersOf(expected, 'row_id');
        expect(numbersOf(table, 'row_id').slice(0, rowIds.length)).toEqual(rowIds);
        expect(largestDifference(scores, numbersOf(expected, column))).toBeLessThanOrEqual(TOLERANCE);
      });
    }

    it('ZipMap twins score exactly as the plain files', async () => {
      for (const [name, matrix] of [
        ['lightgbm_small_dart', 'native_codes'],
        ['sklearn_gradient_boosting', 'imputed_onehot'],
      ] as const) {
        const table = await matrixTable(dataset, matrix);
        const zipped = await score(dataset, `${name}.zipmap`, table);
        const plain = await score(dataset, `${name}.no_zipmap`, table);
        expect(zipped.scores).toEqual(plain.scores);
      }
    });
  });
}

const rawPipeline = 'sklearn_gradient_boosting_raw_pipeline';
const raw = await tableOfCsv(`${fixtures}credit_data/data_raw.csv`);
const golden = await tableOfCsv(`${fixtures}credit_data/expected/probabilities_${rawPipeline}.csv`);

describe('the raw pipeline of credit_data, on data_raw.csv as a user has it', () => {
  it('gives the probabilities of all 4,454 rows', async () => {
    const result = await score('credit_data', rawPipeline, raw);
    expect(result.scores.length).toBe(4454);
    expect(largestDifference(result.scores, numbersOf(golden, 'probability'))).toBeLessThanOrEqual(TOLERANCE);
    expect(result.scoreOutput).toBe('probabilities, class 1');
  });

  it('scores a row range, whatever the chunks, exactly as the whole', async () => {
    const whole = await score('credit_data', rawPipeline, raw);
    const part = await score('credit_data', rawPipeline, raw, {
      rowStart: 1000,
      rowEnd: 1777,
      chunkRows: 100,
    });
    expect(part.scores).toEqual(whole.scores.slice(1000, 1777));
  });

  it('scores no row of an empty range', async () => {
    const none = await score('credit_data', rawPipeline, raw, { rowStart: 7, rowEnd: 7 });
    expect(none.scores.length).toBe(0);
  });

  it('does not depend on the order of the columns', async () => {
    const reversed = { ...raw, columns: raw.columns.toReversed() };
    const whole = await score('credit_data', rawPipeline, raw);
    expect((await score('credit_data', rawPipeline, reversed)).scores).toEqual(whole.scores);
  });
});

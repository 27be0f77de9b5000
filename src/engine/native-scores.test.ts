import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { numbersOf, tableOfCsv } from '../../fixtures/table-of-csv.ts';
import { bindInputs } from '../core/model/binding.ts';
import type { GateReport } from '../core/parity/gate-report.ts';
import type { Table } from '../core/table/column.ts';
import { openModelFile } from '../formats/model/open-model.ts';
import { summariseModel } from '../formats/model/summarise-model.ts';
import { KERNEL_NAME } from './kernels/tree-kernel.ts';
import { candidateNames, createModelScorer, scoringCandidates } from './model-scorers.ts';
import { type LendScorer, runGate } from './run-gate.ts';
import { type ScoreRequest, type ScoreResult, scoreRows } from './score-rows.ts';

const fixtures = new URL('../../fixtures/', import.meta.url).pathname;

/** The files keep 10 digits of a float64, 9 of a float32. */
const LIGHTGBM_TOLERANCE = 1e-10;
const XGBOOST_TOLERANCE = 2e-6;

const engines: readonly GateReport['engine'][] = ['reference', 'kernel'];

function openFixture(dataset: string, file: string) {
  const opened = openModelFile(new Uint8Array(readFileSync(`${fixtures}${dataset}/models/${file}`)), file);
  return { opened, summary: summariseModel(opened, file) };
}

async function score(
  dataset: string,
  file: string,
  engine: GateReport['engine'],
  table: Table,
  request: Partial<ScoreRequest> = {},
): Promise<ScoreResult> {
  const { opened, summary } = openFixture(dataset, file);
  const report = bindInputs(summary, table, { columnOf: {}, order: null }, ['row_id', 'split', 'Status']);
  expect(report).toMatchObject({ ready: true, missing: [], mistyped: [] });
  const scorer = await createModelScorer(opened, engine);
  const whole = { rowStart: 0, rowEnd: table.rowCount, positiveValues: ['bad', 'yes'] };
  const run = scoreRows(scorer, table, report, { ...whole, ...request });
  let step = await run.next();
  while (step.done !== true) step = await run.next();
  await scorer.release();
  return step.value;
}

function largestDifference(scores: Float64Array, expected: Float64Array): number {
  return expected.reduce((worst, value, i) => Math.max(worst, Math.abs(value - scores[i]!)), 0);
}

/** Model file, its matrix, and the file of expected probabilities. */
const cases: readonly (readonly [file: string, matrix: string, expected: string])[] = [
  ['lightgbm_categorical.txt', 'native_codes', 'test'],
  ['lightgbm_numeric.txt', 'native_codes', 'test'],
  ['xgboost_categorical.json', 'native_codes', 'test'],
  ['xgboost_binary.json', 'onehot', 'test'],
  ['xgboost_dart.json', 'onehot', 'test'],
  ['xgboost_base_score.json', 'native_codes', 'test'],
  ['xgboost_base_score.ubj', 'native_codes', 'test'],
  ['lightgbm_small_zero_as_missing.txt', 'native_codes', 'small_models_first_300_test_rows'],
  ['lightgbm_small_boosting_rf.txt', 'native_codes', 'small_models_first_300_test_rows'],
  ['lightgbm_small_sigmoid_0.7_unbalanced.txt', 'native_codes', 'small_models_first_300_test_rows'],
  ['lightgbm_small_cat_onehot_smooth0.txt', 'native_codes', 'small_models_first_300_test_rows'],
];

for (const dataset of ['credit_data', 'mlc_churn']) {
  describe(`${dataset}: native models on a table, by their reference and by the kernel`, () => {
    for (const [file, matrix, expectedFile] of cases) {
      if (!existsSync(`${fixtures}${dataset}/models/${file}`)) continue;
      it(file, async () => {
        const folder = `${fixtures}${dataset}/`;
        const table = await tableOfCsv(`${folder}matrix_${matrix}_test.csv`);
        const expected = numbersOf(
          await tableOfCsv(`${folder}expected/probabilities_${expectedFile}.csv`),
          file.replace(/\.\w+$/, ''),
        );
        const tolerance = file.startsWith('xgboost') ? XGBOOST_TOLERANCE : LIGHTGBM_TOLERANCE;
        const results = await Promise.all(engines.map((engine) => score(dataset, file, engine, table)));
        for (const { scores, missingScores, scoreOutput, notices } of results) {
          expect(largestDifference(scores, expected)).toBeLessThanOrEqual(tolerance);
          expect({ missingScores, scoreOutput, notices }).toEqual({
            missingScores: 0,
            scoreOutput: 'probabilities, class 1',
            notices: [],
          });
        }
        expect(results[1]!.scores).toEqual(results[0]!.scores);
      });
    }

    it('lightgbm_raw_columns.txt on data_raw.csv as a user has it', async () => {
      const folder = `${fixtures}${dataset}/`;
      const raw = await tableOfCsv(`${folder}data_raw.csv`);
      const golden = await tableOfCsv(`${folder}expected/probabilities_lightgbm_raw_columns.csv`);
      for (const engine of engines) {
        const { scores } = await score(dataset, 'lightgbm_raw_columns.txt', engine, raw);
        expect(scores.length).toBe(raw.rowCount);
        expect(largestDifference(scores, numbersOf(golden, 'probability'))).toBeLessThanOrEqual(
          LIGHTGBM_TOLERANCE,
        );
      }
    });
  });
}

describe('a native model', () => {
  it('scores a row range, whatever the chunks, exactly as the whole', async () => {
    const raw = await tableOfCsv(`${fixtures}credit_data/data_raw.csv`);
    for (const engine of engines) {
      const whole = await score('credit_data', 'lightgbm_raw_columns.txt', engine, raw);
      const rows = { rowStart: 1000, rowEnd: 1777, chunkRows: 100 };
      const part = await score('credit_data', 'lightgbm_raw_columns.txt', engine, raw, rows);
      expect(part.scores).toEqual(whole.scores.slice(1000, 1777));
    }
  });

  it('is refused as a score when it returns no probabilities', async () => {
    const table = await tableOfCsv(`${fixtures}credit_data/matrix_native_codes_test.csv`);
    await expect(
      score('credit_data', 'lightgbm_small_regression.txt', 'reference', table),
    ).rejects.toMatchObject({
      code: 'score-out-of-range',
      message: expect.stringMatching(
        /^The output predictions is .*The model is no classifier \(objective regression\)/,
      ),
      advice: 'Choose a classifier that was trained on the outcome itself.',
    });
  });

  it('says how its classes are numbered when the target holds texts', async () => {
    const table = await tableOfCsv(`${fixtures}credit_data/matrix_native_codes_test.csv`);
    const of = (...positiveValues: string[]) =>
      score('credit_data', 'lightgbm_small_multiclass.txt', 'reference', table, { positiveValues });
    await expect(of('bad')).rejects.toMatchObject({
      code: 'positive-class-unknown',
      advice: expect.stringMatching(/numbers its classes in the order of training; scikit-learn sorts/),
    });
    await expect(of('7')).rejects.toMatchObject({
      code: 'positive-class-unknown',
      advice: expect.stringMatching(/^Choose as positive/),
    });
  });

  it('sums the positive classes of a multiclass model', async () => {
    const table = await tableOfCsv(`${fixtures}credit_data/matrix_native_codes_test.csv`);
    const of = async (...positiveValues: string[]) =>
      (await score('credit_data', 'lightgbm_small_multiclass.txt', 'reference', table, { positiveValues }))
        .scores;
    const [zero, one, both] = [await of('0'), await of('1'), await of('0', '1')];
    expect(
      largestDifference(
        both,
        zero.map((p, i) => p + one[i]!),
      ),
    ).toBe(0);
    expect(Math.max(...both)).toBeGreaterThan(0.5);
  });
});

describe('what may score a model', () => {
  it('is its reference and the kernel for trees, both in the name under which scores are kept', async () => {
    const { opened } = openFixture('credit_data', 'lightgbm_numeric.txt');
    const candidates = await scoringCandidates(opened);
    expect(candidates).toMatchObject({
      reference: 'Cutline trees 1 (float64)',
      refusal: null,
      tolerance: 1e-12,
    });
    expect(candidateNames(candidates)).toBe(`Cutline trees 1 (float64) or ${KERNEL_NAME}`);
    const xgboost = await scoringCandidates(openFixture('credit_data', 'xgboost_binary.json').opened);
    expect(xgboost).toMatchObject({ reference: 'Cutline trees 1 (float32)', tolerance: 2e-6 });
  });

  it('is the reference alone where leaves are linear, and the kernel says why', async () => {
    const { opened } = openFixture('credit_data', 'lightgbm_small_linear_tree.txt');
    const candidates = await scoringCandidates(opened);
    expect(candidates).toMatchObject({ trees: null, refusal: 'Its leaves hold linear models.' });
    expect(candidateNames(candidates)).toBe(candidates.reference);
    await expect(createModelScorer(opened, 'kernel')).rejects.toMatchObject({ code: 'session-failed' });
  });

  it('is ONNX Runtime alone for a network', async () => {
    const { opened } = openFixture('credit_data', 'sklearn_mlp_pipeline.no_zipmap.onnx');
    const { trees, refusal, reference } = await scoringCandidates(opened);
    expect(reference).toContain('ONNX Runtime Web 1.30');
    expect({ trees, refusal }).toEqual({
      trees: null,
      refusal: 'What is inside of the model is not known, so that only ONNX Runtime can score it.',
    });
  });
});

describe('a table longer than what the gate compares whole', () => {
  it.each([
    ['lightgbm_raw_columns.txt', 0],
    ['sklearn_gradient_boosting_raw_pipeline.onnx', 2e-6],
  ])('%s: passes on spread rows and those with missing cells', async (file, tolerance) => {
    const { opened, summary } = openFixture('credit_data', file);
    const table = await tableOfCsv(`${fixtures}credit_data/data_raw.csv`);
    const report = bindInputs(summary, table, { columnOf: {}, order: null }, ['row_id', 'split', 'Status']);
    const lend: LendScorer = async (engine, use) => use(await createModelScorer(opened, engine));
    const ground = { table, report, positiveValues: ['bad'] };
    const gate = await runGate(await scoringCandidates(opened), lend, ground, async (slices) => {
      let step = await slices.next();
      while (step.done !== true) step = await slices.next();
      return step.value;
    });
    expect(gate).toMatchObject({ engine: 'kernel', engineName: KERNEL_NAME, flipped: 0, reason: null });
    expect(gate.maxDifference).toBeLessThanOrEqual(tolerance);
    expect(gate.rows).toBe(table.rowCount);
  });
});

import { createHash } from 'node:crypto';
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { csvRows, documentOf, run } from './run-review.laws.ts';

const fixtures = join(import.meta.dirname, '..', 'fixtures');
let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'cutline-review-models-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('native models and folders of models', () => {
  const credit = join(fixtures, 'credit_data');
  const models = join(credit, 'models');
  const target = ['--target', 'Status', '--positive', 'bad'];
  const raw = ['--data', join(credit, 'data_raw.csv'), ...target, '--split', 'split=test'];
  const joined = ['--join', join(credit, 'data_raw.csv'), '--on', 'row_id', ...target];
  const matrix = (name: string) => ['--data', join(credit, `matrix_${name}_test.csv`), ...joined];
  const out = () => join(folder, 'native.csv');

  /** Largest distance of the scores just written from a column of expected ones, row by row. */
  function distanceFrom(file: string, column: string): number {
    const expected = csvRows(join(credit, 'expected', file));
    const written = csvRows(out());
    expect(written.length).toBeGreaterThanOrEqual(expected.length);
    return Math.max(...expected.map((row, i) => Math.abs(Number(row[column]) - Number(written[i]?.score))));
  }

  it('scores raw columns with a LightGBM file as LightGBM does', async () => {
    const model = ['--model', join(models, 'lightgbm_raw_columns.txt')];
    const document = await documentOf(...raw, ...model, '--scores', out());
    expect(distanceFrom('probabilities_lightgbm_raw_columns.csv', 'probability')).toBeLessThan(1e-10);
    expect(document.model).toMatchObject({ format: 'lightgbm', parity: 'kernel' });
    expect(document.model.engine).toContain('kernel');
    expect(document.model.gate).toMatchObject({
      maxDifference: 0,
      flipped: 0,
      tolerance: 1e-12,
      reason: null,
    });
    expect(document.metrics.rows).toBe(1336);
  });

  it.each([
    ['xgboost_binary.json', 'onehot'],
    ['xgboost_dart.json', 'onehot'],
    ['xgboost_categorical.json', 'native_codes'],
    ['xgboost_base_score.ubj', 'native_codes'],
  ])('scores a matrix with %s as XGBoost does', async (file, name) => {
    const document = await documentOf(...matrix(name), '--model', join(models, file), '--scores', out());
    const column = file.replace(/\.\w+$/, '');
    expect(distanceFrom('probabilities_test.csv', column)).toBeLessThan(2e-6);
    expect(document.model).toMatchObject({ format: 'xgboost', parity: 'kernel', gate: { flipped: 0 } });
  });

  it("says why the reference scored: linear leaves are not the kernel's", async () => {
    const model = ['--model', join(models, 'lightgbm_small_linear_tree.txt')];
    const document = await documentOf(...matrix('native_codes'), ...model, '--scores', out());
    const file = 'probabilities_small_models_first_300_test_rows.csv';
    expect(distanceFrom(file, 'lightgbm_small_linear_tree')).toBeLessThan(1e-10);
    const gate = { rows: 0, maxDifference: null, flipped: 0, reason: 'Its leaves hold linear models.' };
    expect(document.model).toMatchObject({ parity: 'reference', gate });
  });

  it('takes the order of a native file without names from --features', async () => {
    const model = JSON.parse(readFileSync(join(models, 'xgboost_base_score.json'), 'utf8'));
    const names: readonly string[] = model.learner.feature_names;
    const file = join(folder, 'unnamed.json');
    writeFileSync(file, JSON.stringify({ ...model, learner: { ...model.learner, feature_names: [] } }));
    const args = [...matrix('native_codes'), '--model', file, '--scores', out()];
    const document = await documentOf(...args, '--features', names.join(','));
    expect(document.model.inputs.map(({ column, how }) => [column, how])).toEqual(
      names.map((name) => [name, 'order']),
    );
    expect(distanceFrom('probabilities_test.csv', 'xgboost_base_score')).toBeLessThan(2e-6);
  });

  it('opens an MLflow model folder, and scores as with the file in it', async () => {
    const mlflow = join(folder, 'mlflow-model');
    mkdirSync(mlflow);
    copyFileSync(join(models, 'lightgbm_raw_columns.txt'), join(mlflow, 'model.lgb'));
    writeFileSync(
      join(mlflow, 'MLmodel'),
      'flavors:\n  lightgbm:\n    data: model.lgb\n    lgb_version: 4.6.0\nmlflow_version: 2.19.0\nmodel_uuid: a1\n',
    );
    const document = await documentOf(...raw, '--model', mlflow, '--scores', out());
    expect(distanceFrom('probabilities_lightgbm_raw_columns.csv', 'probability')).toBeLessThan(1e-10);
    expect(document.model).toMatchObject({ format: 'lightgbm', name: 'mlflow-model', parity: 'kernel' });
    // What `sha256sum MLmodel model.lgb` prints, hashed.
    const hash = (content: Uint8Array | string) => createHash('sha256').update(content).digest('hex');
    const lines = ['MLmodel', 'model.lgb'].map(
      (name) => `${hash(readFileSync(join(mlflow, name)))}  ${name}\n`,
    );
    expect(document.model.sha256).toBe(hash(lines.join('')));
  });

  it('refuses a folder without a model in one line', async () => {
    const empty = join(folder, 'no-model');
    mkdirSync(empty);
    const { code, stdout, stderr } = await run(...raw, '--model', empty);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(/^not-a-model: no-model holds no model/);
  });

  it.each([
    [
      'lightgbm_small_zero_as_missing.txt',
      'lightgbm_small_zero_as_missing.no_zipmap.onnx',
      'zero-as-missing',
    ],
    ['lightgbm_small_boosting_rf.txt', 'lightgbm_small_boosting_rf.no_zipmap.onnx', 'averaging'],
    ['xgboost_base_score.json', 'trap_xgboost_base_score_wrong_conversion.onnx', 'base-score'],
  ])('%s against %s: warns and names the cause', async (file, other, cause) => {
    const forms = [
      '--model',
      join(models, file),
      '--against-model',
      join(models, other),
      '--threshold',
      '0.5',
    ];
    const { comparison, warnings } = await documentOf(...matrix('native_codes'), ...forms);
    expect(comparison).toMatchObject({ left: file, right: other, rows: 1336, verdict: 'differ' });
    expect(comparison?.causes[0]).toMatchObject({ code: cause, explained: 1 });
    expect(comparison?.decisions).toMatchObject({ threshold: 0.5 });
    expect(comparison).not.toHaveProperty('points');
    const said = warnings.filter((warning) => warning.startsWith('forms-differ: '));
    expect(said.length).toBe(1);
    expect(said[0]).toContain(comparison?.causes[0]?.explanation);
  });

  it('says both causes where two go together', async () => {
    const forms = ['xgboost_dart.json', 'trap_xgboost_dart_wrong_conversion.onnx'].map((file) =>
      join(models, file),
    );
    const document = await documentOf(
      ...matrix('onehot'),
      '--model',
      forms[0]!,
      '--against-model',
      forms[1]!,
    );
    const causes = document.comparison?.causes ?? [];
    expect(causes.map(({ code }) => code)).toEqual(['tree-weights', 'base-score']);
    const said = document.warnings.find((warning) => warning.startsWith('forms-differ: '));
    for (const { explanation, advice } of causes) {
      expect(said).toContain(explanation);
      expect(said).toContain(advice);
    }
  });

  it('says of two models that they are no two forms of one, and names no cause', async () => {
    const [left, right] = ['lightgbm_categorical.txt', 'xgboost_categorical.json'];
    const forms = ['--model', join(models, left!), '--against-model', join(models, right!)];
    const { comparison, warnings } = await documentOf(...matrix('native_codes'), ...forms);
    const said = warnings.filter((warning) => /^(different-models|forms-differ): /.test(warning));
    expect(said).toEqual([
      expect.stringMatching(
        new RegExp(
          `^different-models: ${left} and ${right} are different models, not two forms of one: .* rank correlation is 0\\.9\\d\\d\\.`,
        ),
      ),
    ]);
    expect(comparison).toMatchObject({ verdict: 'differ', causes: [{ code: 'unknown' }] });
  });

  it('finds a model and the column of its scores equal', async () => {
    const golden = [
      '--join',
      join(credit, 'expected', 'probabilities_lightgbm_raw_columns.csv'),
      '--on',
      'row_id',
    ];
    const model = ['--model', join(models, 'lightgbm_raw_columns.txt')];
    const document = await documentOf(...raw, ...golden, ...model, '--against-column', 'probability');
    expect(document.comparison).toMatchObject({ right: 'probability', rows: 4454, differing: 0, causes: [] });
    expect(document.comparison?.verdict).toBe('equal');
    expect(document.warnings.filter((warning) => warning.startsWith('forms-differ'))).toEqual([]);
  });

  describe('sanity checks', () => {
    const model = ['--model', join(models, 'lightgbm_raw_columns.txt')];
    const objections = (warnings: readonly string[]) =>
      warnings.filter((warning) => warning.startsWith('model-check: '));

    /** The raw rows with the recorded scores beside them, changed row by row. */
    function changedRows(name: string, change: (row: Record<string, string>) => Record<string, string>) {
      const recorded = csvRows(join(credit, 'expected', 'probabilities_lightgbm_raw_columns.csv'));
      const rows = csvRows(join(credit, 'data_raw.csv')).map((row, i) =>
        change({ ...row, probability: recorded[i]?.probability ?? '' }),
      );
      const names = Object.keys(rows[0] ?? {});
      const lines = [names, ...rows.map((row) => names.map((column) => row[column]))];
      const file = join(folder, `${name}.csv`);
      writeFileSync(file, lines.map((line) => line.join(',')).join('\n'));
      return ['--data', file, ...target, '--split', 'split=test'];
    }

    it('find nothing on rows that are right, and hold the scores against the recorded ones', async () => {
      const { checks, warnings } = await documentOf(...changedRows('right', (row) => row), ...model);
      expect(objections(warnings)).toEqual([]);
      expect(checks?.length).toBe(10);
      expect(checks?.map(({ verdict }) => verdict)).toEqual(Array.from({ length: 10 }, () => 'pass'));
      expect(checks?.at(-1)).toEqual({
        code: 'golden-rows',
        verdict: 'pass',
        title: 'Recorded scores reproduced',
        finding: expect.stringContaining('All 4,454 rows of "probability" are reproduced'),
        advice: '',
      });
    });

    it.each([
      ['income-in-thousandths', 'scaling', 'Units do not fit'],
      ['age-and-price-exchanged', 'feature-order', 'Columns exchanged'],
      ['recorded-for-the-other-class', 'golden-rows', 'Recorded scores not reproduced'],
    ])('warn of %s', async (name, code, title) => {
      const changes: Record<string, (row: Record<string, string>) => Record<string, string>> = {
        'income-in-thousandths': (row) => ({
          ...row,
          Income: row.Income === '' ? '' : String(Number(row.Income) * 1000),
        }),
        'age-and-price-exchanged': (row) => ({ ...row, Age: row.Price ?? '', Price: row.Age ?? '' }),
        'recorded-for-the-other-class': (row) => ({
          ...row,
          probability: String(1 - Number(row.probability)),
        }),
      };
      const { checks, warnings } = await documentOf(...changedRows(name, changes[name]!), ...model);
      const found = checks?.find((check) => check.code === code);
      expect(found).toMatchObject({ verdict: 'fail', title });
      expect(found?.advice).not.toBe('');
      expect(objections(warnings)).toContain(`model-check: ${title}: ${found?.finding}`);
    });

    it('hold the scores against the column that is named, and are not run for a score column', async () => {
      const data = changedRows('named', (row) => ({
        ...row,
        other: row.probability ?? '',
        probability: '0.5',
      }));
      const named = await documentOf(...data, ...model, '--against-column', 'other');
      expect(named.checks?.at(-1)?.finding).toContain('of "other" are reproduced');
      const judged = await documentOf(...data, '--score-column', 'other');
      expect(judged.checks).toBeNull();
      expect(objections(judged.warnings)).toEqual([]);
    });
  });
});

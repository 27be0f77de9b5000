import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { tableOfCsv } from '../fixtures/table-of-csv.ts';
import { pathDependentShap } from '../src/core/explain/quadrature-shap.ts';
import { routedCovers } from '../src/core/explain/tree-covers.ts';
import { bindFeatures, featureBlockOfRows } from '../src/core/model/feature-block.ts';
import type { MappingReport } from '../src/core/model/mapping.ts';
import { drain } from '../src/core/sliced.ts';
import type { Table } from '../src/core/table/column.ts';
import { selectJudgedRows } from '../src/core/table/judged-rows.ts';
import { referenceRows } from '../src/engine/explain/reference-rows.ts';
import { openModelFile } from '../src/formats/model/open-model.ts';
import { parseArguments } from './arguments.ts';
import { openContributionsFile } from './contributions-csv.ts';
import {
  columnsOf,
  type DataSetName,
  type GoldenContributions,
  goldenContributions,
  modelFile,
  type RowForm,
  tableOptions,
} from './explained-fixtures.laws.ts';
import { review } from './review.ts';
import type { ReviewDocument } from './review-document.ts';
import { csvRows, documentOf, run } from './run-review.laws.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'cutline-review-shap-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Explained {
  readonly document: ReviewDocument;
  readonly explain: NonNullable<ReviewDocument['explain']>;
  readonly lines: Record<string, string>[];
}

/** What the command does, in this process. */
async function explained(...words: string[]): Promise<Explained> {
  const out = join(folder, 'contributions.csv');
  const file = openContributionsFile(out, 'contributions.csv');
  const args = parseArguments([...words, '--bootstrap', '0', '--shap', out]);
  const { document } = await review(args, file);
  file.finish();
  return { document, explain: document.explain!, lines: csvRows(out) };
}

/** Largest distance of base and contributions from the golden ones; `position` of a golden row in the data file. */
function distance(
  { lines }: Explained,
  golden: GoldenContributions,
  position = (id: number) => id,
  output: number | null = null,
): number {
  const of = (value: number | readonly number[]) =>
    (output === null ? value : (value as number[])[output]) as number;
  const byRow = new Map(lines.map((line) => [line.row, line]));
  let largest = 0;
  golden.row_ids.forEach((id, i) => {
    const line = byRow.get(String(position(id)));
    expect(line).toBeDefined();
    const values = output === null ? golden.shap_values[i]! : (golden.shap_values[i]![output] as number[]);
    const found = golden.feature_names.map((name) => Number(line![name]));
    const errors = found.map((value, j) => Math.abs(value - (values[j] as number)));
    largest = Math.max(largest, ...errors, Math.abs(Number(line!.base) - of(golden.base_value)));
  });
  return largest;
}

const LIGHTGBM = 1e-9;
const XGBOOST = 1e-5;
const ONNX = 1e-6;

describe('contributions of a model whose file holds covers', () => {
  it.each([
    ['credit_data', 'lightgbm_raw_columns.txt', 'raw', 'lightgbm_raw_columns_pred_contrib', LIGHTGBM],
    ['mlc_churn', 'lightgbm_raw_columns.txt', 'raw', 'lightgbm_raw_columns_pred_contrib', LIGHTGBM],
    [
      'credit_data',
      'lightgbm_categorical.txt',
      'native_codes',
      'lightgbm_categorical_pred_contrib',
      LIGHTGBM,
    ],
    ['mlc_churn', 'lightgbm_categorical.txt', 'native_codes', 'lightgbm_categorical_pred_contrib', LIGHTGBM],
    ['credit_data', 'lightgbm_numeric.txt', 'native_codes', 'lightgbm_numeric_pred_contrib', LIGHTGBM],
    ...small('credit_data'),
    ...small('mlc_churn'),
    ['credit_data', 'xgboost_binary.json', 'onehot', 'xgboost_binary_pred_contribs', XGBOOST],
    ['credit_data', 'xgboost_dart.json', 'onehot', 'xgboost_dart_pred_contribs', XGBOOST],
    ['credit_data', 'xgboost_categorical.json', 'native_codes', 'xgboost_categorical_pred_contribs', XGBOOST],
    ['mlc_churn', 'xgboost_categorical.json', 'native_codes', 'xgboost_categorical_pred_contribs', XGBOOST],
    ['credit_data', 'xgboost_base_score.json', 'native_codes', 'xgboost_base_score_pred_contribs', XGBOOST],
    ['mlc_churn', 'xgboost_base_score.ubj', 'native_codes', 'xgboost_base_score_pred_contribs', XGBOOST],
  ] as [DataSetName, string, RowForm, string, number][])('%s, %s: as its library', async (...golden) => {
    const [dataSet, model, form, file, tolerance] = golden;
    const table = tableOptions(dataSet, form, folder);
    const found = await explained(...table, '--model', modelFile(dataSet, model));
    const expected = goldenContributions(dataSet, file);
    expect(distance(found, expected)).toBeLessThan(tolerance);
    expect(found.explain).toMatchObject({
      ...{ method: 'tree-path-dependent', space: 'margin', exact: true, background: null },
      covers: { source: 'model', kind: model.startsWith('lightgbm') ? 'count' : 'hessian' },
      isLogOdds: !/boosting_rf|sigmoid/.test(model),
      ...{ negated: false, rows: found.document.metrics.rows, order: expected.feature_names },
    });
    expect(found.explain.maxAdditivityError).toBeLessThan(1e-9);
  });

  function small(dataSet: DataSetName): [DataSetName, string, RowForm, string, number][] {
    return [
      ...['boosting_rf', 'cat_onehot_smooth0', 'dart', 'sigmoid_0.7_unbalanced'],
      ...['use_missing_false', 'zero_as_missing'],
    ].map((kind) => {
      const model = `lightgbm_small_${kind}`;
      return [dataSet, `${model}.txt`, 'native_codes', `${model}_pred_contrib`, LIGHTGBM];
    });
  }

  it.each([
    ['credit_data', 'lightgbm_small_multiclass.txt', 'lightgbm_small_multiclass_pred_contrib', LIGHTGBM],
    ['mlc_churn', 'lightgbm_small_multiclass.txt', 'lightgbm_small_multiclass_pred_contrib', LIGHTGBM],
    ['credit_data', 'xgboost_small_multiclass.json', 'xgboost_small_multiclass_pred_contribs', XGBOOST],
    ['mlc_churn', 'xgboost_small_multiclass.json', 'xgboost_small_multiclass_pred_contribs', XGBOOST],
  ] as const)('%s, %s: the margin of the positive class', async (dataSet, model, file, tolerance) => {
    const data = tableOptions(dataSet, 'native_codes', folder, { third: '2' });
    const found = await explained(...data, '--model', modelFile(dataSet, model));
    expect(distance(found, goldenContributions(dataSet, file), undefined, 2)).toBeLessThan(tolerance);
    expect(found.explain).toMatchObject({ class: '2', isLogOdds: false });
  });
});

describe('contributions of trees in ONNX, whose covers are counted on the rows outside the split', () => {
  it.each([
    [
      'credit_data',
      'sklearn_gradient_boosting.no_zipmap.onnx',
      'imputed_onehot',
      'sklearn_gradient_boosting',
    ],
    ['mlc_churn', 'sklearn_gradient_boosting.no_zipmap.onnx', 'imputed_onehot', 'sklearn_gradient_boosting'],
    [
      'credit_data',
      'sklearn_hist_gradient_boosting.no_zipmap.onnx',
      'onehot',
      'sklearn_hist_gradient_boosting',
    ],
    [
      'mlc_churn',
      'sklearn_hist_gradient_boosting.no_zipmap.onnx',
      'onehot',
      'sklearn_hist_gradient_boosting',
    ],
  ] as [DataSetName, string, RowForm, string][])('%s, %s', async (dataSet, model, form, golden) => {
    const expected = goldenContributions(dataSet, `${golden}_tree_path_dependent`);
    const order = ['--features', expected.feature_names.join(',')];
    const table = tableOptions(dataSet, form, folder);
    const found = await explained(...table, ...order, '--model', modelFile(dataSet, model));
    expect(distance(found, expected)).toBeLessThan(ONNX);
    const rows = csvRows(table[1]!).filter(({ split }) => split === 'train').length;
    expect(found.explain.covers).toEqual({ source: 'reference-rows', rows });
    expect(found.document.warnings.join('\n')).toContain(`${rows.toLocaleString('en-US')} reference rows`);
    expect(found.explain.maxAdditivityError).toBeLessThan(1e-9);
  });

  it('a random forest adds up, and the document says that its own covers are lost', async () => {
    const order = ['--features', columnsOf('credit_data', 'imputed_onehot').join(',')];
    const model = modelFile('credit_data', 'sklearn_random_forest.no_zipmap.onnx');
    const found = await explained(
      ...tableOptions('credit_data', 'imputed_onehot', folder),
      ...order,
      '--model',
      model,
    );
    expect(found.explain.maxAdditivityError).toBeLessThan(1e-9);
    expect(found.document.warnings.some((warning) => warning.startsWith('bootstrap-not-recovered'))).toBe(
      true,
    );
  });

  it('the one-hot levels inside a pipeline are summed to the column that feeds them', async () => {
    const file = modelFile('credit_data', 'sklearn_gradient_boosting_raw_pipeline.onnx');
    const options = tableOptions('credit_data', 'raw', folder);
    const { explain, lines } = await explained(...options, '--model', file);
    expect([...explain.order].sort()).toEqual([...columnsOf('credit_data', 'raw')].sort());
    const levels = contributionsOfLevels(file, await tableOfCsv(options[1]!));
    expect(levels.features.length).toBeGreaterThan(20);
    const few = lines.slice(0, FEW);
    const column = (name: string) => few.map((line) => Number(line[name]));
    for (const name of explain.order) {
      const parts = levels.features.flatMap((level, j) => (level === name ? [levels.values[j]!] : []));
      const sums = few.map((_, i) => parts.reduce((sum, part) => sum + part[i]!, 0));
      expect(Math.max(...column(name).map((value, i) => Math.abs(value - sums[i]!)))).toBeLessThan(1e-12);
    }
  });
});

/** Judged rows that the plain core explains again. */
const FEW = 60;

/** Contributions of every feature behind a pipeline's encoders to the first judged rows, and the column that each is made of, by the plain core. */
function contributionsOfLevels(file: string, table: Table) {
  const { decoded } = openModelFile(readFileSync(file), file);
  const { features, core } = decoded!;
  if (core.kind !== 'trees') throw new Error('no trees');
  const { ensemble } = core;
  const report = {
    bindings: features.map(({ input, position }) => ({
      ...{ input, position, feature: input, column: input, how: 'name' as const },
    })),
  } as unknown as MappingReport;
  const bound = bindFeatures(table, report, features);
  const split = { column: 'split', value: 'test' };
  const outside = referenceRows(table, split);
  const covers = drain(routedCovers(ensemble, featureBlockOfRows(bound, outside)));
  const { featureCount } = ensemble;
  const columnOf = Int32Array.from({ length: featureCount }, (_, j) => j);
  const expectation = { kind: 'path-dependent', covers } as const;
  const question = { ensemble, output: 0, expectation, columnOf, columnCount: featureCount };
  const asked = { column: 'Status', positive: ['bad'], excluded: [] };
  const judged = selectJudgedRows(table, asked, split).rows.subarray(0, FEW);
  const { values } = pathDependentShap(question, featureBlockOfRows(bound, judged));
  return {
    features: features.map(({ input }) => input),
    values: features.map((_, j) => values.subarray(j * FEW, (j + 1) * FEW)),
  };
}

describe('contributions beside background rows', () => {
  it.each([
    [
      'credit_data',
      'lightgbm_categorical.txt',
      'native_codes',
      'lightgbm_categorical_interventional_raw',
      LIGHTGBM,
    ],
    [
      'mlc_churn',
      'lightgbm_categorical.txt',
      'native_codes',
      'lightgbm_categorical_interventional_raw',
      LIGHTGBM,
    ],
    ['credit_data', 'lightgbm_numeric.txt', 'native_codes', 'lightgbm_numeric_interventional_raw', LIGHTGBM],
    ['credit_data', 'xgboost_binary.json', 'onehot', 'xgboost_binary_interventional_raw', 1e-6],
    ['mlc_churn', 'xgboost_base_score.json', 'native_codes', 'xgboost_base_score_interventional_raw', 1e-6],
    [
      'mlc_churn',
      'xgboost_categorical.json',
      'native_codes',
      'xgboost_categorical_interventional_bruteforce',
      1e-6,
    ],
    [
      ...['credit_data', 'sklearn_gradient_boosting.no_zipmap.onnx', 'imputed_onehot'],
      ...['sklearn_gradient_boosting_interventional_raw', ONNX],
    ],
    [
      ...['mlc_churn', 'sklearn_hist_gradient_boosting.no_zipmap.onnx', 'onehot'],
      ...['sklearn_hist_gradient_boosting_interventional_raw', ONNX],
    ],
  ] as [DataSetName, string, RowForm, string, number][])('%s, %s: by enumeration', async (...golden) => {
    const [dataSet, model, form, file, tolerance] = golden;
    const expected = goldenContributions(dataSet, file);
    const ids = [...expected.background_row_ids!, ...expected.row_ids];
    const table = tableOptions(dataSet, form, folder, { rowIds: ids, third: '1' });
    const asked = ['--model', modelFile(dataSet, model), '--shap-method', 'interventional'];
    const order = model.endsWith('.onnx') ? ['--features', expected.feature_names.join(',')] : [];
    const found = await explained(...table, ...order, ...asked);
    expect(distance(found, expected, (id) => ids.indexOf(id))).toBeLessThan(tolerance);
    expect(found.explain).toMatchObject({
      ...{ method: 'tree-interventional', exact: true, covers: null },
      background: { rows: expected.background_row_ids!.length, choice: { rows: { kind: 'all' }, size: 100 } },
    });
  });
});

describe('what is asked beside', () => {
  const model = ['--model', modelFile('credit_data', 'lightgbm_numeric.txt')];
  const table = () => tableOptions('credit_data', 'native_codes', folder);
  const beside = ['--shap-method', 'interventional', '--background'];

  it('the other class turns base and contributions round', async () => {
    const explainOf = async (third: string) => {
      const data = tableOptions('credit_data', 'native_codes', folder, { third });
      return (await explained(...data, ...model)).explain;
    };
    const other = await explainOf('0');
    const one = await explainOf('1');
    expect([other.negated, one.negated, other.class]).toEqual([true, false, '0']);
    expect(other.base).toBe(-one.base!);
    // The judged rows are the same: only the sign differs.
    expect(other.features).toEqual(one.features.map((feature) => ({ ...feature, mean: -feature.mean! })));
  });

  it('rows near the threshold: the one given, else the one that the page proposes', async () => {
    const given = await explained(...table(), ...model, ...beside, 'flagged', '--threshold', '0.4');
    const rows = { kind: 'near-threshold', side: 'flagged', threshold: 0.4 };
    expect(given.explain.background).toEqual({ rows: 100, choice: { rows, size: 100, seed: 20240501 } });
    const proposed = await explained(...table(), ...model, ...beside, 'passed');
    const { threshold } = proposed.document.strategies.find(({ name }) => name === 'maxF1')!;
    expect(proposed.explain.background?.choice.rows).toEqual({
      kind: 'near-threshold',
      side: 'passed',
      threshold,
    });
    expect(proposed.explain.base).toBeLessThan(given.explain.base!);
  });

  it('a threshold on recalibrated scores is looked for among recalibrated scores', async () => {
    const plain = await explained(...table(), ...model, ...beside, 'flagged');
    const recalibrated = await explained(
      ...table(),
      ...model,
      ...beside,
      'flagged',
      '--recalibrate',
      'platt',
    );
    const thresholdOf = ({ document }: Explained) =>
      document.strategies.find(({ name }) => name === 'maxF1')!.threshold;
    expect(thresholdOf(recalibrated)).not.toBeCloseTo(thresholdOf(plain)!, 3);
    // The order of the rows is the same, and so is the place of the threshold in it.
    expect(recalibrated.explain.base).toBeCloseTo(plain.explain.base!, 1);
  });

  it('a cohort, refused where nobody is in it', async () => {
    const cohort = await explained(...table(), ...model, ...beside, 'Records=1', '--background-size', '200');
    expect(cohort.explain.background).toMatchObject({ rows: 200, choice: { rows: { values: ['1'] } } });
    await expect(explained(...table(), ...model, ...beside, 'Records=7')).rejects.toMatchObject({
      code: 'value-missing',
    });
  });

  it('a background says nothing to path-dependent SHAP, which is said', async () => {
    const { document, explain } = await explained(...table(), ...model, '--background', 'Records=1');
    expect(explain.background).toBeNull();
    expect(document.warnings.filter((warning) => warning.startsWith('background-unused'))).toHaveLength(1);
  });
});

describe('contributions to the score, by sampling', () => {
  const explainedAlone = (
    file: string,
    rowCount: number,
    form: RowForm,
    model: string,
    ...asked: string[]
  ) => {
    const whole = goldenContributions('credit_data', file);
    const golden = { ...whole, row_ids: whole.row_ids.slice(0, rowCount) };
    const ids = [...golden.background_row_ids!, ...golden.row_ids];
    const table = tableOptions('credit_data', form, folder, { rowIds: ids, third: '1' });
    const words = ['--model', modelFile('credit_data', model), ...asked];
    return { golden, ids, found: explained(...table, ...words) };
  };

  it('are exact where all coalitions can be asked for', async () => {
    const file = 'lightgbm_numeric_interventional_probability_bruteforce';
    const asked = ['--shap-method', 'sampling'];
    const { golden, ids, found } = explainedAlone(file, 4, 'native_codes', 'lightgbm_numeric.txt', ...asked);
    const { explain, document } = await found;
    expect(distance(await found, golden, (id) => ids.indexOf(id))).toBeLessThan(1e-9);
    expect(explain).toMatchObject({ method: 'sampling', space: 'score', exact: true, isLogOdds: false });
    const said = document.warnings.filter((warning) => warning.startsWith('contributions-sampled'));
    expect(said).toEqual([expect.stringContaining('all coalitions were asked for')]);
    expect(explain.sampling).toMatchObject({ blocks: { enumerated: 1 }, open: null, relativeError: null });
  });

  it('of a network agree with enumeration within their errors, which the document says', async () => {
    const file = 'sklearn_mlp_pipeline_interventional_bruteforce';
    const { golden, found } = explainedAlone(file, 6, 'raw', 'sklearn_mlp_pipeline.no_zipmap.onnx');
    const { explain, document } = await found;
    expect(explain).toMatchObject({ method: 'sampling', space: 'score', exact: false, rows: 6 });
    expect(document.warnings.join('\n')).toMatch(
      /contributions-sampled: .* standard error of a row's .* up to 0\.0\d+; over these rows the order of .* is (open|settled)\./,
    );
    for (const { name, mean, standardError } of explain.features) {
      const j = golden.feature_names.indexOf(name);
      const expected = golden.shap_values.reduce((sum, row) => sum + (row[j] as number) / 6, 0);
      expect(Math.abs(mean! - expected)).toBeLessThan(5 * standardError! + 1e-6);
    }
    expect(explain.maxAdditivityError).toBeLessThan(1e-6);
    const { sampling, features } = explain;
    expect(sampling!.predictions).toBeGreaterThan(6 * 100);
    expect(sampling!.blocks.stable + sampling!.blocks.budget).toBe(1);
    const { largest, median } = sampling!.relativeError!;
    expect(largest!).toBeGreaterThan(median!);
    expect(largest!).toBeLessThan(0.1);
    expect(median!).toBeGreaterThan(features[0]!.standardError! / features[0]!.meanAbs!);
  });
});

describe('the command', () => {
  const model = ['--model', modelFile('credit_data', 'lightgbm_raw_columns.txt')];
  const out = (name: string) => join(folder, name);
  const table = () => tableOptions('credit_data', 'raw', folder);

  it('writes the same bytes in any process, one line for each judged row', async () => {
    const words = [...table(), ...model, '--bootstrap', '0'];
    const document = await documentOf(...words, '--shap', out('alone.csv'));
    const here = await explained(...words);
    expect(readFileSync(out('alone.csv')).equals(readFileSync(out('contributions.csv')))).toBe(true);
    expect(document.explain).toEqual(here.explain);
    const judged = csvRows(table()[1]!).flatMap(({ split }, row) => (split === 'test' ? [String(row)] : []));
    expect(here.lines.map(({ row }) => row)).toEqual(judged);
  });

  it('says nothing of explanations unless they are asked for, and needs no file for the section', async () => {
    const documentFor = async (...words: string[]) =>
      (await review(parseArguments([...table(), ...model, '--bootstrap', '0', ...words]))).document;
    const plain = await documentFor();
    expect('explain' in plain).toBe(false);
    const { explain, ...rest } = await documentFor('--explain');
    expect(rest).toEqual(plain);
    const means = explain!.features.map(({ meanAbs }) => meanAbs!);
    expect(means).toEqual([...means].sort((a, b) => b - a));
    expect(means.length).toBe(13);
  });

  it('leaves no file behind when the review fails', async () => {
    const file = out('not-there.csv');
    const { code, stderr } = await run(
      ...table(),
      ...model,
      '--shap-method',
      'interventional',
      '--background',
      'Home=castle',
      '--shap',
      file,
    );
    expect(code).toBe(2);
    expect(stderr).toMatch(/^value-missing: .*castle/);
    expect(() => readFileSync(file)).toThrow();
    expect(() => readFileSync(`${file}.part`)).toThrow();
  });
});

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { csvRows, documentOf, run } from './run-review.laws.ts';

const root = join(import.meta.dirname, '..');
const fixtures = join(root, 'fixtures');
let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'cutline-review-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const DATASETS = [
  { name: 'credit_data', target: 'Status', positive: 'bad' },
  { name: 'mlc_churn', target: 'churn', positive: 'yes' },
];

describe.each(DATASETS)('scores of the reference libraries on $name', ({ name, target, positive }) => {
  const golden = JSON.parse(
    readFileSync(join(fixtures, name, 'expected', 'metrics_classification.json'), 'utf8'),
  ) as { models: Record<string, GoldenModel> };

  it.each(Object.keys(golden.models))('%s: metrics and strategies', async (model) => {
    const expected = golden.models[model]!;
    const { metrics, strategies, rows, excluded } = await documentOf(
      ...['--data', join(fixtures, name, 'data_raw.csv'), '--target', target, '--positive', positive],
      ...['--join', join(fixtures, name, 'expected', 'probabilities_test.csv'), '--on', 'row_id'],
      ...['--score-column', model, '--split', 'split=test'],
    );
    expect(rows).toBe(csvRows(join(fixtures, name, 'data_raw.csv')).length);
    expect(excluded).toBe(0);
    expect(metrics.rows).toBe(expected.n);
    expect(metrics.positives).toBe(expected.positives);
    expect(metrics.rocAuc).toBeCloseTo(expected.roc_auc, 9);
    expect(metrics.averagePrecision).toBeCloseTo(expected.average_precision, 9);
    expect(metrics.brier).toBeCloseTo(expected.brier, 9);
    expect(metrics.logLoss).toBeCloseTo(expected.log_loss, 9);
    expect(metrics.ks).toBeCloseTo(expected.ks, 9);
    expect(metrics.ksThreshold).toBe(expected.ks_threshold);
    const byName = new Map(strategies.map((strategy) => [strategy.name, strategy]));
    expect([...byName.keys()]).toEqual([
      'maxF1',
      'maxFBeta2',
      'maxYouden',
      'maxKs',
      'minCost',
      'maxNet',
      'recallAtLeast0.75',
      'precisionAtLeast0.60',
      'fprAtMost0.10',
      'capacity500',
      'breakEven',
    ]);
    const { threshold, tp, fp, tn, fn } = expected.f1_optimal;
    expect(byName.get('maxF1')).toMatchObject({ threshold, tp, fp, tn, fn, net: null, roi: null });
    expect(byName.get('maxYouden')?.threshold).toBe(expected.youden.threshold);
    expect(byName.get('maxNet')).toMatchObject({
      threshold: null,
      tp: null,
      net: null,
      reason: 'no-scenario',
    });
  });
});

interface GoldenModel {
  readonly n: number;
  readonly positives: number;
  readonly roc_auc: number;
  readonly average_precision: number;
  readonly brier: number;
  readonly log_loss: number;
  readonly ks: number;
  readonly ks_threshold: number;
  readonly f1_optimal: Record<'threshold' | 'tp' | 'fp' | 'tn' | 'fn', number>;
  readonly youden: { readonly threshold: number };
}

describe('a scenario of each template', () => {
  // At 0.5 two are flagged: a positive of 1,000 and a negative of 400; a positive of 300 is passed.
  const rows = 'score,churned,value\n0.9,yes,1000\n0.5,no,400\n0.2,yes,300\n0.1,no,50\n';

  it.each([
    // 1,000 x 0.5 - 2 x 40
    [{ template: 'retention', customerValue: 'value', saveRate: 0.5, campaignCost: 40 }, 420, 420 / 80],
    // 1,000 + 20 - 2 x 5 - 1 x 30
    [
      { template: 'fraud', amount: 'value', reviewCost: 5, friction_cost: 30, chargebackFee: 20 },
      980,
      980 / 40,
    ],
    // 1,000 x 0.8 - 2 x 50
    [{ template: 'lending', amount: 'value', lossRate: 0.8, reviewCost: 50 }, 700, 7],
    // Four decisions stand for 400 a year: 100 x 700, friction for one of them, and what the model costs.
    [
      {
        ...{ template: 'lending', amount: 'value', lossRate: 0.8, reviewCost: 50 },
        ...{ friction: 10, fixedCost: 4000, rows_per_year: 400 },
      },
      65_000,
      65_000 / 15_000,
    ],
    // 1,000 x 0.1 gained, 40 for the negative; passed: half of 300 lost, 5 for the other.
    [
      {
        template: 'fourValues',
        ...{ tp: { column: 'value', times: 0.1 }, fp: -40, fn: { column: 'value', times: -0.5 }, tn: 5 },
      },
      -85,
      -85 / 190,
    ],
  ])('%o is worth %f', async (scenario, net, roi) => {
    const [data, file] = [join(folder, 'customers.csv'), join(folder, 'template.json')];
    writeFileSync(data, rows);
    writeFileSync(file, JSON.stringify(scenario));
    const { decision, warnings } = await documentOf(
      ...['--data', data, '--score-column', 'score', '--target', 'churned', '--positive', 'yes'],
      ...['--scenario', file, '--threshold', '0.5'],
    );
    expect(warnings).toEqual([]);
    expect(decision).toMatchObject({ tp: 1, fp: 1, net });
    expect(decision?.roi).toBeCloseTo(roi, 12);
  });

  it('gives the scenario back: new parts only where they are set', async () => {
    const [data, file] = [join(folder, 'customers.csv'), join(folder, 'template.json')];
    writeFileSync(data, rows);
    const echo = async (scenario: object) => {
      writeFileSync(file, JSON.stringify(scenario));
      const { scenario: given } = await documentOf(
        ...['--data', data, '--score-column', 'score', '--target', 'churned', '--positive', 'yes'],
        ...['--scenario', file],
      );
      return given;
    };
    const before = {
      template: 'lending',
      name: 'Base case',
      currency: 'EUR',
      amount: { column: 'value' },
      lossRate: 0.8,
      reviewCost: 50,
    };
    expect(await echo(before)).toEqual(before);
    expect(await echo({ ...before, frictionCost: 0, fixedCost: 0, rowsPerYear: null })).toEqual(before);
    const more = { ...before, frictionCost: 5, fixedCost: 10, rowsPerYear: 4000 };
    expect(await echo(more)).toEqual(more);
  });

  it('names the templates when it does not know one', async () => {
    const [data, file] = [join(folder, 'customers.csv'), join(folder, 'template.json')];
    writeFileSync(data, rows);
    writeFileSync(file, '{ "template": "lottery" }');
    const { code, stderr } = await run(
      ...['--data', data, '--score-column', 'score', '--target', 'churned', '--positive', 'yes'],
      ...['--scenario', file],
    );
    expect(code).toBe(2);
    expect(stderr).toMatch(/^invalid-scenario: .*"lending", "retention", "fraud"/u);
  });
});

describe('a model file', () => {
  const credit = join(fixtures, 'credit_data');
  const data = ['--data', join(credit, 'data_raw.csv'), '--target', 'Status', '--positive', 'bad'];
  const pipeline = ['--model', join(credit, 'models', 'sklearn_gradient_boosting_raw_pipeline.onnx')];

  it('scores every data row as the reference did, and values the strategies', async () => {
    const scenario = join(folder, 'scenario.json');
    writeFileSync(
      scenario,
      '{"template":"lending","amount":{"column":"Amount"},"lossRate":0.8,"reviewCost":50}',
    );
    const scores = join(folder, 'scores.csv');
    const json = join(folder, 'review.json');
    const document = await documentOf(
      ...data,
      ...pipeline,
      ...[
        '--split',
        'split=test',
        '--scenario',
        scenario,
        '--scores',
        scores,
        '--json',
        json,
        '--threshold',
        '0.5',
      ],
    );
    const expected = csvRows(
      join(credit, 'expected', 'probabilities_sklearn_gradient_boosting_raw_pipeline.csv'),
    );
    const written = csvRows(scores);
    expect(written.length).toBe(expected.length);
    for (const [row, { probability }] of expected.entries()) {
      expect(written[row]?.row).toBe(String(row));
      expect(Math.abs(Number(written[row]?.score) - Number(probability))).toBeLessThanOrEqual(2e-6);
    }
    // 17 digits read back as a float32, widened and never re-rounded.
    expect(written.every(({ score }) => Math.fround(Number(score)) === Number(score))).toBe(true);
    expect(JSON.parse(readFileSync(json, 'utf8'))).toEqual(document);
    expect(document.model).toMatchObject({ format: 'onnx', parity: 'kernel' });
    expect(document.model.gate).toMatchObject({ flipped: 0, tolerance: 2e-6, reason: null });
    expect(document.model.gate?.maxDifference).toBeLessThanOrEqual(2e-6);
    expect(document.comparison).toBeNull();
    expect(document.metrics.rows).toBe(1336);
    expect(document.split?.outside).toBe(4454 - 1336);
    const amounts = csvRows(join(credit, 'data_raw.csv')).map(({ Amount }) => Number(Amount));
    for (const { name, threshold, net, flagged, tp } of [...document.strategies]) {
      const byHand = netByHand(written, expected, amounts, threshold ?? Number.NaN);
      expect({ name, ...byHand }).toMatchObject({ name, flagged, tp });
      expect(net).toBeCloseTo(byHand.net, 6);
    }
    expect(document.decision).toMatchObject({ threshold: 0.5 });
  });

  it('maps a matrix without names in file order, and says so', async () => {
    const document = await documentOf(
      ...[
        '--data',
        join(credit, 'matrix_imputed_onehot_test.csv'),
        '--join',
        join(credit, 'data_raw.csv'),
        '--on',
        'row_id',
      ],
      ...['--target', 'Status', '--positive', 'bad'],
      ...['--model', join(credit, 'models', 'sklearn_gradient_boosting.no_zipmap.onnx')],
      ...['--scores', join(folder, 'matrix.csv')],
    );
    expect(document.warnings.some((warning) => warning.startsWith('feature-order-assumed'))).toBe(true);
    expect(document.model.inputs.every(({ how }) => how === 'order')).toBe(true);
    const reference = csvRows(join(credit, 'expected', 'onnxruntime_probabilities_test.csv'));
    const written = csvRows(join(folder, 'matrix.csv'));
    for (const [i, row] of reference.entries()) {
      const score = Number(written[i]?.score);
      expect(Math.abs(score - Number(row['sklearn_gradient_boosting.no_zipmap']))).toBeLessThanOrEqual(2e-6);
    }
  });

  it('takes the order from --features', async () => {
    const columns = 'Seniority,Time,Age,Expenses,Income,Assets,Debt,Amount,Price';
    const document = await documentOf(
      ...[
        '--data',
        join(credit, 'matrix_native_codes_test.csv'),
        '--join',
        join(credit, 'data_raw.csv'),
        '--on',
        'row_id',
      ],
      ...['--target', 'Status', '--positive', 'bad', '--features', columns],
      ...[
        '--model',
        join(credit, 'models', 'lightgbm_numeric.no_zipmap.onnx'),
        '--scores',
        join(folder, 'f.csv'),
      ],
    );
    expect(document.model.inputs.map(({ column }) => column).join(',')).toBe(columns);
    const reference = csvRows(join(credit, 'expected', 'onnxruntime_probabilities_test.csv'));
    const written = csvRows(join(folder, 'f.csv'));
    for (const [i, row] of reference.entries()) {
      const score = Number(written[i]?.score);
      expect(Math.abs(score - Number(row['lightgbm_numeric.no_zipmap']))).toBeLessThanOrEqual(2e-6);
    }
  });

  it('warns of a target that feeds the model, and of a column named twice', async () => {
    const columns = 'Seniority,Time,Age,Expenses,Income,Assets,Debt,Amount,Amount';
    const { warnings } = await documentOf(
      ...['--data', join(credit, 'data_raw.csv'), '--target', 'Seniority', '--positive', '0'],
      ...['--split', 'split=test', '--features', columns],
      ...['--model', join(credit, 'models', 'lightgbm_numeric.no_zipmap.onnx')],
    );
    const codes = warnings.map((warning) => warning.split(':')[0]);
    expect(codes).toContain('target-is-feature');
    expect(codes).toContain('feature-repeated');
  });

  it.each([
    ['column-missing', 'Seniority,Time,Age,Expenses,Income,Assets,Debt,Amount,Pricee', /"Pricee".*"Price"\?/],
    ['feature-order-unknown', 'Seniority,Time', /takes 9 columns in order, but 2 are given/],
  ])('refuses an order with %s', async (code, columns, message) => {
    const model = ['--model', join(credit, 'models', 'lightgbm_numeric.no_zipmap.onnx')];
    const { code: exit, stderr } = await run(...data, ...model, '--features', columns);
    expect(exit).toBe(2);
    expect(stderr.startsWith(`${code}: `)).toBe(true);
    expect(stderr).toMatch(message);
  });

  it('warns of a split column that is not used, and judges all labelled rows', async () => {
    const document = await documentOf(...data, ...pipeline);
    expect(document.metrics.rows).toBe(4454);
    expect(document.warnings.some((warning) => warning.startsWith('split-ignored'))).toBe(true);
  });

  it('counts excluded labels', async () => {
    const path = join(folder, 'three.csv');
    writeFileSync(path, 'y,s\nbad,0.9\ngood,0.2\nindeterminate,0.5\n,0.4\ngood,0.6\n');
    const document = await documentOf(
      ...[
        '--data',
        path,
        '--target',
        'y',
        '--positive',
        'bad',
        '--exclude',
        'indeterminate',
        '--score-column',
        's',
      ],
    );
    expect(document).toMatchObject({ rows: 5, excluded: 2, metrics: { rows: 3, positives: 1, rocAuc: 1 } });
    expect(document.excludedValues).toEqual([
      { value: 'indeterminate', count: 1 },
      { value: '(missing)', count: 1 },
    ]);
  });

  function netByHand(
    scores: readonly Record<string, string>[],
    labels: readonly Record<string, string>[],
    amounts: readonly number[],
    threshold: number,
  ): { net: number; flagged: number; tp: number } {
    let net = 0;
    let flagged = 0;
    let tp = 0;
    for (const [row, { split, label }] of labels.entries()) {
      if (split !== 'test' || Number(scores[row]?.score) < threshold) continue;
      flagged++;
      if (label === '1') tp++;
      net += (label === '1' ? 0.8 * (amounts[row] ?? 0) : 0) - 50;
    }
    return { net, flagged, tp };
  }
});

describe('bad input', () => {
  const credit = join(fixtures, 'credit_data', 'data_raw.csv');
  const corrupt = 'corrupt.onnx';
  const cases: readonly (readonly [string, string, readonly string[]])[] = [
    ['no options', 'invalid-argument', []],
    ['unknown option', 'invalid-argument', ['--date', 'x.csv']],
    [
      'no such file',
      'file-unreadable',
      ['--data', 'nowhere.csv', '--target', 'y', '--positive', '1', '--score-column', 's'],
    ],
    [
      'target missing',
      'column-missing',
      ['--data', credit, '--target', 'State', '--positive', 'bad', '--score-column', 'Debt'],
    ],
    [
      'positive value missing',
      'value-missing',
      ['--data', credit, '--target', 'Status', '--positive', 'ugly', '--score-column', 'Debt'],
    ],
    [
      'scores out of range',
      'score-out-of-range',
      ['--data', credit, '--target', 'Status', '--positive', 'bad', '--score-column', 'Amount'],
    ],
    [
      'text scores',
      'score-not-numeric',
      ['--data', credit, '--target', 'Status', '--positive', 'bad', '--score-column', 'Home'],
    ],
    [
      'one class',
      'one-class',
      ['--data', credit, '--target', 'split', '--positive', 'train,test', '--score-column', 'Debt'],
    ],
    [
      'corrupt model',
      'corrupt-model',
      ['--data', credit, '--target', 'Status', '--positive', 'bad', '--model', corrupt],
    ],
    [
      'model as data',
      'not-a-table',
      [
        '--data',
        join(fixtures, 'credit_data/models/sklearn_gradient_boosting.no_zipmap.onnx'),
        '--target',
        'y',
        '--positive',
        '1',
        '--score-column',
        's',
      ],
    ],
    [
      'wrong model',
      'input-missing',
      [
        '--data',
        join(fixtures, 'mlc_churn/data_raw.csv'),
        '--target',
        'churn',
        '--positive',
        'yes',
        '--model',
        join(fixtures, 'credit_data/models/sklearn_gradient_boosting_raw_pipeline.onnx'),
      ],
    ],
  ];
  it.each(cases)('%s: one line with %s, exit 2, nothing on stdout', async (_what, code, args) => {
    const model = readFileSync(join(fixtures, 'credit_data/models/sklearn_gradient_boosting.no_zipmap.onnx'));
    writeFileSync(join(folder, corrupt), model.subarray(0, model.length / 2));
    const outcome = await run(...args.map((arg) => (arg === corrupt ? join(folder, corrupt) : arg)));
    expect(outcome.stdout).toBe('');
    expect(outcome.stderr).toMatch(new RegExp(`^${code}: .+\n$`));
    expect(outcome.code).toBe(2);
  });
});

import { describe, expect, it } from 'vitest';
import { formatList } from '../../design/format.ts';
import { allTooFew, checkRows } from './checks.view-model.ts';
import { engineLines, gateVerdict, latencyRows, latencyRuns, referenceText } from './engine.view-model.ts';
import { canBecomeOnnx, fileLines, operatorRows, opsetText, packageLines } from './file.view-model.ts';
import { type AnswerFacts, modelAnswer } from './model-answer.view-model.ts';
import { check, comparison, gate, model, trees } from './sample.laws.ts';
import { signatureLines, signatureView } from './signature.view-model.ts';
import { differenceText, latencyText } from './words.ts';

/** No-break spaces are for the eye. */
const plain = (text: string): string => text.replaceAll('\u00A0', ' ');
const mapping = { columnOf: {}, order: null };
const facts: AnswerFacts = {
  model: model(),
  mapping,
  tableRows: 4454,
  scoreColumn: null,
  isScored: true,
  engineName: gate.engineName,
  gate,
  checks: null,
  differing: null,
};
const answer = (change: Partial<AnswerFacts> = {}): string =>
  plain(
    modelAnswer({ ...facts, ...change })
      .map(({ text }) => text)
      .join(''),
  ).trimEnd();

describe('modelAnswer', () => {
  it('says what is inside, what scored and what the checks found', () => {
    const checks = [check(), check({ verdict: 'warn', title: 'Scores spread' })];
    expect(answer({ checks })).toBe(
      'LightGBM with 160 trees over 2 columns. Its scores come from the fast kernel, equal to the reference on all 4,454 rows (within 2.4e−9). 1 of 2 checks passes; one needs a look: “Scores spread”.',
    );
  });

  it('counts verdicts of every kind, the gravest first', () => {
    const checks = [
      check({ verdict: 'warn', title: 'W' }),
      check({ verdict: 'fail', title: 'F' }),
      check({ verdict: 'fail', title: 'G' }),
      check({ verdict: 'not-enough-data' }),
      check(),
      check(),
    ];
    expect(answer({ checks })).toContain(
      '2 of 6 checks pass; 2 fail: “F” and “G”; one needs a look: “W”; 1 lacks the data to tell.',
    );
    expect(answer({ checks: [check(), check()] })).toContain('All 2 checks pass.');
  });

  it('names the reference where it scores, and says when nothing has', () => {
    const reference = { ...gate, engine: 'reference' as const, engineName: 'ONNX Runtime Web 1.30.0' };
    expect(answer({ gate: reference })).toContain('come from the reference, ONNX Runtime Web 1.30.0.');
    expect(answer({ gate: { ...gate, maxDifference: 0 } })).toContain(
      'on all 4,454 rows (to the last digit).',
    );
    expect(answer({ tableRows: 1_000_000 })).toContain('on 4,454 of 1,000,000 rows (within ');
    expect(answer({ gate: null })).toContain('Its scores come from the Cutline tree kernel 1.');
    expect(answer({ isScored: false })).toContain('It has not scored this table yet.');
    expect(answer({ tableRows: null })).toContain('No table is open for it to score.');
    expect(answer({ scoreColumn: 'pd' })).toContain('come from the column pd, not from this model.');
  });

  it('says that another form of it gives other scores, after the checks and without them', () => {
    const differing = { name: 'converted.onnx', comparison: comparison() };
    const said = 'But it differs from converted.onnx on 312 of 1,336 rows, by up to 0.620.';
    expect(answer({ checks: [check(), check()], differing })).toMatch(/All 2 checks pass\. But it differs/);
    expect(answer({ differing })).toMatch(new RegExp(`\\(within 2\\.4e−9\\)\\. ${said}$`));
  });

  it('says what is inside a model without trees', () => {
    const graph = { core: null, trees: null, format: 'onnx' as const };
    const operators = [
      { name: 'MatMul', count: 3 },
      { name: 'Relu', count: 2 },
    ];
    expect(answer({ model: model({ ...graph, operators }) })).toMatch(
      /^ONNX with 5 operators over 2 columns\. /,
    );
    expect(answer({ model: model({ ...graph, core: 'linear' }) })).toMatch(/^ONNX with a linear model over/);
    expect(answer({ model: model({ inputs: [] }) })).toContain('over columns still to be named. ');
  });
});

it('says what the reference is and what it was tested against', () => {
  expect(referenceText('lightgbm')).toMatch(/this file’s trees.+LightGBM’s own scores.+at most 1e−10\.$/);
  expect(referenceText('xgboost')).toMatch(/this file’s trees.+XGBoost’s own scores.+at most 1e−6\.$/);
  expect(referenceText('onnx')).toBe('The reference is ONNX Runtime, which runs the file as it is.');
});

describe('checks', () => {
  it('keep their order; one without rows is shown as such', () => {
    const rows = checkRows([check({ verdict: 'not-enough-data', code: 'constant' }), check()]);
    expect(rows.map(({ code, kind }) => [code, kind])).toEqual([
      ['constant', 'too-few'],
      ['probabilities', 'pass'],
    ]);
  });

  it('are all too few only when each is', () => {
    const few = check({ verdict: 'not-enough-data' });
    expect(allTooFew([few, few])).toBe(true);
    expect(allTooFew([few, check()])).toBe(false);
    expect(allTooFew([])).toBe(false);
  });
});

describe('the engine', () => {
  const lines = (change: Partial<Parameters<typeof engineLines>[0]> = {}) =>
    engineLines({
      gate,
      engineName: null,
      rowsPerSecond: 812_000,
      restored: false,
      tableRows: 4454,
      ...change,
    }).map(({ name, value }) => plain(`${name}: ${value}`));

  it('is named with what it was compared with', () => {
    expect(lines()).toEqual([
      'Scored by: the Cutline tree kernel 1',
      'Reference: the plain evaluation of the file',
      'Compared: all 4,454 rows',
      'Largest difference: 2.4e−9 (limit 1e−6)',
      'Decisions that flip: none, at any threshold',
      'Speed: 812 k rows/s',
    ]);
    expect(lines({ gate: { ...gate, flipped: 3, maxDifference: null } })).toContain(
      'Decisions that flip: 3 rows, at some threshold',
    );
  });

  it('leaves out what was not measured', () => {
    expect(lines({ gate: null, engineName: 'ONNX Runtime Web', rowsPerSecond: null })).toEqual([
      'Scored by: ONNX Runtime Web',
    ]);
    expect(lines({ gate: { ...gate, rows: 0 }, rowsPerSecond: null, restored: true })).toEqual([
      'Scored by: the Cutline tree kernel 1',
      'Speed: scores were kept in this browser',
    ]);
  });

  it('has a verdict where something was compared', () => {
    expect(gateVerdict(gate)).toEqual({ kind: 'pass', word: 'Equal to the reference' });
    expect(gateVerdict({ ...gate, engine: 'reference' })?.kind).toBe('warn');
    expect(gateVerdict({ ...gate, rows: 0 })).toBeNull();
    expect(gateVerdict(null)).toBeNull();
  });

  it('is timed on one row and on a thousand', () => {
    const figures = { p50: 0.0852, p95: 1.2344, p99: 312, runs: 2001 };
    const report = { engineName: 'x', oneRow: figures, thousandRows: { ...figures, runs: 90 } };
    const [one, thousand] = latencyRows(report);
    expect(plain(latencyRuns(report))).toBe('2,001 runs on one row, 90 on a thousand.');
    expect(plain(Object.values(one ?? {}).join('; '))).toBe('1 row; 85.2 µs; 1.23 ms; 312 ms');
    expect(plain(thousand?.what ?? '')).toBe('1,000 rows');
  });
});

describe('the signature', () => {
  it('lists features with their columns, known values and training range', () => {
    const report = {
      bindings: [{ feature: 'Age', input: 'Age', position: 0, column: 'age_years', how: 'user' }],
    };
    const view = signatureView(model(), mapping, report as unknown as Parameters<typeof signatureView>[2]);
    expect(view.rows).toEqual([
      {
        feature: 'Age',
        type: 'number (float64)',
        known: '18 to 68',
        allKnown: '',
        column: 'age_years',
      },
      {
        feature: 'Home',
        type: 'text',
        known: 'owner, rent, (empty) and 2 more',
        allKnown: 'owner, rent, (empty), priv, other',
        column: null,
      },
    ]);
    expect([view.hasKnown, view.leftOut]).toEqual([true, null]);
  });

  it('finds the range of each column of a matrix', () => {
    const matrix = {
      name: 'features',
      kind: 'number' as const,
      elementType: 'float32',
      columns: 2,
      knownValues: null,
      trainingRanges: [null, [0, 7] as const],
    };
    const { rows } = signatureView(model({ inputs: [matrix] }), mapping, null);
    expect(rows.map(({ feature, known }) => [feature, known])).toEqual([
      ['column 1', ''],
      ['column 2', '0 to 7'],
    ]);
    const bare = { ...matrix, trainingRanges: [null, null] };
    expect(signatureView(model({ inputs: [bare] }), mapping, null).hasKnown).toBe(false);
  });

  it('cuts a table that nobody reads, and says so', () => {
    const [input] = model().inputs;
    const inputs = [{ ...input!, name: 'features', columns: 501 }];
    const view = signatureView(model({ inputs }), mapping, null);
    expect(view.rows).toHaveLength(500);
    expect(plain(view.leftOut ?? '')).toBe('The first 500 of 501 features.');
  });

  it('names classes and objective', () => {
    const lines = signatureLines(
      model({ classLabels: null, objective: null, trees: { ...trees, outputCount: 3 } }),
    );
    expect(lines.map(({ name, value }) => plain(`${name}: ${value}`))).toEqual([
      'Classes: not stated in the file',
      'Margins per row: 3',
    ]);
    const [, , tensors] = signatureLines(model({ format: 'onnx', trees: null }));
    expect(plain(tensors?.value ?? '')).toBe('2 tensors');
  });
});

describe('the file', () => {
  it('says where it comes from', () => {
    expect(fileLines(model()).map(({ value }) => plain(value))).toEqual([
      'model.txt',
      'LightGBM text (v4)',
      '388 kB',
      'LightGBM',
    ]);
    expect(packageLines(model())).toEqual([]);
    const folder = {
      dataPath: 'model.lgb',
      flavor: 'lightgbm',
      mlflowVersion: '2.1',
      runId: null,
      createdAt: null,
    };
    expect(packageLines(model({ package: folder })).map(({ value }) => value)).toEqual([
      'model.lgb',
      'lightgbm',
      '2.1',
    ]);
  });

  it('sorts operators by count, then by name, and names the default operator set', () => {
    const operators = [
      { name: 'Cast', count: 1 },
      { name: 'Add', count: 1 },
      { name: 'Scaler', count: 4 },
    ];
    expect(operatorRows(model({ operators })).map(({ name }) => name)).toEqual(['Scaler', 'Add', 'Cast']);
    const opsets = [
      { domain: '', version: 15 },
      { domain: 'ai.onnx.ml', version: 3 },
    ];
    expect(opsetText(model({ opsets }))).toBe('ai.onnx 15, ai.onnx.ml 3');
  });

  it('offers ONNX for native trees only', () => {
    expect(canBecomeOnnx(model())).toBe(true);
    expect(canBecomeOnnx(model({ format: 'onnx' }))).toBe(false);
    expect(canBecomeOnnx(model({ core: null }))).toBe(false);
  });
});

describe('words', () => {
  it.each([
    [0, '0'],
    [0.62, '0.620'],
    [0.6204, '0.620'],
    [1e-6, '1e−6'],
    [-2.44e-9, '−2.4e−9'],
    [-0.25, '−0.250'],
    [Number.NaN, 'not defined'],
  ])('a difference of %s is %s', (value, text) => {
    expect(differenceText(value)).toBe(text);
  });

  it('says times in the unit that fits', () => {
    expect([0.0041, 12.345, Number.NaN].map((ms) => plain(latencyText(ms)))).toEqual([
      '4.1 µs',
      '12.3 ms',
      'not defined',
    ]);
  });

  it('lists', () => {
    expect([[], ['a'], ['a', 'b'], ['a', 'b', 'c']].map(formatList)).toEqual([
      '',
      'a',
      'a and b',
      'a, b and c',
    ]);
  });
});

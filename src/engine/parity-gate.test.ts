import { describe, expect, it } from 'vitest';
import { categoryColumn, numberColumn } from '../../fixtures/table-of-csv.ts';
import { ModelError } from '../core/errors.ts';
import { bindFeatures } from '../core/model/feature-block.ts';
import type { MappingReport } from '../core/model/mapping.ts';
import type { GateReport } from '../core/parity/gate-report.ts';
import { drain } from '../core/sliced.ts';
import type { Table } from '../core/table/column.ts';
import { missingRule, splitRule, type TreeEnsemble } from '../core/trees/tree-ensemble.ts';
import { gateRows, SPREAD_ROWS } from './gate-rows.ts';
import { createKernelScorer } from './kernel-scorer.ts';
import { KERNEL_NAME } from './kernels/tree-kernel.ts';
import { FLOAT64_TOLERANCE, parityGate } from './parity-gate.ts';
import type { Scorer } from './scorer.ts';
import { createPlainScorer, plainEngineName, type ScorableTrees } from './trees-scorer.ts';

/** x <= 1 ? (x <= 0 ? 0.2 : 0.4) : 0.8; missing values take `missing`. No link: the leaves are the scores. */
function stairs(changes: Partial<TreeEnsemble> = {}): TreeEnsemble {
  return {
    featureCount: 1,
    outputCount: 1,
    classCount: 2,
    comparison: 'float64',
    sums: 'float64',
    roots: Int32Array.of(0),
    treeOutputs: Int32Array.of(0),
    treeWeights: null,
    features: Int32Array.of(0, 0),
    rules: Uint8Array.of(splitRule.lessOrEqual, splitRule.lessOrEqual),
    missing: Uint8Array.of(missingRule.nan, missingRule.nan),
    defaultLeft: Uint8Array.of(0, 0),
    thresholds: Float64Array.of(1, 0),
    left: Int32Array.of(1, ~0),
    right: Int32Array.of(~2, ~1),
    categorySets: { boundaries: Int32Array.of(0), words: new Uint32Array(0) },
    leafWidth: 1,
    leafValues: Float64Array.of(0.2, 0.4, 0.8),
    linearLeaves: null,
    covers: null,
    gains: null,
    baseValues: Float64Array.of(0),
    averageOver: 1,
    link: { kind: 'identity' },
    ...changes,
  };
}

function treesOf(ensemble: TreeEnsemble): ScorableTrees {
  return {
    modelName: 'stairs.txt',
    ensemble,
    features: [{ name: 'x', input: 'x', position: 0, steps: [] }],
    classLabels: ['0', '1'],
    objective: null,
    output: 'probabilities',
  };
}

const report: MappingReport = {
  bindings: [{ feature: 'x', input: 'x', position: 0, column: 'x', how: 'name' }],
  missing: [],
  extra: [],
  mistyped: [],
  unseen: [],
  needsOrderConsent: false,
  ready: true,
  notices: [],
};

function tableOf(values: Iterable<number>): Table {
  const column = numberColumn('x', values);
  return { name: 't', rowCount: column.kind === 'number' ? column.values.length : 0, columns: [column] };
}

async function gate(
  table: Table,
  kernel: Scorer = createKernelScorer(treesOf(stairs())),
  ensemble: TreeEnsemble = stairs(),
): Promise<GateReport> {
  const trees = treesOf(ensemble);
  const reference = createPlainScorer(trees);
  const question = {
    reference,
    kernel,
    trees,
    table,
    report,
    positiveValues: ['1'],
    tolerance: FLOAT64_TOLERANCE,
  };
  const run = parityGate(question);
  let step = await run.next();
  while (step.done !== true) step = await run.next();
  return step.value;
}

/** A kernel that went wrong: another ensemble under its name. */
function wrongKernel(changes: Partial<TreeEnsemble>): Scorer {
  return { ...createPlainScorer(treesOf(stairs(changes))), engine: KERNEL_NAME };
}

const steps = tableOf([-1, 0.5, 2, Number.NaN, 0, 1]);

describe('the parity gate', () => {
  it('lets the kernel score when it answers as the reference', async () => {
    expect(await gate(steps)).toEqual({
      engine: 'kernel',
      engineName: KERNEL_NAME,
      referenceName: plainEngineName(stairs()),
      rows: 6,
      maxDifference: 0,
      tolerance: 1e-12,
      flipped: 0,
      reason: null,
    });
  });

  it('keeps a kernel out whose scores differ by more than the tolerance', async () => {
    const kernel = wrongKernel({ leafValues: Float64Array.of(0.2, 0.4, 0.75) });
    const found = await gate(steps, kernel);
    expect(found).toMatchObject({
      engine: 'reference',
      engineName: plainEngineName(stairs()),
      rows: 6,
      flipped: 0,
    });
    expect(found.maxDifference).toBeCloseTo(0.05, 12);
    expect(found.reason).toContain('differs from the reference by up to 0.050 on 6 compared rows');
  });

  it('keeps a kernel out that changes the order of rows within the tolerance, and counts those rows', async () => {
    const nearly = (a: number, b: number) => ({ leafValues: Float64Array.of(0.2, 0.4 + a, 0.4 + b) });
    // x <= 1 scores 0.4 in two rows (0.5 and 1), more than 1 scores 1e-13 above in two (2 and NaN); the kernel swaps them.
    const found = await gate(steps, wrongKernel(nearly(2e-13, 1e-13)), stairs(nearly(0, 1e-13)));
    expect(found).toMatchObject({ engine: 'reference', flipped: 2 });
    expect(found.reason).toContain('puts 2 of 6 compared rows in another order');
    const level = await gate(steps, wrongKernel(nearly(1e-13, 1e-13)), stairs(nearly(0, 1e-13)));
    expect(level).toMatchObject({ engine: 'kernel', flipped: 0 });
  });

  it('keeps a kernel out that gives no score where the reference gives one', async () => {
    const kernel = wrongKernel({ leafValues: Float64Array.of(0.2, Number.NaN, 0.8) });
    const found = await gate(steps, kernel);
    expect(found.reason).toBe('On 2 of 6 compared rows only one of the two gives a score.');
    expect(found.maxDifference).toBe(0);
  });

  it('takes the reference for a table without rows', async () => {
    expect(await gate(tableOf([]))).toMatchObject({ engine: 'reference', rows: 0, maxDifference: null });
  });

  it('takes the reference where no compared row has a score: that proves nothing of the others', async () => {
    const nowhere = stairs({ leafValues: new Float64Array(3).fill(Number.NaN) });
    const found = await gate(steps, createKernelScorer(treesOf(nowhere)), nowhere);
    expect(found).toMatchObject({ engine: 'reference', rows: 6, maxDifference: null });
    expect(found.reason).toBe('None of the 6 compared rows has a score to compare.');
  });

  it('says what the kernel or the reference raised', async () => {
    const broken: Scorer = {
      ...createPlainScorer(treesOf(stairs())),
      bind: () => ({ run: () => Promise.reject(new ModelError('run-failed', 'No memory.')) }),
    };
    expect((await gate(steps, broken)).reason).toBe(
      'The kernel does not score the compared rows: No memory.',
    );
    const margins = stairs({ leafValues: Float64Array.of(-3, 0, 5) });
    const refused = await gate(steps, createKernelScorer(treesOf(margins)), margins);
    expect(refused).toMatchObject({ engine: 'reference', rows: 0 });
    expect(refused.reason).toContain('margin');
  });

  it('takes the reference where the columns cannot feed the kernel', async () => {
    const texts: Table = { name: 't', rowCount: 1, columns: [categoryColumn('x', ['12'])] };
    const found = await gate(texts);
    expect(found).toMatchObject({ engine: 'reference', rows: 0 });
    expect(found.reason).toContain('Column "x" is of kind category');
  });

  it('refuses a mapping that is not ready as scoring does', async () => {
    const trees = treesOf(stairs());
    const reference = createPlainScorer(trees);
    const question = { reference, kernel: reference, trees, table: steps, positiveValues: [], tolerance: 0 };
    const run = parityGate({ ...question, report: { ...report, missing: ['x'], ready: false } });
    await expect(run.next()).rejects.toMatchObject({ code: 'input-missing' });
  });
});

describe('rows of a long table', () => {
  const ROWS = 50_000;
  const values = Float64Array.from({ length: ROWS }, (_, i) => 0.1 + (i % 7) / 10);
  const oddRow = 12_345;

  it('are spread evenly, with the ends and the missing values of every feature that is read', () => {
    const holes = values.slice();
    holes[oddRow] = Number.NaN;
    holes[oddRow + 7] = -5;
    holes[oddRow + 9] = 5;
    const { features } = treesOf(stairs());
    const table = tableOf(holes);
    const bound = bindFeatures(table, report, features);
    const rows = drain(gateRows(bound, [true], table.columns));
    expect(rows.length).toBe(SPREAD_ROWS + 3);
    expect([rows[0], rows.at(-1)]).toEqual([0, ROWS - 1]);
    expect([...rows]).toEqual(expect.arrayContaining([oddRow, oddRow + 7, oddRow + 9]));
    expect([...rows]).toEqual([...new Set(rows)].sort((a, b) => a - b));
    expect(drain(gateRows(bound, [false], table.columns)).length).toBe(SPREAD_ROWS + 1);
  });

  it('find a kernel that is wrong on missing values only, though one row in 50,000 has one', async () => {
    const kernel = wrongKernel({ defaultLeft: Uint8Array.of(1, 1) });
    expect((await gate(tableOf(values), kernel)).engine).toBe('kernel');
    const holes = values.slice();
    holes[oddRow] = Number.NaN;
    const found = await gate(tableOf(holes), kernel);
    expect(found.engine).toBe('reference');
    expect(found.maxDifference).toBeCloseTo(0.6, 12);
  });

  it('hold every category of the columns that feed the model, however rare', () => {
    const { features } = treesOf(stairs());
    const texts = Array.from({ length: ROWS }, (_, row) => (row === oddRow ? 'rare' : row % 2 ? 'a' : 'b'));
    const columns = [numberColumn('x', values), categoryColumn('home', texts)];
    const bound = bindFeatures({ name: 't', rowCount: ROWS, columns }, report, features);
    const rows = drain(gateRows(bound, [false], columns));
    expect(rows.length).toBe(SPREAD_ROWS + 1);
    expect([...rows]).toContain(oddRow);
  });
});

import { readFileSync } from 'node:fs';
import { afterAll, describe, expect, it } from 'vitest';
import { numbersOf, tableOfCsv } from '../../../fixtures/table-of-csv.ts';
import type { SampledContributions, SamplingOptions } from '../../core/explain/permutation-shap.ts';
import { bindInputs } from '../../core/model/binding.ts';
import type { MappingReport } from '../../core/model/mapping.ts';
import type { Table } from '../../core/table/column.ts';
import { openModelFile } from '../../formats/model/open-model.ts';
import { summariseModel } from '../../formats/model/summarise-model.ts';
import { createModelScorer } from '../model-scorers.ts';
import { scoreRows } from '../score-rows.ts';
import type { Scorer } from '../scorer.ts';
import { sampledExplainer } from './sampled-explainer.ts';

const slow = process.env.CUTLINE_LANE === 'slow';
const folder = new URL('../../../fixtures/credit_data/', import.meta.url).pathname;
const table = await tableOfCsv(`${folder}data_raw.csv`);

/** A model of fixtures on the whole data set. */
interface Bound {
  readonly scorer: Scorer;
  readonly report: MappingReport;
}

const scorers: Scorer[] = [];

async function open(file: string, columnOf: Record<string, string> = {}): Promise<Bound> {
  const opened = openModelFile(new Uint8Array(readFileSync(`${folder}models/${file}`)), file);
  const roled = ['row_id', 'split', 'Status'];
  const report = bindInputs(summariseModel(opened, file), table, { columnOf, order: null }, roled);
  const scorer = await createModelScorer(opened, file.endsWith('.onnx') ? 'reference' : 'kernel');
  scorers.push(scorer);
  return { scorer, report };
}

afterAll(async () => {
  for (const scorer of scorers) await scorer.release();
});

async function toEnd<S, R>(slices: AsyncGenerator<S, R, void>): Promise<R> {
  let step = await slices.next();
  while (step.done !== true) step = await slices.next();
  return step.value;
}

function explain(
  { scorer, report }: Bound,
  rows: readonly number[],
  background: readonly number[],
  options: Partial<SamplingOptions> = {},
  of: Table = table,
): Promise<SampledContributions> {
  const explainer = sampledExplainer(scorer, of, report, ['bad'], Uint32Array.from(background), options);
  return toEnd(explainer.explain(Uint32Array.from(rows)));
}

interface Golden {
  readonly row_ids: readonly number[];
  readonly background_row_ids: readonly number[];
  readonly feature_names: readonly string[];
  readonly base_value: number;
  readonly shap_values: readonly (readonly number[])[];
  readonly output: readonly number[];
}

function golden(name: string): Golden {
  return JSON.parse(readFileSync(`${folder}expected/shap_${name}.json`, 'utf8')) as Golden;
}

/** Per row and feature of the golden file: ours less theirs, and our standard error (0 where exact). */
function differences({ report }: Bound, expected: Golden, found: SampledContributions) {
  const width = report.bindings.length;
  return expected.shap_values.slice(0, found.rows.length).flatMap((row, r) =>
    row.map((phi, j) => {
      const feature = report.bindings.findIndex(({ column }) => column === expected.feature_names[j]);
      const at = r * width + feature;
      return { difference: found.values[at]! - phi, error: found.standardErrors?.[at] ?? 0 };
    }),
  );
}

function largestAdditivityError({ report }: Bound, found: SampledContributions): number {
  const width = report.bindings.length;
  const missed = Array.from(found.outputs, (output, r) => {
    const values = found.values.subarray(r * width, (r + 1) * width);
    return Math.abs(values.reduce((sum, phi) => sum + phi, found.baseValue) - output);
  });
  return Math.max(...missed);
}

async function scores({ scorer, report }: Bound, rows: readonly number[]): Promise<number[]> {
  const request = { rowStart: 0, rowEnd: table.rowCount, positiveValues: ['bad'] };
  const { scores } = await toEnd(scoreRows(scorer, table, report, request));
  return rows.map((row) => scores[row]!);
}

const mlp = await open('sklearn_mlp_pipeline.no_zipmap.onnx');
const trees = await open('lightgbm_numeric.txt');
const raw = await open('lightgbm_raw_columns.txt');

describe('a network behind imputer, scaler and one-hot encoder, which nothing but its scores explains', () => {
  const expected = golden('sklearn_mlp_pipeline_interventional_bruteforce');
  const background = expected.background_row_ids;
  const rows = expected.row_ids.slice(0, slow ? 6 : 1);

  it(`is explained exactly over its 13 raw columns, ${rows.length} of 6 rows`, async () => {
    const found = await explain(mlp, rows, background, { budget: 1_000_000 });
    expect(found).toMatchObject({ isExact: true, end: 'enumerated', standardErrors: null });
    for (const { difference } of differences(mlp, expected, found))
      expect(Math.abs(difference)).toBeLessThanOrEqual(1e-6);
    expect(Math.abs(found.baseValue - expected.base_value)).toBeLessThanOrEqual(1e-6);
    expect([...found.outputs]).toEqual(await scores(mlp, rows));
    expect(largestAdditivityError(mlp, found)).toBeLessThanOrEqual(1e-12);
  });

  it('is explained within four standard errors by sampling, and adds up', async () => {
    const found = await explain(mlp, expected.row_ids, background, { budget: 0 });
    expect(found).toMatchObject({ isExact: false, end: 'budget' });
    // Two opposite pairs of orders for each of 6 x 100 pairs of rows: at most 4 x 12 answers for each.
    expect(found.predictions).toBeLessThan(6 * 100 * 48);
    for (const { difference, error } of differences(mlp, expected, found)) {
      expect(error).toBeGreaterThan(0);
      expect(error).toBeLessThan(0.01);
      expect(Math.abs(difference)).toBeLessThanOrEqual(4 * error);
    }
    expect(largestAdditivityError(mlp, found)).toBeLessThanOrEqual(1e-12);
  });

  it('is left in slices, so that it can be cancelled', async () => {
    const rowsAsked = Uint32Array.from(expected.row_ids);
    const run = sampledExplainer(mlp.scorer, table, mlp.report, ['bad'], Uint32Array.from(background), {
      budget: 30_000,
    }).explain(rowsAsked);
    const first = await run.next();
    const second = await run.next();
    expect(first).toEqual({ done: false, value: { done: 106, total: 30_000 } });
    expect(second.value).toEqual({ done: 106 + 4096, total: 30_000 });
    await run.return(undefined as never);
    expect((await run.next()).done).toBe(true);
  });

  it('gives the rows of a table in another order of rows the same contributions', async () => {
    const [row = 0, other = 0] = expected.row_ids;
    const few = background.slice(0, 25);
    const forward = await explain(mlp, [row, other], few, { budget: 0 });
    const backward = await explain(mlp, [other, row], few, { budget: 0 });
    expect(backward.values.slice(13)).toEqual(forward.values.slice(0, 13));
    expect(backward.values.slice(0, 13)).toEqual(forward.values.slice(13));
  });
});

describe('the probability of a tree model', () => {
  const expected = golden('lightgbm_numeric_interventional_probability_bruteforce');

  it('is explained exactly', async () => {
    const found = await explain(trees, expected.row_ids, expected.background_row_ids, { budget: 1_000_000 });
    expect(found.isExact).toBe(true);
    for (const { difference } of differences(trees, expected, found))
      expect(Math.abs(difference)).toBeLessThanOrEqual(1e-9);
    expect(Math.abs(found.baseValue - expected.base_value)).toBeLessThanOrEqual(1e-9);
    for (const [r, output] of expected.output.entries())
      expect(Math.abs(found.outputs[r]! - output)).toBeLessThanOrEqual(1e-9);
  });

  it('gives nothing to the features of a row that stands in the background alone', async () => {
    const found = await explain(trees, [20], [20]);
    expect([...found.values]).toEqual(Array(9).fill(0));
    expect(found.baseValue).toBe(found.outputs[0]);
  });

  it('takes two features that one column feeds for one player, at the first of them', async () => {
    const twice = await open('lightgbm_numeric.txt', { Time: 'Seniority' });
    const found = await explain(twice, expected.row_ids.slice(0, 3), expected.background_row_ids);
    const at = (name: string) => twice.report.bindings.findIndex(({ feature }) => feature === name);
    expect(found.values.length).toBe(3 * 9);
    for (let r = 0; r < 3; r++) {
      expect(found.values[r * 9 + at('Time')]).toBe(0);
      expect(Math.abs(found.values[r * 9 + at('Seniority')]!)).toBeGreaterThan(0.01);
    }
    expect(largestAdditivityError(twice, found)).toBeLessThanOrEqual(1e-12);
    expect([...found.outputs]).toEqual(await scores(twice, expected.row_ids.slice(0, 3)));
  });
});

describe('a model that takes texts and missing cells as they are', () => {
  const isIncomplete = (row: number) => Number.isNaN(numbersOf(table, 'Income')[row]);
  const incomplete = [...numbersOf(table, 'Income').keys()].filter(isIncomplete).slice(0, 2);

  it('is explained by the scores that the table gets', async () => {
    const rows = [...incomplete, 3, 14];
    const found = await explain(raw, rows, [0, ...incomplete, 198, 204, 231], { budget: 0 });
    expect([...found.outputs]).toEqual(await scores(raw, rows));
    expect(largestAdditivityError(raw, found)).toBeLessThanOrEqual(1e-12);
    const home = raw.report.bindings.findIndex(({ column }) => column === 'Job');
    expect(found.values[home]).not.toBe(0);
  });

  it('hears the errors of scoring: a mapping that is not ready', async () => {
    const { columns } = table;
    const without = { ...table, columns: columns.filter(({ name }) => name !== 'Income') };
    expect(() => sampledExplainer(raw.scorer, without, raw.report, ['bad'], Uint32Array.of(0))).toThrow(
      'no column "Income"',
    );
    const report = { ...raw.report, missing: ['Income'], ready: false };
    await expect(explain({ ...raw, report }, [1], [0])).rejects.toMatchObject({ code: 'input-missing' });
    await expect(explain(raw, [1], [])).rejects.toMatchObject({ code: 'empty-sample' });
  });
});

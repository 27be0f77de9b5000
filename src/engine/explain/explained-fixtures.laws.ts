/** For the tests of explanations: models of fixtures on the table of the credit data. Node only. */
import { readFileSync } from 'node:fs';
import { tableOfCsv } from '../../../fixtures/table-of-csv.ts';
import type { ExplanationChoice } from '../../core/explain/explanation.ts';
import type { ExplanationGround } from '../../core/explain/explanation-ground.ts';
import { bindInputs, columnsWithoutRole } from '../../core/model/binding.ts';
import type { Table } from '../../core/table/column.ts';
import { openModelFile } from '../../formats/model/open-model.ts';
import { summariseModel } from '../../formats/model/summarise-model.ts';
import { createModelScorer } from '../model-scorers.ts';
import type { ExplainedModel } from './explanation-approach.ts';
import { explanationGround, type GroundRequest } from './explanation-ground.ts';
import { sampledBase } from './sampled-rows.ts';

const credit = new URL('../../../fixtures/credit_data/', import.meta.url).pathname;

/** All rows as they were collected: a split, a target and 13 columns. */
export const rawTable: Table = await tableOfCsv(`${credit}data_raw.csv`);

/** The test rows as numbers, in the columns that the matrix models take. */
export const matrixTable = (matrix: string): Promise<Table> =>
  tableOfCsv(`${credit}matrix_${matrix}_test.csv`);

export function modelOn(
  table: Table,
  file: string,
  positiveValues: readonly string[] = ['bad'],
): ExplainedModel {
  const opened = openModelFile(new Uint8Array(readFileSync(`${credit}models/${file}`)), file);
  const roled = ['row_id', 'split', 'Status'];
  const choices = { columnOf: {}, order: columnsWithoutRole(table, roled) };
  const report = bindInputs(summariseModel(opened, file), table, choices, roled);
  return { opened, table, report, positiveValues };
}

export const choiceOf = (
  method: ExplanationChoice['method'],
  background: Partial<ExplanationChoice['background']> = {},
): ExplanationChoice => ({
  method,
  background: { rows: { kind: 'all' }, size: 100, seed: 1, ...background },
});

export async function groundOf(
  model: ExplainedModel,
  request: Partial<GroundRequest> = {},
): Promise<ExplanationGround> {
  const whole = { choice: choiceOf('auto'), split: null, scores: null, ...request };
  const baseOf = async (background: Uint32Array) => {
    const scorer = await createModelScorer(model.opened, 'reference');
    const base = await sampledBase(scorer, model, background);
    await scorer.release();
    return base;
  };
  const slices = explanationGround(model, whole, baseOf);
  let step = await slices.next();
  while (step.done !== true) step = await slices.next();
  return step.value;
}

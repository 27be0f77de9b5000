import { QueryClient } from '@tanstack/react-query';
import { afterEach, beforeEach, expect, it } from 'vitest';
import expectedCsv from '../../fixtures/credit_data/expected/probabilities_lightgbm_raw_columns.csv?raw';
import nativeModel from '../../fixtures/credit_data/models/lightgbm_raw_columns.txt?raw';
import type { ComparedForm, TaskArgs } from '../contracts/tasks.ts';
import { comparisonQuery } from './comparison.ts';
import { forgetKept } from './kept.ts';
import { openModel } from './models.ts';
import type { Compute } from './run.ts';
import { scoreTable } from './scoring.ts';
import { ingestTable } from './tables.ts';
import { CREDIT_ROWS, creditRoled, creditTable } from './testing/tables.ts';
import { WatchedWorkers } from './testing/watched-workers.ts';

let workers: WatchedWorkers;
let compute: Compute;
let client: QueryClient;

beforeEach(async () => {
  workers = new WatchedWorkers();
  compute = workers.compute();
  client = new QueryClient();
  await forgetKept('all', compute);
});
afterEach(() => {
  client.clear();
  workers.restore();
});

/** The demo's table with the library's own scores beside it, and the scores of the good class. */
async function tableWithScores(): Promise<File> {
  const lines = (await (await creditTable()).text()).trimEnd().split('\n');
  const scores = expectedCsv
    .trimEnd()
    .split('\n')
    .map((line) => line.split(',')[3]!);
  const added = lines.map((line, row) =>
    row === 0 ? `${line},library,good` : `${line},${scores[row]},${1 - Number(scores[row])}`,
  );
  return new File([added.join('\n')], 'scored.csv');
}

/** Questions how the native model, scored, stands to a column. */
async function scoredModel(): Promise<(column: string) => TaskArgs<'scores/compare'>> {
  const { id: tableId, rowCount } = await ingestTable(await tableWithScores(), {}, compute);
  const { id: modelId } = await openModel(new File([nativeModel], 'model.txt'), {}, compute);
  const model = {
    tableId,
    modelId,
    choices: { columnOf: {}, order: null },
    roled: [...creditRoled, 'library', 'good'],
    positiveValues: ['bad'],
  };
  const { scoresId } = await scoreTable({ ...model, rowCount }, {}, compute);
  const left: ComparedForm = { kind: 'model', scoresId, model };
  return (column) => ({ tableId, left, right: { kind: 'column', column }, threshold: 0.5 });
}

it('compares a native model with columns, and answers again from a worker that was lost', async () => {
  const args = await scoredModel();
  const equal = await client.fetchQuery(comparisonQuery(args('library'), compute));
  expect(equal).toMatchObject({ verdict: 'equal', rows: CREDIT_ROWS, differing: 0, causes: [] });
  expect(equal.points.rows.length).toBeGreaterThan(1900);

  const query = comparisonQuery(args('good'), compute);
  const turned = await client.fetchQuery(query);
  expect(turned.causes.map(({ code }) => code)).toEqual(['class-order']);
  compute.pool.stop();
  client.clear();
  expect(await client.fetchQuery(query)).toEqual(turned);
});

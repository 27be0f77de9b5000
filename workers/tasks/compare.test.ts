import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { goldenCsv, numbers } from '../../fixtures/golden.ts';
import { numberColumn, tableOfCsv } from '../../fixtures/table-of-csv.ts';
import { fromErrorData } from '../../src/contracts/error-data.ts';
import type { ModelOnTable } from '../../src/contracts/model-on-table.ts';
import type { ComparedForm, Progress, TaskArgs, TaskName, TaskResult } from '../../src/contracts/tasks.ts';
import { CanceledError } from '../../src/core/errors.ts';
import type { Table } from '../../src/core/table/column.ts';
import { Runtime } from '../runtime.ts';
import { createHandlers } from './handlers.ts';

const credit = join(import.meta.dirname, '../../fixtures/credit_data');
const info = { engine: 'e', scoreOutput: 'p', unscored: 0, notices: [], gate: null };

let runtime: Runtime;
let table: Table;
let features: readonly string[];
let lastJobId = 0;

async function run<T extends TaskName>(
  task: T,
  args: TaskArgs<T>,
  onProgress: ((progress: Progress) => void) | null = null,
): Promise<TaskResult<T>> {
  const outcome = await runtime.run({ jobId: ++lastJobId, task, args, priority: 'normal' }, onProgress);
  if (!outcome.ok) throw fromErrorData(outcome.error);
  return outcome.result as TaskResult<T>;
}

/** Opens and scores a model of the one-hot matrix, and keeps its scores. */
async function scored(file: string): Promise<ComparedForm & { readonly kind: 'model' }> {
  const bytes = new Uint8Array(readFileSync(join(credit, 'models', file)));
  const { id } = await run('model/open', { bytes, name: file, persist: false });
  const model: ModelOnTable = {
    tableId: 't',
    modelId: id,
    choices: { columnOf: {}, order: features },
    roled: ['row_id', 'native'],
    positiveValues: ['1'],
  };
  const rows = { engine: 'reference', rowStart: 0, rowEnd: table.rowCount, into: null } as const;
  const { scores } = await run('model/score', { ...model, ...rows });
  const put = { scoresId: file, tableId: 't', scores: scores!, info, persist: false };
  await run('scores/put', put);
  return { kind: 'model', scoresId: file, model };
}

beforeEach(async () => {
  runtime = new Runtime(createHandlers(), Promise.resolve(false));
  const matrix = await tableOfCsv(join(credit, 'matrix_onehot_test.csv'));
  const native = numbers(goldenCsv('./credit_data/expected/probabilities_test.csv')('xgboost_dart'));
  features = matrix.columns.map(({ name }) => name).filter((name) => name !== 'row_id');
  table = { ...matrix, columns: [...matrix.columns, numberColumn('native', native)] };
  await run('table/attach', { tableId: 't', table, summary: null });
});
afterEach(() => runtime.close());

describe('scores/compare', () => {
  it('names what a wrong conversion lost, beside the native file and beside a column of its scores', async () => {
    const wrong = await scored('trap_xgboost_dart_wrong_conversion.onnx');
    const native = await scored('xgboost_dart.json');
    const column = { kind: 'column', column: 'native' } as const;
    for (const right of [native, column]) {
      const seen: Progress[] = [];
      const args = { tableId: 't', left: wrong, right, threshold: 0.5 };
      const comparison = await run('scores/compare', args, (progress) => seen.push(progress));
      expect(comparison).toMatchObject({ rows: 1336, differing: 1336, verdict: 'differ' });
      expect(comparison.causes.map(({ code }) => code)).toEqual(['tree-weights', 'base-score']);
      expect(comparison.points.rows.length).toBe(1336);
      expect(seen.every(({ done }, i) => done <= 1336 && done >= (seen[i - 1]?.done ?? 0))).toBe(true);
    }
    const same = await run('scores/compare', { tableId: 't', left: native, right: column, threshold: null });
    expect(same).toMatchObject({ verdict: 'equal', causes: [], decisions: null });
  });

  it('leaves scores and columns where they are', async () => {
    const native = await scored('xgboost_dart.json');
    const args = {
      tableId: 't',
      left: native,
      right: { kind: 'column', column: 'native' },
      threshold: 0.5,
    } as const;
    expect(await run('scores/compare', args)).toEqual(await run('scores/compare', args));
  });

  it('hears a cancel in the middle of its search', async () => {
    const wrong = await scored('trap_xgboost_dart_wrong_conversion.onnx');
    const args = {
      tableId: 't',
      left: wrong,
      right: { kind: 'column', column: 'Age' },
      threshold: 0.5,
    } as const;
    const doomed = run('scores/compare', args, () => runtime.cancel(lastJobId));
    await expect(doomed).rejects.toBeInstanceOf(CanceledError);
  });

  it('says which column, model or scores it cannot compare', async () => {
    const column = { kind: 'column', column: 'native' } as const;
    const compare = (right: ComparedForm) =>
      run('scores/compare', { tableId: 't', left: column, right, threshold: null });
    await expect(compare({ kind: 'column', column: 'nativ' })).rejects.toMatchObject({
      code: 'column-missing',
      advice: 'Did you mean: "native"?',
    });
    const model = await scored('xgboost_dart.json');
    await expect(compare({ ...model, scoresId: 'gone' })).rejects.toMatchObject({ code: 'unknown-handle' });
    const short = { scoresId: 'short', tableId: 't', scores: new Float64Array(3), info, persist: false };
    await run('scores/put', short);
    await expect(compare({ ...model, scoresId: 'short' })).rejects.toMatchObject({
      code: 'shape-mismatch',
      message: expect.stringContaining('3 rows'),
    });
  });
});

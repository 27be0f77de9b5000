import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fromErrorData } from '../../src/contracts/error-data.ts';
import type { JudgementSpec } from '../../src/contracts/judgement.ts';
import type { TaskArgs, TaskName, TaskResult } from '../../src/contracts/tasks.ts';
import type { Scenario } from '../../src/core/money/scenario.ts';
import { defaultScenario } from '../../src/core/money/scenario-templates.ts';
import type { Table } from '../../src/core/table/column.ts';
import { Runtime } from '../runtime.ts';
import { createHandlers } from './handlers.ts';

const number = (name: string, values: readonly number[]) =>
  ({ kind: 'number', name, values: Float64Array.from(values), spelling: 'shortest' }) as const;
const category = (name: string, values: readonly string[]) => {
  const dictionary = [...new Set(values)];
  const codes = Int32Array.from(values, (value) => dictionary.indexOf(value));
  return { kind: 'category', name, codes, dictionary } as const;
};
/** The third row is left out by its label, the last by the split. */
const table: Table = {
  name: 'loans',
  rowCount: 7,
  columns: [
    number('score', [0.9, 0.8, 0.75, 0.7, 0.2, 0.1, 0.95]),
    category('y', ['bad', 'good', 'open', 'bad', 'bad', 'good', 'bad']),
    category('split', ['test', 'test', 'test', 'test', 'test', 'test', 'train']),
    number('Amount', [1000, 400, 9999, 300, 50, 20, 9999]),
    number('Fee', [1, 2, 99, 3, Number.NaN, 5, 99]),
  ],
};
const spec: JudgementSpec = {
  tableId: 't',
  scores: { kind: 'column', column: 'score' },
  target: { column: 'y', positive: ['bad'], excluded: ['open'] },
  split: { column: 'split', value: 'test' },
  amountColumns: ['Amount', 'Fee'],
  recalibration: null,
};
const lending: Scenario = defaultScenario('lending', 'Amount');

let runtime: Runtime;
let lastJobId = 0;

beforeEach(async () => {
  runtime = new Runtime(createHandlers(), Promise.resolve(false));
  await run('table/attach', { tableId: 't', table, summary: null });
});
afterEach(() => runtime.close());

async function run<T extends TaskName>(task: T, args: TaskArgs<T>): Promise<TaskResult<T>> {
  const outcome = await runtime.run({ jobId: ++lastJobId, task, args, priority: 'normal' }, null);
  if (!outcome.ok) throw fromErrorData(outcome.error);
  return outcome.result as TaskResult<T>;
}

describe('what a decision rests on, asked of a worker', () => {
  it('tornado and heat map of an opened judgement', async () => {
    const { id, amounts } = await run('judgement/open', { spec });
    expect(amounts).toEqual([
      { column: 'Amount', missing: 0, mean: 354 },
      { column: 'Fee', missing: 1, mean: 2.75 },
    ]);
    const asked = { judgementId: id, scenario: lending };
    const { net, bars } = await run('judgement/tornado', { ...asked, threshold: 0.7, swing: 0.2 });
    expect(net).toBe(890);
    expect(bars.map(({ assumption }) => assumption)).toEqual(['lossRate', 'reviewCost']);
    const map = await run('judgement/heat-map', { ...asked, assumption: 'reviewCost', low: 0, high: 780 });
    expect([map.net[0], map.net.at(-1)]).toEqual([1080, 20]);
  });

  it('theory opens the judgement when it is not there, and reads its rows', async () => {
    const theory = await run('judgement/theory', { spec, scenario: lending });
    expect(theory).toMatchObject({ theoreticalThreshold: 50 / 360, netRowWise: 890, netAtEmpirical: 890 });
    const other = await run('judgement/theory', {
      spec: { ...spec, amountColumns: ['Fee', 'Amount'] },
      scenario: lending,
    });
    expect(other).toEqual(theory);
  });

  it('a judgement is another one with other amount columns', async () => {
    const ids = await Promise.all(
      [['Amount', 'Fee'], ['Fee', 'Amount'], ['Amount'], []].map(
        async (amountColumns) => (await run('judgement/open', { spec: { ...spec, amountColumns } })).id,
      ),
    );
    expect(new Set(ids).size).toBe(4);
  });

  it('refuses a scenario whose column was not judged, and a number that it does not have', async () => {
    const { id } = await run('judgement/open', { spec: { ...spec, amountColumns: ['Fee'] } });
    const asked = { judgementId: id, scenario: lending, threshold: 0.5, swing: 0.2 };
    await expect(run('judgement/tornado', asked)).rejects.toMatchObject({ code: 'invalid-scenario' });
    const map = { ...asked, assumption: 'amount', low: 0, high: 1 } as const;
    await expect(run('judgement/heat-map', map)).rejects.toMatchObject({ code: 'invalid-argument' });
  });
});

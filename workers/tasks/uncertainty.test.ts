import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { tableOfCsv } from '../../fixtures/table-of-csv.ts';
import { fromErrorData } from '../../src/contracts/error-data.ts';
import { startingParameters } from '../../src/contracts/judgement.ts';
import type { TaskArgs, TaskName, TaskResult } from '../../src/contracts/tasks.ts';
import { CanceledError } from '../../src/core/errors.ts';
import { defaultScenario } from '../../src/core/money/scenario-templates.ts';
import { Runtime } from '../runtime.ts';
import { createHandlers } from './handlers.ts';

const file = join(
  import.meta.dirname,
  '../../fixtures/credit_data/expected/probabilities_sklearn_gradient_boosting_raw_pipeline.csv',
);
const scenario = defaultScenario('lending', null);

let runtime: Runtime;
let judgementId = '';
let lastJobId = 0;

async function run<T extends TaskName>(task: T, args: TaskArgs<T>): Promise<TaskResult<T>> {
  const outcome = await runtime.run({ jobId: ++lastJobId, task, args, priority: 'normal' }, null);
  if (!outcome.ok) throw fromErrorData(outcome.error);
  return outcome.result as TaskResult<T>;
}

beforeEach(async () => {
  runtime = new Runtime(createHandlers(), Promise.resolve(false));
  await run('table/attach', { tableId: 't', table: await tableOfCsv(file), summary: null });
  const { id } = await run('judgement/open', {
    spec: {
      tableId: 't',
      scores: { kind: 'column', column: 'probability' },
      target: { column: 'label', positive: ['1'], excluded: [] },
      split: { column: 'split', value: 'test' },
      amountColumns: [],
      recalibration: null,
    },
  });
  judgementId = id;
});
afterEach(() => runtime.close());

const asked = (replicates: number) => ({
  ...{ judgementId, scenario, parameters: startingParameters, threshold: 0.3, replicates, seed: 20240501 },
});

describe('uncertainty, asked of a worker', () => {
  it('answers for the strategies of the scenario, in their order, and for the threshold', async () => {
    const answer = await run('judgement/scenario', { judgementId, scenario, parameters: startingParameters });
    const found = await run('judgement/uncertainty', asked(50));
    expect(found.strategies.map(({ rule }) => rule)).toEqual(answer.strategies.map(({ rule }) => rule));
    found.strategies.forEach(({ threshold, net }, i) => {
      const { decision } = answer.strategies[i]!;
      expect(threshold.value).toBe(decision?.threshold ?? Number.NaN);
      if (decision !== null) expect(net.value).toBe(decision.money!.net);
    });
    expect(found.fixed!.net.low).toBeLessThan(found.fixed!.net.value);
    expect(found.isExact).toBe(true);
  });

  it('stops when it is canceled', async () => {
    const jobId = lastJobId + 1;
    const endless = run('judgement/uncertainty', asked(100_000));
    setTimeout(() => runtime.cancel(jobId), 50);
    await expect(endless).rejects.toThrow(CanceledError);
  });

  it('refuses a bootstrap without replicates', async () => {
    await expect(run('judgement/uncertainty', asked(0))).rejects.toMatchObject({ code: 'invalid-argument' });
  });
});

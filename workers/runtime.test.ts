import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fromErrorData } from '../src/contracts/error-data.ts';
import type { JudgementSpec } from '../src/contracts/judgement.ts';
import type { Progress, TaskArgs, TaskName, TaskResult } from '../src/contracts/tasks.ts';
import { CanceledError, DataError } from '../src/core/errors.ts';
import { drain } from '../src/core/sliced.ts';
import type { Table } from '../src/core/table/column.ts';
import { judgeAt, openJudgement } from '../src/core/threshold/judgement.ts';
import { Runtime } from './runtime.ts';
import { createHandlers } from './tasks/handlers.ts';

/** Enough rows for the sort to take several slices. */
const ROWS = 1_200_000;

const scores = Float64Array.from({ length: ROWS }, (_, row) => (Math.sin(row) + 1) / 2);
const labels = Uint8Array.from({ length: ROWS }, (_, row) =>
  scores[row]! + Math.cos(7 * row) > 1.1 ? 1 : 0,
);
const table: Table = {
  name: 'waves',
  rowCount: ROWS,
  columns: [
    { kind: 'number', name: 'score', values: scores, spelling: 'shortest' },
    { kind: 'category', name: 'y', codes: Int32Array.from(labels), dictionary: ['good', 'bad'] },
  ],
};
const spec: JudgementSpec = {
  tableId: 't',
  scores: { kind: 'column', column: 'score' },
  target: { column: 'y', positive: ['bad'], excluded: [] },
  split: null,
  amountColumns: [],
  recalibration: null,
};

let runtime: Runtime;
let lastJobId = 0;

beforeEach(async () => {
  runtime = new Runtime(createHandlers(), Promise.resolve(false));
  await run('table/attach', { tableId: 't', table, summary: null });
});
afterEach(() => runtime.close());

async function run<T extends TaskName>(
  task: T,
  args: TaskArgs<T>,
  onProgress: ((progress: Progress) => void) | null = null,
): Promise<TaskResult<T>> {
  const outcome = await runtime.run({ jobId: ++lastJobId, task, args, priority: 'normal' }, onProgress);
  if (!outcome.ok) throw fromErrorData(outcome.error);
  return outcome.result as TaskResult<T>;
}

describe('Runtime', () => {
  it('answers in slices what the kernel answers in one go', async () => {
    const summary = await run('judgement/open', { spec });
    const plain = drain(openJudgement(scores, labels));
    expect(summary.metrics).toEqual(plain.figures.metrics);
    const at = await run('judgement/at', { judgementId: summary.id, scenario: null, threshold: 0.7 });
    expect(at).toEqual(judgeAt(plain, null, 0.7));
  });

  it('reports progress that rises to the end', async () => {
    const seen: Progress[] = [];
    await run('judgement/open', { spec }, (progress) => seen.push(progress));
    expect(seen.length).toBeGreaterThan(0);
    expect(seen.every((now, i) => now.total === ROWS && now.done >= (seen[i - 1]?.done ?? 0))).toBe(true);
  });

  it('cancels one of two jobs at its next slice; the other goes on', async () => {
    const doomed = run('judgement/open', { spec });
    const doomedId = lastJobId;
    const other = run('judgement/open', {
      spec: { ...spec, target: { ...spec.target, positive: ['good'] } },
    });
    runtime.cancel(doomedId);
    await expect(doomed).rejects.toBeInstanceOf(CanceledError);
    expect((await other).rows).toBe(ROWS);
  });

  it('serves a short question between the slices of a long job', async () => {
    const { id } = await run('judgement/open', { spec });
    const order: string[] = [];
    const long = run('judgement/open', {
      spec: { ...spec, target: { ...spec.target, positive: ['good'] } },
    }).then(() => order.push('long'));
    const short = run('judgement/at', { judgementId: id, scenario: null, threshold: 0.5 }).then(() =>
      order.push('short'),
    );
    await Promise.all([long, short]);
    expect(order).toEqual(['short', 'long']);
  });

  it('answers errors as data, with code and place', async () => {
    const bad = { ...spec, target: { ...spec.target, column: 'nowhere' } };
    const error = await run('judgement/open', { spec: bad }).catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(DataError);
    expect(error).toMatchObject({ code: 'column-missing', place: { column: 'nowhere' } });
  });

  it('says unknown-handle for what it does not hold', async () => {
    const args = { judgementId: 'none', scenario: null, threshold: 0.5 };
    await expect(run('judgement/at', args)).rejects.toMatchObject({ code: 'unknown-handle' });
  });

  it('forgets a cancel for a job that it does not know', () => {
    expect(() => runtime.cancel(-1)).not.toThrow();
  });
});

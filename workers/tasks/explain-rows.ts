import type { ExplainedTable } from '../../src/contracts/explain-tasks.ts';
import type { Progress, TaskArgs, TaskResult } from '../../src/contracts/tasks.ts';
import type { RowContributions } from '../../src/core/explain/explanation.ts';
import type { ExplanationGround } from '../../src/core/explain/explanation-ground.ts';
import type { SliceProgress } from '../../src/core/sliced.ts';
import type { RowExplainer } from '../../src/engine/explain/row-explainer.ts';
import type { Job } from '../job.ts';
import { Moved, type TaskHandlers } from '../runtime.ts';
import { type ExplainContext, modelOf, rowsOf, withReference } from './explain-context.ts';

type ExplainRowsTasks = Pick<TaskHandlers, 'explain/rows' | 'explain/sums' | 'explain/interactions'>;

/** Explaining rows by a ground that this worker holds. */
export function explainRowsTasks(context: ExplainContext): ExplainRowsTasks {
  const { grounds, explainers } = context.held;
  return {
    'explain/rows': async (args, job) => {
      const { ground } = grounds.get(args.groundId);
      const explain = ground.plan.method === 'sampling' ? sampledRows : exactRows;
      const found = await explain(context, args, ground, job);
      const { values, outputs, standardErrors } = found;
      const arrays = standardErrors === null ? [values, outputs] : [values, outputs, standardErrors];
      return new Moved(
        found,
        arrays.map(({ buffer }) => buffer as ArrayBuffer),
      );
    },

    'explain/sums': async (args, job) => {
      const { ground } = grounds.get(args.groundId);
      const all = await rowsOf(context, args);
      const sum = ground.plan.method === 'sampling' ? sampledSums : exactSums;
      return sum(context, args, { ground, all, job });
    },

    'explain/interactions': async (args, job) => {
      const { ground } = grounds.get(args.groundId);
      const { createPairExplainer } = await import('../../src/engine/explain/explain-interactions.ts');
      const size = powerOfTwo(args.totalRows);
      const create = () => createPairExplainer(modelOf(context, args), ground, size);
      return explainers.withExplainer(args, `pairs of ${size} rows`, create, async (explainer) => {
        await job.turn();
        return job.drain(explainer.sum(args.rows), progressOver(args.rows.length));
      });
    },
  };
}

async function exactRows(
  context: ExplainContext,
  args: TaskArgs<'explain/rows'>,
  ground: ExplanationGround,
  job: Job,
): Promise<RowContributions> {
  const { explainRows } = await import('../../src/engine/explain/explain-rows.ts');
  const { rows } = args;
  return withExplainer(context, args, rows.length, (explainer) =>
    job.drain(explainRows(explainer, rows, ground.plan.features.length), progressOver(rows.length)),
  );
}

async function sampledRows(
  context: ExplainContext,
  args: TaskArgs<'explain/rows'>,
  ground: ExplanationGround,
  job: Job,
): Promise<RowContributions> {
  const { sampleRows } = await import('../../src/engine/explain/sampled-rows.ts');
  return withReference(context, args, (scorer) =>
    job.drain(sampleRows(scorer, modelOf(context, args), ground, args.rows), progressOver(args.rows.length)),
  );
}

type TimedSums = TaskResult<'explain/sums'>;

/** A stretch of the rows `all` of a global explanation. */
interface Stretch {
  readonly ground: ExplanationGround;
  readonly all: Uint32Array;
  readonly job: Job;
}

async function exactSums(
  context: ExplainContext,
  args: TaskArgs<'explain/sums'>,
  { ground, all, job }: Stretch,
): Promise<TimedSums> {
  const { sumContributions } = await import('../../src/engine/explain/explain-rows.ts');
  const { spreadRows } = await import('../../src/engine/explain/spread-rows.ts');
  const { features, baseValue } = ground.plan;
  return withExplainer(context, args, args.totalRows, async (explainer) => {
    await job.turn();
    const startedAtMs = performance.now();
    const rows = spreadRows(all.length, args.from, args.to).map((place) => all[place]!);
    const sliced = sumContributions(explainer, rows, features.length, baseValue);
    const sums = await job.drain(sliced, progressOver(rows.length));
    const elapsedMs = performance.now() - startedAtMs;
    return { ...sums, sampled: null, elapsedMs };
  });
}

async function sampledSums(
  context: ExplainContext,
  args: TaskArgs<'explain/sums'>,
  { ground, all, job }: Stretch,
): Promise<TimedSums> {
  const { sampleOfRows, sampleSums } = await import('../../src/engine/explain/sampled-rows.ts');
  return withReference(context, args, async (scorer) => {
    await job.turn();
    const startedAtMs = performance.now();
    const rows = sampleOfRows(all, ground).subarray(args.from, args.to);
    const sliced = sampleSums(scorer, modelOf(context, args), ground, rows, args.rounds);
    const sums = await job.drain(sliced, progressOver(rows.length));
    return { ...sums, elapsedMs: performance.now() - startedAtMs };
  });
}

/**
 * Lends the explainer of a ground. Jobs of about as many rows share one: what is fast for a few rows is not for many.
 */
async function withExplainer<R>(
  context: ExplainContext,
  args: ExplainedTable,
  rowCount: number,
  use: (explainer: RowExplainer) => Promise<R>,
): Promise<R> {
  const { createRowExplainer } = await import('../../src/engine/explain/row-explainer.ts');
  const { grounds, explainers } = context.held;
  const { ground } = grounds.get(args.groundId);
  const size = powerOfTwo(rowCount);
  const create = () => createRowExplainer(modelOf(context, args), ground, size);
  return explainers.withExplainer(args, `${size} rows`, create, use);
}

/** The greatest power of two that is at most `count`; 1 for 0. */
function powerOfTwo(count: number): number {
  return 2 ** (31 - Math.clz32(Math.max(1, count)));
}

/** What is done of the work, as rows. */
function progressOver(rowCount: number): (slice: SliceProgress) => Progress {
  return ({ done, total }) => {
    const rows = Math.floor((rowCount * done) / Math.max(1, total));
    return { done: rows, total: rowCount, unit: 'rows', rows };
  };
}

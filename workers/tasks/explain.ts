import type { ExplainedTable, TaskArgs } from '../../src/contracts/tasks.ts';
import { DataError } from '../../src/core/errors.ts';
import type { MappingReport } from '../../src/core/model/mapping.ts';
import type { SliceProgress } from '../../src/core/sliced.ts';
// Types only: the engine loads when something is explained and not before.
import type { ExplainedModel } from '../../src/engine/explain/explanation-approach.ts';
import type { RowExplainer } from '../../src/engine/explain/row-explainer.ts';
import type { Scorer } from '../../src/engine/scorer.ts';
import type { HeldScores, HeldTable, Shelf } from '../holds.ts';
import { keepExplanation, restoreExplanation } from '../kept/kept-explanations.ts';
import { Moved, type TaskHandlers } from '../runtime.ts';
import type { HeldExplanations } from './held-explanations.ts';
import type { LentScorers } from './lent-scorers.ts';
import type { HeldModel } from './models.ts';

type ExplainTasks = Pick<
  TaskHandlers,
  | 'explain/engine'
  | 'explain/prepare'
  | 'explain/attach'
  | 'explain/rows'
  | 'explain/sums'
  | 'explain/interactions'
  | 'explain/put'
  | 'explain/restore'
>;

export interface ExplainShelves {
  readonly tables: Shelf<HeldTable>;
  readonly models: Shelf<HeldModel>;
  readonly scores: Shelf<HeldScores>;
}

/** Explaining rows of a model on a table: the ground is made where the scores are, rows are explained by any worker. */
export function explainTasks(
  shelves: ExplainShelves,
  held: HeldExplanations,
  reportOf: (args: TaskArgs<'model/bind'>) => MappingReport,
  scorers: LentScorers,
): ExplainTasks {
  const { grounds, rowLists, explainers } = held;
  /** The reference of the model answers sampling: it runs every model, and no gate has to be passed for it. */
  const withScorer = <R>({ modelId }: ExplainedTable, use: (scorer: Scorer) => Promise<R>) =>
    scorers.withScorer(modelId, 'reference', use);
  const withSampling = async <R>(args: ExplainedTable, use: UseSampling<R>): Promise<R> => {
    const sampling = await import('../../src/engine/explain/sampled-rows.ts');
    return withScorer(args, (scorer) => use(scorer, sampling));
  };
  const withExplainer = async <R>(
    args: ExplainedTable,
    rowCount: number,
    use: UseExplainer<R>,
  ): Promise<R> => {
    const { createRowExplainer } = await import('../../src/engine/explain/row-explainer.ts');
    const explaining = await import('../../src/engine/explain/explain-rows.ts');
    const { ground } = grounds.get(args.groundId);
    const size = powerOfTen(rowCount);
    const create = () => createRowExplainer(modelOf(args), ground, size);
    return explainers.withExplainer(args, `${size} rows`, create, (explainer) => use(explainer, explaining));
  };
  const modelOf = (args: ExplainedTable): ExplainedModel => ({
    opened: shelves.models.get(args.modelId).opened,
    table: shelves.tables.get(args.tableId).table,
    report: reportOf(args),
    positiveValues: args.positiveValues,
  });
  const rowsOf = async ({ tableId, over, split }: RowsWanted): Promise<Uint32Array> => {
    const key = JSON.stringify([tableId, over, split]);
    const known = rowLists.find(key)?.rows;
    const { explainedRows } = await import('../../src/engine/explain/explained-rows.ts');
    const rows = known ?? explainedRows(shelves.tables.get(tableId).table, over, split);
    rowLists.put(key, { tableId, rows });
    return rows;
  };
  return {
    'explain/engine': async ({ modelId }) => {
      const { candidateNames, scoringCandidates } = await import('../../src/engine/model-scorers.ts');
      const { explanationEngines } = await import('../../src/engine/explain/explanation-ground.ts');
      const candidates = await scoringCandidates(shelves.models.get(modelId).opened);
      return { engine: explanationEngines(candidateNames(candidates)) };
    },

    'explain/prepare': async (args, job) => {
      const model = modelOf(args);
      const { explanationGround } = await import('../../src/engine/explain/explanation-ground.ts');
      const { choice, split } = args;
      const scores = scoresOf(args, shelves, model.table.rowCount);
      const rows = await rowsOf(args);
      await job.turn();
      const request = { choice, split, scores };
      const { sampledBase, sampleOfRows } = await import('../../src/engine/explain/sampled-rows.ts');
      const baseOf = (background: Uint32Array) =>
        withScorer(args, (scorer) => sampledBase(scorer, model, background));
      const ground = await job.drain(explanationGround(model, request, baseOf));
      const { tableId, modelId } = args;
      grounds.put(args.groundId, { tableId, modelId, ground });
      const explained = ground.plan.method === 'sampling' ? sampleOfRows(rows, ground) : rows;
      return { ground, rowCount: explained.length };
    },

    'explain/attach': ({ groundId, tableId, modelId, ground }) => {
      grounds.put(groundId, { tableId, modelId, ground });
      return null;
    },

    'explain/rows': async (args, job) => {
      const { ground } = grounds.get(args.groundId);
      const model = modelOf(args);
      const found = await (ground.plan.method === 'sampling'
        ? withSampling(args, (scorer, { sampleRows }) =>
            job.drain(sampleRows(scorer, model, ground, args.rows)),
          )
        : withExplainer(args, args.rows.length, (explainer, { explainRows }) =>
            job.drain(explainRows(explainer, args.rows, ground.plan.features.length)),
          ));
      const { values, outputs, standardErrors } = found;
      const arrays = standardErrors === null ? [values, outputs] : [values, outputs, standardErrors];
      return new Moved(
        found,
        arrays.map(({ buffer }) => buffer as ArrayBuffer),
      );
    },

    'explain/sums': async (args, job) => {
      const { ground } = grounds.get(args.groundId);
      const all = await rowsOf(args);
      const { from, to, totalRows } = args;
      const progressOf = ({ done, total }: SliceProgress) =>
        ({
          done: Math.floor(((to - from) * done) / Math.max(1, total)),
          total: to - from,
          unit: 'rows',
          rows: done,
        }) as const;
      let startedAtMs = performance.now();
      const sums = await (ground.plan.method === 'sampling'
        ? withSampling(args, (scorer, { sampleOfRows, sampleSums }) => {
            startedAtMs = performance.now();
            const rows = sampleOfRows(all, ground).subarray(from, to);
            return job.drain(sampleSums(scorer, modelOf(args), ground, rows));
          })
        : withExplainer(args, totalRows, async (explainer, { sumContributions }) => {
            await job.turn();
            startedAtMs = performance.now();
            const { spreadRows } = await import('../../src/engine/explain/spread-rows.ts');
            const rows = spreadRows(all.length, from, to).map((place) => all[place]!);
            const { features, baseValue } = ground.plan;
            return job.drain(sumContributions(explainer, rows, features.length, baseValue), progressOf);
          }));
      return { ...sums, elapsedMs: performance.now() - startedAtMs };
    },

    'explain/interactions': async (args, job) => {
      const { ground } = grounds.get(args.groundId);
      const { createPairExplainer } = await import('../../src/engine/explain/explain-interactions.ts');
      const create = () => createPairExplainer(modelOf(args), ground);
      return explainers.withExplainer(args, 'pairs', create, async (explainer) => {
        await job.turn();
        return job.drain(explainer.sum(args.rows));
      });
    },

    'explain/put': async ({ explanationId, tableId, explanation }, job) => ({
      notice: await keepExplanation(explanationId, tableId, explanation, job),
    }),

    'explain/restore': async ({ explanationId }, job) => ({
      explanation: await restoreExplanation(explanationId, job),
    }),
  };
}

type UseSampling<R> = (
  scorer: Scorer,
  sampling: typeof import('../../src/engine/explain/sampled-rows.ts'),
) => Promise<R>;

type UseExplainer<R> = (
  explainer: RowExplainer,
  explaining: typeof import('../../src/engine/explain/explain-rows.ts'),
) => Promise<R>;

/** Jobs of about as many rows share one explainer: what is fast for a few rows is not for many. */
function powerOfTen(rowCount: number): number {
  return 10 ** (String(rowCount).length - 1);
}

type RowsWanted = Pick<TaskArgs<'explain/sums'>, 'tableId' | 'over' | 'split'>;

/** The scores that a background near the threshold is found by; null for any other. */
function scoresOf(
  { choice, scoresId }: TaskArgs<'explain/prepare'>,
  { scores }: ExplainShelves,
  rowCount: number,
): Float64Array | null {
  if (scoresId === null || choice.background.rows.kind !== 'near-threshold') return null;
  const held = scores.get(scoresId).scores;
  if (held.length === rowCount) return held;
  throw new DataError(
    'shape-mismatch',
    `The scores are of ${held.length} rows, but the table has ${rowCount}.`,
    { advice: 'Score this table again.' },
  );
}

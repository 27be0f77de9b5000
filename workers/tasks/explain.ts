import type { ExplainedTable, TaskArgs } from '../../src/contracts/tasks.ts';
import { DataError } from '../../src/core/errors.ts';
import type { MappingReport } from '../../src/core/model/mapping.ts';
// Types only: the engine loads when something is explained and not before.
import type { ExplainedModel } from '../../src/engine/explain/explanation-approach.ts';
import type { HeldScores, HeldTable, Shelf } from '../holds.ts';
import { keepExplanation, restoreExplanation } from '../kept/kept-explanations.ts';
import { Moved, type TaskHandlers } from '../runtime.ts';
import type { HeldExplanations } from './held-explanations.ts';
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
): ExplainTasks {
  const { grounds, rowLists, explainers } = held;
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
      const ground = await job.drain(explanationGround(model, request, async () => Number.NaN));
      const { tableId, modelId } = args;
      grounds.put(args.groundId, { tableId, modelId, ground });
      return { ground, rowCount: rows.length };
    },

    'explain/attach': ({ groundId, tableId, modelId, ground }) => {
      grounds.put(groundId, { tableId, modelId, ground });
      return null;
    },

    'explain/rows': async (args, job) => {
      const { ground } = grounds.get(args.groundId);
      const { createRowExplainer } = await import('../../src/engine/explain/row-explainer.ts');
      const { explainRows } = await import('../../src/engine/explain/explain-rows.ts');
      const featureCount = ground.plan.features.length;
      // One explainer for every few rows that are looked at, however many.
      const create = () => createRowExplainer(modelOf(args), ground, 1);
      const found = await explainers.withExplainer(args, 'few rows', create, (explainer) =>
        job.drain(explainRows(explainer, args.rows, featureCount)),
      );
      return new Moved(found, [found.values.buffer as ArrayBuffer, found.outputs.buffer as ArrayBuffer]);
    },

    'explain/sums': async (args, job) => {
      const { ground } = grounds.get(args.groundId);
      const { createRowExplainer } = await import('../../src/engine/explain/row-explainer.ts');
      const { sumContributions } = await import('../../src/engine/explain/explain-rows.ts');
      const { spreadRows } = await import('../../src/engine/explain/spread-rows.ts');
      const all = await rowsOf(args);
      const rows = spreadRows(all.length, args.from, args.to).map((place) => all[place]!);
      const { features, baseValue } = ground.plan;
      const create = () => createRowExplainer(modelOf(args), ground, args.totalRows);
      return explainers.withExplainer(args, `${args.totalRows} rows`, create, async (explainer) => {
        await job.turn();
        const startedAtMs = performance.now();
        const sums = await job.drain(
          sumContributions(explainer, rows, features.length, baseValue),
          ({ done, total }) => ({ done, total, unit: 'rows', rows: done }),
        );
        return { ...sums, elapsedMs: performance.now() - startedAtMs };
      });
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

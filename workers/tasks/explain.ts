import { keepExplanation, restoreExplanation } from '../kept/kept-explanations.ts';
import type { TaskHandlers } from '../runtime.ts';
import { backgroundScores, type ExplainContext, modelOf, rowsOf, withReference } from './explain-context.ts';
import { explainRowsTasks } from './explain-rows.ts';

type GroundTasks = Pick<
  TaskHandlers,
  | 'explain/engine'
  | 'explain/prepare'
  | 'explain/attach'
  | 'explain/outcome'
  | 'explain/put'
  | 'explain/restore'
>;

/** Explaining rows of a model on a table: the ground is made where the scores are, rows are explained by any worker. */
export function explainTasks(context: ExplainContext): GroundTasks & ReturnType<typeof explainRowsTasks> {
  const { grounds } = context.held;
  return {
    ...explainRowsTasks(context),

    'explain/engine': async ({ modelId }) => {
      const { candidateNames, scoringCandidates } = await import('../../src/engine/model-scorers.ts');
      const { explanationEngines } = await import('../../src/engine/explain/explanation-ground.ts');
      const candidates = await scoringCandidates(context.models.get(modelId).opened);
      return { engine: explanationEngines(candidateNames(candidates)) };
    },

    'explain/prepare': async (args, job) => {
      const { tableId, modelId, choice, split } = args;
      const model = modelOf(context, args);
      const request = { choice, split, scores: backgroundScores(context, args) };
      const rows = await rowsOf(context, args);
      await job.turn();
      const { explanationGround } = await import('../../src/engine/explain/explanation-ground.ts');
      const { sampledBase, sampleOfRows } = await import('../../src/engine/explain/sampled-rows.ts');
      const baseOf = (background: Uint32Array) =>
        withReference(context, args, (scorer) => sampledBase(scorer, model, background));
      const ground = await job.drain(explanationGround(model, request, baseOf));
      grounds.put(args.groundId, { tableId, modelId, ground });
      const explained = ground.plan.method === 'sampling' ? sampleOfRows(rows, ground) : rows;
      return { ground, rowCount: explained.length, drawnFrom: rows.length };
    },

    'explain/attach': ({ groundId, tableId, modelId, ground }) => {
      grounds.put(groundId, { tableId, modelId, ground });
      return null;
    },

    'explain/outcome': async ({ parts, drawnFrom, spent }) => {
      const { sampledFigures } = await import('../../src/engine/explain/sampled-figures.ts');
      return { outcome: sampledFigures(parts, drawnFrom, spent) };
    },

    'explain/put': async ({ explanationId, tableId, explanation }, job) => ({
      notice: await keepExplanation(explanationId, tableId, explanation, job),
    }),

    'explain/restore': async ({ explanationId }, job) => ({
      explanation: await restoreExplanation(explanationId, job),
    }),
  };
}

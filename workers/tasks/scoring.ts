import type { TaskArgs } from '../../src/contracts/tasks.ts';
import type { MappingReport } from '../../src/core/model/mapping.ts';
// Types only: the engine loads when a model is scored and not before.
import type { ScoringCandidates } from '../../src/engine/model-scorers.ts';
import type { LendScorer } from '../../src/engine/run-gate.ts';
import type { HeldTable, Shelf } from '../holds.ts';
import { Moved, type TaskHandlers } from '../runtime.ts';
import type { LentScorers } from './lent-scorers.ts';
import type { HeldModel } from './models.ts';

/**
 * Rows between two turns. Measured on the demo's model in Node 20: 2,048 rows a run are as fast as 8,192 (160,000 rows a
 * second of processor time, 256 rows: 130,000) and take about 13 ms, so that a cancel is heard at once.
 */
const SLICE_ROWS = 2048;

type ScoringTasks = Pick<TaskHandlers, 'model/engine' | 'model/gate' | 'model/score' | 'model/release'>;

/** Choosing what scores a model, and scoring chunks of rows with it. */
export function scoringTasks(
  models: Shelf<HeldModel>,
  tables: Shelf<HeldTable>,
  reportOf: (args: TaskArgs<'model/bind'>) => MappingReport,
  scorers: LentScorers,
): ScoringTasks {
  const candidatesOf = async (modelId: string): Promise<ScoringCandidates> => {
    const { opened } = models.get(modelId);
    return (await import('../../src/engine/model-scorers.ts')).scoringCandidates(opened);
  };
  return {
    'model/engine': async ({ modelId }) => {
      const { candidateNames } = await import('../../src/engine/model-scorers.ts');
      return { engine: candidateNames(await candidatesOf(modelId)) };
    },

    'model/gate': async (args, job) => {
      const candidates = await candidatesOf(args.modelId);
      const { runGate } = await import('../../src/engine/run-gate.ts');
      const { table } = tables.get(args.tableId);
      const ground = { table, report: reportOf(args), positiveValues: args.positiveValues };
      const lend: LendScorer = (engine, use) => scorers.withScorer(args.modelId, engine, use);
      await job.turn();
      return runGate(candidates, lend, ground, (slices) => job.drain(slices));
    },

    'model/score': async (args, job) => {
      const { rowStart, rowEnd, positiveValues, into } = args;
      const { scoreRows } = await import('../../src/engine/score-rows.ts');
      const { scores, info } = await scorers.withScorer(args.modelId, args.engine, async (scorer) => {
        await job.turn();
        const { table } = tables.get(args.tableId);
        const request = { rowStart, rowEnd, positiveValues, chunkRows: SLICE_ROWS };
        const report = reportOf(args);
        const startedAtMs = performance.now();
        const run = await job.drain(scoreRows(scorer, table, report, request));
        const elapsedMs = performance.now() - startedAtMs;
        const { scoreOutput, missingScores: unscored, notices } = run;
        return {
          scores: run.scores,
          info: { engine: scorer.engine, scoreOutput, unscored, notices, elapsedMs },
        };
      });
      if (into === null) return new Moved({ ...info, scores }, [scores.buffer as ArrayBuffer]);
      into.set(scores, rowStart);
      return { ...info, scores: null };
    },

    'model/release': async ({ modelId }) => {
      models.delete(modelId);
      await scorers.dropModel(modelId);
      return null;
    },
  };
}

import type { TaskArgs } from '../../src/contracts/tasks.ts';
import type { MappingReport } from '../../src/core/model/mapping.ts';
// Types only: the engine brings ONNX Runtime, which loads when the first row is scored and not before.
import type { Scorer } from '../../src/engine/create-scorer.ts';
import type { HeldTable, Shelf } from '../holds.ts';
import { Moved, type TaskHandlers } from '../runtime.ts';
import type { HeldModel } from './models.ts';

/**
 * Rows between two turns. Measured on the demo's model in Node 20: 2,048 rows a run are as fast as 8,192 (160,000 rows a
 * second of processor time, 256 rows: 130,000) and take about 13 ms, so that a cancel is heard at once.
 */
const SLICE_ROWS = 2048;

type ScoringTasks = Pick<TaskHandlers, 'model/engine' | 'model/score' | 'model/release'>;

/** Scoring chunks of rows. Keeps the last session: all chunks of a run use the same. */
export function scoringTasks(
  models: Shelf<HeldModel>,
  tables: Shelf<HeldTable>,
  reportOf: (args: TaskArgs<'model/bind'>) => MappingReport,
): ScoringTasks {
  const { withScorer, dropScorer } = lentScorer(models);
  return {
    'model/engine': async () => ({
      engine: (await import('../../src/engine/create-scorer.ts')).engineName(),
    }),

    'model/score': async (args, job) => {
      const { rowStart, rowEnd, positiveValues, into } = args;
      const { scoreRows } = await import('../../src/engine/score-rows.ts');
      const { scores, info } = await withScorer(args.modelId, async (scorer) => {
        await job.turn();
        const { table } = tables.get(args.tableId);
        const request = { rowStart, rowEnd, positiveValues, chunkRows: SLICE_ROWS };
        const startedAtMs = performance.now();
        const run = await job.drain(scoreRows(scorer, table, reportOf(args), request));
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
      await dropScorer(modelId);
      return null;
    },
  };
}

interface HeldScorer {
  readonly modelId: string;
  readonly scorer: Promise<Scorer>;
  /** Chunks that are being scored with it now. */
  users: number;
}

/**
 * Lends out the session of a model. One is kept: a second model's first chunk frees the first one's memory, at once or,
 * when chunks of another run are still being scored with it, after the last of them.
 */
function lentScorer(models: Shelf<HeldModel>): {
  readonly withScorer: <R>(modelId: string, use: (scorer: Scorer) => Promise<R>) => Promise<R>;
  readonly dropScorer: (modelId: string) => Promise<void>;
} {
  let last: HeldScorer | null = null;
  const freeUnused = async (held: HeldScorer | null) => {
    if (held === null || held === last || held.users > 0) return;
    const scorer = await held.scorer.catch(() => null);
    await scorer?.release();
  };
  const take = (modelId: string): HeldScorer => {
    if (last?.modelId === modelId) return last;
    const { model } = models.get(modelId);
    const before = last;
    const create = async () => {
      await freeUnused(before);
      return (await import('../../src/engine/create-scorer.ts')).createScorer(model);
    };
    // `create` must not run before `last` is the new one, or it would take the old one for wanted.
    const made: HeldScorer = { modelId, scorer: Promise.resolve().then(create), users: 0 };
    last = made;
    // A session that could not be made is tried again by the next chunk, and says so again.
    made.scorer.catch(() => {
      if (last === made) last = null;
    });
    return made;
  };
  const withScorer = async <R>(modelId: string, use: (scorer: Scorer) => Promise<R>): Promise<R> => {
    const held = take(modelId);
    held.users++;
    try {
      return await use(await held.scorer);
    } finally {
      held.users--;
      await freeUnused(held);
    }
  };
  const dropScorer = async (modelId: string): Promise<void> => {
    if (last?.modelId !== modelId) return;
    const held = last;
    last = null;
    await freeUnused(held);
  };
  return { withScorer, dropScorer };
}

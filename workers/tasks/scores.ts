import { scoresCsvSliced } from '../../src/core/table/scores-csv.ts';
import type { HeldScores, Shelf } from '../holds.ts';
import { keepScores, restoreScores } from '../kept/kept-scores.ts';
import { Moved, type TaskHandlers } from '../runtime.ts';

type ScoresTasks = Pick<TaskHandlers, 'scores/put' | 'scores/restore' | 'scores/csv'>;

/** Columns of scores: kept in memory and in the browser's storage, brought back, written out. */
export function scoresTasks(scoresShelf: Shelf<HeldScores>): ScoresTasks {
  return {
    'scores/put': async ({ scoresId, tableId, scores, info, persist }, job) => {
      const held = { tableId, scores, info };
      scoresShelf.put(scoresId, { ...held, isKept: false });
      const notice = persist ? await keepScores(scoresId, tableId, held, job) : null;
      if (persist && notice === null) scoresShelf.put(scoresId, { ...held, isKept: true });
      return { notice };
    },

    'scores/restore': async ({ scoresId, tableId, rowCount }, job) => {
      const held = scoresShelf.find(scoresId);
      if (held !== undefined && held.scores.length === rowCount) return { info: held.info };
      const kept = await restoreScores(scoresId, rowCount, job);
      if (kept === null) return { info: null };
      scoresShelf.put(scoresId, { tableId, isKept: true, ...kept });
      return { info: kept.info };
    },

    'scores/csv': async ({ scoresId }, job) => {
      const csv = await job.drain(scoresCsvSliced(scoresShelf.get(scoresId).scores), (slice) => ({
        ...slice,
        unit: 'rows',
        rows: slice.done,
      }));
      return new Moved({ csv }, [csv.buffer]);
    },
  };
}

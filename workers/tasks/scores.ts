import { DataError } from '../../src/core/errors.ts';
import { scoresCsvSliced } from '../../src/core/table/scores-csv.ts';
import type { HeldScores, Shelf } from '../holds.ts';
import { Moved, type TaskHandlers } from '../runtime.ts';
import { forgetScores, keepScores, restoreScores } from '../scores-store.ts';

type ScoresTasks = Pick<TaskHandlers, 'scores/put' | 'scores/restore' | 'scores/csv' | 'scores/forget'>;

/** Columns of scores: kept in memory and in the browser's storage, brought back, written out. */
export function scoresTasks(scoresShelf: Shelf<HeldScores>): ScoresTasks {
  return {
    'scores/put': async ({ scoresId, tableId, scores, info, persist }) => {
      scoresShelf.put(scoresId, { tableId, scores, info });
      return { notice: persist ? await keepScores(scoresId, { scores, info }) : null };
    },

    'scores/restore': async ({ scoresId, tableId, rowCount }) => {
      const held = scoresShelf.find(scoresId);
      if (held !== undefined && held.scores.length === rowCount) return { info: held.info };
      const kept = await restoreScores(scoresId, rowCount);
      if (kept === null) return { info: null };
      scoresShelf.put(scoresId, { tableId, ...kept });
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

    'scores/forget': async () => {
      try {
        return { files: await forgetScores() };
      } catch {
        throw new DataError('unexpected', 'The browser did not let go of the kept scores.', {
          advice: 'Clear the data of this site in the browser settings.',
        });
      }
    },
  };
}

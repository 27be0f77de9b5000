import type { ScoresInfo } from '../../src/contracts/tasks.ts';
import type { Notice } from '../../src/core/table/summary.ts';
import type { Job } from '../job.ts';
import { keep, recall } from './kept-store.ts';

export interface KeptScores {
  readonly scores: Float64Array;
  readonly info: ScoresInfo;
}

/**
 * Keeps a column of scores under its id; a notice when the storage has no room or refuses.
 * @param tableId base of the table whose rows were scored
 * @throws {CanceledError} between two pieces; nothing is left behind
 */
export async function keepScores(
  scoresId: string,
  tableId: string,
  { scores, info }: KeptScores,
  job: Pick<Job, 'turn'>,
): Promise<Notice | null> {
  const bytes = new Uint8Array(scores.buffer, scores.byteOffset, scores.byteLength);
  const { engine, scoreOutput, unscored, notices, gate } = info;
  const plain = { engine, scoreOutput, unscored, notices, gate };
  const label = { kind: 'scores', id: scoresId, tableId, info: plain } as const;
  return (await keep(label, [bytes], () => job.turn())) ? null : notKept();
}

/** The scores kept under an id; null when there are none, damaged ones, or of another length than the table. */
export function restoreScores(
  scoresId: string,
  rowCount: number,
  job: Pick<Job, 'turn'>,
): Promise<KeptScores | null> {
  return recall({ kind: 'scores', id: scoresId }, async ({ label, sectionBytes, readSection }) => {
    const isOfTable =
      label.kind === 'scores' && sectionBytes[0] === rowCount * Float64Array.BYTES_PER_ELEMENT;
    if (!isOfTable) return null;
    const scores = new Float64Array(rowCount);
    const isWhole = await readSection(0, new Uint8Array(scores.buffer), () => job.turn());
    // Versions before the parity gate kept scores without its report.
    const gate = (label.info as Partial<ScoresInfo>).gate ?? null;
    return isWhole ? { scores, info: { ...label.info, gate } } : null;
  });
}

function notKept(): Notice {
  return {
    code: 'scores-not-kept',
    message:
      'The scores could not be kept in this browser (no room, or no access to its storage): they last until the page is closed, and are computed again after a reload.',
  };
}

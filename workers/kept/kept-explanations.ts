import type { GlobalExplanation } from '../../src/core/explain/explanation.ts';
import type { Notice } from '../../src/core/table/summary.ts';
import type { Job } from '../job.ts';
import { keep, recall } from './kept-store.ts';

/**
 * Keeps a global explanation under its id; a notice when the storage has no room or refuses.
 * @param tableId base of the table whose rows were explained
 * @throws {CanceledError} between two pieces; nothing is left behind
 */
export async function keepExplanation(
  id: string,
  tableId: string,
  { plan, rowCount, maxAdditivityError, meanAbsolute, mean }: GlobalExplanation,
  job: Pick<Job, 'turn'>,
): Promise<Notice | null> {
  const figures = { plan, rowCount, maxAdditivityError };
  const label = { kind: 'explanation', id, tableId, figures } as const;
  const sections = [meanAbsolute, mean].map((values) => new Uint8Array(Float64Array.from(values).buffer));
  return (await keep(label, sections, () => job.turn())) ? null : notKept();
}

/** The global explanation kept under an id; null when there is none, or a damaged one. @throws {CanceledError} between two pieces */
export function restoreExplanation(id: string, job: Pick<Job, 'turn'>): Promise<GlobalExplanation | null> {
  return recall({ kind: 'explanation', id }, async ({ label, readSection }) => {
    if (label.kind !== 'explanation') return null;
    const featureCount = label.figures.plan.features.length;
    const meanAbsolute = new Float64Array(featureCount);
    const mean = new Float64Array(featureCount);
    for (const [index, values] of [meanAbsolute, mean].entries())
      if (!(await readSection(index, new Uint8Array(values.buffer), () => job.turn()))) return null;
    return { ...label.figures, meanAbsolute, mean };
  });
}

function notKept(): Notice {
  return {
    code: 'explanation-not-kept',
    message:
      'The explanation could not be kept in this browser (no room, or no access to its storage): it lasts until the page is closed, and is computed again after a reload.',
  };
}

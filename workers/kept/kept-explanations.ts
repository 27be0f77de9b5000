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
  { meanAbsolute, mean, standardErrors, ...rest }: GlobalExplanation,
  job: Pick<Job, 'turn'>,
): Promise<Notice | null> {
  const { plan, rowCount, sampling, maxAdditivityError } = rest;
  const hasErrors = standardErrors !== null;
  const figures = { plan, rowCount, sampling, maxAdditivityError, hasErrors };
  const label = { kind: 'explanation', id, tableId, figures } as const;
  const arrays = hasErrors ? [meanAbsolute, mean, standardErrors] : [meanAbsolute, mean];
  const sections = arrays.map((values) => new Uint8Array(Float64Array.from(values).buffer));
  return (await keep(label, sections, () => job.turn())) ? null : notKept();
}

/** The global explanation kept under an id; null when there is none, or a damaged one. @throws {CanceledError} between two pieces */
export function restoreExplanation(id: string, job: Pick<Job, 'turn'>): Promise<GlobalExplanation | null> {
  return recall({ kind: 'explanation', id }, async ({ label, readSection }) => {
    if (label.kind !== 'explanation') return null;
    const { hasErrors, ...figures } = label.figures;
    const { length } = figures.plan.features;
    const [meanAbsolute, mean] = [new Float64Array(length), new Float64Array(length)];
    const standardErrors = hasErrors ? new Float64Array(length) : null;
    const arrays = standardErrors === null ? [meanAbsolute, mean] : [meanAbsolute, mean, standardErrors];
    for (const [index, values] of arrays.entries())
      if (!(await readSection(index, new Uint8Array(values.buffer), () => job.turn()))) return null;
    return { ...figures, meanAbsolute, mean, standardErrors };
  });
}

function notKept(): Notice {
  return {
    code: 'explanation-not-kept',
    message:
      'The explanation could not be kept in this browser (no room, or no access to its storage): it lasts until the page is closed, and is computed again after a reload.',
  };
}

import type { Notice } from '../../src/core/table/summary.ts';
import type { Job } from '../job.ts';
import { keep, recall } from './kept-store.ts';

/**
 * Keeps the bytes of a model; a notice when the storage has no room or refuses.
 * @throws {CanceledError} between two pieces; nothing is left behind
 */
export async function keepModel(
  id: string,
  name: string,
  bytes: Uint8Array,
  job: Pick<Job, 'turn'>,
): Promise<Notice | null> {
  return (await keep({ kind: 'model', id, name }, [bytes], () => job.turn())) ? null : notKept(name);
}

/** The bytes of a kept model; null when there are none, or damaged ones. @throws {CanceledError} between two pieces */
export function restoreModel(
  modelId: string,
  job: Pick<Job, 'turn'>,
): Promise<{ readonly bytes: Uint8Array<ArrayBuffer>; readonly name: string } | null> {
  return recall({ kind: 'model', id: modelId }, async ({ label, sectionBytes, readSection }) => {
    const bytes = new Uint8Array(sectionBytes[0] ?? 0);
    const isWhole = label.kind === 'model' && (await readSection(0, bytes, () => job.turn()));
    return isWhole ? { bytes, name: label.name } : null;
  });
}

function notKept(name: string): Notice {
  return {
    code: 'model-not-kept',
    message: `"${name}" could not be kept in this browser (no room, or no access to its storage): it stays open until the page is closed, and is asked for again after a reload.`,
  };
}

import { scoresCsv } from '../../compute/export.ts';
import { asCutlineError } from '../../contracts/error-data.ts';
import { saveFile } from '../../features/workspace/save-file.ts';
import { scoresFileName } from '../../features/workspace/scores-file-name.ts';
import { useWorkspace } from '../../state/workspace-store.ts';

/** Saves the current model's scores of all rows, as the workspace's button does; what goes wrong becomes a notice. */
export async function downloadScores(): Promise<void> {
  const { scoring, table, model, notify } = useWorkspace.getState();
  if (scoring.scoresId === null) return;
  try {
    const name = scoresFileName(table.value?.name ?? '', model.value?.name ?? '');
    saveFile(await scoresCsv(scoring.scoresId), name);
  } catch (thrown) {
    const { code, message } = asCutlineError(thrown);
    notify({ code, message: `The scores were not saved. ${message}` });
  }
}

import { saveFile } from '../../charts/save-file.ts';
import { scoresCsv } from '../../compute/export.ts';
import { asCutlineError } from '../../contracts/error-data.ts';
import { useWorkspace } from '../../state/workspace-store.ts';

/** Saves the scores of the current run as `<table>.scores.csv`; what goes wrong becomes a notice. */
export async function downloadScores(): Promise<void> {
  const { scoring, table, notify } = useWorkspace.getState();
  if (scoring.scoresId === null || table.value === null) return;
  const name = `${table.value.name.replace(/\.[^.]*$/, '')}.scores.csv`;
  try {
    saveFile(name, await scoresCsv(scoring.scoresId));
  } catch (thrown) {
    const { code, message } = asCutlineError(thrown);
    notify({ code, message: `The scores were not saved. ${message}` });
  }
}

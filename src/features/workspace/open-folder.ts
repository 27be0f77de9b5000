/** Opening a model that is a folder, dropped or chosen. */
import { type FolderFile, modelFolderFile } from '../../compute/model-folder.ts';
import { asCutlineError } from '../../contracts/error-data.ts';
import { useWorkspace } from '../../state/workspace-store.ts';
import { type Folder, filesOfChoice, filesOfFolder } from './folder-files.ts';
import { openFiles } from './open-files.ts';

/** Opens a dropped folder as one model; a refusal shows in the model's slot. */
export function openFolder(folder: Folder): Promise<void> {
  return openAsOne(async () => ({ name: folder.name, files: await filesOfFolder(folder) }));
}

/** As {@link openFolder}, for what the folder dialog gave. */
export function openChosenFolder(chosen: readonly File[]): Promise<void> {
  return openAsOne(async () => filesOfChoice(chosen));
}

async function openAsOne(
  read: () => Promise<{ readonly name: string; readonly files: readonly FolderFile[] }>,
): Promise<void> {
  try {
    const { name, files } = await read();
    await openFiles([await modelFolderFile(files, name)]);
  } catch (thrown) {
    useWorkspace.getState().setModel({ error: asCutlineError(thrown) });
  }
}

import { FileButton } from '../../design/FileDrop.tsx';
import { openChosenFolder } from './open-folder.ts';

/** A model that is a folder: its files are chosen together. */
export function FolderButton() {
  return (
    <FileButton isFolder onFiles={(files) => void openChosenFolder(files)}>
      Open a model folder
    </FileButton>
  );
}

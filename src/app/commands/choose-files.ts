import { openFiles } from '../../features/workspace/open-files.ts';

/** Asks the browser for files and opens them, as the button on the first page does. Needs a press or a key just before. */
export function chooseFiles(): void {
  const input = document.createElement('input');
  input.type = 'file';
  input.multiple = true;
  input.addEventListener('change', () => void openFiles([...(input.files ?? [])]));
  input.click();
}

import { Upload } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useLocation } from 'wouter';
import { useWorkspace } from '../../state/workspace-store.ts';
import { type Folder, folderOfEntry } from './folder-files.ts';
import { needsFiles } from './open-decision.ts';
import { openFiles } from './open-files.ts';
import { openFolder } from './open-folder.ts';

/**
 * Takes files that are dropped anywhere on any page, and says so while they hang over the window. For the shell: render
 * it once inside the router. Drags of anything but files are none of its business.
 */
export function WindowDrop() {
  const [hanging, setHanging] = useState(false);
  const [path, navigate] = useLocation();
  useEffect(
    () =>
      listenForFiles(setHanging, (files, folders) => {
        // Progress, guesses and refusals show on the workspace page; what a link asks for lands where it asks.
        if (path !== '/' && !needsFiles(useWorkspace.getState())) navigate('/');
        if (files.length > 0) void openFiles(files);
        for (const folder of folders) void openFolder(folder);
      }),
    [path, navigate],
  );
  if (!hanging) return null;
  return (
    <div
      aria-hidden="true"
      className="pointer-events-none fixed inset-0 z-50 grid place-items-center bg-bg/80 p-4"
    >
      <div className="flex items-center gap-3 rounded-control border-2 border-accent bg-surface px-8 py-6 text-answer text-text shadow-menu">
        <Upload size={22} strokeWidth={1.5} className="text-accent" />
        Drop to open: tables, models, or a model folder
      </div>
    </div>
  );
}

function listenForFiles(
  setHanging: (hanging: boolean) => void,
  onFiles: (files: readonly File[], folders: readonly Folder[]) => void,
): () => void {
  const stop = new AbortController();
  const bubbling = { signal: stop.signal };
  // A drop zone on the page keeps its drag events to itself, so what shows the overlay listens before it.
  const capturing = { signal: stop.signal, capture: true };
  const onDrag = (event: DragEvent): void => {
    if (!holdsFiles(event)) return;
    // Without this the browser would leave the page and show the file instead.
    event.preventDefault();
    setHanging(true);
  };
  const onLeave = (event: DragEvent): void => {
    // Leaving an element for another one inside the window has a related target; leaving the window has none.
    if (event.relatedTarget === null) setHanging(false);
  };
  const onDrop = (event: DragEvent): void => {
    if (!holdsFiles(event)) return;
    event.preventDefault();
    const { files, folders } = contentOf(event.dataTransfer);
    onFiles(files, folders);
  };
  window.addEventListener('dragenter', onDrag, capturing);
  window.addEventListener('dragover', onDrag, capturing);
  window.addEventListener('dragleave', onLeave, capturing);
  window.addEventListener('drop', () => setHanging(false), capturing);
  window.addEventListener('drop', onDrop, bubbling);
  return () => stop.abort();
}

/** To be called in the event itself: what was dropped cannot be asked for later. A folder is also listed as a file of no use. */
function contentOf(dropped: DataTransfer | null): { files: readonly File[]; folders: readonly Folder[] } {
  const files: File[] = [];
  const folders: Folder[] = [];
  for (const item of dropped?.items ?? []) {
    const entry = item.webkitGetAsEntry();
    const file = item.getAsFile();
    if (entry?.isDirectory === true) folders.push(folderOfEntry(entry as FileSystemDirectoryEntry));
    else if (file !== null) files.push(file);
  }
  return { files, folders };
}

function holdsFiles(event: DragEvent): boolean {
  return event.dataTransfer?.types.includes('Files') ?? false;
}

import { Upload } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useLocation } from 'wouter';
import { useWorkspace } from '../../state/workspace-store.ts';
import { needsFiles } from './open-decision.ts';
import { openFiles } from './open-files.ts';

/**
 * Takes files that are dropped anywhere on any page, and says so while they hang over the window. For the shell: render
 * it once inside the router. Drags of anything but files are none of its business.
 */
export function WindowDrop() {
  const [hanging, setHanging] = useState(false);
  const [path, navigate] = useLocation();
  useEffect(
    () =>
      listenForFiles(setHanging, (files) => {
        // Progress, guesses and refusals show on the workspace page; what a link asks for lands where it asks.
        if (path !== '/' && !needsFiles(useWorkspace.getState())) navigate('/');
        void openFiles(files);
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
        Drop to open: a table, a model, or both
      </div>
    </div>
  );
}

function listenForFiles(
  setHanging: (hanging: boolean) => void,
  onFiles: (files: readonly File[]) => void,
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
    onFiles([...(event.dataTransfer?.files ?? [])]);
  };
  window.addEventListener('dragenter', onDrag, capturing);
  window.addEventListener('dragover', onDrag, capturing);
  window.addEventListener('dragleave', onLeave, capturing);
  window.addEventListener('drop', () => setHanging(false), capturing);
  window.addEventListener('drop', onDrop, bubbling);
  return () => stop.abort();
}

function holdsFiles(event: DragEvent): boolean {
  return event.dataTransfer?.types.includes('Files') ?? false;
}

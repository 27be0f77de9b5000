import { sealStep } from '../state/history.ts';

/**
 * Tells the history when a pointer goes down and up: what a drag changes is one step of undo, and a press begins another.
 * The end is told a task later, after the controls have answered to it.
 */
export function followPointer(host: Window): void {
  const ended = (): void => void setTimeout(() => sealStep(false));
  host.addEventListener('pointerdown', () => sealStep(true), true);
  host.addEventListener('pointerup', ended, true);
  host.addEventListener('pointercancel', ended, true);
  host.addEventListener('blur', ended);
}

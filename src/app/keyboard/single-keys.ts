import { create } from 'zustand';

const STORAGE_KEY = 'cutline-single-keys';

/** Whether keys without Ctrl or Cmd are shortcuts. On until switched off; kept in this browser. */
export const useSingleKeys = create<boolean>()(() => stored() !== 'off');

export function setSingleKeys(on: boolean): void {
  useSingleKeys.setState(on, true);
  try {
    localStorage.setItem(STORAGE_KEY, on ? 'on' : 'off');
  } catch {
    // A browser that refuses storage forgets it with the page.
  }
}

function stored(): string | null {
  try {
    return localStorage.getItem(STORAGE_KEY);
  } catch {
    return null;
  }
}

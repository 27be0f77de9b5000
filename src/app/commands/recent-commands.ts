import { MOST_RECENT } from './command-search.ts';

const STORAGE_KEY = 'cutline-recent-commands';

/** Ids of the commands last run from the palette in this browser, the last first. */
export function recentCommands(): readonly string[] {
  try {
    const value: unknown = JSON.parse(localStorage.getItem(STORAGE_KEY) ?? '[]');
    return Array.isArray(value) ? value.filter((id) => typeof id === 'string') : [];
  } catch {
    return [];
  }
}

export function rememberCommand(id: string): void {
  const ids = [id, ...recentCommands().filter((other) => other !== id)];
  try {
    // Some may not be on offer where the palette is opened next: keep more than are shown.
    localStorage.setItem(STORAGE_KEY, JSON.stringify(ids.slice(0, 3 * MOST_RECENT)));
  } catch {
    // A browser that refuses storage has no recent commands.
  }
}

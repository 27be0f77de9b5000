/** What keys do and the palette need not list, because it is there already. */
import { pages, railPathOf } from '../pages.ts';
import type { CommandDoors } from './app-commands.ts';

/** Carries out a command of the keyboard alone; false when it is none, or cannot be done here. */
export function runSilentCommand(id: string, { path, go }: Pick<CommandDoors, 'path' | 'go'>): boolean {
  switch (id) {
    case 'previous-page':
      return goBeside(path, -1, go);
    case 'next-page':
      return goBeside(path, 1, go);
    case 'search':
      return focusSearch();
    default:
      return false;
  }
}

/** The pages do not run in a circle: at the first and last one the key does nothing. */
function goBeside(path: string, step: 1 | -1, go: (path: string) => void): boolean {
  const at = pages.findIndex((page) => page.path === railPathOf(path));
  const page = at === -1 ? undefined : pages[at + step];
  if (page !== undefined) go(page.path);
  return page !== undefined;
}

function focusSearch(): boolean {
  const field = document.querySelector<HTMLInputElement>('#content [data-search]');
  field?.focus();
  field?.select();
  return field !== null;
}

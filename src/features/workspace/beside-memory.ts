/**
 * The tables that are open beside the current one, remembered in this tab for its next reload. They are no part of the
 * link: a link that is sent on, or saved with a decision, names only the files that it is about.
 */
import type { FileName, ViewState } from '../../contracts/saved-state.ts';
import { decodeFragment, encodeFragment } from '../../state/fragment-codec.ts';

/** An open table that is not current. */
export interface BesideTable extends FileName {
  /** What was chosen about it; null when it was never the current one. */
  readonly choices: ViewState | null;
  readonly isConfirmed: boolean;
}

const STORAGE_KEY = 'cutline-tables-beside';

/** What the tab remembers, in order of opening; what cannot be read is left out. */
export function rememberedBeside(): readonly BesideTable[] {
  try {
    const value: unknown = JSON.parse(sessionStorage.getItem(STORAGE_KEY) ?? '[]');
    return Array.isArray(value) ? value.flatMap(besideOf) : [];
  } catch {
    return [];
  }
}

/** Remembers these tables in place of those before. */
export function rememberBeside(tables: readonly BesideTable[]): void {
  const kept = tables.map(({ id, name, choices, isConfirmed }) => ({
    id,
    name,
    isConfirmed,
    fragment: choices === null ? null : encodeFragment(choices),
  }));
  try {
    sessionStorage.setItem(STORAGE_KEY, JSON.stringify(kept));
  } catch {
    // A browser that refuses storage forgets them with the page.
  }
}

function besideOf(value: unknown): BesideTable[] {
  if (typeof value !== 'object' || value === null) return [];
  const { id, name, fragment, isConfirmed }: Partial<Record<string, unknown>> = { ...value };
  if (typeof id !== 'string' || typeof name !== 'string') return [];
  const choices = typeof fragment === 'string' ? decodeFragment(fragment).state : null;
  return [{ id, name, choices, isConfirmed: isConfirmed === true && choices !== null }];
}

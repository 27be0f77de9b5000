/** Tables that recipes made of open ones, a few of each base: undo and going back find them without work. */
import type { TableSummary } from '../../core/table/summary.ts';
import { letGo } from './load-file.ts';
import type { WantedTable } from './recipe.ts';

/** Each holds only the columns that its recipe changed or joined; four steps back are enough to change one's mind. */
const MOST_DERIVED = 4;

interface Derived {
  readonly baseId: string;
  readonly summary: TableSummary;
}

/** By the wanted table's key, the last used one last. */
const derived = new Map<string, Derived>();

/** The summary of a wanted table when it is at hand: the base itself, or one that was derived before; else null. */
export function shownTable(base: TableSummary, wanted: WantedTable): TableSummary | null {
  if (wanted.isPlain) return base;
  const found = derived.get(wanted.key);
  if (found === undefined) return null;
  derived.delete(wanted.key);
  derived.set(wanted.key, found);
  return found.summary;
}

/** Keeps a derived table at hand; the longest unused one of the same base is freed. */
export function keepDerived(wanted: WantedTable, summary: TableSummary): void {
  derived.set(wanted.key, { baseId: wanted.baseId, summary });
  const siblings = [...derived].filter(([, { baseId }]) => baseId === wanted.baseId);
  for (const [key, { summary: old }] of siblings.slice(0, -MOST_DERIVED)) {
    derived.delete(key);
    const isStillNeeded = [...derived.values()].some((other) => other.summary.id === old.id);
    if (!isStillNeeded && old.id !== wanted.baseId) letGo(old.id);
  }
}

/** Takes the derived tables of a base from the list, and answers their ids. */
export function derivedIdsOf(baseId: string): readonly string[] {
  const own = [...derived].filter(([, entry]) => entry.baseId === baseId);
  for (const [key] of own) derived.delete(key);
  return own.map(([, { summary }]) => summary.id).filter((id) => id !== baseId);
}

/** Scores that were made in this session, by what they depend on: going back to a model, a table or a choice finds them. */
import { baseIdOf } from '../../contracts/table-id.ts';
import type { ScoringState } from '../../state/workspace-store.ts';

const remembered = new Map<string, { readonly baseId: string; readonly scoring: ScoringState }>();

export function rememberScores(key: string, tableId: string, scoring: ScoringState): void {
  remembered.set(key, { baseId: baseIdOf(tableId), scoring });
}

export function rememberedScores(key: string): ScoringState | null {
  return remembered.get(key)?.scoring ?? null;
}

/** The workers drop scores together with the table, as it was read, whose rows they score. */
export function forgetScoresOf(baseId: string): void {
  for (const [key, entry] of remembered) if (entry.baseId === baseId) remembered.delete(key);
}

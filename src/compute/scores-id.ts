import type { MappingChoices } from '../core/model/mapping.ts';

/** Everything that a column of scores depends on. */
export interface ScoresOrigin {
  readonly modelId: string;
  readonly tableId: string;
  readonly choices: MappingChoices;
  readonly positiveValues: readonly string[];
  readonly engine: string;
}

/**
 * Handle of a column of scores: SHA-256 (hex) of the canonical JSON of its origin. Object keys and the positive
 * values are sorted, the feature order is not; so the same choices made in another order find the same kept scores.
 * Roles are not part of it: they change what a mapping reports as extra, never which column feeds an input.
 */
export async function scoresIdOf(origin: ScoresOrigin): Promise<string> {
  const { modelId, tableId, choices, positiveValues, engine } = origin;
  const columnOf = Object.entries(choices.columnOf).sort(([a], [b]) => (a < b ? -1 : 1));
  const canonical = JSON.stringify([
    'scores-1',
    modelId,
    tableId,
    columnOf,
    choices.order,
    [...positiveValues].sort(),
    engine,
  ]);
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(canonical));
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

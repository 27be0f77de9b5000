import type { MappingChoices } from '../core/model/mapping.ts';
import { sha256Hex } from './sha256-hex.ts';

/** Everything that a column of scores depends on. */
export interface ScoresOrigin {
  readonly modelId: string;
  /** Id of the table as it was read. */
  readonly baseId: string;
  /** How those columns were made that feed the model and are not as they were read (`ReadTable.made`). */
  readonly made: Readonly<Record<string, string>>;
  readonly choices: MappingChoices;
  readonly positiveValues: readonly string[];
  readonly engine: string;
}

/**
 * Handle of a column of scores: SHA-256 (hex) of the canonical JSON of its origin. Object keys and the positive
 * values are sorted, the feature order is not; so the same choices made in another order find the same kept scores.
 * Roles are not part of it: they change what a mapping reports as extra, never which column feeds an input; nor is any
 * column that the model does not read, so that changing one leaves the scores as they are.
 */
export async function scoresIdOf(origin: ScoresOrigin): Promise<string> {
  const { modelId, baseId, made, choices, positiveValues, engine } = origin;
  const canonical = JSON.stringify([
    'scores-2',
    modelId,
    baseId,
    sortedEntries(made),
    sortedEntries(choices.columnOf),
    choices.order,
    [...positiveValues].sort(),
    engine,
  ]);
  return sha256Hex(canonical);
}

function sortedEntries(record: Readonly<Record<string, string>>): readonly (readonly [string, string])[] {
  return Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1));
}

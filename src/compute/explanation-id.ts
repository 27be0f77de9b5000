import type { ModelOnTable } from '../contracts/model-on-table.ts';
import type { BackgroundChoice, ExplanationChoice } from '../core/explain/explanation.ts';
import type { ExplainedRows } from '../core/explain/explanation-ground.ts';
import type { SplitDefinition } from '../core/table/target.ts';
import { sha256Hex } from './sha256-hex.ts';

/** Everything that the ground of an explanation depends on. */
export interface GroundOrigin extends Pick<ModelOnTable, 'modelId' | 'choices' | 'positiveValues'> {
  /** Id of the table as it was read. */
  readonly baseId: string;
  /** How those columns were made that are read and are not as they were read (`ReadTable.made`). */
  readonly made: Readonly<Record<string, string>>;
  readonly choice: ExplanationChoice;
  readonly split: SplitDefinition | null;
  readonly scoresId: string | null;
  readonly engine: string;
}

/**
 * Handle of the ground of an explanation: SHA-256 (hex) of the canonical JSON of its origin. Object keys, positive values
 * and the values of a cohort are sorted. The scores count only where the background is near the threshold.
 */
export function groundIdOf(origin: GroundOrigin): Promise<string> {
  const { modelId, baseId, made, choices, positiveValues, choice, split, scoresId, engine } = origin;
  const { method, background } = choice;
  const isNearThreshold = background.rows.kind === 'near-threshold';
  return sha256Hex(
    JSON.stringify([
      'ground-1',
      modelId,
      baseId,
      sortedEntries(made),
      sortedEntries(choices.columnOf),
      choices.order,
      [...positiveValues].sort(),
      [method, canonicalRows(background.rows), background.size, background.seed],
      split === null ? null : [split.column, split.value],
      isNearThreshold ? scoresId : null,
      engine,
    ]),
  );
}

/** Handle of a global explanation: that of its ground, and the rows that it speaks of. */
export function explanationIdOf(
  groundId: string,
  over: ExplainedRows,
  split: SplitDefinition | null,
): Promise<string> {
  const rows =
    over.kind === 'all'
      ? null
      : [
          [over.target.column, [...over.target.positive].sort(), [...over.target.excluded].sort()],
          split === null ? null : [split.column, split.value],
        ];
  return sha256Hex(JSON.stringify(['explanation-1', groundId, rows]));
}

function canonicalRows(rows: BackgroundChoice['rows']): unknown {
  switch (rows.kind) {
    case 'all':
      return ['all'];
    case 'cohort':
      return ['cohort', rows.column, [...rows.values].sort()];
    case 'near-threshold':
      // As text: JSON has no word for an infinite threshold.
      return ['near-threshold', rows.side, String(rows.threshold)];
  }
}

function sortedEntries(record: Readonly<Record<string, string>>): readonly (readonly [string, string])[] {
  return Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1));
}

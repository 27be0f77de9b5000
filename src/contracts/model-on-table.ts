import type { MappingChoices } from '../core/model/mapping.ts';

/** A model on a table, with everything that decides about its scores. */
export interface ModelOnTable {
  readonly tableId: string;
  readonly modelId: string;
  readonly choices: MappingChoices;
  /** Columns with a role that keeps them from being features. */
  readonly roled: readonly string[];
  /** Label values that count as the bad outcome: they pick the class column of a model whose classes have names. */
  readonly positiveValues: readonly string[];
}

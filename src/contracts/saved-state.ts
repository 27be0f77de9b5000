import type { MappingChoices } from '../core/model/mapping.ts';
import type { Scenario } from '../core/money/scenario.ts';
import type { ColumnKind } from '../core/table/column.ts';
import type { Roles } from '../core/table/roles.ts';
import type { SplitDefinition, TargetDefinition } from '../core/table/target.ts';
import type { StrategyParameters } from '../core/threshold/decision.ts';

/**
 * What a copied link says, and all that defines what is on screen. It names data and models by content hash and
 * never holds a row. Defaults are omitted in the fragment; invalid parts become notices (STYLE rule 27).
 */
export interface ViewState {
  /** A demo by its folder name in public/demo, or null for the user's own files. */
  readonly demo: string | null;
  readonly table: { readonly id: string; readonly name: string } | null;
  readonly model: { readonly id: string; readonly name: string } | null;
  /** Score column of an already-scored table; then `model` is null. */
  readonly scoreColumn: string | null;
  readonly roles: Roles;
  /** Kinds that the user changed in place, by column; absent = as the file was read. */
  readonly kinds: Readonly<Record<string, ColumnKind>>;
  readonly mapping: MappingChoices;
  readonly target: TargetDefinition | null;
  readonly split: SplitDefinition | null;
  readonly scenario: Scenario | null;
  readonly strategies: StrategyParameters;
  readonly threshold: number | null;
  /** The threshold that changes are shown against; null = none pinned. */
  readonly pinned: number | null;
}

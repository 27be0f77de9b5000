import type { ExplanationChoice } from '../core/explain/explanation.ts';
import type { RecalibrationMethod } from '../core/metrics/calibration-figures.ts';
import type { MappingChoices } from '../core/model/mapping.ts';
import type { BandDesign } from '../core/money/bands.ts';
import type { CascadeDesign } from '../core/money/cascade.ts';
import type { Scenario } from '../core/money/scenario.ts';
import type { ColumnReadings } from '../core/table/column-reading.ts';
import type { JoinSpec } from '../core/table/join-spec.ts';
import type { Roles } from '../core/table/roles.ts';
import type { SplitDefinition, TargetDefinition } from '../core/table/target.ts';
import type { StrategyParameters } from '../core/threshold/decision.ts';

/** A file by its content hash, with the name it had. */
export interface FileName {
  readonly id: string;
  readonly name: string;
}

/** A model that is open beside the current one, with its own mapping to the table. */
export interface ModelChoice extends FileName {
  readonly mapping: MappingChoices;
  /** Set on the model that the current one is measured against; without it among these the current one is the champion. */
  readonly isChampion?: true;
}

/** What the current model is laid beside: another open model by its content hash, or a column of earlier scores. */
export type BesideForm =
  | { readonly kind: 'model'; readonly id: string }
  | { readonly kind: 'column'; readonly column: string };

/** A second table joined to the current one. */
export interface TableJoin extends JoinSpec {
  readonly table: FileName;
}

/**
 * What a copied link says, and all that defines what is on screen. It names data and models by content hash and
 * never holds a row. Defaults are omitted in the fragment; invalid parts become notices (STYLE rule 27).
 */
export interface ViewState {
  /** A demo by its folder name in public/demo, or null for the user's own files. */
  readonly demo: string | null;
  readonly table: FileName | null;
  /** The columns that were read, when the user chose some of a file that is too large; null = all. */
  readonly columns: readonly string[] | null;
  readonly model: FileName | null;
  /** Models that are open beside the current one. */
  readonly otherModels: readonly ModelChoice[];
  /** What the model page lays beside the current model; null = the likeliest. */
  readonly besideForm: BesideForm | null;
  /** Score column of an already-scored table; then `model` is null. */
  readonly scoreColumn: string | null;
  readonly roles: Roles;
  /** How columns are read where the user changed it; absent = as the file was read. */
  readonly readings: ColumnReadings;
  readonly joins: readonly TableJoin[];
  /** Of the current model. */
  readonly mapping: MappingChoices;
  readonly target: TargetDefinition | null;
  readonly split: SplitDefinition | null;
  /** The scenario in force. */
  readonly scenario: Scenario | null;
  /** Named scenarios that are kept at hand, told apart by name; the one in force may be among them, or be a changed one. */
  readonly scenarios: readonly Scenario[];
  /** The second scenario, shown beside the one in force; null = one scenario only. */
  readonly versus: Scenario | null;
  readonly strategies: StrategyParameters;
  readonly threshold: number | null;
  /** The threshold that changes are shown against; null = none pinned. */
  readonly pinned: number | null;
  /** Which part of the Thresholds page is open. */
  readonly thresholdsView: ThresholdsView;
  /** Scores are recalibrated on every page; null = as they are. */
  readonly recalibration: RecalibrationMethod | null;
  /** null = the page's own proposal. */
  readonly bands: BandDesign | null;
  readonly cascade: CascadeChoice | null;
  readonly impact: ImpactChoice;
  readonly explain: ExplainChoice;
}

/** The parts of the Thresholds page: the decision itself, and what stands behind it. */
export type ThresholdsView =
  | 'decision'
  | 'sensitivity'
  | 'ranking'
  | 'calibration'
  | 'bands'
  | 'cascade'
  | 'policy';

/** The second scores of a cascade, on the same rows: a column of the table or another open model by its content hash. */
export interface CascadeChoice extends CascadeDesign {
  readonly other: BesideForm;
  /** Whether the scores in force are the fast or the accurate ones. */
  readonly current: 'fast' | 'accurate';
}

/** What the Impact page measures against. */
export interface ImpactChoice {
  /** Net value for each unit spent below which a month is low; two in a row raise the alert. */
  readonly roiFloor: number;
  /** One-off cost of the model, for the pay-back; null = not stated. */
  readonly investment: number | null;
}

/** How the Explain page explains the model, beside the table and the threshold in force. */
export interface ExplainChoice {
  readonly method: ExplanationChoice['method'];
  readonly background: ExplainBackground;
  /** Rows of the background at most, 100 to 1,000. */
  readonly size: number;
  /** Which rows global figures are about. */
  readonly over: 'all' | 'judged';
}

/** Rows that stand for "without this feature"; `passed` and `flagged` are those nearest to the threshold in force and move with it. */
export type ExplainBackground =
  | { readonly kind: 'all' | 'passed' | 'flagged' }
  /** Rows whose cell of the column reads as one of the values, of which there is at least one. */
  | { readonly kind: 'cohort'; readonly column: string; readonly values: readonly string[] };

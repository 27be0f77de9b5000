/**
 * One judged set of rows (scores + labels + amounts) as the analysis worker opens and describes it. Figures are over
 * judged rows: labelled, in the split, scored or not (a row without a score is never flagged, always counted).
 */
import type { ValueCount } from '../core/table/summary.ts';
import type { SplitDefinition, TargetDefinition } from '../core/table/target.ts';
import type { JudgedFigures, ScenarioFigures } from '../core/threshold/judgement.ts';

/** Everything that defines a judgement; its hash is the judgement's handle. */
export interface JudgementSpec {
  readonly tableId: string;
  readonly scores:
    | { readonly kind: 'column'; readonly column: string }
    | { readonly kind: 'model'; readonly scoresId: string };
  readonly target: TargetDefinition;
  readonly split: SplitDefinition | null;
  /** Column whose values are summed for money; null = constant amounts only. */
  readonly amountColumn: string | null;
}

/** Answer to opening a judgement: what does not depend on threshold or scenario. */
export interface JudgementSummary extends JudgedFigures {
  readonly id: string;
  /** Rows left out of judgement because of their label, by value; '(missing)' for no label. */
  readonly excluded: readonly ValueCount[];
  /** Rows outside the split. */
  readonly outsideSplit: number;
}

/** Answer to a scenario: money curves and the strategies under it. */
export type ScenarioAnswer = ScenarioFigures;
